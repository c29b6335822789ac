import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { CostCategory, PayeeKind, PayoutBlock, PayoutSource, PayoutStatus } from '#contracts/finance';
import { AuditFields, bigintColumn, States, type StateTable } from '#database';

/** Which state may follow which. Source: docs/finance.md#the-life-of-a-payout. */
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

/** Where a run that is given up leaves its payouts; no person's act comes here. */
const BACK: StateTable = { IN_RUN: ['ORDERED'] };

/** Where persons lead a payout that the bank has carried out in spite of its reject, or of a run that was given up. */
const CARRIED_OUT: StateTable = { REJECTED: ['BOOKED'], ORDERED: ['SENT'], BLOCKED: ['SENT'] };

/** Where it stands again when a match with a bank entry is taken back. */
const TAKEN_BACK: StateTable = { BOOKED: ['SENT', 'REJECTED'], RETURNED: ['BOOKED'] };

const HOLDABLE: readonly PayoutStatus[] = [
  'PLANNED',
  'BLOCKED',
  'DUE',
  'FACTUALLY_CHECKED',
  'ARITHMETICALLY_CHECKED',
  'ORDERED',
  'IN_RUN',
];

export interface Gates {
  /** The registered payee of the owner, if there is one. */
  readonly payeeId: string | undefined;
  readonly acceptedReports: number;
  /** Whether enough of the former instalments is proven spent. */
  readonly isUseProven: boolean;
}

/**
 * One instalment of a commitment, or an expense. Its factual check, arithmetical check, order and payment are acts of four different people:
 * refused here with FINANCE_PAYOUT_FOUR_EYES, and by the table's own constraint for any other way of writing.
 */
@AuditFields<Payout>({
  open: [
    'source',
    'reference',
    'category',
    'payeeKind',
    'status',
    'blocked',
    'resumeStatus',
    'factuallyCheckedBy',
    'arithmeticallyCheckedBy',
    'orderedBy',
    'secondOrderedBy',
    'orderHash',
    'releasedBy',
    'paidBy',
    'bookedBy',
  ],
})
@States(NEXT, BACK, CARRIED_OUT, TAKEN_BACK)
@Entity({ name: 'payout' })
export class Payout {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column({ type: 'timestamptz', update: false }) createdAt!: Date;
  @Column('uuid') commitmentId!: string;
  /** Null for an expense that was made for none. */
  @Column('uuid', { nullable: true }) assignmentId!: string | null;
  @Column('text') source!: PayoutSource;
  @Column('uuid') fundId!: string;
  @Column('int') instalment!: number;
  /** What is paid for: commitment and instalment. Two payouts of one payee, amount and reference are a suspected duplicate. */
  @Column('text') reference!: string;
  /** What the payee reads on the payment of an expense; of an instalment it follows from what it is for. */
  @Column('text', { nullable: true }) purpose!: string | null;
  /** Of the invoice, as ISO 11649 has it. */
  @Column('text', { nullable: true }) creditorReference!: string | null;
  @Column('text') category!: CostCategory;
  @Column('int') budgetYear!: number;
  @Column('bigint', { transformer: bigintColumn }) amountMinor!: bigint;
  @Column('char', { length: 3 }) currency!: string;
  /** What the payee is promised in another currency; then the amount is what is set aside, and once it is booked what was debited. */
  @Column('bigint', { nullable: true, transformer: bigintColumn }) instructedMinor!: bigint | null;
  @Column('char', { length: 3, nullable: true }) instructedCurrency!: string | null;
  /** Units of that currency for one EUR, by which its amount was set aside. */
  @Column('numeric', { nullable: true }) setAsideRate!: string | null;
  @Column('date') dueOn!: string;
  @Column('int') requiredReports!: number;
  @Column('text') payeeKind!: PayeeKind;
  /** The expert or municipality that is paid; their payee record may still be missing. */
  @Column('uuid') payeeOwnerId!: string;
  @Column('uuid', { nullable: true }) payeeId!: string | null;
  @Column('text') status!: PayoutStatus;
  @Column('text', { nullable: true }) blocked!: PayoutBlock | null;
  /** Where a held payout goes on; null when it waits for payee or report, or is not blocked at all. */
  @Column('text', { nullable: true }) resumeStatus!: PayoutStatus | null;
  @Column('text', { nullable: true }) factuallyCheckedBy!: string | null;
  @Column('timestamptz', { nullable: true }) factuallyCheckedAt!: Date | null;
  @Column('text', { nullable: true }) arithmeticallyCheckedBy!: string | null;
  @Column('timestamptz', { nullable: true }) arithmeticallyCheckedAt!: Date | null;
  @Column('text', { nullable: true }) orderedBy!: string | null;
  @Column('timestamptz', { nullable: true }) orderedAt!: Date | null;
  @Column('text', { nullable: true }) secondOrderedBy!: string | null;
  @Column('timestamptz', { nullable: true }) secondOrderedAt!: Date | null;
  @Column('int') orderSignatures!: number;
  /** How often it was ordered; an order that is voided and made again is another business case. */
  @Column('int') orderNumber!: number;
  @Column('text', { nullable: true }) orderHash!: string | null;
  /** Who lifted a block by hand; may carry out no act. */
  @Column('text', { nullable: true }) releasedBy!: string | null;
  @Column('text', { nullable: true }) paidBy!: string | null;
  @Column('timestamptz', { nullable: true }) paidAt!: Date | null;
  @Column('text', { nullable: true }) bookedBy!: string | null;
  @Column('timestamptz', { nullable: true }) bookedAt!: Date | null;
  @Column('uuid', { nullable: true }) paymentRunId!: string | null;
  @Column('date', { nullable: true }) bookedOn!: string | null;
  /** 2 and more where it pays again what was rejected or came back. */
  @Column('int') attempt!: number;
  @Column('uuid', { nullable: true }) reissueOf!: string | null;

