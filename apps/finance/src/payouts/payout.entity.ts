import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type CostCategory, type PayeeKind, type PayoutBlock, type PayoutStatus } from '#contracts';
import { bigintColumn } from '#database';

/** Which state may follow which. Source: product.md "Payout". */
const NEXT: Readonly<Record<PayoutStatus, readonly PayoutStatus[]>> = {
  PLANNED: ['DUE', 'BLOCKED', 'CANCELLED'],
  BLOCKED: ['DUE', 'BLOCKED', 'CANCELLED'],
  DUE: ['FACTUALLY_CHECKED', 'CANCELLED'],
  FACTUALLY_CHECKED: ['ARITHMETICALLY_CHECKED', 'CANCELLED'],
  ARITHMETICALLY_CHECKED: ['ORDERED', 'CANCELLED'],
  ORDERED: ['IN_RUN'],
  IN_RUN: ['SENT'],
  SENT: ['BOOKED', 'REJECTED', 'RETURNED'],
  BOOKED: ['RETURNED'],
  REJECTED: [],
  RETURNED: [],
  CANCELLED: [],
};

export interface Gates {
  /** The registered payee of the owner, if there is one. */
  readonly payeeId: string | undefined;
  readonly acceptedReports: number;
}

/**
 * One instalment of a commitment. Its factual check, arithmetical check, order and payment are acts of four different people:
 * refused here with FINANCE_PAYOUT_FOUR_EYES, and by the table's own constraint for any other way of writing.
 */
@Entity({ name: 'payout' })
export class Payout {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') commitmentId!: string;
  @Column('uuid') assignmentId!: string;
  @Column('uuid') fundId!: string;
  @Column('int') instalment!: number;
  @Column('text') category!: CostCategory;
  @Column('int') budgetYear!: number;
  @Column('bigint', { transformer: bigintColumn }) amountMinor!: bigint;
  @Column('char', { length: 3 }) currency!: string;
  @Column('date') dueOn!: string;
  @Column('int') requiredReports!: number;
  @Column('text') payeeKind!: PayeeKind;
  /** The expert or municipality that is paid; their payee record may still be missing. */
  @Column('uuid') payeeOwnerId!: string;
  @Column('uuid', { nullable: true }) payeeId!: string | null;
  @Column('text') status!: PayoutStatus;
  @Column('text', { nullable: true }) blocked!: PayoutBlock | null;
  @Column('text', { nullable: true }) factuallyCheckedBy!: string | null;
  @Column('timestamptz', { nullable: true }) factuallyCheckedAt!: Date | null;
  @Column('text', { nullable: true }) arithmeticallyCheckedBy!: string | null;
  @Column('timestamptz', { nullable: true }) arithmeticallyCheckedAt!: Date | null;
  @Column('text', { nullable: true }) orderedBy!: string | null;
  @Column('timestamptz', { nullable: true }) orderedAt!: Date | null;
  @Column('text', { nullable: true }) paidBy!: string | null;
  @Column('timestamptz', { nullable: true }) paidAt!: Date | null;
  @Column('text', { nullable: true }) bookedBy!: string | null;
  @Column('timestamptz', { nullable: true }) bookedAt!: Date | null;
  @Column('uuid', { nullable: true }) paymentRunId!: string | null;
  @Column('date', { nullable: true }) bookedOn!: string | null;

  /** DUE, or BLOCKED while the payee or a report is missing. Answers whether anything changed. */
  fallDue(gates: Gates): boolean {
    const before = { status: this.status, blocked: this.blocked };
    const block = blockOf(this, gates);
    this.moveTo(block === null ? 'DUE' : 'BLOCKED');
    this.blocked = block;
    this.payeeId = gates.payeeId ?? null;
    return before.status !== this.status || before.blocked !== this.blocked;
  }

  checkFactually(by: string, at: Date): void {
    this.act(by, 'FACTUALLY_CHECKED');
    this.factuallyCheckedBy = by;
    this.factuallyCheckedAt = at;
  }

  checkArithmetically(by: string, at: Date): void {
    this.act(by, 'ARITHMETICALLY_CHECKED');
    this.arithmeticallyCheckedBy = by;
    this.arithmeticallyCheckedAt = at;
  }

  order(by: string, at: Date): void {
    this.act(by, 'ORDERED');
    this.orderedBy = by;
    this.orderedAt = at;
  }

  /** Checks what a payment run is about to write for many payouts at once. */
  assertPayableBy(by: string): void {
    this.assertMove('IN_RUN');
    this.refuseSecondAct(by);
  }

  cancel(): void {
    this.moveTo('CANCELLED');
    this.blocked = null;
  }

  private act(by: string, next: PayoutStatus): void {
    this.moveTo(next);
    this.refuseSecondAct(by);
  }

  private refuseSecondAct(by: string): void {
    if ([this.factuallyCheckedBy, this.arithmeticallyCheckedBy, this.orderedBy, this.paidBy].includes(by)) {
      throw new AppError('FINANCE_PAYOUT_FOUR_EYES', { payoutId: this.id });
    }
  }

  private moveTo(next: PayoutStatus): void {
    this.assertMove(next);
    this.status = next;
  }

  private assertMove(next: PayoutStatus): void {
    if (!NEXT[this.status].includes(next)) {
      throw new AppError('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED', { payoutId: this.id, from: this.status, to: next });
    }
  }
}

function blockOf(payout: Payout, { payeeId, acceptedReports }: Gates): PayoutBlock | null {
  if (acceptedReports < payout.requiredReports) return 'REPORT_MISSING';
  return payeeId === undefined ? 'PAYEE_MISSING' : null;
}
