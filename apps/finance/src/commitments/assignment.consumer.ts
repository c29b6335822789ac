import { Injectable } from '@nestjs/common';
import {
  AppError,
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDeparted,
  assignmentFundingRequested,
  type IncomingMessage,
} from '#contracts';
import type { Tx } from '#database';
import { Consume } from '#messaging';
import { lockRequestedVersion, type NewFacts, recordFacts } from './assignment-facts';
import { CommitmentLifecycle, lockLive } from './commitment-lifecycle.service';
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
  ) {}

  @Consume(assignmentFundingRequested)
  async onFundingRequested(message: IncomingMessage<typeof assignmentFundingRequested>, tx: Tx): Promise<void> {
    const known = await lockRequestedVersion(tx, message.data.assignmentId);
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

  private async record(
    message: { data: { assignmentId: string }; correlationId: string },
    tx: Tx,
    facts: NewFacts,
  ): Promise<void> {
    const known = await recordFacts(tx, message.data.assignmentId, facts);
    await this.lifecycle.follow(tx, known, message.correlationId);
  }
}
