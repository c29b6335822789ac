import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, toMinor } from '#contracts';
import type { ClaimPart, ClaimStatus, ClaimView, RuleSet } from '#contracts/finance';
import { AuditFields, bigintColumn } from '#database';

/**
 * Which state may follow which. Source: docs/domain.md#interest-and-repayment; hearing VwVfG 28, deferral, write-off and
 * remission BHO 59.
 */
const NEXT: Readonly<Record<ClaimStatus, readonly ClaimStatus[]>> = {
  DRAFT: ['HEARING', 'WAIVED'],
  HEARING: ['DECIDED', 'WAIVED'],
  DECIDED: ['OBJECTED', 'DUE', 'WAIVED'],
  OBJECTED: ['DUE', 'WAIVED'],
  DUE: ['PAID', 'DEFERRED', 'WAIVED', 'WRITTEN_OFF'],
  DEFERRED: ['PAID', 'DUE', 'WAIVED', 'WRITTEN_OFF'],
  // Written off is not given up: the debtor may still pay.
  WRITTEN_OFF: ['PAID', 'WAIVED'],
  PAID: [],
  WAIVED: [],
};

export interface ClaimInstalment {
  readonly dueOn: string;
  readonly amountMinor: bigint;
}

/** What a part of a payment settles. */
export interface ClaimShare {
  readonly settles: ClaimPart;
  readonly amountMinor: bigint;
}

export interface Closing {
  readonly reason: string;
  readonly consentReference: string | undefined;
  readonly by: string;
}

/**
 * Money the fund demands back. Decided by another person than its drafter (FINANCE_CLAIM_FOUR_EYES) and not before the debtor
 * was heard. Deferral, waiver and write-off above the threshold for minor claims need the reference of a consent.
 */
@AuditFields<RepaymentClaim>({
  open: ['ruleSet', 'ground', 'status', 'draftedBy', 'decidedBy', 'decisionReference', 'consentReference'],
})
@Entity({ name: 'claim' })
export class RepaymentClaim {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column('uuid') fundId!: string;
  @Column('uuid', { nullable: true }) proofOfUseId!: string | null;
  @Column('text') debtorName!: string;
  @Column('text') ruleSet!: RuleSet;
  @Column('text') ground!: ClaimView['ground'];
  @Column('text') reason!: string;
  @Column('char', { length: 3 }) currency!: string;
  @Column('bigint', { transformer: bigintColumn }) amountMinor!: bigint;
  @Column('bigint', { transformer: bigintColumn }) paidMinor!: bigint;
  /** Parts that were remitted; a whole rest that was is the state WAIVED. */
  @Column('bigint', { transformer: bigintColumn }) waivedMinor!: bigint;
  @Column('bigint', { transformer: bigintColumn }) interestDemandedMinor!: bigint;
  @Column('bigint', { transformer: bigintColumn }) interestPaidMinor!: bigint;
  @Column('date', { nullable: true }) nextDueOn!: string | null;
  /** The threshold for minor claims as it was when the claim was drafted. */
  @Column('bigint', { transformer: bigintColumn }) thresholdMinor!: bigint;
  @Column('date') interestFrom!: string;
  @Column('text') status!: ClaimStatus;
  @Column('text') draftedBy!: string;
  @Column('date', { nullable: true }) hearingUntil!: string | null;
  @Column('text', { nullable: true }) statement!: string | null;
  @Column('text', { nullable: true }) decidedBy!: string | null;
  @Column('date', { nullable: true }) decidedOn!: string | null;
  @Column('text', { nullable: true }) decisionReference!: string | null;
  @Column('date', { nullable: true }) objectedOn!: string | null;
  @Column('text', { nullable: true }) objection!: string | null;
  @Column('date', { nullable: true }) dueOn!: string | null;
  @Column('jsonb') instalments!: ClaimView['instalments'];
  @Column('text', { nullable: true }) closingReason!: string | null;
  @Column('text', { nullable: true }) consentReference!: string | null;
  @Column('timestamptz') createdAt!: Date;

  get openMinor(): bigint {
    return this.status === 'WAIVED' ? 0n : this.amountMinor - this.waivedMinor - this.paidMinor;
  }

  /** With the claim its interest is given up. */
  get openInterestMinor(): bigint {
    return this.status === 'WAIVED' ? 0n : this.interestDemandedMinor - this.interestPaidMinor;
  }

  get isMinor(): boolean {
    return this.amountMinor <= this.thresholdMinor;
  }

