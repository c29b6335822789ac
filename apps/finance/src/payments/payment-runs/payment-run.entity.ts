import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, fieldError } from '#contracts';
import type { PaymentRunStatus, PaymentType } from '#contracts/finance';
import { AuditFields, bigintColumn } from '#database';
import { dayInBerlin } from '#platform';

/** What a person may do. From SENT on the bank's messages settle a run; once they have settled a part, booking the whole by hand would book that part twice. */
const NEXT: Readonly<Record<PaymentRunStatus, readonly PaymentRunStatus[]>> = {
  CREATED: ['SENT', 'CANCELLED'],
  SENT: ['BOOKED'],
  SETTLING: [],
  BOOKED: [],
  REJECTED: [],
  CANCELLED: [],
};

/** Who said what of a run, and when. */
export interface RunAct {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

/** Ordered payouts of one fund and payment type that go to the bank on one day, in one file that is written once. */
@AuditFields<PaymentRun>({
  open: [
    'paymentType',
    'status',
    'messageId',
    'fileName',
    'fileSha256',
    'statementReference',
    'createdBy',
    'cancelledBy',
    'reinstatementProposedBy',
    'reinstatedBy',
  ],
})
@Entity({ name: 'payment_run' })
export class PaymentRun {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column('uuid') fundId!: string;
  @Column('text') paymentType!: PaymentType;
  @Column('date') executionOn!: string;
  /** What was asked for, where the banks do not work on that day. */
  @Column('date', { nullable: true }) requestedOn!: string | null;
  @Column('text') status!: PaymentRunStatus;
  @Column('text') accountHolder!: string;
  @Column('text') accountIban!: string;
  @Column('text') accountBic!: string;
  @Column('int') payoutCount!: number;
  /** Payments in the file; null in a run from before payouts went together: as many as payouts. */
  @Column('int', { nullable: true }) transferCount!: number | null;
  @Column('bigint', { transformer: bigintColumn }) totalMinor!: bigint;
  @Column('char', { length: 3 }) currency!: string;
  /** What is instructed in all, where that is in another currency: then the total is what is set aside for it. */
  @Column('bigint', { nullable: true, transformer: bigintColumn }) instructedMinor!: bigint | null;
  @Column('char', { length: 3, nullable: true }) instructedCurrency!: string | null;
  @Column('text') messageId!: string;
  @Column('text') fileName!: string;
  @Column('text') fileSha256!: string;
  @Column('int') fileSize!: number;
  @Column('text', { nullable: true }) statementReference!: string | null;
  @Column('date', { nullable: true }) bookedOn!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('text', { nullable: true }) createdBy!: string | null;
  @Column('text', { nullable: true }) cancelledBy!: string | null;
  /** When it was recorded that the file went to the bank; runs from before this was kept have none. */
  @Column('timestamptz', { nullable: true }) sentAt!: Date | null;
  @Column('timestamptz', { nullable: true }) cancelledAt!: Date | null;
  @Column('text', { nullable: true }) cancellationReason!: string | null;
  /** Who says that the bank has carried it out although it was given up here. */
  @Column('text', { nullable: true }) reinstatementProposedBy!: string | null;
  @Column('timestamptz', { nullable: true }) reinstatementProposedAt!: Date | null;
  @Column('text', { nullable: true }) reinstatementReason!: string | null;
  @Column('text', { nullable: true }) reinstatedBy!: string | null;
  @Column('timestamptz', { nullable: true }) reinstatedAt!: Date | null;
  @Column('text', { nullable: true }) reinstatementConfirmation!: string | null;
  /** When a debit of it was first seen at the bank while nobody had recorded here that its file was sent. */
  @Column('timestamptz', { nullable: true }) debitSeenAt!: Date | null;
  /** Payees whose name the bank found not to match, and of whom two persons have not confirmed that they are paid all the same. */
  @Column('int') namesUnconfirmed!: number;

  send(at: Date): void {
    this.assertCanSend();
    this.status = 'SENT';
    this.sentAt = at;
  }

