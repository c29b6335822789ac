import {
  assignmentEndedEarly,
  assignmentExtensionRequested,
  assignmentInterrupted,
  assignmentResumed,
} from '#contracts';
import type { FinanceWorld, FundingData } from './finance-world';

const SECURITY = { reason: 'SECURITY' as const, attributableToExpert: false };

/** What staffing tells about an assignment that departed; versions grow from 6. */
export class AssignmentChanges {
  constructor(private readonly world: FinanceWorld) {}

  extend({ assignmentId, partnershipIds, period }: FundingData, to: string, aggregateVersion = 6): Promise<string> {
    return this.world.app.publish(
      assignmentExtensionRequested.of({
        aggregateId: assignmentId,
        aggregateVersion,
        data: { assignmentId, partnershipIds, period: { from: period.from, to } },
      }),
    );
  }

  interrupt({ assignmentId, partnershipIds }: FundingData, on: string, aggregateVersion = 6): Promise<string> {
    return this.world.app.publish(
      assignmentInterrupted.of({
        aggregateId: assignmentId,
        aggregateVersion,
        data: { assignmentId, partnershipIds, interruptedOn: on, ...SECURITY },
      }),
    );
  }

  resume(
    { assignmentId, partnershipIds }: FundingData,
    span: { interruptedOn: string; resumedOn: string },
    aggregateVersion = 7,
  ): Promise<string> {
    return this.world.app.publish(
      assignmentResumed.of({
        aggregateId: assignmentId,
        aggregateVersion,
        data: { assignmentId, partnershipIds, ...span, ...SECURITY },
      }),
    );
  }

  endEarly({ assignmentId, partnershipIds }: FundingData, on: string, aggregateVersion = 8): Promise<string> {
    return this.world.app.publish(
      assignmentEndedEarly.of({
        aggregateId: assignmentId,
        aggregateVersion,
        data: { assignmentId, partnershipIds, endedOn: on, ...SECURITY },
      }),
    );
  }
}
