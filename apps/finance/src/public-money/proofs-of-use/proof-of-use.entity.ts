import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { ProofCheck, ProofOfUseView, ProofStatus, RuleSet } from '#contracts/finance';
import { AuditFields, bigintColumn } from '#database';

/** Which state may follow which. Source: docs/domain.md#proof-of-use. */
const NEXT: Readonly<Record<ProofStatus, readonly ProofStatus[]>> = {
  OPEN: ['SUBMITTED'],
  SUBMITTED: ['IN_CHECK'],
  IN_CHECK: ['QUERIES', 'ACCEPTED', 'ACCEPTED_WITH_CLAIM', 'REJECTED'],
  QUERIES: ['IN_CHECK'],
  ACCEPTED: [],
  ACCEPTED_WITH_CLAIM: [],
  REJECTED: [],
};

export interface Submission {
  readonly by: string;
  readonly at: Date;
  readonly narrative: string;
  readonly lines: ProofOfUseView['lines'];
  readonly ownShareActualMinor: bigint;
  readonly inventory: ProofOfUseView['inventory'];
  readonly checks: readonly ProofCheck[];
}

export interface Remark {
  readonly by: string;
  readonly at: Date;
  readonly text: string;
}

/**
 * Verwendungsnachweis of a period. Who submitted it neither checks it nor decides on it (FINANCE_PROOF_FOUR_EYES, and the
 * table's own constraint). With a failed check it is accepted only with a claim or a stated reason.
 */
@AuditFields<ProofOfUse>({ open: ['kind', 'ruleSet', 'dueRuleId', 'status', 'submittedBy', 'checkedBy'] })
@Entity({ name: 'proof_of_use' })
export class ProofOfUse {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') fundId!: string;
  @Column('uuid', { nullable: true }) commitmentId!: string | null;
  @Column('uuid', { nullable: true }) municipalityId!: string | null;
  @Column('text') kind!: ProofOfUseView['kind'];
  @Column('text') ruleSet!: RuleSet;
  @Column('date') periodFrom!: string;
  @Column('date') periodTo!: string;
  @Column('date') dueOn!: string;
  @Column('text') dueRuleId!: string;
  @Column('text') status!: ProofStatus;
  @Column('char', { length: 3 }) currency!: string;
  @Column('jsonb') lines!: ProofOfUseView['lines'];
  @Column('bigint', { transformer: bigintColumn }) ownSharePlannedMinor!: bigint;
  @Column('bigint', { transformer: bigintColumn, nullable: true }) ownShareActualMinor!: bigint | null;
  @Column('text', { nullable: true }) narrative!: string | null;
  @Column('jsonb') inventory!: ProofOfUseView['inventory'];
  @Column('jsonb') checks!: ProofCheck[];
  @Column('jsonb') dialogue!: ProofOfUseView['dialogue'];
  @Column('text', { nullable: true }) submittedBy!: string | null;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  @Column('text', { nullable: true }) checkedBy!: string | null;
  @Column('uuid', { nullable: true }) claimId!: string | null;
  @Column('timestamptz') createdAt!: Date;

  assertCanSubmit(): void {
    this.assertCanMove('OPEN', 'SUBMITTED');
  }

  submit(submission: Submission): void {
    this.assertCanSubmit();
    this.status = 'SUBMITTED';
    this.submittedBy = submission.by;
    this.submittedAt = submission.at;
    this.narrative = submission.narrative;
    this.lines = submission.lines;
    this.ownShareActualMinor = submission.ownShareActualMinor;
    this.inventory = submission.inventory;
    this.checks = [...submission.checks];
  }

  assertCanStartCheck(by: string): void {
    this.assertCanMove('SUBMITTED', 'IN_CHECK');
    this.refuseSubmitter(by);
  }

  startCheck(by: string): void {
    this.assertCanStartCheck(by);
    this.status = 'IN_CHECK';
    this.checkedBy = by;
  }

  /** Whether this person may end the check so: with a query, or with a decision. */
  assertCanEndCheck(next: ProofStatus, by: string): void {
    this.assertCanMove('IN_CHECK', next);
    this.refuseSubmitter(by);
  }

  query(remark: Remark): void {
    this.assertCanEndCheck('QUERIES', remark.by);
    this.status = 'QUERIES';
    this.say('QUERY', remark);
  }

  assertCanAnswer(): void {
    this.assertCanMove('QUERIES', 'IN_CHECK');
  }

  answer(remark: Remark): void {
    this.assertCanAnswer();
    this.status = 'IN_CHECK';
    this.say('ANSWER', remark);
  }

  accept(remark: Remark, decision: { hasReason: boolean; claimId: string | null }): void {
    const next = decision.claimId === null ? 'ACCEPTED' : 'ACCEPTED_WITH_CLAIM';
    this.assertCanEndCheck(next, remark.by);
    const failed = this.checks.filter(({ verdict }) => verdict === 'FAILED').map(({ check }) => check);
    if (failed.length > 0 && decision.claimId === null && !decision.hasReason) {
      throw new AppError('FINANCE_PROOF_CHECK_FAILED', { failed: [...new Set(failed)] });
    }
    this.status = next;
    this.claimId = decision.claimId;
    this.say('DECISION', remark);
  }

  reject(remark: Remark): void {
    this.assertCanEndCheck('REJECTED', remark.by);
    this.status = 'REJECTED';
    this.say('DECISION', remark);
  }

  private say(kind: 'QUERY' | 'ANSWER' | 'DECISION', { by, at, text }: Remark): void {
    this.dialogue = [...this.dialogue, { kind, by, at: at.toISOString(), text }];
  }

  private refuseSubmitter(by: string): void {
    if (by === this.submittedBy) throw new AppError('FINANCE_PROOF_FOUR_EYES', { proofOfUseId: this.id });
  }

  /** Checking begins anew with an answer only, so the state it comes from counts as well. */
  private assertCanMove(from: ProofStatus, next: ProofStatus): void {
    if (this.status !== from || !NEXT[from].includes(next)) {
      throw new AppError('FINANCE_PROOF_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
    }
  }
}