  /** Between the day on which the file was written and the one on which it is said. */
  book(on: string, statementReference: string, today: string): void {
    this.assertCanBookByHand();
    const earliest = dayInBerlin(this.createdAt);
    if (on < earliest || on > today) {
      const detail = `must be from ${earliest} to ${today}`;
      throw fieldError('FINANCE_PAYMENT_RUN_BOOKING_DAY_IMPOSSIBLE', '#/bookedOn', detail);
    }
    this.moveTo('BOOKED');
    this.bookedOn = on;
    this.statementReference = statementReference;
  }

  /** Never once the file went to the bank; by another person than the one who made the run. */
  cancel(by: string, at: Date, reason: string): void {
    this.assertCanCancel(by);
    this.status = 'CANCELLED';
    this.cancelledBy = by;
    this.cancelledAt = at;
    this.cancellationReason = reason;
  }

  assertCanBecome(next: PaymentRunStatus): void {
    if (NEXT[this.status].includes(next)) return;
    throw new AppError('FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }

  /** Of a payment in another currency only the bank knows what it debited. */
  assertCanBookByHand(): void {
    this.assertCanBecome('BOOKED');
    if (this.instructedCurrency !== null)
      throw new AppError('FINANCE_PAYMENT_RUN_DEBIT_UNKNOWN', { paymentRunId: this.id });
  }

  assertCanSend(): void {
    this.assertCanBecome('SENT');
    if (this.namesUnconfirmed > 0)
      throw new AppError('FINANCE_PAYMENT_RUN_NAME_UNCONFIRMED', { paymentRunId: this.id });
  }

  assertCanCancel(by: string): void {
    this.assertCanBecome('CANCELLED');
    // Given up, its payouts would go to the bank a second time.
    if (this.debitSeenAt !== null) throw new AppError('FINANCE_PAYMENT_RUN_CARRIED_OUT', { paymentRunId: this.id });
    if (by === this.createdBy) throw new AppError('FINANCE_PAYMENT_RUN_FOUR_EYES', { paymentRunId: this.id });
  }

  proposeReinstatement({ by, at, reason }: RunAct): void {
    this.assertCanProposeReinstatement();
    this.reinstatementProposedBy = by;
    this.reinstatementProposedAt = at;
    this.reinstatementReason = reason;
  }

  /** The bank has its file: it goes on as sent. Who gave it up, and why, stays to be seen. */
  reinstate({ by, at, reason }: RunAct): void {
    this.assertCanReinstate(by);
    this.status = 'SENT';
    this.sentAt = at;
    this.reinstatedBy = by;
    this.reinstatedAt = at;
    this.reinstatementConfirmation = reason;
  }

  /** Also the proposer may: nothing has happened yet. The audit trail keeps what was proposed. */
  rejectReinstatement(): void {
    this.assertReinstatementProposed();
    this.reinstatementProposedBy = this.reinstatementProposedAt = this.reinstatementReason = null;
  }

  /** FINANCE_PAYMENT_RUN_NOT_CARRIED_OUT unless it was given up and a debit of it was seen at the bank. */
  assertCanProposeReinstatement(): void {
    if (this.status !== 'CANCELLED' || this.debitSeenAt === null) {
      throw new AppError('FINANCE_PAYMENT_RUN_NOT_CARRIED_OUT', { paymentRunId: this.id });
    }
    if (this.reinstatementProposedBy !== null) {
      throw new AppError('FINANCE_PAYMENT_RUN_REINSTATEMENT_PENDING', { paymentRunId: this.id });
    }
  }

  assertCanReinstate(by: string): void {
    this.assertReinstatementProposed();
    if (by === this.reinstatementProposedBy) {
      throw new AppError('FINANCE_PAYMENT_RUN_FOUR_EYES', { paymentRunId: this.id });
    }
  }

  /** FINANCE_PAYMENT_RUN_REINSTATEMENT_MISSING unless one waits for the second person. */
  assertReinstatementProposed(): void {
    if (this.status === 'CANCELLED' && this.reinstatementProposedBy !== null) return;
    throw new AppError('FINANCE_PAYMENT_RUN_REINSTATEMENT_MISSING', { paymentRunId: this.id });
  }

  private moveTo(next: PaymentRunStatus): void {
    this.assertCanBecome(next);
    this.status = next;
  }
}
