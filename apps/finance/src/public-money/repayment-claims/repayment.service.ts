import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, fieldError, type RequestOf, yearOf } from '#contracts';
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
import { lockBank, type StoredEntry } from '../../bank/bank-entries/bank-entry-store.service';
import type { Receiver } from '../../bank/bank-entries/incoming-payments.port';
import { BankReceiptService, type Receipt, standingReceipts } from '../../bank/bank-entries/bank-receipt.service';
import { findFund } from '../../budget/funds/fund.reader';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import { PayoutPlanService } from '../../payments/payouts/payout-plan.service';
import { act } from './repayment-claim.act';
import { type ClaimShare, RepaymentClaim } from './repayment-claim.entity';
import { claimView } from './repayment-claim.messages';
import { broughtByBank, readRecords, recordedByHand } from './repayment-claim.rows';

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
    private readonly receipts: BankReceiptService,
    private readonly clock: Clock,
  ) {}

  @act(recordClaimPayment, {
    first: (_self, _request, { tx }) => lockBank(tx),
    possible: (claim) => claim.assertCanReceive(),
  })
  async record(
    claim: RepaymentClaim,
    request: RequestOf<typeof recordClaimPayment>,
    { tx, call }: Act<undefined, void>,
  ): Promise<void> {
    const { amount, paidOn, bankEntryId, ...payment } = request;
    const fund = await findFund(tx, claim.fundId);
    const amountMinor = fund.minorOf(amount);
    const decider = deciderOf(call);
    if (bankEntryId === undefined) {
      const sought = { claimId: claim.id, settles: payment.settles, amountMinor, on: paidOn };
      const number = await broughtByBank(tx, sought);
      if (number !== undefined) throw new AppError('FINANCE_CLAIM_PAYMENT_RECEIVED', { claimId: claim.id, number });
      await this.book(tx, claim, { ...payment, amountMinor, paidOn }, decider);
      return;
    }
    const entry = await this.receipts.lockCredit(tx, bankEntryId, { fund, amountMinor });
    if (entry.bookedOn !== paidOn) {
      throw fieldError('FINANCE_CLAIM_DATE_INVALID', '#/paidOn', `the bank booked it on ${entry.bookedOn}`);
    }
    await this.receive(tx, claim, { ...payment, entry, amountMinor, rule: 'PERSON' }, decider);
  }

  /** The money of a credit: it confirms the payment that a person had recorded, or is booked as one. */
  async receive(tx: Tx, claim: RepaymentClaim, received: ReceivedPayment, decider: Receiver): Promise<void> {
    const { entry, amountMinor, rule, settles, reference = entry.statementId, ...more } = received;
    const known = await recordedByHand(tx, { claimId: claim.id, settles, amountMinor, on: entry.bookedOn });
    const payment = { ...more, settles, reference, amountMinor, paidOn: entry.bookedOn };
    const paymentNumber = known ?? (await this.book(tx, claim, payment, decider));
    await this.receipts.keep(tx, entry, {
      of: { claimId: claim.id, paymentNumber },
      kind: known === undefined ? 'BOOKED' : 'CONFIRMED',
      fundId: claim.fundId,
      amountMinor,
      rule,
      by: decider.by,
    });
    // Whoever looks at the claim sees another one.
    if (known !== undefined) await tx.update(claim);
  }

  /** The credit that it was booked from is taken back. */
  async reverseReceived(
    tx: Tx,
    { claimId, paymentNumber }: { readonly claimId: string; readonly paymentNumber: number },
    decider: Receiver & { readonly reason: string },
  ): Promise<void> {
    const claim = await tx.lockOrFail(RepaymentClaim, claimId);
    const { payments } = await readRecords(tx, claimId);
    // Said as of any other match on which something followed.
    if (payments.some(({ number, outcome }) => number === paymentNumber && outcome !== null)) {
      throw new AppError('FINANCE_BANK_MATCH_FOLLOWED', { claimId });
    }
    await this.undo(tx, claim, paymentNumber, decider);
  }

  @act(settleClaimPayment)
  async settle(claim: RepaymentClaim, request: RequestOf<typeof settleClaimPayment>, { tx, call }: Act): Promise<void> {
    const { paymentNumber, as, reason } = request;
    const payment = await openPayment(tx, claim, paymentNumber);
    if (payment.settles === 'INTEREST' && as === 'GIVEN_BACK') {
      throw new AppError('FINANCE_CLAIM_INTEREST_NOT_OF_BUDGET', { claimId: claim.id, number: paymentNumber });
    }
    await this.end(tx, payment, { outcome: as, reason, ...deciderOf(call) });
  }

  @act(reverseClaimPayment, { first: (_self, _request, { tx }) => lockBank(tx) })
  async reverse(
    claim: RepaymentClaim,
    request: RequestOf<typeof reverseClaimPayment>,
    { tx, call }: Act<undefined, void>,
  ): Promise<void> {
    const { paymentNumber, reason } = request;
    const decider = { ...deciderOf(call), reason };
    await this.undo(tx, claim, paymentNumber, decider);
    const receipts = await standingReceipts(tx, { claimId: claim.id });
    await this.receipts.takeBack(
      tx,
      receipts.filter((receipt) => receipt.paymentNumber === paymentNumber),
      decider,
    );
  }

  async view(claim: RepaymentClaim, { tx }: Pick<Act, 'tx'>): Promise<ClaimView> {
    return claimView(claim, await readRecords(tx, claim.id), this.clock.today());
  }

  private async book(
    tx: Tx,
    claim: RepaymentClaim,
    payment: NewPayment,
    { correlationId }: Pick<Receiver, 'correlationId'>,
  ): Promise<number> {
    const { amountMinor, paidOn, reference, settles, budgetYear = yearOf(paidOn) } = payment;
    if (settles === 'INTEREST') claim.payInterest(amountMinor, paidOn, this.clock.today());
    else claim.pay(amountMinor, paidOn, this.clock.today());
    const [row] = await tx.query<{ number: number }>(
      `INSERT INTO claim_payment (claim_id, number, amount_minor, paid_on, reference, fund_id, budget_year, settles)
       SELECT $1, count(*) + 1, $2, $3, $4, $5, $6, $7 FROM claim_payment WHERE claim_id = $1 RETURNING number`,
      [claim.id, amountMinor, paidOn, reference, claim.fundId, budgetYear, settles],
    );
    assert(row, 'a payment of a claim without number');
    await this.ledger.post(tx, {
      fundId: claim.fundId,
      kind: settles === 'INTEREST' ? 'CLAIM_INTEREST_PAID' : 'CLAIM_PAID',
      reference: `${claim.id}:${row.number}`,
      effectiveOn: paidOn,
      correlationId,
      lines: move(budgetYear, amountMinor, { from: 'external', to: 'returned' }),
    });
    await this.writeAndReviewInstalments(tx, claim);
    return row.number;
  }

  private async undo(
    tx: Tx,
    claim: RepaymentClaim,
    paymentNumber: number,
    decider: Receiver & { readonly reason: string },
  ): Promise<void> {
    const payment = await openPayment(tx, claim, paymentNumber);
    if (payment.settles === 'INTEREST') claim.takeBackInterest(payment.amountMinor);
    else claim.takeBackPayment(payment.amountMinor);
    await this.end(tx, payment, { outcome: 'REVERSED', ...decider });
    await this.writeAndReviewInstalments(tx, claim);
  }

  private async end(
    tx: Tx,
    payment: OpenPayment,
    { outcome, reason, by, correlationId }: Receiver & { outcome: Outcome; reason: string },
  ): Promise<void> {
    const { claimId, number, amountMinor, fundId, budgetYear, entryId } = payment;
    await tx.query(
      `INSERT INTO claim_payment_outcome (claim_id, number, outcome, reason, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [claimId, number, outcome, reason, by, this.clock.now()],
    );
    // Recorded before the ledger knew of claims: there is nothing to move.
    if (fundId === null || budgetYear === null || entryId === null) return;
    const { kind, from, to } = POSTINGS[payment.settles][outcome];
    await this.ledger.post(tx, {
      fundId,
      kind,
      reference: `${claimId}:${number}`,
      effectiveOn: this.clock.today(),
      correlationId,
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

interface NewPayment extends ClaimShare {
  readonly paidOn: string;
  readonly reference: string;
  /** The year that takes it, where it is not the one of the day. */
  readonly budgetYear?: number | undefined;
}

/** A payment that is a credit of the bank. */
interface ReceivedPayment extends ClaimShare {
  readonly entry: StoredEntry;
  readonly rule: Receipt['rule'];
  readonly reference?: string;
  readonly budgetYear?: number | undefined;
}

function deciderOf(call: Call): Receiver {
  return { by: call.caller.subject, correlationId: call.correlationId };
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
