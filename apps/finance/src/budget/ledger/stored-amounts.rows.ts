import { createHash } from 'node:crypto';
import type { AmountsDigest, ChainHead, Finding, SqlReader } from '#messaging';

/** Amounts that are stored beside the journal for speed or as orders, each compared with what the journal says of it. */
export interface AmountCheck {
  /** Compares one bounded step after an id; `lastId` is undefined when nothing is left. */
  step(reader: SqlReader, afterId: string): Promise<{ findings: Finding[]; lastId: string | undefined }>;
}

interface Difference {
  readonly id: string;
  readonly isLast: boolean;
  readonly stored: bigint | null;
  readonly expected: bigint | null;
  readonly of: string;
}

/**
 * A superuser can change what no hash covers. So: every balance is the sum of its journal lines; an ordered payout has the amount
 * that was moved for it, less what its debit in another currency did not take; what is still to be ordered is what its commitment holds open; a commitment's total is what its years bind; a bank statement
 * adds up to what was read from the bank's file, and the file is the one that was imported.
 */
export const AMOUNT_CHECKS: readonly AmountCheck[] = [
  check(
    'balance-differs',
    balances(),
    ({ of, stored, expected }) =>
      `The stored balance of ${of} is ${euros(stored)}, its journal entries add up to ${euros(expected)}.`,
  ),
  check('payout-differs', orderedPayouts(), ({ id, stored, expected }) =>
    expected === null
      ? `The payout ${id} is ordered, and the journal has no entry for it.`
      : `The payout ${id} says ${euros(stored)}, the journal moved ${euros(expected)} for it.`,
  ),
  check(
    'commitment-differs',
    openCommitments(),
    ({ id, of, stored, expected }) =>
      `The payouts of commitment ${id} that are still to be ordered in ${of} add up to ${euros(stored)}, bound for them is ${euros(expected)}.`,
  ),
  check(
    'statement-differs',
    statements(),
    ({ id, stored, expected }) =>
      `The entries of bank statement ${id} add up to ${euros(stored)}, the bank's file said ${euros(expected)}.`,
  ),
  check(
    'bank-entry-differs',
    bankEntries(),
    ({ id, stored, expected }) =>
      `The bank entry ${id} says ${euros(stored)}, what was found for it adds up to ${euros(expected)}.`,
  ),
  check('bank-file-differs', bankFiles(), ({ id }) => `The stored bank file ${id} is not the one that was imported.`),
];

function check(kind: string, sql: string, say: (difference: Difference) => string): AmountCheck {
  return {
    step: async (reader, afterId) => {
      const rows = await reader.query<Difference>(sql, [afterId]);
      const findings = rows
        .filter(({ isLast }) => !isLast)
        .map((row) => ({ check: 'amounts', kind, sentence: say(row), recordId: row.id }));
      return { findings, lastId: rows.find(({ isLast }) => isLast)?.id };
    },
  };
}

/** A step of `part` rows: those that differ, then its last id. */
function step(part: string, differing: string): string {
  return `
    WITH part AS MATERIALIZED (${part}), differing AS (${differing})
    SELECT id, false AS is_last, stored, expected, "of" FROM differing
    UNION ALL (SELECT id, true, NULL, NULL, '' FROM part ORDER BY id DESC LIMIT 1)`;
}

/** Funds are few and their years many: one at a time. */
function balances(): string {
  return step(
    'SELECT id, name FROM fund WHERE id > $1 ORDER BY id LIMIT 1',
    `SELECT part.id, account.stored, account.expected, part.name || ', ' || account.year || ', ' || account.stage AS "of"
     FROM part CROSS JOIN LATERAL (
       SELECT coalesce(a.budget_year, j.budget_year) AS year, coalesce(a.stage, j.stage) AS stage,
         a.balance_minor AS stored, coalesce(j.amount, 0)::bigint AS expected
       FROM (SELECT * FROM ledger_account WHERE fund_id = part.id) a FULL JOIN (
         SELECT l.budget_year, l.stage, sum(l.amount_minor) AS amount
         FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id WHERE e.fund_id = part.id GROUP BY 1, 2
       ) j ON j.budget_year = a.budget_year AND j.stage = a.stage
     ) account
     WHERE account.stored IS DISTINCT FROM account.expected`,
  );
}

