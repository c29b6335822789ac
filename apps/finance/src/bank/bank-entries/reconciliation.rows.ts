import type { Queries } from '#database';
import type { StatementPage } from './statement-chain';

// Each fact has a day: a bank entry the one on which it was booked, what a person took back the one on which that was done. A sum at the
// end of a day is the one of now without what came after it, so that states which keep no history can be told as they were.

/** The end of a booking day; `infinity` where things are told as they stand. */
export type LastDay = string;
export const NO_LAST_DAY: LastDay = 'infinity';

export interface PayoutSums {
  readonly waiting: bigint;
  readonly sent: bigint;
  readonly paid: bigint;
  readonly open: bigint;
  readonly withoutStatement: bigint;
  /** Paid back by debtors, and neither given back to the budget nor passed on. */
  readonly repaid: bigint;
}

export interface BankSums {
  readonly debits: bigint;
  readonly credits: bigint;
  readonly unmatchedDebits: bigint;
  readonly unmatchedCredits: bigint;
  readonly unmatchedEntries: number;
  readonly charges: bigint;
  /** Borne by the fund besides: without an order, less what was paid back. */
  readonly unordered: bigint;
  readonly dismissedDebits: bigint;
  readonly dismissedCredits: bigint;
  readonly dismissedEntries: number;
  readonly proposedDismissals: number;
}

export async function payoutSums(source: Queries, fundId: string, last: LastDay): Promise<PayoutSums | undefined> {
  const [sums] = await source.query<PayoutSums>(PAYOUTS, [fundId, last]);
  return sums;
}

export async function bankSums(
  source: Queries,
  { fundId, accountIban }: { fundId: string; accountIban: string },
  last: LastDay,
): Promise<BankSums | undefined> {
  const [sums] = await source.query<BankSums>(BANK, [fundId, last, accountIban]);
  return sums;
}

/** In the order of arrival: of two versions the later one counts. */
export function statementPages(source: Queries, accountIban: string, last: LastDay): Promise<StatementPage[]> {
  return source.query<StatementPage>(STATEMENTS, [accountIban, last]);
}

export async function entriesRecordedLater(source: Queries, fundId: string, last: LastDay): Promise<number> {
  if (last === NO_LAST_DAY) return 0;
  const [row] = await source.query<{ entries: number }>(
    `SELECT count(*)::int AS entries FROM journal_entry
     WHERE fund_id = $1 AND effective_on <= $2::date AND ${dayOf('booked_at')} > $2::date`,
    [fundId, last],
  );
  return row?.entries ?? 0;
}

function dayOf(instant: string): string {
  return `(${instant} AT TIME ZONE 'Europe/Berlin')::date`;
}

const MATCH_DAY = `CASE WHEN m.reverses_id IS NULL THEN e.booked_on ELSE ${dayOf('m.decided_at')} END`;

const IS_DEBIT_LIKE = `m.kind <> 'RETURNED'`;

/** What bank entries say of the payouts of the fund. */
const TOLD = `
SELECT m.payout_id,
  sum(m.amount_minor) FILTER (WHERE m.kind = 'BOOKED') AS booked,
  sum(m.amount_minor) FILTER (WHERE m.kind = 'BOOKED' AND told.on > $2::date) AS booked_later,
  sum(m.amount_minor) FILTER (WHERE m.kind = 'BOOKED' AND m.payout_status_before = 'REJECTED' AND told.on <= $2::date) AS in_spite,
  sum(m.amount_minor) FILTER (WHERE m.kind = 'CONFIRMED' AND told.on <= $2::date) AS confirmed,
  sum(CASE m.kind WHEN 'RETURNED' THEN m.amount_minor ELSE -m.amount_minor END)
    FILTER (WHERE m.kind IN ('RETURNED', 'RETURN_REVERSED') AND told.on > $2::date) AS back_later
FROM bank_match m JOIN bank_entry e ON e.id = m.bank_entry_id CROSS JOIN LATERAL (SELECT ${MATCH_DAY} AS on) told
WHERE m.fund_id = $1 GROUP BY m.payout_id`;

