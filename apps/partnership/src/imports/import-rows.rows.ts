import type { ImportVerdict } from '#contracts/partnership';
import type { Queries, Tx } from '#database';
import { type RowAssessment } from './assessment.rules';
import type { Decisions, ImportRow } from './row-reading';

/** The view of a row, made by Postgres. */
export const importRowSelect = `
  SELECT r.number, r.cells, r.decisions, r.verdict, r.outcome, r.duplicate_of, r.partnership_id, r.notes, r.problems
  FROM partnership_import_row r`;

export function rowsOf(source: Queries, importId: string): Promise<ImportRow[]> {
  return source.query<ImportRow>(
    'SELECT number, cells, decisions FROM partnership_import_row WHERE import_id = $1 ORDER BY number',
    [importId],
  );
}

const ASSESSED = `(number int, cells text[], decisions json, verdict text, outcome json, "duplicateOf" int, "partnershipId" uuid, notes json, problems json)`;

export async function insertRows(
  tx: Tx,
  importId: string,
  { rows, report }: { rows: readonly ImportRow[]; report: readonly RowAssessment[] },
): Promise<void> {
  const written = rows.map((row, index) => ({ ...report[index], ...row }));
  await tx.query(
    `INSERT INTO partnership_import_row
       (import_id, number, cells, decisions, verdict, outcome, duplicate_of, partnership_id, notes, problems)
     SELECT $1, r.number, r.cells, r.decisions, r.verdict, r.outcome, r."duplicateOf", r."partnershipId", r.notes, r.problems
     FROM json_to_recordset($2::json) AS r ${ASSESSED}`,
    [importId, JSON.stringify(written)],
  );
}

/** Writes anew what rows come to; the cells stay. */
export async function updateReport(tx: Tx, importId: string, report: readonly RowAssessment[]): Promise<void> {
  await tx.query(
    `UPDATE partnership_import_row r SET verdict = n.verdict, outcome = n.outcome, duplicate_of = n."duplicateOf",
       partnership_id = n."partnershipId", notes = n.notes, problems = n.problems
     FROM json_to_recordset($2::json) AS n ${ASSESSED}
     WHERE r.import_id = $1 AND r.number = n.number`,
    [importId, JSON.stringify(report)],
  );
}

export async function updateDecisions(
  tx: Tx,
  importId: string,
  decided: readonly { number: number; decisions: Decisions }[],
): Promise<void> {
  await tx.query(
    `UPDATE partnership_import_row r SET decisions = n.decisions
     FROM json_to_recordset($2::json) AS n (number int, decisions json)
     WHERE r.import_id = $1 AND r.number = n.number`,
    [importId, JSON.stringify(decided)],
  );
}

/** What the rows came to when they were last assessed. */
export function lastReport(source: Queries, importId: string): Promise<Omit<RowAssessment, 'partnerIdentity'>[]> {
  return source.query(
    `SELECT number, verdict, outcome, duplicate_of, partnership_id, notes, problems
     FROM partnership_import_row WHERE import_id = $1 ORDER BY number`,
    [importId],
  );
}

export async function deleteRows(tx: Tx, importId: string): Promise<void> {
  await tx.query('DELETE FROM partnership_import_row WHERE import_id = $1', [importId]);
}

interface Decided {
  readonly number: number;
  readonly decisions: Decisions;
  readonly verdict: ImportVerdict;
  readonly partnerId: string | null;
}

/** The latest import of the very same table that was run, with what people decided of its rows. */
export async function doneBefore(
  source: Queries,
  contentHash: string,
): Promise<{ id: string; decided: ReadonlyMap<number, Decided> } | undefined> {
  const [before] = await source.query<{ id: string }>(
    `SELECT id FROM partnership_import WHERE content_hash = $1 AND status = 'DONE' ORDER BY done_at DESC LIMIT 1`,
    [contentHash],
  );
  if (!before) return undefined;
  const rows = await source.query<Decided>(
    `SELECT number, decisions, verdict, (outcome->'partner'->>'municipalityId')::uuid AS partner_id
     FROM partnership_import_row WHERE import_id = $1`,
    [before.id],
  );
  return { id: before.id, decided: new Map(rows.map((row) => [row.number, row])) };
}

/**
 * A decision taken over from a run: what was decided to be new is now the municipality that the run recorded, and another
 * partnership is the one that it recorded.
 */
export function takenOver({ decisions, verdict, partnerId }: Decided): Decisions {
  if (verdict !== 'MADE') return decisions;
  const { another: _, ...kept } = decisions;
  return kept.partner === undefined || partnerId === null ? kept : { ...kept, partner: partnerId };
}

/** Nobody records a municipality or partnership between the assessment and what it leads to. */
export async function lockRegistry(tx: Tx): Promise<void> {
  await tx.query('LOCK TABLE municipality, partnership IN SHARE ROW EXCLUSIVE MODE');
}