  /** Whether the claim may become so; `by` where the drafter may not bring it about. */
  assertCanBecome(next: ClaimStatus, by?: string): void {
    if (!NEXT[this.status].includes(next)) throw this.notAllowed(next);
    if (by === this.draftedBy) throw new AppError('FINANCE_CLAIM_FOUR_EYES', { claimId: this.id });
  }

  hear(until: string, today: string): void {
    this.assertCanBecome('HEARING');
    assertOrder(today, until);
    this.status = 'HEARING';
    this.hearingUntil = until;
  }

  assertInHearing(): void {
    if (this.status !== 'HEARING') throw this.notAllowed('HEARING');
  }

  recordStatement(statement: string): void {
    this.assertInHearing();
    this.statement = statement;
  }

  decide({ by, decidedOn, reference }: { by: string; decidedOn: string; reference: string }, today: string): void {
    this.assertCanBecome('DECIDED', by);
    if (this.statement === null && decidedOn <= (this.hearingUntil ?? '')) {
      throw new AppError('FINANCE_CLAIM_HEARING_OPEN', { hearingUntil: this.hearingUntil });
    }
    assertOrder(decidedOn, today);
    this.status = 'DECIDED';
    this.decidedBy = by;
    this.decidedOn = decidedOn;
    this.decisionReference = reference;
  }

  object(objectedOn: string, text: string, today: string): void {
    this.assertCanBecome('OBJECTED');
    assertOrder(this.decidedOn ?? '', objectedOn);
    assertOrder(objectedOn, today);
    this.status = 'OBJECTED';
    this.objectedOn = objectedOn;
    this.objection = text;
  }

  /** Due from a day on: when the decision can no longer be contested, the objection failed, or a deferral was not kept. */
  makeDue(dueOn: string): void {
    this.assertCanBecome('DUE');
    assertOrder(this.decidedOn ?? '', dueOn);
    this.status = 'DUE';
    this.dueOn = dueOn;
    this.nextDueOn = this.dueNext();
  }

  /** Money may come for what is open of the claim, or of the interest that was demanded. */
  assertCanReceive(): void {
    if (this.openInterestMinor === 0n) this.assertCanBecome('PAID');
  }

  /** Whether money that came on the day may be booked without asking anybody. */
  canReceiveOn(paidOn: string, today: string): boolean {
    const isAwaited = NEXT[this.status].includes('PAID') || this.openInterestMinor > 0n;
    return isAwaited && (this.decidedOn ?? '') <= paidOn && paidOn <= today;
  }

  /** What an amount settles beyond doubt: all that is open, or a part of it where only one kind is. */
  sharesOf(amountMinor: bigint): ClaimShare[] | undefined {
    const { openMinor, openInterestMinor } = this;
    const all: ClaimShare[] = [
      { settles: 'PRINCIPAL', amountMinor: openMinor },
      { settles: 'INTEREST', amountMinor: openInterestMinor },
    ];
    const open = all.filter((share) => share.amountMinor > 0n);
    if (amountMinor === openMinor + openInterestMinor) return open;
    const [only, other] = open;
    return only && !other && amountMinor < only.amountMinor ? [{ ...only, amountMinor }] : undefined;
  }

  payInterest(amountMinor: bigint, paidOn: string, today: string): void {
    assertOrder(this.decidedOn ?? '', paidOn);
    assertOrder(paidOn, today);
    if (amountMinor > this.openInterestMinor) {
      throw new AppError('FINANCE_CLAIM_PAYMENT_TOO_HIGH', { claimId: this.id });
    }
    this.interestPaidMinor += amountMinor;
  }

  takeBackInterest(amountMinor: bigint): void {
    this.interestPaidMinor -= amountMinor;
  }

  /** The debtor has to pay something now, or by instalments: only then a letter asks for it. */
  assertDemanded(): void {
    const isDemanded = this.status === 'DUE' || this.status === 'DEFERRED';
    if (isDemanded || (this.status === 'PAID' && this.openInterestMinor > 0n)) return;
    throw new AppError('FINANCE_CLAIM_NOT_DEMANDED', { claimId: this.id, status: this.status });
  }

  assertBearsInterest(): void {
    if (!['DUE', 'DEFERRED', 'PAID', 'WRITTEN_OFF'].includes(this.status)) throw this.notAllowed('DUE');
  }

