import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { BankEntryStatus } from '#contracts/finance';
import { AuditFields } from '#database';

/** What the acts on a booked line of an account ask of it. It is written by the statements that take in, match and dismiss. */
@AuditFields<BankEntry>({ open: ['status'] })
@Entity({ name: 'bank_entry' })
export class BankEntry {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') status!: BankEntryStatus;

  /** FINANCE_BANK_ENTRY_SETTLED unless a part of it waits for a decision. */
  assertWaits(): void {
    if (this.status === 'UNMATCHED' || this.status === 'PARTLY_MATCHED') return;
    throw new AppError('FINANCE_BANK_ENTRY_SETTLED', { bankEntryId: this.id });
  }

  /** FINANCE_BANK_ENTRY_NOT_MATCHED unless a match of it stands; what was dismissed besides is revoked first. */
  assertMatched(): void {
    if (this.status === 'MATCHED' || this.status === 'PARTLY_MATCHED') return;
    throw new AppError('FINANCE_BANK_ENTRY_NOT_MATCHED', { bankEntryId: this.id });
  }
}