  /** DUE, or BLOCKED while the payee, a report or the proof of the money before is missing. Answers whether anything changed. */
  fallDue(gates: Gates): boolean {
    const before = { status: this.status, blocked: this.blocked };
    const block = blockOf(this, gates);
    this.moveTo(block === null ? 'DUE' : 'BLOCKED');
    this.blocked = block;
    this.payeeId = gates.payeeId ?? null;
    return before.status !== this.status || before.blocked !== this.blocked;
  }

  checkFactually(by: string, at: Date): void {
    this.moveTo('FACTUALLY_CHECKED', by);
    this.factuallyCheckedBy = by;
    this.factuallyCheckedAt = at;
  }

  checkArithmetically(by: string, at: Date): void {
    this.moveTo('ARITHMETICALLY_CHECKED', by);
    this.arithmeticallyCheckedBy = by;
    this.arithmeticallyCheckedAt = at;
  }

  /** Signs the order; the last signature that the amount asks for makes it ORDERED. Answers whether it did. */
  order(by: string, at: Date, order: { hash: string; signatures: 1 | 2 }): boolean {
    this.assertCanBecome('ORDERED', by);
    if (this.orderedBy === null) {
      this.orderedBy = by;
      this.orderedAt = at;
      this.orderSignatures = order.signatures;
      this.orderHash = order.hash;
      this.orderNumber += 1;
      if (order.signatures === 2) return false;
    } else {
      if (this.orderHash !== order.hash) throw new AppError('FINANCE_PAYOUT_ORDER_OUTDATED', { payoutId: this.id });
      this.secondOrderedBy = by;
      this.secondOrderedAt = at;
    }
    this.status = 'ORDERED';
    return true;
  }

  /** Whether the order has all its signatures: then its money is payable. */
  isOrdered(): boolean {
    return ['ORDERED', 'IN_RUN'].includes(this.resumeStatus ?? this.status);
  }

  /** Takes an order back that nobody has sent; the checks stay. A held payout stays held. */
  voidOrder(): void {
    if (this.status === 'BLOCKED') this.resumeStatus = 'ARITHMETICALLY_CHECKED';
    else this.status = 'ARITHMETICALLY_CHECKED';
    this.orderedBy = this.orderedAt = this.secondOrderedBy = this.secondOrderedAt = this.orderHash = null;
    this.orderSignatures = 1;
    this.paidBy = this.paidAt = this.paymentRunId = null;
  }

  /** Stops it wherever it is before the bank; refused with FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED once it was sent. */
  hold(reason: PayoutBlock): void {
    this.assertCanHold();
    if (this.status !== 'BLOCKED') this.resumeStatus = this.status;
    // What waits for payee or report is looked at again when it goes on.
    else this.resumeStatus ??= 'PLANNED';
    this.status = 'BLOCKED';
    this.blocked = reason;
  }

  /** Goes on where it was, or stays held for the next reason. */
  lift(next: PayoutBlock | undefined): void {
    if (this.resumeStatus === null) this.refuseMove('DUE');
    if (next !== undefined) {
      this.blocked = next;
      return;
    }
    this.status = this.resumeStatus ?? this.status;
    this.blocked = this.resumeStatus = null;
  }