const PAYOUTS = `
WITH told AS (${TOLD}), fact AS (
  SELECT p.amount_minor AS amount, p.status IN ('BOOKED', 'RETURNED') AS is_booked, p.booked_on, back.kind AS back_kind,
    coalesce(back.amount_minor, 0) AS back, ${dayOf('back.settled_at')} AS settled_on,
    coalesce(told.booked, 0) AS booked, coalesce(told.booked_later, 0) AS booked_later, coalesce(told.in_spite, 0) AS in_spite,
    coalesce(told.confirmed, 0) AS confirmed, coalesce(told.back_later, 0) AS back_later,
    coalesce(CASE back.kind WHEN 'REJECTED' THEN back.occurred_on END, (SELECT min(w.occurred_on) FROM payout_return_withdrawal w
      WHERE w.payout_id = p.id AND w.kind = 'REJECTED')) AS rejected_on,
    CASE WHEN coalesce(CASE p.status WHEN 'BLOCKED' THEN p.resume_status END, p.status) IN
      ('ORDERED', 'IN_RUN', 'SENT', 'BOOKED', 'REJECTED', 'RETURNED') THEN ${dayOf('coalesce(p.second_ordered_at, p.ordered_at)')}
      END AS ordered_on,
    CASE WHEN run.status NOT IN ('CREATED', 'CANCELLED') THEN ${dayOf('coalesce(run.sent_at, run.created_at)')} END AS sent_on
  FROM payout p LEFT JOIN told ON told.payout_id = p.id LEFT JOIN payout_return back ON back.payout_id = p.id
  LEFT JOIN payment_run run ON run.id = p.payment_run_id
  WHERE p.fund_id = $1
), by_hand AS (
  SELECT fact.*, CASE WHEN is_booked THEN amount - booked ELSE 0 END AS hand,
    CASE WHEN is_booked AND booked_on > $2::date THEN amount - booked ELSE 0 END AS hand_later FROM fact
), state AS (
  SELECT by_hand.*, CASE WHEN is_booked THEN amount ELSE booked END - booked_later - hand_later AS paid,
    CASE WHEN rejected_on <= $2::date THEN amount ELSE 0 END - in_spite AS rejected,
    CASE back_kind WHEN 'RETURNED' THEN back ELSE 0 END - back_later AS returned,
    CASE WHEN ordered_on <= $2::date THEN amount ELSE 0 END AS ordered FROM by_hand
), way AS (
  SELECT state.*, coalesce(sent_on <= $2::date, false) OR paid <> 0 OR rejected <> 0 AS is_sent FROM state
)
SELECT (coalesce(sum(ordered) FILTER (WHERE NOT is_sent), 0) + (SELECT coalesce(sum(v.amount_minor), 0)
    FROM payout_voided_order v JOIN payout p ON p.id = v.payout_id WHERE p.fund_id = $1
      AND ${dayOf('coalesce(v.second_ordered_at, v.ordered_at)')} <= $2::date AND ${dayOf('v.voided_at')} > $2::date))::bigint AS waiting,
  coalesce(sum(ordered - paid - rejected) FILTER (WHERE is_sent), 0)::bigint AS sent,
  coalesce(sum(paid - returned), 0)::bigint AS paid,
  coalesce(sum(rejected + returned - CASE WHEN settled_on <= $2::date THEN back ELSE 0 END), 0)::bigint AS open,
  coalesce(sum(hand - hand_later - confirmed), 0)::bigint AS without_statement,
  (SELECT coalesce(sum(c.amount_minor), 0)::bigint FROM claim_payment c
   LEFT JOIN claim_payment_outcome o ON o.claim_id = c.claim_id AND o.number = c.number
   WHERE c.fund_id = $1 AND c.paid_on <= $2::date AND (o.outcome IS NULL OR ${dayOf('o.decided_at')} > $2::date)) AS repaid
FROM way`;

/** Whether what two persons decided stood at the end of the day. */
const IS_DISMISSED = `d.status IN ('CONFIRMED', 'REVOKED') AND (d.status = 'CONFIRMED' OR ${dayOf('d.revoked_at')} > $2::date)`;

const DISMISSED = `CASE e.direction WHEN 'DEBIT' THEN d.amount_minor ELSE -d.amount_minor END`;

