import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { ClaimStatus, ClaimView, RuleSet } from '#contracts/finance';
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
    return this.status === 'WAIVED' ? 0n : this.amountMinor - this.paidMinor;
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
  }

  pay(amountMinor: bigint, paidOn: string, today: string): void {
    this.assertCanBecome('PAID');
    assertOrder(this.decidedOn ?? '', paidOn);
    assertOrder(paidOn, today);
    if (amountMinor > this.openMinor) throw new AppError('FINANCE_CLAIM_PAYMENT_TOO_HIGH', { claimId: this.id });
    this.paidMinor += amountMinor;
    if (this.openMinor === 0n) this.status = 'PAID';
  }

  /** A payment that proves wrong: what it settled is open again. */
  takeBackPayment(amountMinor: bigint): void {
    if (this.status === 'PAID') this.status = 'DUE';
    this.paidMinor -= amountMinor;
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
  }

  waive(closing: Closing): void {
    this.assertCanBecome('WAIVED', closing.by);
    this.close('WAIVED', closing);
  }

  writeOff(closing: Closing): void {
    this.assertCanBecome('WRITTEN_OFF', closing.by);
    this.close('WRITTEN_OFF', closing);
  }

  private close(status: ClaimStatus, { reason, consentReference }: Closing): void {
    if (!this.isMinor && consentReference === undefined) {
      throw new AppError('FINANCE_CLAIM_CONSENT_MISSING', { claimId: this.id });
    }
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