function orderedPayouts(): string {
  return step(
    'SELECT id, amount_minor, order_number, coalesce(resume_status, status) AS status FROM payout WHERE id > $1 ORDER BY id LIMIT 1000',
    `SELECT part.id, part.amount_minor AS stored, moved.amount AS expected, '' AS "of"
     FROM part CROSS JOIN LATERAL (
       SELECT sum(l.amount_minor)::bigint AS amount FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id
       WHERE l.stage = 'payable' AND (e.kind = 'PAYOUT_ORDERED'
           AND e.reference = part.id || CASE part.order_number WHEN 1 THEN '' ELSE '/' || part.order_number END
         OR e.kind IN ('EXCHANGE_DIFFERENCE_BOOKED', 'EXCHANGE_DIFFERENCE_REVERSED') AND e.reference IN (
           SELECT part.id || ':' || d.number FROM payout_exchange_difference d WHERE d.payout_id = part.id))
     ) moved
     WHERE part.status IN ('ORDERED', 'IN_RUN', 'SENT', 'BOOKED', 'REJECTED', 'RETURNED')
       AND moved.amount IS DISTINCT FROM part.amount_minor`,
  );
}

function openCommitments(): string {
  return step(
    'SELECT id, status FROM commitment WHERE id > $1 ORDER BY id LIMIT 200',
    `SELECT part.id, coalesce(needed.amount, 0)::bigint AS stored, y.amount_minor - y.ordered_minor - y.released_minor AS expected,
       y.year::text AS "of"
     FROM part JOIN commitment_year y ON y.commitment_id = part.id CROSS JOIN LATERAL (
       SELECT sum(p.amount_minor) AS amount FROM payout p WHERE p.commitment_id = part.id AND p.budget_year = y.year
         AND coalesce(p.resume_status, p.status) IN ('PLANNED', 'BLOCKED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED')
     ) needed
     WHERE part.status = 'COMMITTED' AND EXISTS (SELECT FROM payout p WHERE p.commitment_id = part.id)
       AND coalesce(needed.amount, 0) <> y.amount_minor - y.ordered_minor - y.released_minor`,
  );
}

function statements(): string {
  return step(
    'SELECT id, entries_minor FROM bank_statement WHERE id > $1 ORDER BY id LIMIT 200',
    `SELECT part.id, coalesce(found.amount, 0)::bigint AS stored, part.entries_minor AS expected, '' AS "of"
     FROM part CROSS JOIN LATERAL (
       SELECT sum(CASE direction WHEN 'DEBIT' THEN -amount_minor ELSE amount_minor END) AS amount,
         count(*) AS entries, coalesce(max(number), 0) AS last
       FROM bank_entry WHERE bank_statement_id = part.id
     ) found
     WHERE coalesce(found.amount, 0) <> part.entries_minor OR found.entries <> found.last`,
  );
}

/** An entry that is matched whole has the amount that was matched. */
function bankEntries(): string {
  return step(
    'SELECT id, amount_minor, matched_minor, status FROM bank_entry WHERE id > $1 ORDER BY id LIMIT 1000',
    `SELECT id, amount_minor AS stored, matched_minor AS expected, '' AS "of" FROM part
     WHERE status = 'MATCHED' AND matched_minor <> amount_minor`,
  );
}

function bankFiles(): string {
  return step(
    'SELECT id, sha256 FROM bank_message WHERE id > $1 ORDER BY id LIMIT 2',
    `SELECT part.id, NULL::bigint AS stored, NULL::bigint AS expected, '' AS "of" FROM part
     WHERE bank_file_sha256(part.id) IS DISTINCT FROM part.sha256`,
  );
}

/** Balances that follow from the journal up to a head, in one hash: `fund year stage amount`, one a line, in byte order. */
export async function balancesDigest(reader: SqlReader, { seq }: ChainHead): Promise<AmountsDigest> {
  const rows = await reader.query<{ line: string }>(DIGEST, [seq.toString()]);
  const sha256 = createHash('sha256')
    .update(rows.map(({ line }) => `${line}\n`).join(''))
    .digest('hex');
  return { name: 'balances', count: rows.length, sha256 };
}

const DIGEST = `
SELECT balance.line FROM (
  SELECT l.fund_id || ' ' || l.budget_year || ' ' || l.stage || ' ' || sum(l.amount_minor) AS line
  FROM journal_seal s JOIN journal_line l ON l.entry_id = s.entry_id WHERE s.seq <= $1
  GROUP BY l.fund_id, l.budget_year, l.stage
) balance ORDER BY balance.line COLLATE "C"`;

function euros(minor: bigint | null): string {
  const amount = minor ?? 0n;
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)} EUR`;
}
