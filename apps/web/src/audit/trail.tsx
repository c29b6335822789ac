import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { AuditRecordList, AuditRecordView } from '#contracts';
import { send } from '../api/call';
import { useTexts } from '../i18n/texts';
import { Filters, SearchFilter } from '../ui/filters';
import { List } from '../ui/list';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page';
import { Instant } from '../ui/values';
import { auditTexts } from './texts';

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
  return (
    <Page title={parameters.get('objectId') === null ? t.title : t.titleOfObject} lead={t.lead}>
      <Filters>
        <SearchFilter name="actor" label={t.actor} />
        <SearchFilter name="act" label={t.act} />
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
          { title: columns.what, cell: ({ act }) => <span className="written">{act.replace(/^rpc\./, '')}</span> },
          { title: columns.why, cell: ({ why }) => why ?? '–' },
          { title: columns.changes, cell: (record) => <Changes record={record} /> },
        ]}
      />
    </Page>
  );
}

function Actor({ actor }: { readonly actor: string }) {
  const t = useTexts(auditTexts);
  if (actor.startsWith('message:')) return t.byMessage;
  return actor === 'service' ? t.byService : actor;
}

/** What it changed, opened on request: the fields with before and after, as far as they are kept. */
function Changes({ record: { changes } }: { readonly record: AuditRecordView }) {
  const t = useTexts(auditTexts);
  const fields = changes.flatMap(({ object, id, fields: changed }) =>
    changed.map((field) => ({ key: `${id} ${field.field}`, name: `${object}.${field.field}`, ...field })),
  );
  const made = changes.filter(({ isNew }) => isNew).length;
  if (fields.length === 0) return made > 0 ? t.made(made) : '–';
  return (
    <details>
      <summary>{t.changed(fields.length)}</summary>
      <ul className="kern-list">
        {fields.map(({ key, name, before, after, isWithheld }) => (
          <li key={key} className="written">
            {name}: {isWithheld ? t.withheld : `${shown(before)} → ${shown(after)}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

function shown(value: string | number | boolean | null | undefined): string {
  return value === null || value === undefined ? '–' : String(value);
}