  /** Its run was given up while it was held: it goes on as ordered. */
  leaveRun(): void {
    if (this.status !== 'BLOCKED' || this.resumeStatus !== 'IN_RUN') this.refuseMove('ORDERED');
    this.resumeStatus = 'ORDERED';
    this.paymentRunId = this.paidBy = this.paidAt = null;
  }

  /** Nobody who acted on it lifts a block by hand, nor acts on it afterwards. */
  releaseBy(by: string): void {
    this.assertCanRelease(by);
    this.releasedBy = by;
  }

  /** Its order, if it has one, was taken back before. */
  cancel(): void {
    if (this.orderedBy !== null || this.resumeStatus === 'IN_RUN') this.refuseMove('CANCELLED');
    this.moveTo('CANCELLED');
    this.blocked = this.resumeStatus = null;
  }

  /** Its money lies with the fund again: rejected by the bank, or paid and returned. */
  assertCameBack(): void {
    if (this.status !== 'REJECTED' && this.status !== 'RETURNED') this.refuseMove('DUE');
  }

  /**
   * FINANCE_PAYOUT_BLOCKED for a held one, FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED from any state that leads elsewhere, and for the act
   * of a person FINANCE_PAYOUT_FOUR_EYES where that person has acted on it.
   */
  assertCanBecome(next: PayoutStatus, by?: string): void {
    if (this.resumeStatus !== null && next !== 'CANCELLED') {
      throw new AppError('FINANCE_PAYOUT_BLOCKED', { payoutId: this.id, reason: this.blocked });
    }
    if (!NEXT[this.status].includes(next)) this.refuseMove(next);
    if (by !== undefined) this.refuseSecondAct(by);
  }

  assertCanHold(): void {
    if (!HOLDABLE.includes(this.status)) this.refuseMove('BLOCKED');
  }

  /** FINANCE_PAYOUT_BLOCK_NOT_RELEASABLE where it waits for a payee, a report or a proof. */
  assertCanRelease(by: string): void {
    if (this.status !== 'BLOCKED') this.refuseMove('DUE');
    if (this.resumeStatus === null) {
      throw new AppError('FINANCE_PAYOUT_BLOCK_NOT_RELEASABLE', { payoutId: this.id, reason: this.blocked });
    }
    this.refuseSecondAct(by);
  }

  /** Also what is ordered, as long as it is in no run: its order is taken back first. */
  assertCanCancel(): void {
    const status = this.resumeStatus ?? this.status;
    if (status !== 'ORDERED' && !NEXT[status].includes('CANCELLED')) this.refuseMove('CANCELLED', status);
  }

  private refuseSecondAct(by: string): void {
    const { factuallyCheckedBy, arithmeticallyCheckedBy, orderedBy, secondOrderedBy, paidBy, releasedBy } = this;
    if ([factuallyCheckedBy, arithmeticallyCheckedBy, orderedBy, secondOrderedBy, paidBy, releasedBy].includes(by)) {
      throw new AppError('FINANCE_PAYOUT_FOUR_EYES', { payoutId: this.id });
    }
  }

  private moveTo(next: PayoutStatus, by?: string): void {
    this.assertCanBecome(next, by);
    this.status = next;
  }

  private refuseMove(to: PayoutStatus, from = this.status): never {
    throw new AppError('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED', { payoutId: this.id, from, to });
  }
}

/** What is paid in the currency of the ledger. */
export const IN_LEDGER_CURRENCY = {
  instructedMinor: null,
  instructedCurrency: null,
  setAsideRate: null,
} satisfies Partial<Payout>;

/** What a payout starts with: no block, and nobody has acted on it. */
export const UNTOUCHED = {
  blocked: null,
  resumeStatus: null,
  factuallyCheckedBy: null,
  factuallyCheckedAt: null,
  arithmeticallyCheckedBy: null,
  arithmeticallyCheckedAt: null,
  orderedBy: null,
  orderedAt: null,
  secondOrderedBy: null,
  secondOrderedAt: null,
  orderSignatures: 1,
  orderNumber: 0,
  orderHash: null,
  releasedBy: null,
  paidBy: null,
  paidAt: null,
  bookedBy: null,
  bookedAt: null,
  paymentRunId: null,
  bookedOn: null,
} satisfies Partial<Payout>;

function blockOf(payout: Payout, { payeeId, acceptedReports, isUseProven }: Gates): PayoutBlock | null {
  if (acceptedReports < payout.requiredReports) return 'REPORT_MISSING';
  if (!isUseProven) return 'PROOF_MISSING';
  return payeeId === undefined ? 'PAYEE_MISSING' : null;
}
