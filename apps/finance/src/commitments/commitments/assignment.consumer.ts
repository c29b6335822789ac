import { Injectable } from '@nestjs/common';
import { AppError, type IncomingMessage } from '#contracts';
import {
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDeparted,
  assignmentEndedEarly,
  assignmentExtensionRequested,
  assignmentFundingRequested,
  assignmentInterrupted,
  assignmentResumed,
  assignmentShareChangeRequested,
} from '#contracts/staffing';
import type { Tx } from '#database';
import { Consume } from '#messaging';
import { type AssignmentChange, lockFacts, type NewFacts, recordChange, recordFacts } from './assignment-facts.rows';
import { CommitmentLifecycle, lockLive } from './commitment-lifecycle.service';
import { CoverChangeService } from './cover-change.service';
import { FundCoverService } from './fund-cover.service';

/**
 * Reactions to the assignments of the staffing service. A copy of a message has no effect (inbox); an older funding request than
 * the one decided has none either; facts may come in any order.
 */
@Injectable()
export class AssignmentConsumer {
  constructor(
    private readonly cover: FundCoverService,
    private readonly lifecycle: CommitmentLifecycle,
    private readonly coverChanges: CoverChangeService,
  ) {}

  @Consume(assignmentFundingRequested)
  async onFundingRequested(message: IncomingMessage<typeof assignmentFundingRequested>, tx: Tx): Promise<void> {
    const known = await lockFacts(tx, message.data.assignmentId);
    const overtakenBy = Math.max(known.requestedVersion ?? 0, known.cancelledVersion ?? 0);
    if (overtakenBy >= message.aggregateVersion) return;
    const live = await lockLive(tx, message.data.assignmentId);
    if (live?.status === 'COMMITTED') {
      throw new AppError('FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED', { from: live.status, to: 'RESERVED' });
    }
    // A newer request replaces a reservation that was not confirmed yet.
    if (live) await this.lifecycle.release(tx, live, message.correlationId);
    await this.cover.decide(tx, message);
    await this.record(message, tx, { requestedVersion: message.aggregateVersion });
  }

  @Consume(assignmentConfirmed)
  onConfirmed(message: IncomingMessage<typeof assignmentConfirmed>, tx: Tx): Promise<void> {
    return this.record(message, tx, { confirmedVersion: message.aggregateVersion });
  }

  @Consume(assignmentDeparted)
  onDeparted(message: IncomingMessage<typeof assignmentDeparted>, tx: Tx): Promise<void> {
    return this.record(message, tx, { departedOn: message.data.departedOn });
  }

  @Consume(assignmentCancelled)
  onCancelled(message: IncomingMessage<typeof assignmentCancelled>, tx: Tx): Promise<void> {
    return this.record(message, tx, { cancelledVersion: message.aggregateVersion });
  }

  @Consume(assignmentCompleted)
  onCompleted(message: IncomingMessage<typeof assignmentCompleted>, tx: Tx): Promise<void> {
    return this.record(message, tx, { endedOn: message.data.endedOn });
  }

  /** One transaction decides: the longer term is committed in every budget year, or the old one stays. */
  @Consume(assignmentExtensionRequested)
  async onExtensionRequested(message: IncomingMessage<typeof assignmentExtensionRequested>, tx: Tx): Promise<void> {
    await this.record(message, tx, {});
    await this.coverChanges.extend(tx, message);
  }

  /** The same for another share of full time, and for other terms. */
  @Consume(assignmentShareChangeRequested)
  async onShareChangeRequested(message: IncomingMessage<typeof assignmentShareChangeRequested>, tx: Tx): Promise<void> {
    await this.record(message, tx, {});
    await this.coverChanges.changeTerms(tx, message);
  }

  @Consume(assignmentInterrupted)
  onInterrupted(message: IncomingMessage<typeof assignmentInterrupted>, tx: Tx): Promise<void> {
    return this.change(message, tx, 'INTERRUPTED', message.data.interruptedOn);
  }

  @Consume(assignmentResumed)
  onResumed(message: IncomingMessage<typeof assignmentResumed>, tx: Tx): Promise<void> {
    return this.change(message, tx, 'RESUMED', message.data.resumedOn);
  }

  @Consume(assignmentEndedEarly)
  onEndedEarly(message: IncomingMessage<typeof assignmentEndedEarly>, tx: Tx): Promise<void> {
    return this.change(message, tx, 'ENDED_EARLY', message.data.endedOn);
  }

  private async change(
    message: {
      data: { assignmentId: string; attributableToExpert: boolean };
      aggregateVersion: number;
      correlationId: string;
    },
    tx: Tx,
    kind: AssignmentChange['kind'],
    changedOn: string,
  ): Promise<void> {
    const { assignmentId, attributableToExpert: isAttributable } = message.data;
    await recordFacts(tx, assignmentId, {});
    await recordChange(tx, assignmentId, { version: message.aggregateVersion, kind, changedOn, isAttributable });
    await this.record(message, tx, kind === 'ENDED_EARLY' ? { endedOn: changedOn } : {});
  }

  private async record(
    message: { data: { assignmentId: string }; correlationId: string },
    tx: Tx,
    facts: NewFacts,
  ): Promise<void> {
    const known = await recordFacts(tx, message.data.assignmentId, facts);
    await this.lifecycle.follow(tx, known, message.correlationId);
  }
}
