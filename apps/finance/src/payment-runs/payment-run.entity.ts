import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type PaymentRunStatus, type PaymentType } from '#contracts';
import { bigintColumn } from '#database';

const NEXT: Readonly<Record<PaymentRunStatus, readonly PaymentRunStatus[]>> = {
  CREATED: ['SENT'],
  SENT: ['SETTLING', 'BOOKED', 'REJECTED'],
  SETTLING: ['BOOKED', 'REJECTED'],
  BOOKED: [],
  REJECTED: [],
};

/** Ordered payouts of one fund and payment type that go to the bank on one day, in one file that is written once. */
@Entity({ name: 'payment_run' })
export class PaymentRun {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') fundId!: string;
  @Column('text') paymentType!: PaymentType;
  @Column('date') executionOn!: string;
  @Column('text') status!: PaymentRunStatus;
  @Column('text') accountHolder!: string;
  @Column('text') accountIban!: string;
  @Column('text') accountBic!: string;
  @Column('int') payoutCount!: number;
  @Column('bigint', { transformer: bigintColumn }) totalMinor!: bigint;
  @Column('char', { length: 3 }) currency!: string;
  @Column('text') messageId!: string;
  @Column('text') fileName!: string;
  @Column('text') fileSha256!: string;
  @Column('int') fileSize!: number;
  @Column('text', { nullable: true }) statementReference!: string | null;
  @Column('date', { nullable: true }) bookedOn!: string | null;
  @Column('timestamptz') createdAt!: Date;

  send(): void {
    this.moveTo('SENT');
  }

  book(on: string, statementReference: string): void {
    // Once the bank's own messages have settled a part, booking the whole by hand would book that part twice.
    if (this.status === 'SETTLING') this.refuse('BOOKED');
    this.moveTo('BOOKED');
    this.bookedOn = on;
    this.statementReference = statementReference;
  }

  private moveTo(next: PaymentRunStatus): void {
    if (!NEXT[this.status].includes(next)) this.refuse(next);
    this.status = next;
  }

  private refuse(next: PaymentRunStatus): never {
    throw new AppError('FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }
}
