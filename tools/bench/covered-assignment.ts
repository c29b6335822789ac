import { randomUUID } from 'node:crypto';
import type { OutgoingMessage, Period } from '#contracts';
import { assignmentConfirmed, assignmentDeparted, assignmentFundingRequested } from '#contracts/staffing';

/** What staffing tells of an assignment of a local expert until departure, in order; finance then plans its payouts. */
export function coveredAssignment(
  fundId: string,
  { period, salaryMonth }: { period: Period; salaryMonth: string },
): { assignmentId: string; messages: OutgoingMessage[] } {
  const facts = {
    assignmentId: randomUUID(),
    partnershipIds: [randomUUID()],
    expertId: randomUUID(),
    employerMunicipalityId: randomUUID(),
    instrument: 'LOCAL_EXPERT' as const,
    period,
  };
  const { assignmentId, partnershipIds } = facts;
  const costInputs = {
    instrument: 'LOCAL_EXPERT' as const,
    salaryMonth: { amount: salaryMonth, currency: 'EUR' },
    employerContributionPercent: '0',
  };
  const requested = { ...facts, fundId, costInputs };
  const departed = { assignmentId, partnershipIds, departedOn: period.from };
  const aggregateId = assignmentId;
  return {
    assignmentId,
    messages: [
      assignmentFundingRequested.of({ aggregateId, aggregateVersion: 2, data: requested }),
      assignmentConfirmed.of({ aggregateId, aggregateVersion: 3, data: facts }),
      assignmentDeparted.of({ aggregateId, aggregateVersion: 5, data: departed }),
    ],
  };
}
