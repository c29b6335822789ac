import type { CostCategory, PaymentRunStatus, PayoutStatus } from '#contracts/finance';
import type { Tx } from '#database';
import { lockCommitments } from '../../commitments/commitments/commitment-plan.service';

/** One order to the bank with all that decides whether a bank entry can belong to it. */
export interface PaymentItem {
  readonly payoutId: string;
  readonly caseNumber: string;
  readonly paymentRunId: string;
  readonly fundId: string;
  readonly endToEndId: string;
  readonly runMessageId: string;
  readonly runCaseNumber: string;
  readonly runStatus: PaymentRunStatus;
  /** False where the run was given up, or the payout taken out of it: it speaks for its payout no longer. */
  readonly isCurrent: boolean;
  /** What was rejected or came back was decided on since. */
  readonly isReturnSettled: boolean;
  readonly debtorIban: string;
  readonly executionOn: string;
  readonly status: PayoutStatus;
  readonly budgetYear: number;
  /** It takes no more bookings (BHO 76). */
  readonly isYearClosed: boolean;
  readonly category: CostCategory;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What the payee is promised in another currency: then the amount is what is set aside for it, or what was debited. */
  readonly instructedMinor: bigint | null;
  readonly instructedCurrency: string | null;
  /** What bank entries have shown of it so far. */
  readonly seenMinor: bigint;
  /** What of it came back so far, and was not taken back by the bank. */
  readonly backMinor: bigint;
  readonly payeeId: string | null;
  readonly payeeIban: string | null;
  readonly payeeName: string | null;
  /** Those who checked or ordered it: none of them may book it. */
  readonly actors: readonly string[];
}

export const ITEM_COLUMNS = `p.id AS payout_id, p.case_number, i.payment_run_id, p.fund_id, i.end_to_end_id,
  r.message_id AS run_message_id, r.case_number AS run_case_number, r.status AS run_status,
  p.payment_run_id IS NOT DISTINCT FROM i.payment_run_id AS is_current,
  EXISTS (SELECT FROM payout_return back WHERE back.payout_id = p.id AND back.settled_as IS NOT NULL) AS is_return_settled,
   r.account_iban AS debtor_iban, r.execution_on, p.status, p.budget_year, p.category,
  EXISTS (SELECT FROM budget_year y WHERE y.fund_id = p.fund_id AND y.year = p.budget_year AND y.status = 'CLOSED') AS is_year_closed,
  CASE WHEN p.instructed_minor IS NULL THEN i.amount_minor ELSE p.amount_minor END AS amount_minor, p.currency,
  p.instructed_minor, p.instructed_currency,
  coalesce((SELECT sum(m.amount_minor) FROM bank_match m
    WHERE m.payout_id = p.id AND m.kind IN ('BOOKED', 'CONFIRMED')), 0)::bigint AS seen_minor,
  coalesce((SELECT sum(CASE m.kind WHEN 'RETURNED' THEN m.amount_minor ELSE -m.amount_minor END) FROM bank_match m
    WHERE m.payout_id = p.id AND m.kind IN ('RETURNED', 'RETURN_REVERSED')), 0)::bigint AS back_minor,
  p.payee_id, payee.iban AS payee_iban, payee.account_holder AS payee_name,
  array_remove(ARRAY[p.factually_checked_by, p.arithmetically_checked_by, p.ordered_by, p.second_ordered_by], NULL) AS actors`;

export const ITEM_TABLES = `payment_run_item i JOIN payment_run r ON r.id = i.payment_run_id
  JOIN payout p ON p.id = i.payout_id LEFT JOIN payee ON payee.id = p.payee_id`;

/** Of the items of a payout the one that speaks for it. */
export const IS_CURRENT = 'p.payment_run_id = i.payment_run_id';

interface References {
  readonly endToEndIds?: readonly string[];
  readonly runMessageIds?: readonly string[];
  readonly payoutIds?: readonly string[];
}

/**
 * The items that these references name, their payouts locked; always in the order of the payouts' ids. What the bank names may be of a
 * run that was given up; of a payout only the item that speaks for it is found.
 */
export async function lockItems(tx: Tx, references: References): Promise<PaymentItem[]> {
  // What a debit in another currency did not take changes the commitment as well, which comes before its payouts wherever both are locked.
  const promised = await tx.query<{ id: string }>(
    `SELECT DISTINCT p.commitment_id AS id FROM ${ITEM_TABLES} WHERE ${NAMED} AND p.instructed_minor IS NOT NULL`,
    parametersOf(references),
  );
  await lockCommitments(
    tx,
    promised.map(({ id }) => id),
  );
  return findItems(tx, references, 'FOR UPDATE OF p');
}

/** The same without a lock: to tell how things stand. */
export function readItems(source: Pick<Tx, 'query'>, references: References): Promise<PaymentItem[]> {
  return findItems(source, references, '');
}

function findItems(source: Pick<Tx, 'query'>, references: References, lock: string): Promise<PaymentItem[]> {
  return source.query<PaymentItem>(
    `SELECT ${ITEM_COLUMNS} FROM ${ITEM_TABLES} WHERE ${NAMED} ORDER BY p.id ${lock}`,
    parametersOf(references),
  );
}

const NAMED = `(i.end_to_end_id = ANY ($1::text[]) OR r.message_id = ANY ($2::text[])
  OR (p.id = ANY ($3::uuid[]) AND ${IS_CURRENT}))`;

function parametersOf({ endToEndIds = [], runMessageIds = [], payoutIds = [] }: References): (readonly string[])[] {
  return [endToEndIds, runMessageIds, payoutIds];
}
