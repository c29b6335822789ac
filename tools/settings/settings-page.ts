import { z } from 'zod';
import { databaseConfigSchema } from '#database';
import { answerSealConfigSchema, auditConfigSchema, messagingConfigFor } from '#messaging';
import { platformConfigSchema } from '#platform';
import { mailConfigSchema } from '../../apps/events/src/mails/mail-config';
import { documentConfigSchema } from '#documents';
import { datevConfigSchema } from '../../apps/finance/src/outlets/exports/datev-config';
import { webhookConfigSchema } from '../../apps/finance/src/outlets/webhooks/webhook-config';
import { publishingConfigSchema } from '../../apps/partnership/src/publishing/publishing-config';
import { selectionConfigSchema } from '../../apps/staffing/src/expert-requests/selection-config';
import { gatewayConfigSchema } from '../../apps/gateway/src/gateway-config';
import { verifySettings } from '../audit/verify-services';
import { doctorSettings } from '../doctor/settings';
import { providerSettings } from '../identity-provider/settings';
import { migrationSettings } from '../migrate-settings';
import { stackSettings } from '../stack/settings';

interface Section {
  readonly title: string;
  readonly about: string;
  readonly schemas: readonly z.ZodObject[];
}

/** Who reads which settings. What an earlier section has, a later one does not repeat, unless it stands for itself. */
const SECTIONS: readonly Section[] = [
  {
    title: 'Every process',
    about: 'The gateway and the four services.',
    schemas: [platformConfigSchema],
  },
  { title: 'Gateway', about: 'Besides those of every process.', schemas: [gatewayConfigSchema] },
  {
    title: 'Services',
    about: 'partnership, staffing, finance and events, besides those of every process.',
    schemas: [databaseConfigSchema, messagingConfigFor('finance'), auditConfigSchema, answerSealConfigSchema],
  },
  {
    title: 'Documents',
    about: 'partnership and finance, which keep files; besides those of every service.',
    schemas: [documentConfigSchema],
  },
  { title: 'Partnership', about: 'Besides those of every service.', schemas: [publishingConfigSchema] },
  { title: 'Staffing', about: 'Besides those of every service.', schemas: [selectionConfigSchema] },
  {
    title: 'Finance',
    about: 'Besides those of every service.',
    schemas: [webhookConfigSchema, datevConfigSchema],
  },
  { title: 'Events', about: 'Besides those of every service.', schemas: [mailConfigSchema] },
];
const PROGRAMS: readonly Section[] = [
  { title: '`npm start`', about: 'It tells the processes above what they need.', schemas: [stackSettings] },
  {
    title: 'Migration step',
    about: '`npm run migrate`, in Compose the container `migrate`.',
    schemas: [migrationSettings],
  },
  { title: 'Audit verification', about: '`npm run audit:verify`, in Compose `auditor`.', schemas: [verifySettings] },
  {
    title: 'Doctor',
    about:
      '`npm run doctor`, in Compose `doctor`. Beside `npm start` it knows all of them; what it is not told, it does not look at.',
    schemas: [doctorSettings],
  },
  {
    title: 'Demo identity provider',
    about: 'For demonstrations; it signs in anyone as anyone.',
    schemas: [providerSettings],
  },
];

/** docs/settings.md, made from the schemas that the processes read their environment with. */
export function settingsPage(): string {
  const known = new Set<string>();
  const processes = SECTIONS.map((section) => renderSection(section, known));
  return [
    '# Settings',
    'Made by `npm run settings` from the schemas that check them; do not edit.',
    [
      'Settings are environment variables. `<NAME>_FILE` names a file that holds the value, for secrets; an empty variable means the',
      'same as none. A process with a setting that is not valid does not start, ends with code 78 and says all that is wrong, each',
      'with its name and never with its value.',
    ].join('\n'),
    ...processes,
    ...PROGRAMS.map((section) => renderSection(section, new Set())),
    '',
  ].join('\n\n');
}

function renderSection({ title, about, schemas }: Section, known: Set<string>): string {
  const rows = schemas.flatMap((schema) => settingsOf(schema)).filter(([name]) => !known.has(name) && known.add(name));
  const lines = rows.map(([name, ...cells]) => `| \`${name}\` | ${cells.join(' | ')} |`);
  return [
    `## ${title}`,
    about,
    ['| setting | default | allowed | meaning |', '| --- | --- | --- | --- |', ...lines].join('\n'),
  ].join('\n\n');
}

type Row = readonly [name: string, fallback: string, allowed: string, meaning: string];

function settingsOf(schema: z.ZodObject): Row[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]): Row => {
    const it = property as z.core.JSONSchema.BaseSchema;
    if (it.description === undefined) throw new Error(`The setting ${name} has no description: add .describe('…')`);
    const fallback = required.includes(name) ? 'required' : code(it.default);
    return [name, fallback, allowedOf(it), it.description.replaceAll('|', '\\|')];
  });
}

function allowedOf(it: z.core.JSONSchema.BaseSchema): string {
  if (it.enum) return it.enum.map(code).join(', ');
  if (it.type === 'integer' || it.type === 'number') return rangeOf(it);
  return it.format === 'uri' ? 'address' : 'text';
}

function rangeOf({ type, minimum, maximum }: z.core.JSONSchema.BaseSchema): string {
  const kind = type === 'integer' ? 'whole number' : 'number';
  const upTo = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER) return kind;
  return upTo === undefined ? `${kind} from ${minimum}` : `${kind}, ${minimum} to ${upTo}`;
}

function code(value: unknown): string {
  if (value === undefined || value === '') return '';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
