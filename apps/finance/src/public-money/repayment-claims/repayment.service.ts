import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf, yearOf } from '#contracts';
import {
  type ClaimPart,
  type ClaimView,
  type JournalEntryKind,
  type LedgerStage,
  recordClaimPayment,
  reverseClaimPayment,
  settleClaimPayment,
} from '#contracts/finance';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { type Call, Clock } from '#platform';
import { findFund } from '../../budget/funds/fund.reader';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import { PayoutPlanService } from '../../payments/payouts/payout-plan.service';
import { act } from './repayment-claim.act';
import type { RepaymentClaim } from './repayment-claim.entity';
import { claimView } from './repayment-claim.messages';
import { readRecords } from './repayment-claim.rows';

type Outcome = 'GIVEN_BACK' | 'REMITTED' | 'REVERSED';

interface Posting {
  readonly kind: JournalEntryKind;
  readonly from: LedgerStage;
  readonly to: LedgerStage;
}

const POSTINGS: Readonly<Record<ClaimPart, Readonly<Record<Outcome, Posting>>>> = {
  PRINCIPAL: {
    GIVEN_BACK: { kind: 'CLAIM_GIVEN_BACK', from: 'returned', to: 'available' },
    REMITTED: { kind: 'CLAIM_REMITTED', from: 'returned', to: 'external' },
    REVERSED: { kind: 'CLAIM_PAYMENT_REVERSED', from: 'returned', to: 'external' },
  },
  INTEREST: {
    // Refused before it comes to this.
    GIVEN_BACK: { kind: 'CLAIM_GIVEN_BACK', from: 'returned', to: 'available' },
    REMITTED: { kind: 'CLAIM_INTEREST_REMITTED', from: 'returned', to: 'external' },
    REVERSED: { kind: 'CLAIM_INTEREST_PAYMENT_REVERSED', from: 'returned', to: 'external' },
  },
};

/**
 * Money that debtors pay back. It is income of the budget year in which it comes in (BHO 72) and is booked in full, not taken off
 * the spending of the year that the claim is about (BHO 15): that one may be closed. From `returned` it goes to the budget or on
 * to the financier. A record that proves wrong is reversed, never changed.
 */
@Injectable()
export class RepaymentService {
  constructor(
    private readonly ledger: Ledger,
    private readonly payouts: PayoutPlanService,
    private readonly clock: Clock,
  ) {}

  @act(recordClaimPayment, { possible: (claim) => claim.assertCanReceive() })
  async record(claim: RepaymentClaim, request: RequestOf<typeof recordClaimPayment>, { tx, call }: Act): Promise<void> {
    const { amount, paidOn, reference, settles, budgetYear = yearOf(paidOn) } = request;
    const fund = await findFund(tx, claim.fundId);
    const amountMinor = fund.minorOf(amount);
    if (settles === 'INTEREST') claim.payInterest(amountMinor, paidOn, this.clock.today());
    else claim.pay(amountMinor, paidOn, this.clock.today());
    const [payment] = await tx.query<{ number: number }>(
      `INSERT INTO claim_payment (claim_id, number, amount_minor, paid_on, reference, fund_id, budget_year, settles)
       SELECT $1, count(*) + 1, $2, $3, $4, $5, $6, $7 FROM claim_payment WHERE claim_id = $1 RETURNING number`,
      [claim.id, amountMinor, paidOn, reference, fund.id, budgetYear, settles],
    );
    await this.ledger.post(tx, {
      fundId: fund.id,
      kind: settles === 'INTEREST' ? 'CLAIM_INTEREST_PAID' : 'CLAIM_PAID',
      reference: `${claim.id}:${payment?.number}`,
      effectiveOn: paidOn,
      correlationId: call.correlationId,
      lines: move(budgetYear, amountMinor, { from: 'external', to: 'returned' }),
    });
    await this.writeAndReviewInstalments(tx, claim);
  }

