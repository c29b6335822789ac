import type { Tx } from '#database';
import { type ComparedEntry, type ComparedStatement, findRepeats, type KnownEntry } from './repeats';

/** Within so many days a statement and a notification tell of the same booking; the bank's references begin anew each year. */
const TWIN_DAYS = 10;

/** Marks what the entries of a new statement repeat, and holds back what a person has to look at. To be done before any is matched. */
export async function markRepeats(tx: Tx, bankStatementId: string): Promise<void> {
  const [statement] = await tx.query<ComparedStatement>(
    `SELECT ${STATEMENT_COLUMNS} FROM bank_statement s WHERE s.id = $1`,
    [bankStatementId],
  );
  const known = await readKnown(tx, bankStatementId);
  if (!statement || known.length === 0) return;
  const fresh = await tx.query<ComparedEntry>(
    `SELECT ${ENTRY_COLUMNS} FROM bank_entry e WHERE e.bank_statement_id = $1 AND e.status = 'UNMATCHED' ORDER BY e.number`,
    [bankStatementId],
  );
  const { duplicates, held } = findRepeats(statement, fresh, known);
  await tx.query(
    `UPDATE bank_entry e SET status = 'DUPLICATE', duplicate_of = d.of, explanation = NULL
     FROM unnest($1::uuid[], $2::uuid[]) AS d (id, of) WHERE e.id = d.id`,
    [duplicates.map(({ id }) => id), duplicates.map(({ duplicateOf }) => duplicateOf)],
  );
  await tx.query(
    `UPDATE bank_entry e SET obstacle = coalesce(e.obstacle, h.obstacle), explanation = concat_ws('; ', e.explanation, h.explanation)
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS h (id, obstacle, explanation) WHERE e.id = h.id`,
    [held.map(({ id }) => id), held.map(({ obstacle }) => obstacle), held.map(({ explanation }) => explanation)],
  );
}

const STATEMENT_COLUMNS = `coalesce(s.given_id, s.statement_id) AS given_id, s.page_number, s.sequence_number::float8 AS sequence_number,
  s.from_on AS "from", s.to_on AS "to", s.dated_on, s.opening_minor, s.closing_minor`;

const ENTRY_COLUMNS = `e.id, e.kind, e.direction, e.amount_minor, e.currency, e.booked_on, e.bank_reference, e.digest,
  ARRAY(SELECT t.end_to_end_id FROM bank_transaction t WHERE t.bank_entry_id = e.id AND t.end_to_end_id IS NOT NULL
    ORDER BY t.number) AS end_to_end_ids`;

/** Entries of the account that one of the new ones may repeat, and those of earlier versions of the statement. */
async function readKnown(tx: Tx, bankStatementId: string): Promise<KnownEntry[]> {
  const rows = await tx.query<Omit<KnownEntry, 'statement'> & { statementId: string }>(
    `WITH fresh AS (
       SELECT s.id, s.kind, s.account_iban, coalesce(s.given_id, s.statement_id) AS given_id, s.page_number
       FROM bank_statement s WHERE s.id = $1
     ), alike AS (
       SELECT DISTINCT o.id FROM fresh
       -- Each amount of a day once: thousands of payments of one amount would each be compared with all the others.
       CROSS JOIN (SELECT DISTINCT amount_minor, booked_on, direction FROM bank_entry WHERE bank_statement_id = $1) e
       JOIN bank_entry o ON o.account_iban = fresh.account_iban AND o.amount_minor = e.amount_minor AND o.bank_statement_id <> fresh.id
         AND o.booked_on BETWEEN e.booked_on - $2::int AND e.booked_on + $2::int
         AND o.direction = e.direction AND (o.kind <> fresh.kind OR o.booked_on = e.booked_on)
       UNION
       SELECT o.id FROM fresh JOIN bank_statement s ON s.account_iban = fresh.account_iban AND s.kind = fresh.kind
         AND s.page_number = fresh.page_number AND coalesce(s.given_id, s.statement_id) = fresh.given_id AND s.id <> fresh.id
       JOIN bank_entry o ON o.bank_statement_id = s.id
     )
     SELECT ${ENTRY_COLUMNS}, e.duplicate_of, e.bank_statement_id AS statement_id,
       EXISTS (SELECT FROM bank_entry d WHERE d.duplicate_of = e.id AND d.kind <> e.kind) AS has_twin
     FROM alike JOIN bank_entry e ON e.id = alike.id
     LEFT JOIN bank_entry root ON root.id = e.duplicate_of
     WHERE root.id IS NULL OR root.kind <> e.kind ORDER BY e.id`,
    [bankStatementId, TWIN_DAYS],
  );
  const statements = await tx.query<ComparedStatement & { id: string }>(
    `SELECT s.id, ${STATEMENT_COLUMNS} FROM bank_statement s WHERE s.id = ANY ($1::uuid[])`,
    [[...new Set(rows.map(({ statementId }) => statementId))]],
  );
  const byId = new Map(statements.map((it) => [it.id, it]));
  return rows.flatMap(({ statementId, ...entry }) => {
    const statement = byId.get(statementId);
    return statement ? [{ ...entry, statement }] : [];
  });
}

