import {
  AUDIT_CHANGES_MAX,
  AUDIT_FIELDS_MAX,
  type AuditRecordOperation,
  type AuditRecordView,
  type Page,
  type RequestOf,
  type ServiceName,
} from '#contracts';
import { type Database, type FieldChange, Filters, type ObjectChange } from '#database';
import type { Call } from '#platform';

interface Row {
  readonly id: string;
  readonly recordedAt: Date;
  readonly actor: string;
  readonly act: string;
  readonly objectId: string | null;
  readonly objectVersion: number | null;
  readonly correlationId: string;
  readonly details: { readonly roles?: readonly string[]; readonly published?: readonly string[] };
  readonly changes: readonly ObjectChange[] | null;
  readonly why: string | null;
}

/**
 * Reads a service's audit trail for people. Whoever is no auditor sees the records of the own acts, and of what they changed the
 * values of open fields: amounts stay withheld, since the trail must not tell what the object itself would not.
 */
export function readAuditRecords(
  database: Database,
  service: ServiceName,
  request: RequestOf<AuditRecordOperation>,
  call: Call,
): Promise<Page<AuditRecordView>> {
  const { objectId, actor, act, from, to, limit, cursor } = request;
  const own = call.scope === 'own' ? call.caller.subject : undefined;
  const filters = new Filters()
    .add('r.actor = ?', own)
    .add('r.actor = ?', actor)
    .add('r.object_id = ?', objectId)
    .add('r.operation = ?', act)
    .add('r.recorded_at >= ?::timestamptz', from)
    .add('r.recorded_at < ?::timestamptz', to);
  return database.page<Row, AuditRecordView>({
    select: SELECT,
    where: filters.conditions,
    parameters: filters.parameters,
    sort: [{ key: 'recordedAt', column: 'r.recorded_at', type: 'timestamptz', descending: true }],
    idColumn: 'r.id',
    limit,
    ...(cursor !== undefined && { cursor }),
    filterHash: { objectId, actor, act, from, to, by: own ?? null },
    items: (rows, cursors) => rows.map((row, index) => view(row, { service, call, cursor: cursors(index) })),
  });
}

// What a seal of the first format does not vouch for is not shown: it may have been added since.
const SELECT = `
  SELECT r.id, r.recorded_at, r.actor, r.operation AS act, r.object_id, r.object_version, r.correlation_id, r.details,
    CASE WHEN s.format IS DISTINCT FROM 1 THEN r.changes END AS changes,
    CASE WHEN s.format IS DISTINCT FROM 1 THEN w.text END AS why
  FROM audit_record r LEFT JOIN audit_seal s ON s.audit_record_id = r.id LEFT JOIN audit_why w ON w.audit_record_id = r.id`;

const WHY_MAX = 1_000;
const PUBLISHED_MAX = 50;

function view(
  row: Row,
  { service, call, cursor }: { service: ServiceName; call: Call; cursor: string },
): AuditRecordView {
  const maySeeAmounts = call.scope === 'any';
  return {
    id: row.id,
    service,
    recordedAt: row.recordedAt.toISOString(),
    actor: row.actor,
    act: row.act,
    objectId: row.objectId,
    objectVersion: row.objectVersion,
    why: row.why === null ? null : row.why.slice(0, WHY_MAX).toWellFormed(),
    roles: [...(row.details.roles ?? [])],
    published: [...new Set(row.details.published)].slice(0, PUBLISHED_MAX),
    changes: (row.changes ?? []).slice(0, AUDIT_CHANGES_MAX).map((change) => ({
      object: change.object,
      id: change.id,
      version: change.version ?? null,
      isNew: change.isNew ?? false,
      fields: Object.entries(change.fields ?? {})
        .slice(0, AUDIT_FIELDS_MAX)
        .map(([field, values]) => fieldView(field, values, maySeeAmounts)),
    })),
    correlationId: row.correlationId,
    cursor,
  };
}

function fieldView(
  field: string,
  { before, after, isAmount }: FieldChange,
  maySeeAmounts: boolean,
): AuditRecordView['changes'][number]['fields'][number] {
  const isReduced = before === undefined && after === undefined;
  if (isReduced || (isAmount && !maySeeAmounts)) return { field, isWithheld: true };
  return { field, before: before ?? null, after: after ?? null, isWithheld: false };
}
