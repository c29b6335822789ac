import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type RuleProposalStatus, type RuleProposalView } from '#contracts';
import { AuditFields } from '#database';
import { newId } from '#platform';
import { nameOf, type RuleRow } from './rule-row';

export interface RuleDecision {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

/** What is proposed; without `validTo` it holds until something else does. */
export interface ProposedRow extends Pick<RuleRow, 'ruleSet' | 'key' | 'value' | 'unit' | 'validFrom' | 'source'> {
  readonly validTo?: string | undefined;
}

/** A row of a rule that one person proposes and another one confirms (BHO 77): held here and by the table. Then it never changes. */
@AuditFields<RuleProposal>({
  open: ['status', 'ruleSet', 'key', 'value', 'unit', 'source', 'proposedBy', 'decidedBy'],
})
@Entity({ name: 'rule_proposal' })
export class RuleProposal {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') status!: RuleProposalStatus;
  @Column('text') ruleSet!: string;
  @Column('text') key!: string;
  @Column('text') name!: string;
  @Column('text') value!: string;
  @Column('text') unit!: string;
  @Column('date') validFrom!: string;
  @Column('date', { nullable: true }) validTo!: string | null;
  @Column('text') source!: string;
  @Column('text') proposedBy!: string;
  @Column('timestamptz') proposedAt!: Date;
  @Column('text', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) decisionReason!: string | null;

  static of(row: ProposedRow, { by, at }: Pick<RuleDecision, 'by' | 'at'>): RuleProposal {
    const { ruleSet, key, value, unit, validFrom, validTo = null, source } = row;
    return Object.assign(new RuleProposal(), {
      id: newId(),
      status: 'PROPOSED' as const,
      ruleSet,
      key,
      name: nameOf(row),
      value,
      unit,
      validFrom,
      validTo,
      source,
      proposedBy: by,
      proposedAt: at,
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
    });
  }

  confirm(decision: RuleDecision): void {
    this.assertCanConfirm(decision.by);
    this.decide('CONFIRMED', decision);
  }

  /** Also the proposer may: nothing has happened yet. */
  reject(decision: RuleDecision): void {
    this.assertOpen();
    this.decide('REJECTED', decision);
  }

  assertCanConfirm(by: string): void {
    this.assertOpen();
    if (by === this.proposedBy) throw new AppError('PLATFORM_RULE_FOUR_EYES', { proposalId: this.id });
  }

  assertOpen(): void {
    if (this.status === 'PROPOSED') return;
    throw new AppError('PLATFORM_RULE_PROPOSAL_DECIDED', { proposalId: this.id, status: this.status });
  }

  get row(): RuleRow {
    const { ruleSet, key, name, value, unit, validFrom, validTo, source } = this;
    return { ruleSet, key, name, value, unit, validFrom, validTo, source, mark: 'CONFIRMED' };
  }

  private decide(status: RuleProposalStatus, { by, at, reason }: RuleDecision): void {
    this.status = status;
    this.decidedBy = by;
    this.decidedAt = at;
    this.decisionReason = reason;
  }
}

export function ruleProposalView(proposal: RuleProposal): RuleProposalView {
  const { id, version, status, ruleSet, key, value, unit, validFrom, validTo, source, proposedBy } = proposal;
  const { decidedBy: by, decidedAt: at, decisionReason: reason } = proposal;
  return {
    id,
    version,
    status,
    ruleSet,
    key,
    value,
    unit,
    validFrom,
    validTo,
    source,
    proposedBy,
    proposedAt: proposal.proposedAt.toISOString(),
    decision: by === null || at === null ? null : { by, at: at.toISOString(), reason: reason ?? '' },
  };
}
