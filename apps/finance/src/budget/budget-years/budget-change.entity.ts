import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { BudgetChangeKind, BudgetChangeStatus } from '#contracts/finance';
import { AuditFields, bigintColumn } from '#database';
import { type BudgetOfYear, newPlan } from './budget-of-year';

export interface BudgetDecision {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

/** A change of the budget of a year: one person proposes it with its reason, another one confirms it. Then it never changes. */
@AuditFields<BudgetChange>({ open: ['status', 'kind', 'year', 'proposedBy', 'decidedBy'] })
@Entity({ name: 'budget_change' })
export class BudgetChange {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') fundId!: string;
  @Column('int') year!: number;
  @Column('text') kind!: BudgetChangeKind;
  @Column('bigint', { nullable: true, transformer: bigintColumn }) amountMinor!: bigint | null;
  @Column('char', { length: 3 }) currency!: string;
  @Column('text') reason!: string;
  @Column('text') status!: BudgetChangeStatus;
  @Column('bigint', { nullable: true, transformer: bigintColumn }) planBeforeMinor!: bigint | null;
  @Column('bigint', { nullable: true, transformer: bigintColumn }) planAfterMinor!: bigint | null;
  @Column('text') proposedBy!: string;
  @Column('timestamptz') proposedAt!: Date;
  @Column('text', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) decisionReason!: string | null;

  /** Refused when the year does not allow it any more: the refusal says how much is free. */
  confirm(decision: BudgetDecision, year: BudgetOfYear): void {
    this.assertCanConfirm(decision.by);
    this.planAfterMinor = newPlan(this, year);
    this.planBeforeMinor = year.planMinor;
    this.decide('CONFIRMED', decision);
  }

  /** Also who proposed it may: nothing has happened yet. */
  reject(decision: BudgetDecision): void {
    this.assertOpen();
    this.decide('REJECTED', decision);
  }

  assertCanConfirm(by: string): void {
    this.assertOpen();
    if (by === this.proposedBy) throw new AppError('FINANCE_BUDGET_CHANGE_FOUR_EYES', { changeId: this.id });
  }

  assertOpen(): void {
    if (this.status === 'PROPOSED') return;
    throw new AppError('FINANCE_BUDGET_CHANGE_DECIDED', { changeId: this.id, status: this.status });
  }

  private decide(status: BudgetChangeStatus, { by, at, reason }: BudgetDecision): void {
    this.status = status;
    this.decidedBy = by;
    this.decidedAt = at;
    this.decisionReason = reason;
  }
}
