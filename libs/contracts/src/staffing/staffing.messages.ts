import { z } from 'zod';
import { CostInputs, CostTerms, FullTimePercent, Instrument } from '../finance/cost-inputs';
import { message } from '../message';
import { Day, Id, Period } from '../values';
import { AssignmentChangeReason, PlanPart } from './assignment-change.values';
import { ReportKind } from './report.operations';

const partnershipIds = z.array(Id).min(1).max(20);

export const expertRequestSubmitted = message({
  subject: 'evt.staffing.expert-request.submitted.v1',
  summary: 'A joint expression of interest was submitted with eligibility evidence',
  data: z.object({
    expertRequestId: Id,
    partnershipIds,
    eligibilityEvaluationId: Id.meta({ description: 'Evaluation of the first partnership' }),
    eligibilityEvaluationIds: z
      .array(Id)
      .max(20)
      .optional()
      .meta({ description: 'One evaluation per partnership, in the order of partnershipIds' }),
  }),
});

export const expertRequestSelected = message({
  subject: 'evt.staffing.expert-request.selected.v1',
  summary: 'The panel selected a request and its instrument',
  data: z.object({ expertRequestId: Id, partnershipIds, instrument: Instrument }),
});

export const assignmentFundingRequested = message({
  subject: 'evt.staffing.assignment.funding-requested.v1',
  summary: 'Fund cover for the full term of an assignment is asked for',
  data: z.object({
    assignmentId: Id,
    partnershipIds,
    fundId: Id,
    expertId: Id,
    employerMunicipalityId: Id,
    instrument: Instrument,
    period: Period,
    fullTimePercent: FullTimePercent.optional().meta({ description: 'Share of full time. Absent: full time' }),
    costInputs: CostInputs,
  }),
});

export const assignmentDecisionLapsed = message({
  subject: 'evt.staffing.assignment.decision-lapsed.v1',
  summary: 'The plan changed after the employer had accepted: it decides again before the assignment is confirmed',
  data: z.object({
    assignmentId: Id,
    partnershipIds,
    employerMunicipalityId: Id,
    changed: z.array(PlanPart).min(1).max(3),
  }),
});

export const assignmentConfirmed = message({
  subject: 'evt.staffing.assignment.confirmed.v1',
  summary: 'An assignment is covered and confirmed',
  data: z.object({
    assignmentId: Id,
    partnershipIds,
    instrument: Instrument,
    expertId: Id,
    employerMunicipalityId: Id,
    period: Period,
  }),
});

export const assignmentDeparted = message({
  subject: 'evt.staffing.assignment.departed.v1',
  summary: 'The expert departed; the assignment is active',
  data: z.object({ assignmentId: Id, partnershipIds, departedOn: Day }),
});

export const assignmentDepartureCorrected = message({
  subject: 'evt.staffing.assignment.departure-corrected.v1',
  summary:
    'The day of a departure had been recorded wrongly; no payment had gone out. Money follows the period and stays',
  data: z.object({ assignmentId: Id, partnershipIds, departedOn: Day }),
});

export const assignmentCancelled = message({
  subject: 'evt.staffing.assignment.cancelled.v1',
  summary: 'An assignment was cancelled before departure',
  data: z.object({ assignmentId: Id }),
});

export const assignmentCompleted = message({
  subject: 'evt.staffing.assignment.completed.v1',
  summary: 'An assignment ended with its period and its final report is accepted',
  data: z.object({
    assignmentId: Id,
    partnershipIds,
    endedOn: Day.meta({ description: 'End of the half-open period: the day after the last day' }),
  }),
});

export const assignmentExtensionRequested = message({
  subject: 'evt.staffing.assignment.extension-requested.v1',
  summary: 'Fund cover for a longer term of an active assignment is asked for; the old term holds until it is granted',
  data: z.object({
    assignmentId: Id,
    partnershipIds,
    period: Period.meta({ description: 'The whole term as it would be, with the additional time' }),
  }),
});

export const assignmentShareChangeRequested = message({
  subject: 'evt.staffing.assignment.share-change-requested.v1',
  summary:
    'Fund cover for another share of full time, or for other terms, of an active assignment is asked for; what held goes on until it is granted',
  data: z.object({
    assignmentId: Id,
    partnershipIds,
    from: Day.meta({ description: 'First day of the other share or terms; they hold to the end of the term' }),
    fullTimePercent: FullTimePercent.meta({ description: 'With `terms` the share of that day, which stays' }),
    terms: CostTerms.optional().meta({ description: 'Other family status, salary, rent or purchasing power' }),
  }),
});

export const assignmentInterrupted = message({
  subject: 'evt.staffing.assignment.interrupted.v1',
  summary: 'An active assignment is interrupted from a day on; its end is not known yet',
  data: z.object({
    assignmentId: Id,
    partnershipIds,
    interruptedOn: Day,
    reason: AssignmentChangeReason,
    attributableToExpert: z.boolean(),
  }),
});

export const assignmentResumed = message({
  subject: 'evt.staffing.assignment.resumed.v1',
  summary: 'An interrupted assignment goes on',
  data: z.object({
    assignmentId: Id,
    partnershipIds,
    interruptedOn: Day,
    resumedOn: Day.meta({ description: 'First day of service again' }),
    reason: AssignmentChangeReason.meta({ description: 'Why it had been interrupted' }),
    attributableToExpert: z.boolean(),
  }),
});

export const assignmentEndedEarly = message({
  subject: 'evt.staffing.assignment.ended-early.v1',
  summary: 'An assignment ended before the end of its period',
  data: z.object({
    assignmentId: Id,
    partnershipIds,
    endedOn: Day.meta({ description: 'The day after the last day of service' }),
    reason: AssignmentChangeReason,
    attributableToExpert: z.boolean(),
  }),
});

export const reportAccepted = message({
  subject: 'evt.staffing.report.accepted.v1',
  summary: 'A report was accepted',
  data: z.object({
    reportId: Id,
    assignmentId: Id,
    kind: ReportKind,
    sequence: z.int().positive().meta({ description: 'Running number in the assignment, given once' }),
    acceptedOn: Day,
  }),
});
