import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { BankAccountChangeStatus } from '#contracts/finance';
import { AuditFields } from '#database';
import type { Account } from './payee-request';

const NEXT: Readonly<Record<BankAccountChangeStatus, readonly BankAccountChangeStatus[]>> = {
  PROPOSED: ['CONFIRMED', 'REJECTED'],
  CONFIRMED: ['EFFECTIVE', 'REJECTED'],
  EFFECTIVE: [],
  REJECTED: [],
};

/**
 * Another bank account for a payee. One person proposes it, another one confirms it after a call back, and it is effective at the
 * end of the quarantine, not before: held here and by the table's constraints.
 */
@AuditFields<BankAccountChange>({ open: ['status', 'proposedBy', 'confirmedBy', 'rejectedBy'] })
@Entity({ name: 'bank_account_change' })
export class BankAccountChange {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') payeeId!: string;
  @Column('text') status!: BankAccountChangeStatus;
  @Column('text', { nullable: true }) iban!: string | null;
  @Column('text', { nullable: true }) accountNumber!: string | null;
  @Column('text', { nullable: true }) bic!: string | null;
  @Column('text') accountHolder!: string;
  @Column('char', { length: 3 }) accountCurrency!: string;
  /** The account that holds until then: history that stays when the payee has the new one. */
  @Column('jsonb') previous!: Account;
  @Column('text') reason!: string;
  @Column('text') proposedBy!: string;
  @Column('timestamptz') proposedAt!: Date;
  @Column('timestamptz') quarantineEndsAt!: Date;
  @Column('text', { nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
  @Column('text', { nullable: true }) callBackNote!: string | null;
  @Column('text', { nullable: true }) rejectedBy!: string | null;
  @Column('timestamptz', { nullable: true }) rejectedAt!: Date | null;
  @Column('text', { nullable: true }) rejectionNote!: string | null;
  @Column('timestamptz', { nullable: true }) effectiveAt!: Date | null;

  confirm(by: string, at: Date, callBackNote: string): void {
    this.assertCanBecome('CONFIRMED', by);
    this.status = 'CONFIRMED';
    this.confirmedBy = by;
    this.confirmedAt = at;
    this.callBackNote = callBackNote;
  }

  reject(by: string, at: Date, reason: string): void {
    this.assertCanBecome('REJECTED', by);
    this.status = 'REJECTED';
    this.rejectedBy = by;
    this.rejectedAt = at;
    this.rejectionNote = reason;
  }

  isDue(at: Date): boolean {
    return this.status === 'CONFIRMED' && this.quarantineEndsAt <= at;
  }

  takeEffect(at: Date): void {
    if (!this.isDue(at)) this.refuse('EFFECTIVE');
    this.status = 'EFFECTIVE';
    this.effectiveAt = at;
  }

  account(): Account {
    const { iban, accountNumber, bic, accountHolder, accountCurrency } = this;
    return { iban, accountNumber, bic, accountHolder, accountCurrency };
  }

  /** By another person than the one who proposed it. */
  assertCanBecome(next: 'CONFIRMED' | 'REJECTED', by: string): void {
    if (!NEXT[this.status].includes(next)) this.refuse(next);
    if (by === this.proposedBy) throw new AppError('FINANCE_BANK_ACCOUNT_CHANGE_FOUR_EYES', { changeId: this.id });
  }

  private refuse(to: BankAccountChangeStatus): never {
    throw new AppError('FINANCE_BANK_ACCOUNT_CHANGE_TRANSITION_NOT_ALLOWED', {
      changeId: this.id,
      from: this.status,
      to,
    });
  }
}