  @act(settleClaimPayment)
  async settle(claim: RepaymentClaim, request: RequestOf<typeof settleClaimPayment>, { tx, call }: Act): Promise<void> {
    const { paymentNumber, as, reason } = request;
    const payment = await openPayment(tx, claim, paymentNumber);
    if (payment.settles === 'INTEREST' && as === 'GIVEN_BACK') {
      throw new AppError('FINANCE_CLAIM_INTEREST_NOT_OF_BUDGET', { claimId: claim.id, number: paymentNumber });
    }
    await this.end(tx, payment, { outcome: as, reason, call });
  }

  @act(reverseClaimPayment)
  async reverse(
    claim: RepaymentClaim,
    request: RequestOf<typeof reverseClaimPayment>,
    { tx, call }: Act,
  ): Promise<void> {
    const { paymentNumber, reason } = request;
    const payment = await openPayment(tx, claim, paymentNumber);
    if (payment.settles === 'INTEREST') claim.takeBackInterest(payment.amountMinor);
    else claim.takeBackPayment(payment.amountMinor);
    await this.end(tx, payment, { outcome: 'REVERSED', reason, call });
    await this.writeAndReviewInstalments(tx, claim);
  }

  async view(claim: RepaymentClaim, { tx }: Act): Promise<ClaimView> {
    return claimView(claim, await readRecords(tx, claim.id), this.clock.today());
  }

  private async end(
    tx: Tx,
    payment: OpenPayment,
    { outcome, reason, call }: { outcome: Outcome; reason: string; call: Call },
  ): Promise<void> {
    const { claimId, number, amountMinor, fundId, budgetYear, entryId } = payment;
    await tx.query(
      `INSERT INTO claim_payment_outcome (claim_id, number, outcome, reason, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [claimId, number, outcome, reason, call.caller.subject, this.clock.now()],
    );
    // Recorded before the ledger knew of claims: there is nothing to move.
    if (fundId === null || budgetYear === null || entryId === null) return;
    const { kind, from, to } = POSTINGS[payment.settles][outcome];
    await this.ledger.post(tx, {
      fundId,
      kind,
      reference: `${claimId}:${number}`,
      effectiveOn: this.clock.today(),
      correlationId: call.correlationId,
      lines: move(budgetYear, amountMinor, { from, to }),
      ...(outcome === 'REVERSED' ? { reverses: { entryId, reason } } : {}),
    });
  }

  /** What came back of an instalment is accounted for: the next one may have waited for it. */
  private async writeAndReviewInstalments(tx: Tx, claim: RepaymentClaim): Promise<void> {
    await tx.update(claim);
    const [proof] = await tx.query<{ commitmentId: string | null }>(
      'SELECT commitment_id FROM proof_of_use WHERE id = $1',
      [claim.proofOfUseId],
    );
    if (proof?.commitmentId) await this.payouts.reviewCommitment(tx, proof.commitmentId);
  }
}

interface OpenPayment {
  readonly claimId: string;
  readonly number: number;
  readonly amountMinor: bigint;
  readonly settles: ClaimPart;
  readonly fundId: string | null;
  readonly budgetYear: number | null;
  /** The entry that booked it. */
  readonly entryId: string | null;
  readonly outcome: Outcome | null;
}

async function openPayment(tx: Tx, { id }: RepaymentClaim, number: number): Promise<OpenPayment> {
  const [payment] = await tx.query<OpenPayment>(
    `SELECT payment.claim_id, payment.number, payment.amount_minor, payment.settles, payment.fund_id, payment.budget_year,
       entry.id AS entry_id, ended.outcome
     FROM claim_payment payment
     LEFT JOIN claim_payment_outcome ended ON ended.claim_id = payment.claim_id AND ended.number = payment.number
     LEFT JOIN journal_entry entry ON entry.kind IN ('CLAIM_PAID', 'CLAIM_INTEREST_PAID') AND entry.reference = payment.claim_id || ':' || payment.number
     WHERE payment.claim_id = $1 AND payment.number = $2`,
    [id, number],
  );
  if (!payment) throw new AppError('FINANCE_CLAIM_PAYMENT_UNKNOWN', { claimId: id, number });
  if (payment.outcome !== null) {
    throw new AppError('FINANCE_CLAIM_PAYMENT_ENDED', { claimId: id, number, outcome: payment.outcome });
  }
  return payment;
}
