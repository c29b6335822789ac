import assert from 'node:assert/strict';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { CommitmentStatus, CostInputs, CoverRefusal, CoverShortfall, Instrument } from '#contracts/finance';
import { AuditFields, bigintColumn } from '#database';

const NEXT: Readonly<Record<CommitmentStatus, readonly CommitmentStatus[]>> = {
  RESERVED: ['COMMITTED', 'RELEASED', 'EXPIRED'],
  COMMITTED: ['RELEASED'],
  RELEASED: ['COMMITTED'],
  REFUSED: [],
  EXPIRED: [],
};

/**
 * Mittelbindung: the full-term cost of one assignment, bound in every budget year it touches. Reserved when cover is granted,
 * committed when the assignment is confirmed, its rest released when the assignment ends or is cancelled. An assignment has at
 * most one that is reserved or committed; refused attempts are kept as evidence.
 */
@AuditFields<Commitment>({ open: ['instrument', 'status', 'refusal'] })
@Entity({ name: 'commitment' })
export class Commitment {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') assignmentId!: string;
  @Column('int') attempt!: number;
  @Column('uuid') fundId!: string;
  @Column('text') instrument!: Instrument;
  @Column('uuid') expertId!: string;
  @Column('uuid') employerMunicipalityId!: string;
  @Column('date') periodFrom!: string;
  @Column('date') periodTo!: string;
  /** End of the period that was covered first. */
  @Column('date') agreedTo!: string;
  /** Version of the assignment at the extension or change of its share that was decided last. */
  @Column('int', { nullable: true }) extensionVersion!: number | null;
  /** Which part of the person's full post it pays from the first day on. */
  @Column('int') fullTimeFrom!: number;
  @Column('int') fullTimeTo!: number;
  @Column('jsonb') costInputs!: CostInputs;
  @Column('text') status!: CommitmentStatus;
  @Column('text', { nullable: true }) refusal!: CoverRefusal | null;
  /** Set while the plan in force leaves out what a budget year does not hold. */
  @Column('jsonb', { nullable: true }) coverShortfall!: CoverShortfall | null;
  @Column('char', { length: 3 }) currency!: string;
  @Column('bigint', { transformer: bigintColumn }) totalMinor!: bigint;
  @Column('timestamptz', { nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz') createdAt!: Date;

  confirm(): void {
    this.moveTo('COMMITTED');
  }

  /** The reservation was not confirmed in time. */
  expire(): void {
    this.moveTo('EXPIRED');
  }

  assertIsCommitted(): void {
    if (this.status !== 'COMMITTED') throw this.notAllowed('COMMITTED');
  }

  /** What a change needed and its budget year did not hold. */
  assertLacksCover(): void {
    if (this.coverShortfall === null) throw new AppError('FINANCE_COMMITMENT_COVERED');
  }

  /** Takes a plan made anew; its instalments add up to the total, and what it leaves out for want of money is the shortfall. */
  replan(totalMinor: bigint, periodTo: string, coverShortfall: CoverShortfall | null): void {
    assert(this.status === 'COMMITTED', 'only what is committed is planned anew');
    this.totalMinor = totalMinor;
    this.periodTo = periodTo;
    this.coverShortfall = coverShortfall;
  }

  release(): void {
    this.moveTo('RELEASED');
  }

  /** What happened before the end came to light after it: the plan is made anew, and the rest released again. */
  reopen(): void {
    this.moveTo('COMMITTED');
  }

  /** The stage of the ledger in which the open money of this commitment stands. */
  get stage(): 'reserved' | 'committed' {
    assert(this.status === 'RESERVED' || this.status === 'COMMITTED', 'no money is bound');
    return this.status === 'RESERVED' ? 'reserved' : 'committed';
  }

  private moveTo(next: CommitmentStatus): void {
    if (!NEXT[this.status].includes(next)) throw this.notAllowed(next);
    this.status = next;
    this.expiresAt = null;
    this.coverShortfall = null;
  }

  private notAllowed(to: CommitmentStatus): AppError {
    return new AppError('FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED', { from: this.status, to });
  }
}
