import type { Tx } from '#database';
import type { FolderFile } from './folder-file';

// A report over what all features keep, as it is at one moment. Records are handed out as the database has them: Postgres writes the
// JSON, and no number passes through JavaScript.

/** What a folder is about: the cases whose evidence is in it. */
export interface FolderScope {
  readonly payoutIds: readonly string[];
  /** Objects that are in it whatever payouts there are. */
  readonly paymentRunIds: readonly string[];
  readonly proofOfUseIds: readonly string[];
}

interface Evidence {
  readonly files: readonly FolderFile[];
  readonly auditRecordIds: readonly string[];
  readonly journalEntryIds: readonly string[];
}

/** All records of the cases, the trail and the journal entries among them. */
export async function readEvidence(tx: Tx, scope: FolderScope): Promise<Evidence> {
  const runIds = [...new Set([...scope.paymentRunIds, ...(await idsOf(tx, RUNS, [scope.payoutIds]))])];
  const parameters = [scope.payoutIds, runIds, scope.proofOfUseIds];
  const files: FolderFile[] = [];
  for (const [path, sql] of Object.entries(RECORDS))
    files.push(await records(tx, `records/${path}.json`, sql, parameters));
  const objectIds = await idsOf(tx, OBJECTS, parameters);
  const auditRecordIds = await idsOf(tx, TRAIL, [objectIds]);
  const journalEntryIds = await idsOf(tx, ENTRIES, [objectIds, auditRecordIds]);
  return {
    files: [
      ...files,
      await records(tx, 'records/journal-entries.json', JOURNAL, [journalEntryIds]),
      await records(tx, 'trail/audit-records.json', AUDIT, [auditRecordIds]),
      await records(tx, 'rules/rules-of-the-plans.json', RULES, [scope.payoutIds]),
      ...(await tx.query<FolderFile>(BANK_FILES, [runIds, scope.payoutIds])),
    ],
    auditRecordIds,
    journalEntryIds,
  };
}

/** The payouts of a run; those of the commitment that a proof is about. */
export function payoutsOf(tx: Tx, by: { paymentRunId: string } | { proofOfUseId: string }): Promise<string[]> {
  return 'paymentRunId' in by
    ? idsOf(tx, 'SELECT payout_id AS id FROM payment_run_item WHERE payment_run_id = $1 ORDER BY 1', [by.paymentRunId])
    : idsOf(
        tx,
        `SELECT p.id FROM payout p JOIN proof_of_use proof ON proof.commitment_id = p.commitment_id
         WHERE proof.id = $1 AND p.ordered_by IS NOT NULL ORDER BY 1`,
        [by.proofOfUseId],
      );
}

/** The ordered payouts of a budget year, from which a sample is drawn. */
export function population(tx: Tx, fundId: string, year: number): Promise<string[]> {
  return idsOf(
    tx,
    'SELECT id FROM payout WHERE fund_id = $1 AND budget_year = $2 AND ordered_by IS NOT NULL ORDER BY id',
    [fundId, year],
  );
}

export async function exists(tx: Tx, table: 'payout' | 'payment_run' | 'proof_of_use', id: string): Promise<boolean> {
  return (await tx.query(`SELECT FROM ${table} WHERE id = $1`, [id])).length > 0;
}

/** Signed checkpoints in their sequence, as they are written to the places outside. */
export function readCheckpoints(tx: Tx): Promise<{ number: number; day: string; document: string }[]> {
  return tx.query('SELECT number, day, document FROM audit_checkpoint ORDER BY number');
}

async function idsOf(tx: Tx, sql: string, parameters: readonly unknown[]): Promise<string[]> {
  return (await tx.query<{ id: string }>(sql, parameters)).map(({ id }) => id);
}

async function records(tx: Tx, path: string, sql: string, parameters: readonly unknown[]): Promise<FolderFile> {
  const used = parameters.slice(0, Math.max(...[...sql.matchAll(/\$(\d)/g)].map(([, number]) => Number(number))));
  const [row] = await tx.query<{ text: string }>(
    `SELECT coalesce(jsonb_pretty(jsonb_agg(to_jsonb(it))), '[]') AS text FROM (${sql}) it`,
    used,
  );
  return { path, content: Buffer.from(`${row?.text ?? '[]'}\n`) };
}

const RUNS = 'SELECT DISTINCT payment_run_id AS id FROM payment_run_item WHERE payout_id = ANY ($1::uuid[])';

