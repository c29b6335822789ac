import type { ClaimPart } from '#contracts/finance';
import type { Queries, Tx } from '#database';

export interface ClaimPayment {
  readonly claimId: string;
  readonly paidOn: string;
  readonly amountMinor: bigint;
  readonly reference: string;
  readonly number: number;
  readonly settles: ClaimPart;
  /** Null: recorded before the ledger knew of claims. */
  readonly budgetYear: number | null;
  readonly outcome: 'GIVEN_BACK' | 'REMITTED' | 'REVERSED' | null;
  readonly outcomeReason: string | null;
}

const PAYMENTS = `
SELECT payment.claim_id, payment.number, payment.paid_on, payment.amount_minor, payment.reference, payment.settles, payment.budget_year,
  ended.outcome, ended.reason AS outcome_reason
FROM claim_payment payment
LEFT JOIN claim_payment_outcome ended ON ended.claim_id = payment.claim_id AND ended.number = payment.number
WHERE payment.claim_id = ANY ($1) ORDER BY payment.claim_id, payment.number`;

export interface InterestDemand {
  readonly number: number;
  readonly amountMinor: bigint;
  readonly until: string;
  readonly dueOn: string;
  readonly demandedBy: string;
}

export interface ClaimWaiver {
  readonly number: number;
  readonly amountMinor: bigint;
  readonly waivedOn: string;
  readonly reason: string;
  readonly waivedBy: string;
}

/** What happened to a claim beside its own row. */
export interface ClaimRecords {
  readonly payments: readonly ClaimPayment[];
  readonly interestDemands: readonly InterestDemand[];
  readonly waivers: readonly ClaimWaiver[];
}

export async function readRecords(source: Pick<Queries | Tx, 'query'>, claimId: string): Promise<ClaimRecords> {
  return {
    payments: await source.query<ClaimPayment>(PAYMENTS, [[claimId]]),
    interestDemands: await source.query<InterestDemand>(
      'SELECT number, amount_minor, until, due_on, demanded_by FROM claim_interest_demand WHERE claim_id = $1 ORDER BY number',
      [claimId],
    ),
    waivers: await source.query<ClaimWaiver>(
      'SELECT number, amount_minor, waived_on, reason, waived_by FROM claim_waiver WHERE claim_id = $1 ORDER BY number',
      [claimId],
    ),
  };
}
