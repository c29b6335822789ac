import { Injectable } from '@nestjs/common';
import { fundCoverGranted, fundCoverRefused, type IncomingMessage } from '#contracts';
import type { Tx } from '#database';
import { Consume, Outbox } from '#messaging';
import { Assignment } from './assignment.entity';
import { confirmedMessage } from './assignment.messages';

/**
 * The fund's answer to a confirmation. It counts only while the assignment waits for it: a duplicate, or an answer that comes
 * after a cancellation, changes nothing (the fund releases its reservation by the cancellation). An answer about an unknown
 * assignment fails and ends among the dead letters.
 */
@Injectable()
export class FundCoverConsumer {
  constructor(private readonly outbox: Outbox) {}

  @Consume(fundCoverGranted)
  async granted({ data }: IncomingMessage<typeof fundCoverGranted>, tx: Tx): Promise<void> {
    const assignment = await tx.lockOrFail(Assignment, data.assignmentId);
    if (!assignment.isWaitingForCover) return;
    assignment.confirm(data.commitmentId);
    await tx.update(assignment);
    this.outbox.append(tx, confirmedMessage(assignment));
  }

  @Consume(fundCoverRefused)
  async refused({ data }: IncomingMessage<typeof fundCoverRefused>, tx: Tx): Promise<void> {
    const assignment = await tx.lockOrFail(Assignment, data.assignmentId);
    if (!assignment.isWaitingForCover) return;
    assignment.refuseFunding({ reason: data.reason, shortfalls: data.shortfalls });
    await tx.update(assignment);
  }
}
