import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { ScreeningHit, ScreeningOutcome } from '#contracts/finance';
import { AuditFields } from '#database';
import type { ScreenedSubject } from './name-matching';

/**
 * One screening of a payee against one edition of the list. What it found never changes; REVIEW waits for a person, and to clear it
 * for another one than those who named the payee.
 */
@AuditFields<Screening>({ open: ['outcome', 'algorithm', 'decidedBy'] })
@Entity({ name: 'screening' })
export class Screening {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') payeeId!: string;
  @Column('uuid') sanctionsListId!: string;
  @Column('text') outcome!: ScreeningOutcome;
  @Column('text') algorithm!: string;
  @Column('int') threshold!: number;
  @Column('jsonb') screened!: ScreenedSubject;
  @Column('jsonb') hits!: ScreeningHit[];
  /** Why a comparison says little, without any hit. */
  @Column('jsonb') doubts!: string[];
  /** Who gave the names that were screened. */
  @Column('text', { array: true }) namedBy!: string[];
  @Column('timestamptz') screenedAt!: Date;
  @Column('text', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) decisionReason!: string | null;

  decide(outcome: 'CLEAR' | 'BLOCK', decision: { by: string; at: Date; reason: string }): void {
    this.assertCanDecide();
    if (outcome === 'CLEAR' && this.namedBy.includes(decision.by)) {
      throw new AppError('FINANCE_SCREENING_FOUR_EYES', { screeningId: this.id });
    }
    this.outcome = outcome;
    this.decidedBy = decision.by;
    this.decidedAt = decision.at;
    this.decisionReason = decision.reason;
  }

  assertCanDecide(): void {
    if (this.outcome === 'REVIEW') return;
    throw new AppError('FINANCE_SCREENING_DECISION_NOT_ALLOWED', { screeningId: this.id, outcome: this.outcome });
  }
}
