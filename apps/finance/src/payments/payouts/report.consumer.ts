import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from '#contracts';
import { reportAccepted } from '#contracts/staffing';
import type { Tx } from '#database';
import { Consume } from '#messaging';
import { PayoutPlanService } from './payout-plan.service';

/** Accepted reports gate the instalments of local experts; each report counts once, whatever order they arrive in. */
@Injectable()
export class ReportConsumer {
  constructor(private readonly payouts: PayoutPlanService) {}

  @Consume(reportAccepted)
  async onAccepted({ data }: IncomingMessage<typeof reportAccepted>, tx: Tx): Promise<void> {
    await this.payouts.lockGates(tx, [data.assignmentId]);
    await tx.query(
      `INSERT INTO accepted_report_copy (id, assignment_id, kind, sequence, accepted_on) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO NOTHING`,
      [data.reportId, data.assignmentId, data.kind, data.sequence, data.acceptedOn],
    );
    await this.payouts.reviewBlocked(tx, { assignmentId: data.assignmentId });
  }
}
