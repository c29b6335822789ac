import type { Queries, Tx } from '#database';

export interface ClaimPayment {
  readonly claimId: string;
  readonly paidOn: string;
  readonly amountMinor: bigint;
  readonly reference: string;
  readonly number: number;
  /** Null: recorded before the ledger knew of claims. */
  readonly budgetYear: number | null;
  readonly outcome: 'GIVEN_BACK' | 'REMITTED' | 'REVERSED' | null;
  readonly outcomeReason: string | null;
}

const PAYMENTS = `
SELECT payment.claim_id, payment.number, payment.paid_on, payment.amount_minor, payment.reference, payment.budget_year,
  ended.outcome, ended.reason AS outcome_reason
FROM claim_payment payment
LEFT JOIN claim_payment_outcome ended ON ended.claim_id = payment.claim_id AND ended.number = payment.number
WHERE payment.claim_id = ANY ($1) ORDER BY payment.claim_id, payment.number`;

export function readPayments(
  source: Pick<Queries | Tx, 'query'>,
  claimIds: readonly string[],
): Promise<ClaimPayment[]> {
  return source.query<ClaimPayment>(PAYMENTS, [claimIds]);
}
