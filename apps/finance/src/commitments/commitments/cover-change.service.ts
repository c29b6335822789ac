import { Injectable } from '@nestjs/common';
import { AppError, type IncomingMessage, type OutgoingMessage } from '#contracts';
import type { assignmentExtensionRequested, assignmentShareChangeRequested } from '#contracts/staffing';
import type { CostPlanView, CoverRefusal } from '#contracts/finance';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import type { Binding } from '../../budget/budget-years/budget-rules.reader';
import { lockLive } from './commitment-lifecycle.service';
import type { Commitment } from './commitment.entity';
import {
  coverExtended,
  coverExtensionRefused,
  coverShareChanged,
  coverShareChangeRefused,
  type Shortfall,
} from './commitment.messages';
import { asPlanFault } from './fund-cover.service';
import { type NextTerms, ReplanningService } from './replanning.service';
import { insertShareChange } from './share.rows';
import { ShareService } from './share.service';
import { insertTermsChange, termsChangeOf } from './terms.rows';

/** One change that an assignment asks for, and how it is answered. */
interface Asked {
  readonly assignmentId: string;
  readonly version: number;
  readonly correlationId: string;
  readonly binding: Binding;
  /** What the commitment would become; undefined for what cannot be. */
  readonly terms: (commitment: Commitment) => Promise<NextTerms | undefined>;
  readonly granted: (commitment: Commitment, plan: CostPlanView) => OutgoingMessage;
  readonly refused: (
    commitment: Commitment | null,
    reason: CoverRefusal,
    shortfalls: readonly Shortfall[],
  ) => OutgoingMessage;
}

/**
 * Decides about a longer term, another share of full time or other terms in the transaction of the message: what it costs more is committed in
 * every budget year, or nothing changes. A request that is not newer than the one decided last has no effect.
 */
@Injectable()
export class CoverChangeService {
  constructor(
    private readonly replanning: ReplanningService,
    private readonly shares: ShareService,
    private readonly outbox: Outbox,
  ) {}

  extend(tx: Tx, request: IncomingMessage<typeof assignmentExtensionRequested>): Promise<void> {
    const { assignmentId, period } = request.data;
    return this.decide(tx, {
      assignmentId,
      version: request.aggregateVersion,
      correlationId: request.correlationId,
      binding: 'EXTENSION',
      terms: async (commitment) =>
        period.from === commitment.periodFrom && period.to > commitment.periodTo
          ? { periodTo: period.to, ...(await this.shares.placeOfExtension(tx, commitment, period.to)) }
          : undefined,
      granted: (commitment, plan) => coverExtended(request, commitment, plan),
      refused: (commitment, reason, shortfalls) => coverExtensionRefused(request, commitment, { reason, shortfalls }),
    });
  }

  /** Another share, or other terms: the share stays then. */
  changeTerms(tx: Tx, request: IncomingMessage<typeof assignmentShareChangeRequested>): Promise<void> {
    const { assignmentId, from, terms } = request.data;
    return this.decide(tx, {
      assignmentId,
      version: request.aggregateVersion,
      correlationId: request.correlationId,
      binding: 'SHARE_CHANGE',
      terms: async (commitment) => {
        if (terms) return termsChangeOf(tx, commitment, { from, terms });
        const shareChange = await this.shares.changeOf(tx, commitment, request.data);
        return shareChange && { shareChange };
      },
      granted: (commitment, plan) => coverShareChanged(request, commitment, plan),
      refused: (commitment, reason, shortfalls) => coverShareChangeRefused(request, commitment, { reason, shortfalls }),
    });
  }

  private async decide(tx: Tx, asked: Asked): Promise<void> {
    const { assignmentId, version, correlationId, refused } = asked;
    const commitment = await lockLive(tx, assignmentId);
    if (commitment?.status === 'RESERVED') {
      // The confirmation is still on its way; the message is tried again.
      throw new AppError('FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED', { from: 'RESERVED', to: 'CHANGED' });
    }
    if (!commitment) return this.outbox.append(tx, refused(null, 'PLAN_INVALID', []));
    if ((commitment.extensionVersion ?? 0) >= version) return;
    commitment.extensionVersion = version;
    const terms = await asked.terms(commitment);
    const plan = terms && (await this.replanning.planOf(tx, commitment, terms).catch(asPlanFault));
    if (!plan) {
      await tx.update(commitment);
      return this.outbox.append(tx, refused(commitment, 'PLAN_INVALID', []));
    }
    const { isClosed, shortfalls } = await this.replanning.coverOf(tx, commitment, plan, asked.binding);
    if (isClosed || shortfalls.length > 0) {
      await tx.update(commitment);
      return this.outbox.append(tx, refused(commitment, isClosed ? 'YEAR_CLOSED' : 'INSUFFICIENT_FUNDS', shortfalls));
    }
    await this.record(tx, commitment, terms, version);
    const { periodTo = commitment.periodTo } = terms;
    await this.replanning.apply(tx, commitment, { plan, periodTo }, correlationId);
    this.outbox.append(tx, asked.granted(commitment, plan));
  }

  private async record(
    tx: Tx,
    { id }: Commitment,
    { shareChange, termsChange }: NextTerms,
    version: number,
  ): Promise<void> {
    if (shareChange) await insertShareChange(tx, id, shareChange, version);
    if (termsChange) await insertTermsChange(tx, id, termsChange, version);
  }
}
