import type { ClaimPart } from '#contracts/finance';
import type { Queries, Tx } from '#database';
import { RepaymentClaim } from './repayment-claim.entity';

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
  /** The credit of the bank that it is. */
  readonly bankEntryId: string | null;
}

/** The credit of the bank that stands for a payment. */
const SEEN = `(SELECT seen.bank_entry_id FROM bank_receipt seen WHERE seen.claim_id = payment.claim_id AND seen.payment_number = payment.number
    AND seen.reverses_id IS NULL AND NOT EXISTS (SELECT FROM bank_receipt back WHERE back.reverses_id = seen.id) LIMIT 1)`;

const PAYMENTS = `
SELECT payment.claim_id, payment.number, payment.paid_on, payment.amount_minor, payment.reference, payment.settles, payment.budget_year,
  ended.outcome, ended.reason AS outcome_reason, ${SEEN} AS bank_entry_id
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

/** Locked as by an act on it; undefined where no claim has the number. */
export async function lockClaimOf(tx: Tx, caseNumber: string): Promise<RepaymentClaim | undefined> {
  const [row] = await tx.query<{ id: string }>('SELECT id FROM claim WHERE case_number = $1', [caseNumber]);
  return row && tx.lockOrFail(RepaymentClaim, row.id);
}

/** So near to each other lie the day on which a person records a payment and the one on which the bank books it. */
const SAME_PAYMENT_DAYS = 10;

interface SoughtPayment {
  readonly claimId: string;
  readonly settles: ClaimPart;
  readonly amountMinor: bigint;
  readonly on: string;
}

/** The payment that a person recorded and that no credit of the bank stands for yet: the nearest of the same amount. */
export async function recordedByHand(tx: Tx, sought: SoughtPayment): Promise<number | undefined> {
  const { claimId, settles, amountMinor, on } = sought;
  const [row] = await tx.query<{ number: number }>(
    `${STANDING} AND ${SEEN} IS NULL AND abs(payment.paid_on - $4::date) <= ${SAME_PAYMENT_DAYS}
     ORDER BY abs(payment.paid_on - $4::date), payment.number LIMIT 1`,
    [claimId, settles, amountMinor, on],
  );
  return row?.number;
}

/** The payment of that day that a credit of the bank brought. */
export async function broughtByBank(tx: Tx, sought: SoughtPayment): Promise<number | undefined> {
  const { claimId, settles, amountMinor, on } = sought;
  const [row] = await tx.query<{ number: number }>(
    `${STANDING} AND ${SEEN} IS NOT NULL AND payment.paid_on = $4::date ORDER BY payment.number LIMIT 1`,
    [claimId, settles, amountMinor, on],
  );
  return row?.number;
}

const STANDING = `
SELECT payment.number FROM claim_payment payment
LEFT JOIN claim_payment_outcome ended ON ended.claim_id = payment.claim_id AND ended.number = payment.number
WHERE payment.claim_id = $1 AND payment.settles = $2 AND payment.amount_minor = $3 AND ended.outcome IS DISTINCT FROM 'REVERSED'`;
