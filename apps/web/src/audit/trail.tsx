import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { type AuditRecordList, type AuditRecordView, SERVICE_OPERATIONS } from '#contracts';
import { send } from '../api/call';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { ChoiceFilter, Filters, SearchFilter } from '../ui/filters';
import { common } from '../i18n/common';
import { instantText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import type { Choices } from '../ui/inputs';
import { List } from '../ui/list';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page';
import { Instant } from '../ui/values';
import { ChainStatus } from './chain';
import { auditTexts, type AuditTexts } from './texts';

/** What every service, or each that has rules, does alike. */
const SHARED = ['.dead-letter.', '.recheck.', '.rule-proposal.'];
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const FILTERS = ['objectId', 'actor', 'act', 'cursor'] as const;

/** Who did what, when and why, over all services; of one object where the address names it. */
export function TrailPage() {
  const t = useTexts(auditTexts);
  const [parameters] = useSearchParams();
  const asked = new URLSearchParams(
    FILTERS.flatMap((name) => {
      const value = parameters.get(name);
      return value ? [[name, value]] : [];
    }),
  ).toString();
  const query = useQuery({
    queryKey: ['audit-records', asked],
    queryFn: async ({ signal }): Promise<AuditRecordList> => {
      const response = await send(`/v1/audit-records?${asked}`, { headers: { accept: 'application/json' }, signal });
      return (await response.json()) as AuditRecordList;
    },
  });
  const away = query.data?.unavailable ?? [];
  const { columns } = t;
  const maySeeChain = mayCall(SERVICE_OPERATIONS.finance.get, useSession().roles);
  return (
    <Page title={parameters.get('objectId') === null ? t.title : t.titleOfObject} lead={t.lead}>
      {maySeeChain && parameters.get('objectId') === null && <ChainStatus />}
      <Filters>
        <SearchFilter name="actor" label={t.actor} />
        <ChoiceFilter name="act" label={t.act} choices={useActChoices()} />
      </Filters>
      {parameters.get('objectId') !== null && (
        <Link className="kern-link" to="/audit">
          {t.all}
        </Link>
      )}
      {away.length > 0 && (
        <Notice tone="warning" title={t.away} role="status">
          <p className="kern-body">{away.map((service) => t.services[service]).join(', ')}</p>
        </Notice>
      )}
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          { title: columns.when, isHeading: true, cell: ({ recordedAt }) => <Instant value={recordedAt} /> },
          { title: columns.who, cell: ({ actor }) => <Actor actor={actor} /> },
          { title: columns.what, cell: (record) => <ActName record={record} /> },
          { title: columns.why, cell: ({ why }) => why ?? '–' },
          { title: columns.changes, cell: (record) => <Changes record={record} /> },
        ]}
      />
    </Page>
  );
}

/** By their words; two services have acts of the same name, and each is a choice of its own. */
function useActChoices(): Choices {
  const t = useTexts(auditTexts);
  const language = useLanguage();
  return Object.entries(t.acts)
    .map(([act, word]) => {
      const isShared = SHARED.some((tail) => act.includes(tail));
      return { value: `rpc.${act}`, label: isShared ? `${word} (${serviceOf(act, t)})` : word };
    })
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

function serviceOf(act: string, { services }: AuditTexts): string {
  return (services as Readonly<Record<string, string>>)[act.split('.')[0] ?? ''] ?? '';
}

function ActName({ record: { act, service } }: { readonly record: AuditRecordView }) {
  const t = useTexts(auditTexts);
  const words: Readonly<Record<string, string>> = t.acts;
  if (act.startsWith('consume:') || act === 'dead-letter.replay') return t.consequence;
  // What a service begins by itself has the name alone.
  return words[act.replace(/^rpc\./, '')] ?? words[`${service}.${act}`] ?? <span className="written">{act}</span>;
}

function Actor({ actor }: { readonly actor: string }) {
  const t = useTexts(auditTexts);
  if (actor.startsWith('message:')) return t.byMessage;
  return actor === 'service' || actor === 'schedule' ? t.byService : actor;
}

/** What it changed, opened on request: the fields with before and after, as far as they are kept. */
function Changes({ record: { changes } }: { readonly record: AuditRecordView }) {
  const t = useTexts(auditTexts);
  const shown = useShown();
  const fields = changes.flatMap(({ object, id, fields: changed }) =>
    changed.map((field) => ({ key: `${id} ${field.field}`, object, ...field })),
  );
  const made = changes.filter(({ isNew }) => isNew).length;
  if (fields.length === 0) return made > 0 ? t.made(made) : '–';
  return (
    <details>
      <summary>{t.changed(fields.length)}</summary>
      <ul className="kern-list">
        {fields.map(({ key, object, field, before, after, isWithheld }) => (
          <li key={key} className="written">
            {t.objects[object] ?? object}, {t.fields[field] ?? field}:{' '}
            {isWithheld ? t.withheld : `${shown(object, before)} → ${shown(object, after)}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

type Value = string | number | boolean | null | undefined;

function useShown(): (object: string, value: Value) => string {
  const { words, yes, no } = useTexts(common);
  const language = useLanguage();
  const statuses: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    partnership: words.partnershipStatus,
    expert_request: words.requestStatus,
    assignment: words.assignmentStatus,
    report: words.reportStatus,
    payout: words.payoutStatus,
    payment_run: words.paymentRunStatus,
    event: words.eventStatus,
    registration: words.registrationStatus,
  };
  return (object, value) => {
    if (value === null || value === undefined) return '–';
    if (typeof value === 'boolean') return value ? yes : no;
    const text = String(value);
    return INSTANT.test(text) ? instantText(text, language) : (statuses[object]?.[text] ?? text);
  };
}