/** What of the entry was open: those that are open now, and those that were taken back since. */
const OPEN = `
SELECT e.direction, e.amount_minor, e.amount_minor - coalesce((SELECT sum(
    CASE WHEN (${IS_DEBIT_LIKE}) = (e.direction = 'DEBIT') THEN m.amount_minor ELSE -m.amount_minor END)
    FROM bank_match m WHERE m.bank_entry_id = e.id AND ${MATCH_DAY} <= $2::date), 0)
  - coalesce((SELECT sum(r.amount_minor) FROM bank_receipt r WHERE r.bank_entry_id = e.id
      AND (r.reverses_id IS NULL OR ${dayOf('r.decided_at')} <= $2::date)), 0)
  - coalesce((SELECT sum(d.amount_minor) FROM bank_entry_dismissal d WHERE d.bank_entry_id = e.id AND ${IS_DISMISSED}), 0) AS open
FROM bank_entry e
WHERE e.account_iban = $3 AND e.booked_on <= $2::date AND (e.status IN ('UNMATCHED', 'PARTLY_MATCHED')
  OR EXISTS (SELECT FROM bank_match m WHERE m.bank_entry_id = e.id AND m.reverses_id IS NOT NULL AND ${dayOf('m.decided_at')} > $2::date)
  OR EXISTS (SELECT FROM bank_receipt r WHERE r.bank_entry_id = e.id AND r.reverses_id IS NOT NULL AND ${dayOf('r.decided_at')} > $2::date)
  OR EXISTS (SELECT FROM bank_entry_dismissal d WHERE d.bank_entry_id = e.id AND ${dayOf('d.revoked_at')} > $2::date))`;

const BANK = `
SELECT own.*, account.*, dismissed.* FROM (
  SELECT coalesce(sum(m.amount_minor) FILTER (WHERE m.kind IN ('BOOKED', 'CONFIRMED')), 0)::bigint AS debits,
    coalesce(sum(CASE m.kind WHEN 'RETURNED' THEN m.amount_minor ELSE -m.amount_minor END)
      FILTER (WHERE m.kind IN ('RETURNED', 'RETURN_REVERSED')), 0)::bigint AS credits
  FROM bank_match m JOIN bank_entry e ON e.id = m.bank_entry_id WHERE m.fund_id = $1 AND ${MATCH_DAY} <= $2::date
) own, (
  SELECT coalesce(sum(open) FILTER (WHERE direction = 'DEBIT'), 0)::bigint AS unmatched_debits,
    coalesce(sum(open) FILTER (WHERE direction = 'CREDIT'), 0)::bigint AS unmatched_credits,
    (count(*) FILTER (WHERE open <> 0 OR amount_minor = 0))::int AS unmatched_entries
  FROM (${OPEN}) each
) account, (
  SELECT coalesce(sum(${DISMISSED}) FILTER (WHERE ${IS_DISMISSED} AND d.fund_id = $1 AND d.category = 'BANK_CHARGE'), 0)::bigint AS charges,
    coalesce(sum(${DISMISSED}) FILTER (WHERE ${IS_DISMISSED} AND d.fund_id = $1 AND d.category = 'PAID_WITHOUT_ORDER'), 0)::bigint
      AS unordered,
    coalesce(sum(d.amount_minor) FILTER (WHERE ${IS_DISMISSED} AND d.fund_id IS NULL AND e.direction = 'DEBIT'), 0)::bigint
      AS dismissed_debits,
    coalesce(sum(d.amount_minor) FILTER (WHERE ${IS_DISMISSED} AND d.fund_id IS NULL AND e.direction = 'CREDIT'), 0)::bigint
      AS dismissed_credits,
    (count(*) FILTER (WHERE ${IS_DISMISSED}))::int AS dismissed_entries,
    (count(*) FILTER (WHERE d.status = 'PROPOSED' AND e.status IN ('UNMATCHED', 'PARTLY_MATCHED')))::int AS proposed_dismissals
  FROM bank_entry_dismissal d JOIN bank_entry e ON e.id = d.bank_entry_id WHERE e.account_iban = $3 AND e.booked_on <= $2::date
) dismissed`;

const STATEMENTS = `
SELECT * FROM (
  SELECT coalesce(s.given_id, s.statement_id) AS given_id, s.page_number, s.is_last_page, s.sequence_number::float8 AS sequence_number,
    s.from_on AS "from", s.to_on AS "to", coalesce(s.dated_on, (SELECT max(e.booked_on) FROM bank_entry e
      WHERE s.dated_on IS NULL AND e.bank_statement_id = s.id)) AS dated_on,
    s.currency, s.opening_minor, s.closing_minor, s.entries_minor, s.id
  FROM bank_statement s WHERE s.account_iban = $1 AND s.kind = 'CAMT_053'
) page WHERE coalesce(page.to, page.dated_on, '-infinity') <= $2::date ORDER BY id`;
