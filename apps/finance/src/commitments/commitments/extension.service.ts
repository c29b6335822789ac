import { Injectable } from '@nestjs/common';
import { AppError, type IncomingMessage, toMoney } from '#contracts';
import type { assignmentExtensionRequested } from '#contracts/staffing';
import { type CostPlanView, type CoverRefusal, fundCoverExtended, fundCoverExtensionRefused } from '#contracts/finance';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { lockLive } from './commitment-lifecycle.service';
import { Commitment } from './commitment.entity';
import type { Shortfall } from './commitment.messages';
import { asPlanFault } from './fund-cover.service';
import { ReplanningService } from './replanning.service';

type Request = IncomingMessage<typeof assignmentExtensionRequested>;

/**
 * Decides about a longer term in the transaction of the message: the additional cost is committed in every budget year, or
 * nothing changes. A request that is not newer than the one decided last has no effect.
 */
@Injectable()
export class ExtensionService {
  constructor(
    private readonly replanning: ReplanningService,
    private readonly outbox: Outbox,
  ) {}

  async decide(tx: Tx, request: Request): Promise<void> {
    const { assignmentId, period } = request.data;
    const commitment = await lockLive(tx, assignmentId);
    if (commitment?.status === 'RESERVED') {
      // The confirmation is still on its way; the message is tried again.
      throw new AppError('FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED', { from: 'RESERVED', to: 'EXTENDED' });
    }
    if (!commitment) return this.refuse(tx, request, null, 'PLAN_INVALID', []);
    if ((commitment.extensionVersion ?? 0) >= request.aggregateVersion) return;
    commitment.extensionVersion = request.aggregateVersion;
    const plan =
      period.from === commitment.periodFrom && period.to > commitment.periodTo
        ? await this.replanning.planOf(tx, commitment, period.to).catch(asPlanFault)
        : undefined;
    if (!plan) {
      await tx.update(commitment);
      return this.refuse(tx, request, commitment, 'PLAN_INVALID', []);
    }
    const { isClosed, shortfalls } = await this.replanning.coverOf(tx, commitment, plan);
    if (isClosed || shortfalls.length > 0) {
      await tx.update(commitment);
      return this.refuse(tx, request, commitment, isClosed ? 'YEAR_CLOSED' : 'INSUFFICIENT_FUNDS', shortfalls);
    }
    await this.replanning.apply(tx, commitment, { plan, periodTo: period.to }, request.correlationId);
    this.grant(tx, request, commitment, plan);
  }

  private grant(tx: Tx, request: Request, commitment: Commitment, plan: CostPlanView): void {
    this.outbox.append(
      tx,
      fundCoverExtended.of({
        aggregateId: commitment.assignmentId,
        aggregateVersion: request.aggregateVersion,
        data: {
          assignmentId: commitment.assignmentId,
          commitmentId: commitment.id,
          fundId: commitment.fundId,
          period: request.data.period,
          total: plan.total,
          byYear: plan.byYear,
        },
      }),
    );
  }

  private refuse(
    tx: Tx,
    request: Request,
    commitment: Commitment | null,
    reason: CoverRefusal,
    shortfalls: readonly Shortfall[],
  ): void {
    this.outbox.append(
      tx,
      fundCoverExtensionRefused.of({
        aggregateId: request.data.assignmentId,
        aggregateVersion: request.aggregateVersion,
        data: {
          assignmentId: request.data.assignmentId,
          fundId: commitment?.fundId ?? null,
          period: request.data.period,
          reason,
          shortfalls: shortfalls.map(({ year, missingMinor }) => ({
            year,
            missing: toMoney(missingMinor, commitment?.currency ?? 'EUR'),
          })),
        },
      }),
    );
  }
}
