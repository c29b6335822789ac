import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from '#contracts';
import {
  fundCoverChangeGranted,
  fundCoverChangeRefused,
  fundCoverExpired,
  fundCoverExtended,
  fundCoverExtensionRefused,
  fundCoverGranted,
  fundCoverRefused,
  fundCoverShareChanged,
  fundCoverShareChangeRefused,
} from '#contracts/finance';
import type { Tx } from '#database';
import { Consume, Outbox } from '#messaging';
import type { CoverShortfall } from './assignment-columns.entity';
import { Assignment } from './assignment.entity';
import { confirmedMessage } from './assignment.messages';
import { ReportPlanService } from '../reports/report-plan.service';

/**
 * The fund's answer to a confirmation. It counts only while the assignment waits for it: a duplicate, or an answer that comes
 * after a cancellation, changes nothing (the fund releases its reservation by the cancellation). An answer about an unknown
 * assignment fails and ends among the dead letters.
 */
@Injectable()
export class FundCoverConsumer {
  constructor(
    private readonly outbox: Outbox,
    private readonly reports: ReportPlanService,
  ) {}

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

  /**
   * The reservation ran out before the fund learned of the confirmation: the assignment may ask for cover again. After the
   * departure there is no way back, so the message fails and a person decides.
   */
  @Consume(fundCoverExpired)
  async expired({ data }: IncomingMessage<typeof fundCoverExpired>, tx: Tx): Promise<void> {
    const assignment = await tx.lockOrFail(Assignment, data.assignmentId);
    if (assignment.commitmentId !== data.commitmentId || assignment.status === 'CANCELLED') return;
    assignment.loseCover();
    await tx.update(assignment);
  }

  @Consume(fundCoverExtended)
  async extended({ data, aggregateVersion }: IncomingMessage<typeof fundCoverExtended>, tx: Tx): Promise<void> {
    const assignment = await tx.lockOrFail(Assignment, data.assignmentId);
    if (!assignment.isWaitingForExtension(aggregateVersion)) return;
    assignment.extend();
    await tx.update(assignment);
    const service = assignment.timeOfService();
    if (service) await this.reports.follow(tx, service, 'EXTENSION');
  }

  @Consume(fundCoverExtensionRefused)
  async extensionRefused(
    { data, aggregateVersion }: IncomingMessage<typeof fundCoverExtensionRefused>,
    tx: Tx,
  ): Promise<void> {
    const assignment = await tx.lockOrFail(Assignment, data.assignmentId);
    if (!assignment.isWaitingForExtension(aggregateVersion)) return;
    assignment.refuseExtension({ reason: data.reason, shortfalls: data.shortfalls });
    await tx.update(assignment);
  }

  @Consume(fundCoverShareChanged)
  async shareChanged({ data, aggregateVersion }: IncomingMessage<typeof fundCoverShareChanged>, tx: Tx): Promise<void> {
    const assignment = await tx.lockOrFail(Assignment, data.assignmentId);
    if (assignment.grantChange(aggregateVersion)) await tx.update(assignment);
  }

  @Consume(fundCoverShareChangeRefused)
  async shareChangeRefused(
    { data, aggregateVersion }: IncomingMessage<typeof fundCoverShareChangeRefused>,
    tx: Tx,
  ): Promise<void> {
    const assignment = await tx.lockOrFail(Assignment, data.assignmentId);
    const { reason, shortfalls } = data;
    if (assignment.refuseChange(aggregateVersion, { reason, shortfalls })) await tx.update(assignment);
  }

  @Consume(fundCoverChangeRefused)
  changeRefused({ data, aggregateVersion }: IncomingMessage<typeof fundCoverChangeRefused>, tx: Tx): Promise<void> {
    const { reason, shortfalls, since } = data;
    return this.noteCover(tx, { ...data, version: aggregateVersion, shortfall: { reason, shortfalls, since } });
  }

  @Consume(fundCoverChangeGranted)
  changeGranted({ data, aggregateVersion }: IncomingMessage<typeof fundCoverChangeGranted>, tx: Tx): Promise<void> {
    return this.noteCover(tx, { ...data, version: aggregateVersion, shortfall: null });
  }

  private async noteCover(
    tx: Tx,
    told: { assignmentId: string; commitmentId: string; version: number; shortfall: CoverShortfall | null },
  ): Promise<void> {
    const assignment = await tx.lockOrFail(Assignment, told.assignmentId);
    if (assignment.noteCover(told)) await tx.update(assignment);
  }
}
