import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { DismissalCategory, DismissalStatus } from '#contracts/finance';
import { AuditFields, bigintColumn } from '#database';

const NEXT: Readonly<Record<DismissalStatus, readonly DismissalStatus[]>> = {
  PROPOSED: ['CONFIRMED', 'REJECTED'],
  CONFIRMED: ['REVOKED'],
  REJECTED: [],
  REVOKED: [],
};

/** An act on a dismissal: who, when and why. */
export interface DismissalAct {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

/**
 * What takes a bank entry off the work list that belongs to no payout. One person proposes it, another one confirms it: alone,
 * a cashier could make a payment disappear. A confirmed one can be revoked, never changed: held here and by the table.
 */
@AuditFields<BankEntryDismissal>({ open: ['status', 'category', 'proposedBy', 'decidedBy', 'revokedBy'] })
@Entity({ name: 'bank_entry_dismissal' })
export class BankEntryDismissal {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') bankEntryId!: string;
  @Column('text') status!: DismissalStatus;
  @Column('text') category!: DismissalCategory;
  /** What was open of the entry at the proposal. */
  @Column('bigint', { transformer: bigintColumn }) amountMinor!: bigint;
  @Column('char', { length: 3 }) currency!: string;
  /** The fund that bears a bank charge. */
  @Column('uuid', { nullable: true }) fundId!: string | null;
  @Column('int', { nullable: true }) budgetYear!: number | null;
  @Column('text') reason!: string;
  @Column('text') proposedBy!: string;
  @Column('timestamptz') proposedAt!: Date;
  @Column('text', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) decisionReason!: string | null;
  @Column('text', { nullable: true }) revokedBy!: string | null;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
  @Column('text', { nullable: true }) revocationReason!: string | null;

  confirm(act: DismissalAct): void {
    this.assertCanConfirm(act.by);
    this.status = 'CONFIRMED';
    this.decide(act);
  }

  /** Also the proposer may: nothing has happened yet. */
  reject(act: DismissalAct): void {
    this.moveTo('REJECTED');
    this.decide(act);
  }

  revoke({ by, at, reason }: DismissalAct): void {
    this.moveTo('REVOKED');
    this.revokedBy = by;
    this.revokedAt = at;
    this.revocationReason = reason;
  }

  assertCanConfirm(by: string): void {
    this.assertCanBecome('CONFIRMED');
    if (by === this.proposedBy) throw new AppError('FINANCE_BANK_ENTRY_DISMISSAL_FOUR_EYES', { dismissalId: this.id });
  }

  assertCanBecome(to: DismissalStatus): void {
    if (NEXT[this.status].includes(to)) return;
    throw new AppError('FINANCE_BANK_ENTRY_DISMISSAL_TRANSITION_NOT_ALLOWED', {
      dismissalId: this.id,
      from: this.status,
      to,
    });
  }

  private decide({ by, at, reason }: DismissalAct): void {
    this.decidedBy = by;
    this.decidedAt = at;
    this.decisionReason = reason;
  }

  private moveTo(next: DismissalStatus): void {
    this.assertCanBecome(next);
    this.status = next;
  }
}
