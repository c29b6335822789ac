import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { PaymentAnswerState, PaymentAnswerStatus } from '#contracts/finance';
import { AuditFields } from '#database';

const NEXT: Readonly<Record<PaymentAnswerState, readonly PaymentAnswerState[]>> = {
  APPLIED: [],
  WAITING: [],
  OPEN: ['PROPOSED'],
  PROPOSED: ['SETTLED', 'OPEN'],
  SETTLED: [],
};

/** Why an answer waits for a person. */
export type AnswerCause =
  'UNKNOWN_RUN' | 'UNKNOWN_PAYMENT' | 'ALREADY_BOOKED' | 'NOT_IN_RUN' | 'NAME_NO_MATCH' | 'NAME_CLOSE';

/** Who said what of an answer. */
export interface AnswerAct {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

/**
 * What the bank said of one payment. What took no effect by itself is settled by two persons: alone, a cashier could let the reject of
 * a booked payment, or a name that does not match, pass unseen.
 */
@AuditFields<PaymentAnswer>({ open: ['status', 'state', 'proposedBy', 'confirmedBy'] })
@Entity({ name: 'payment_answer' })
export class PaymentAnswer {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') bankMessageId!: string;
  @Column('text') originalMessageId!: string;
  @Column('uuid', { nullable: true }) paymentRunId!: string | null;
  @Column('uuid', { nullable: true }) payoutId!: string | null;
  /** Whom the payment went to when the bank answered. */
  @Column('uuid', { nullable: true }) payeeId!: string | null;
  @Column('text', { nullable: true }) endToEndId!: string | null;
  @Column('text') status!: PaymentAnswerStatus;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { nullable: true }) nameAtBank!: string | null;
  @Column('text') state!: PaymentAnswerState;
  @Column('text', { nullable: true }) cause!: AnswerCause | null;
  @Column('timestamptz') receivedAt!: Date;
  @Column('text', { nullable: true }) proposedBy!: string | null;
  @Column('timestamptz', { nullable: true }) proposedAt!: Date | null;
  @Column('text', { nullable: true }) proposalReason!: string | null;
  @Column('text', { nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
  @Column('text', { nullable: true }) confirmationReason!: string | null;

  propose({ by, at, reason }: AnswerAct): void {
    this.moveTo('PROPOSED');
    this.proposedBy = by;
    this.proposedAt = at;
    this.proposalReason = reason;
  }

  confirm({ by, at, reason }: AnswerAct): void {
    this.assertCanConfirm(by);
    this.state = 'SETTLED';
    this.confirmedBy = by;
    this.confirmedAt = at;
    this.confirmationReason = reason;
  }

  /** Also the proposer may: nothing has happened yet. The audit trail keeps what was proposed. */
  reject(): void {
    this.moveTo('OPEN');
    this.proposedBy = this.proposedAt = this.proposalReason = null;
  }

  assertCanConfirm(by: string): void {
    this.assertCanBecome('SETTLED');
    if (by === this.proposedBy) throw new AppError('FINANCE_PAYMENT_ANSWER_FOUR_EYES', { paymentAnswerId: this.id });
  }

  assertCanBecome(to: PaymentAnswerState): void {
    if (NEXT[this.state].includes(to)) return;
    throw new AppError('FINANCE_PAYMENT_ANSWER_TRANSITION_NOT_ALLOWED', {
      paymentAnswerId: this.id,
      from: this.state,
      to,
    });
  }

  private moveTo(next: PaymentAnswerState): void {
    this.assertCanBecome(next);
    this.state = next;
  }
}