const OF_PAYOUTS = 'payout_id = ANY ($1::uuid[])';
const COMMITMENTS = 'SELECT commitment_id FROM payout WHERE id = ANY ($1::uuid[])';
/** $1: payouts, $2: payment runs, $3: proofs of use. */
const RECORDS: Readonly<Record<string, string>> = {
  payouts: 'SELECT * FROM payout WHERE id = ANY ($1::uuid[]) ORDER BY id',
  'payout-blocks': `SELECT * FROM payout_block WHERE ${OF_PAYOUTS} ORDER BY id`,
  'payout-returns': `SELECT * FROM payout_return WHERE ${OF_PAYOUTS} ORDER BY payout_id`,
  'payout-exchange-differences': `SELECT * FROM payout_exchange_difference WHERE ${OF_PAYOUTS} ORDER BY payout_id, number`,
  'payout-cancellations': `SELECT * FROM payout_cancellation WHERE ${OF_PAYOUTS} ORDER BY payout_id`,
  payees: `SELECT * FROM payee WHERE id IN (SELECT payee_id FROM payout WHERE id = ANY ($1::uuid[])) ORDER BY id`,
  commitments: `SELECT c.*, (SELECT jsonb_agg(to_jsonb(y) ORDER BY y.year) FROM commitment_year y WHERE y.commitment_id = c.id) AS years,
    (SELECT jsonb_agg(plan.document ORDER BY plan.plan_number) FROM commitment_plan plan WHERE plan.commitment_id = c.id) AS plans
    FROM commitment c WHERE c.id IN (${COMMITMENTS}) ORDER BY c.id`,
  'payment-runs': 'SELECT * FROM payment_run WHERE id = ANY ($2::uuid[]) AND $1::uuid[] IS NOT NULL ORDER BY id',
  'payment-run-items': `SELECT * FROM payment_run_item WHERE ${OF_PAYOUTS} ORDER BY payment_run_id, end_to_end_id`,
  transfers: `SELECT * FROM transfer WHERE id IN (SELECT transfer_id FROM payment_run_item WHERE ${OF_PAYOUTS}) ORDER BY end_to_end_id`,
  'bank-matches': `SELECT m.*, to_jsonb(e) AS entry FROM bank_match m JOIN bank_entry e ON e.id = m.bank_entry_id
    WHERE m.${OF_PAYOUTS} ORDER BY m.id`,
  'payment-answers': `SELECT * FROM payment_answer WHERE ${OF_PAYOUTS} ORDER BY id`,
  'proofs-of-use': `SELECT p.* FROM proof_of_use p WHERE p.id = ANY ($3::uuid[])
    AND $1::uuid[] IS NOT NULL AND $2::uuid[] IS NOT NULL ORDER BY p.id`,
  'proof-receipts': `SELECT r.* FROM proof_receipt r WHERE r.proof_of_use_id = ANY ($3::uuid[])
    AND $1::uuid[] IS NOT NULL AND $2::uuid[] IS NOT NULL`,
};

/** Everything that an act in the trail may have been about. */
const OBJECTS = `
SELECT unnest($1::uuid[] || $2::uuid[] || $3::uuid[]) AS id
UNION SELECT commitment_id FROM payout WHERE id = ANY ($1::uuid[])
UNION SELECT payee_id FROM payout WHERE id = ANY ($1::uuid[]) AND payee_id IS NOT NULL
UNION SELECT bank_entry_id FROM bank_match WHERE payout_id = ANY ($1::uuid[])
UNION SELECT e.bank_message_id FROM bank_match m JOIN bank_entry e ON e.id = m.bank_entry_id WHERE m.payout_id = ANY ($1::uuid[])
UNION SELECT bank_message_id FROM payment_answer WHERE payout_id = ANY ($1::uuid[])`;

/** An act on many at once names each of them in its changes alone. */
const TRAIL = `
SELECT r.id FROM audit_record r WHERE r.object_id = ANY ($1::text[])
UNION
SELECT r.id FROM audit_record r CROSS JOIN LATERAL jsonb_array_elements(r.changes) AS change
WHERE jsonb_typeof(r.changes) = 'array' AND change ->> 'id' = ANY ($1::text[]) ORDER BY 1`;

/** Booked for one of the cases, or by an act on one of them. */
const ENTRIES = `
SELECT e.id FROM journal_entry e WHERE substring(e.reference FROM '^[0-9a-f-]{36}') = ANY ($1::text[])
  OR e.correlation_id IN (SELECT correlation_id FROM audit_record WHERE id = ANY ($2::uuid[])) ORDER BY e.id`;

const JOURNAL = `
SELECT e.*, (SELECT jsonb_agg(to_jsonb(l) ORDER BY l.line) FROM journal_line l WHERE l.entry_id = e.id) AS lines
FROM journal_entry e WHERE e.id = ANY ($1::uuid[]) ORDER BY e.booked_at, e.id`;

const AUDIT = `
SELECT r.*, w.text AS why FROM audit_record r LEFT JOIN audit_why w ON w.audit_record_id = r.id
WHERE r.id = ANY ($1::uuid[]) ORDER BY r.recorded_at, r.id`;

/** The ids of the rules that each plan names; what they say stands beside them. */
const RULES = `
SELECT DISTINCT rule.id FROM payout p
JOIN commitment_plan plan ON plan.commitment_id = p.commitment_id
CROSS JOIN LATERAL jsonb_array_elements_text(plan.document -> 'ruleIds') AS rule (id)
WHERE p.id = ANY ($1::uuid[]) ORDER BY 1`;

const BANK_FILES = `
SELECT 'bank/to-' || run.file_name AS path, file.bytes AS content
FROM payment_run run JOIN payment_run_file file ON file.payment_run_id = run.id WHERE run.id = ANY ($1::uuid[])
UNION ALL
SELECT 'bank/from-' || left(m.sha256, 8) || '-' || regexp_replace(m.file_name, '[^A-Za-z0-9._-]', '_', 'g'),
  coalesce(m.original, convert_to(m.content, 'UTF8'))
FROM bank_message m WHERE m.id IN (
  SELECT e.bank_message_id FROM bank_match b JOIN bank_entry e ON e.id = b.bank_entry_id WHERE b.payout_id = ANY ($2::uuid[])
  UNION SELECT bank_message_id FROM payment_answer WHERE payout_id = ANY ($2::uuid[]))
ORDER BY 1`;
