import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { ExchangeRateProposalStatus, ExchangeRateProposalView } from '#contracts/finance';
import { AuditFields, type Columns } from '#database';

export interface RateDecision {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

/** An exchange rate that differs much from the one before it: one person records it, another confirms it. Then it never changes. */
@AuditFields<ExchangeRateProposal>({
  open: ['status', 'currency', 'rateOn', 'rate', 'source', 'proposedBy', 'decidedBy'],
})
@Entity({ name: 'exchange_rate_proposal' })
export class ExchangeRateProposal {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') status!: ExchangeRateProposalStatus;
  @Column('char', { length: 3 }) currency!: string;
  @Column('date') rateOn!: string;
  @Column('numeric') rate!: string;
  @Column('text') source!: string;
  @Column('uuid', { nullable: true }) correctsId!: string | null;
  @Column('jsonb') former!: ExchangeRateProposalView['former'];
  @Column('text') differsBy!: string;
  @Column('text') proposedBy!: string;
  @Column('timestamptz') proposedAt!: Date;
  @Column('text', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) decisionReason!: string | null;

  confirm(decision: RateDecision): void {
    this.assertCanConfirm(decision.by);
    this.decide('CONFIRMED', decision);
  }

  /** Also who recorded it may: nothing has happened yet. */
  reject(decision: RateDecision): void {
    this.assertOpen();
    this.decide('REJECTED', decision);
  }

  assertCanConfirm(by: string): void {
    this.assertOpen();
    if (by === this.proposedBy) throw new AppError('FINANCE_EXCHANGE_RATE_FOUR_EYES', { proposalId: this.id });
  }

  assertOpen(): void {
    if (this.status === 'PROPOSED') return;
    throw new AppError('FINANCE_EXCHANGE_RATE_PROPOSAL_DECIDED', { proposalId: this.id, status: this.status });
  }

  private decide(status: ExchangeRateProposalStatus, { by, at, reason }: RateDecision): void {
    this.status = status;
    this.decidedBy = by;
    this.decidedAt = at;
    this.decisionReason = reason;
  }
}

export function exchangeRateProposalView(proposal: Columns<ExchangeRateProposal>): ExchangeRateProposalView {
  const { id, version, status, currency, rateOn, rate, source, correctsId, former, differsBy, proposedBy } = proposal;
  const { decidedBy: by, decidedAt: at, decisionReason: reason } = proposal;
  return {
    id,
    version,
    status,
    currency,
    rateOn,
    rate,
    direction: 'LOCAL_PER_EUR',
    source,
    correctsId,
    former,
    differsBy,
    proposedBy,
    proposedAt: proposal.proposedAt.toISOString(),
    decision: by === null || at === null ? null : { by, at: at.toISOString(), reason: reason ?? '' },
  };
}