  /** `interest` is all of it up to the day: what was demanded before is not demanded again. Answers what is. */
  demandInterest(
    interest: { readonly amountMinor: bigint; readonly isProvisional: boolean },
    { until, dueOn, today }: { until: string; dueOn: string; today: string },
  ): bigint {
    this.assertBearsInterest();
    assertOrder(until, today);
    assertOrder(today, dueOn);
    if (interest.isProvisional) throw new AppError('FINANCE_CLAIM_INTEREST_PROVISIONAL', { until });
    const added = interest.amountMinor - this.interestDemandedMinor;
    if (added <= 0n) throw new AppError('FINANCE_CLAIM_INTEREST_NOTHING', { until });
    this.interestDemandedMinor += added;
    return added;
  }

  pay(amountMinor: bigint, paidOn: string, today: string): void {
    this.assertCanBecome('PAID');
    assertOrder(this.decidedOn ?? '', paidOn);
    assertOrder(paidOn, today);
    if (amountMinor > this.openMinor) throw new AppError('FINANCE_CLAIM_PAYMENT_TOO_HIGH', { claimId: this.id });
    this.paidMinor += amountMinor;
    if (this.openMinor === 0n) this.status = 'PAID';
    this.nextDueOn = this.dueNext();
  }

  /** A payment that proves wrong: what it settled is open again. */
  takeBackPayment(amountMinor: bigint): void {
    if (this.status === 'PAID') this.status = 'DUE';
    this.paidMinor -= amountMinor;
    this.nextDueOn = this.dueNext();
  }

  defer(instalments: readonly ClaimInstalment[], views: ClaimView['instalments'], closing: Closing): void {
    this.assertCanBecome('DEFERRED');
    const total = instalments.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const isRising = instalments.every(
      ({ dueOn }, index) => index === 0 || (instalments[index - 1]?.dueOn ?? '') < dueOn,
    );
    if (total !== this.openMinor || !isRising) throw new AppError('FINANCE_CLAIM_INSTALMENTS_MISMATCH');
    this.close('DEFERRED', closing);
    this.instalments = views;
    this.nextDueOn = this.dueNext();
  }

  waive(closing: Closing): void {
    this.assertCanBecome('WAIVED', closing.by);
    this.close('WAIVED', closing);
    this.nextDueOn = null;
  }

  /** A part of what is open: the claim stays what it is. FINANCE_CLAIM_WAIVER_TOO_HIGH above the rest. */
  waivePart(amountMinor: bigint, { by, consentReference }: Closing): void {
    this.assertCanBecome('WAIVED', by);
    const { openMinor } = this;
    if (amountMinor > openMinor) {
      throw new AppError('FINANCE_CLAIM_WAIVER_TOO_HIGH', { claimId: this.id, openMinor: openMinor.toString() });
    }
    this.assertConsent(consentReference);
    this.waivedMinor += amountMinor;
    this.nextDueOn = this.dueNext();
  }

  writeOff(closing: Closing): void {
    this.assertCanBecome('WRITTEN_OFF', closing.by);
    this.close('WRITTEN_OFF', closing);
    this.nextDueOn = null;
  }

  /** The first instalment that the open amount reaches back to: what was paid or waived settles the earliest ones. */
  private dueNext(): string | null {
    if (this.status === 'DUE') return this.dueOn;
    if (this.status !== 'DEFERRED') return null;
    let fromHere = 0n;
    for (const { dueOn, amount } of this.instalments.toReversed()) {
      fromHere += toMinor(amount).amountMinor;
      if (fromHere >= this.openMinor) return dueOn;
    }
    return this.instalments[0]?.dueOn ?? null;
  }

  private assertConsent(consentReference: string | undefined): void {
    if (!this.isMinor && consentReference === undefined) {
      throw new AppError('FINANCE_CLAIM_CONSENT_MISSING', { claimId: this.id });
    }
  }

  private close(status: ClaimStatus, { reason, consentReference }: Closing): void {
    this.assertConsent(consentReference);
    this.status = status;
    this.closingReason = reason;
    this.consentReference = consentReference ?? null;
  }

  private notAllowed(to: ClaimStatus): AppError {
    return new AppError('FINANCE_CLAIM_TRANSITION_NOT_ALLOWED', { claimId: this.id, from: this.status, to });
  }
}

function assertOrder(earlier: string, later: string): void {
  if (earlier > later) throw new AppError('FINANCE_CLAIM_DATE_INVALID', { earlier, later });
}
