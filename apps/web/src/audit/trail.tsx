import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { z } from 'zod';
import {
  type AuditRecordList,
  type AuditRecordView,
  caseNumberQuery,
  Day,
  type SearchAnswer,
  SERVICE_OPERATIONS,
} from '#contracts';
import { send } from '../api/call';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { CaseNumberFilter, ChoiceFilter, DayFilter, Filters, SearchFilter } from '../ui/filters';
import { dayAfter } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import type { Choices } from '../ui/inputs';
import { List } from '../ui/list';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Refusal } from '../ui/query-state';
import { Instant } from '../ui/values';
import { ChainStatus } from './chain';
import { useShown } from './shown';
import { auditTexts, type AuditTexts } from './texts';

/** What every service, or each that has rules, does alike. */
const SHARED = ['.dead-letter.', '.recheck.', '.rule-proposal.'];
const FILTERS = ['objectId', 'actor', 'act', 'cursor'] as const;
const DAYS = z.object({ from: Day, to: Day });
const NUMBER = z.object(caseNumberQuery);

/** Who did what, when and why, over all services; of one object where the address names it. */
export function TrailPage() {
  const t = useTexts(auditTexts);
  const [parameters] = useSearchParams();
  const { caseNumber } = parametersOf(NUMBER, parameters);
  const numbered = useQuery(caseOf(caseNumber));
  const found = numbered.data?.items[0];
  const asked = new URLSearchParams([
    ...FILTERS.flatMap((name): [string, string][] => {
      const value = name === 'objectId' && found ? found.id : parameters.get(name);
      return value ? [[name, value]] : [];
    }),
    ...instantsOf(parametersOf(DAYS, parameters)),
  ]).toString();
  const isKnown = caseNumber === undefined || found !== undefined;
  const query = useQuery({
    queryKey: ['audit-records', asked],
    enabled: isKnown,
    queryFn: async ({ signal }): Promise<AuditRecordList> => {
      const response = await send(`/v1/audit-records?${asked}`, { headers: { accept: 'application/json' }, signal });
      return (await response.json()) as AuditRecordList;
    },
  });
  const isOfOne = parameters.get('objectId') !== null || caseNumber !== undefined;
  const away = (isKnown ? query.data : numbered.data)?.unavailable ?? [];
  const { columns } = t;
  const maySeeChain = mayCall(SERVICE_OPERATIONS.finance.get, useSession().roles);
  return (
    <Page title={titleOf(t, caseNumber, isOfOne)} lead={t.lead}>
      {maySeeChain && !isOfOne && <ChainStatus />}
      <Filters>
        <CaseNumberFilter />
        <DayFilter name="from" label={t.from} />
        <DayFilter name="to" label={t.to} />
        <SearchFilter name="actor" label={t.actor} />
        <ChoiceFilter name="act" label={t.act} choices={useActChoices()} />
      </Filters>
      {isOfOne && (
        <Link className="kern-link" to="/audit">
          {t.all}
        </Link>
      )}
      {away.length > 0 && (
        <Notice tone="warning" title={t.away} role="status">
          <p className="kern-body">{away.map((service) => t.services[service]).join(', ')}</p>
        </Notice>
      )}
      {numbered.data && !isKnown && away.length === 0 && (
        <div className="kern-body empty" role="status">
          {t.notFound(caseNumber)}
        </div>
      )}
      {numbered.error && <Refusal error={numbered.error} />}
      {isKnown && (
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
      )}
    </Page>
  );
}

function titleOf(t: AuditTexts, caseNumber: string | undefined, isOfOne: boolean): string {
  if (caseNumber !== undefined) return t.titleOfNumber(caseNumber);
  return isOfOne ? t.titleOfObject : t.title;
}

/** The case of a number, as the search finds it. */
function caseOf(caseNumber: string | undefined) {
  return {
    queryKey: ['search', caseNumber],
    enabled: caseNumber !== undefined,
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<SearchAnswer> => {
      const query = new URLSearchParams({ q: caseNumber ?? '' }).toString();
      const response = await send(`/v1/search?${query}`, { headers: { accept: 'application/json' }, signal });
      return (await response.json()) as SearchAnswer;
    },
  };
}

/** Whole days of the reader's own time zone, in which the instants are shown as well. */
function instantsOf({ from, to }: { from?: string; to?: string }): [string, string][] {
  const instantOf = (day: string) => new Date(`${day}T00:00:00`).toISOString();
  return [
    ...(from === undefined ? [] : [['from', instantOf(from)] satisfies [string, string]]),
    ...(to === undefined ? [] : [['to', instantOf(dayAfter(to))] satisfies [string, string]]),
  ];
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
            {isWithheld ? (
              t.withheld
            ) : (
              <>
                {shown(`${object}.${field}`, before)} → {shown(`${object}.${field}`, after)}
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