/**
 * Marks the total of payments that messages of the other kind told one by one, and the single payments of a total that was told
 * before: the same money, once. What differs by a cent is left to the rules and to persons.
 */
export async function markCovered(tx: Tx, bankStatementId: string): Promise<void> {
  await tx.query(COVERED, [bankStatementId]);
}

const COVERED = `
WITH fresh AS (
  SELECT e.id, e.kind, e.direction, e.amount_minor, e.account_iban, e.number, e.batch_references || ARRAY(
    SELECT unnest(t.batch_references) FROM bank_transaction t WHERE t.bank_entry_id = e.id) AS batch_references
  FROM bank_entry e WHERE e.bank_statement_id = $1 AND e.status = 'UNMATCHED' AND e.obstacle IS NULL
), named AS (
  SELECT DISTINCT f.id, i.payout_id, i.payment_run_id FROM fresh f
  JOIN bank_transaction t ON t.bank_entry_id = f.id JOIN payment_run_item i ON i.end_to_end_id = t.end_to_end_id
), payment AS (
  SELECT * FROM named
  UNION
  SELECT f.id, i.payout_id, i.payment_run_id FROM fresh f JOIN payment_run r ON r.message_id = ANY (f.batch_references)
  JOIN payment_run_item i ON i.payment_run_id = r.id
  WHERE NOT EXISTS (SELECT FROM bank_transaction t WHERE t.bank_entry_id = f.id AND t.end_to_end_id IS NOT NULL)
), told AS (
  SELECT f.id, o.id AS told_by, o.amount_minor, sum(m.amount_minor) AS share,
    (SELECT coalesce(sum(d.amount_minor), 0) FROM bank_entry d WHERE d.duplicate_of = o.id AND d.kind = f.kind) AS repeated,
    array_agg(m.payout_id ORDER BY m.payout_id) AS payouts
  FROM fresh f JOIN payment p ON p.id = f.id
  JOIN bank_match m ON m.payout_id = p.payout_id AND m.payment_run_id = p.payment_run_id
    AND (m.kind = 'RETURNED') = (f.direction = 'CREDIT')
  JOIN bank_entry o ON o.id = m.bank_entry_id AND o.kind <> f.kind AND o.account_iban = f.account_iban
  WHERE NOT EXISTS (SELECT FROM bank_entry d JOIN bank_transaction dt ON dt.bank_entry_id = d.id
    JOIN bank_transaction ft ON ft.bank_entry_id = f.id AND ft.end_to_end_id = dt.end_to_end_id
    WHERE d.duplicate_of = o.id AND d.kind = f.kind)
  GROUP BY f.id, f.kind, o.id, o.amount_minor
), covered AS (
  SELECT f.id, min(told.told_by::text)::uuid AS told_by,
    row_number() OVER (PARTITION BY min(told.payouts::text), count(*) ORDER BY f.number) AS copy
  FROM fresh f JOIN told ON told.id = f.id GROUP BY f.id, f.amount_minor, f.number
  HAVING sum(told.share) = f.amount_minor AND bool_and(told.share + told.repeated <= told.amount_minor)
)
UPDATE bank_entry e SET status = 'DUPLICATE', duplicate_of = c.told_by, explanation = NULL
FROM covered c WHERE c.id = e.id AND c.copy = 1`;
