import { type AuditSubject, type Finding, FIRST_ID, type HashChain, type SqlReader } from '#messaging';
import { AMOUNT_CHECKS, balancesDigest } from './stored-amounts.rows';

const FIRST_COLUMNS = `r.id, r.fund_id, r.kind, r.reference,
  to_char(r.booked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), r.effective_on, r.correlation_id, r.reverses_entry_id,
  r.reason, (SELECT json_agg(json_build_array(l.line, l.budget_year, l.stage, l.amount_minor, l.category) ORDER BY l.line)
    FROM journal_line l WHERE l.entry_id = r.id)`;

/** The journal's chain: every column of an entry and of its lines, and, since format 2, who booked it. */
export const JOURNAL_CHAIN: HashChain = {
  name: 'journal',
  sealTable: 'journal_seal',
  sealedIdColumn: 'entry_id',
  table: 'journal_entry',
  timeColumn: 'booked_at',
  contents: [`json_build_array(${FIRST_COLUMNS})::text`, `json_build_array(${FIRST_COLUMNS}, r.booked_by)::text`],
  // An entry is visible some time after it was booked, never longer than a transaction may last: looking back minutes is enough,
  // and an index on the time keeps it short however long the journal gets.
  next: (content) => `
    SELECT r.id, ${content} AS content FROM journal_entry r
    WHERE r.booked_at >= coalesce((SELECT booked_at FROM journal_entry WHERE id =
        (SELECT entry_id FROM journal_seal ORDER BY seq DESC LIMIT 1)), '-infinity'::timestamptz) - interval '10 minutes'
      AND NOT EXISTS (SELECT FROM journal_seal s WHERE s.entry_id = r.id)
    ORDER BY r.booked_at, r.id LIMIT $1`,
  isDue: `r.booked_at < clock_timestamp() - interval '5 minutes'`,
};

/** The journal, and the stored amounts that it vouches for. */
export const JOURNAL: AuditSubject = {
  chain: JOURNAL_CHAIN,
  record: 'journal entry',
  verifyAmounts,
  digest: balancesDigest,
};

async function verifyAmounts(reader: SqlReader, pause?: () => Promise<void>): Promise<Finding[]> {
  const all: Finding[] = [];
  for (const check of AMOUNT_CHECKS) {
    let after: string | undefined = FIRST_ID;
    while (after !== undefined) {
      const { findings, lastId }: { findings: Finding[]; lastId: string | undefined } = await check.step(reader, after);
      all.push(...findings);
      after = lastId;
      await pause?.();
    }
  }
  return all;
}
