import { z } from 'zod';
import { CHANGES_SHOWN, CostInputs, FullTimePercent, Instrument, PLAN_YEARS_MAX } from '../finance/cost-inputs';
import { Money } from '../money';
import { actionsOf } from '../action.operations';
import { CaseNumber, caseNumberQuery } from '../case-number';
import { operation } from '../operation';
import { internal } from '../internal';
import { overrideMembers } from '../partnership/eligibility.operations';
import { pay } from '../pay';
import { grant, READ_ALL_OR_OWN } from '../roles';
import {
  AssignmentChangeReason,
  AssignmentNote,
  NOTES_SHOWN,
  noteOfAct,
  PlanPart,
  ShareChange,
  TermsChange,
} from './assignment-change.values';
import { ELIGIBILITY_ERRORS, EligibilityChecks } from './eligibility.values';
import { EXPERT_FACTS, ExpertFact, Languages, Qualifications } from './expert.operations';
import { csv, Day, flag, Id, Instant, pageOf, pageQuery, Period, sortQuery, Text, Version, Written } from '../values';

export const ASSIGNMENT_STATUSES = [
  'PLANNED',
  'FUNDING_REQUESTED',
  'FUNDING_REFUSED',
  'CONFIRMED',
  'PREPARATION',
  'ACTIVE',
  'INTERRUPTED',
  'COMPLETED',
  'ENDED_EARLY',
  'CANCELLED',
] as const;
export const AssignmentStatus = z
  .enum(ASSIGNMENT_STATUSES)
  .meta({ description: 'Open-ended: readers accept further states' });
export type AssignmentStatus = z.infer<typeof AssignmentStatus>;

const plan = {
  fundId: Id.meta({ description: 'Fund of the finance service that is asked for cover' }),
  period: Period.meta({
    description: 'Term of the contract; length limits follow the instrument and the day it starts',
  }),
  fullTimePercent: FullTimePercent.meta({
    description: 'Share of full time from the first day on; all shares of one expert never exceed 100 on any day',
  }),
};

const FundingRefusal = z.strictObject({
  reason: Written(100).meta({
    description:
      "The fund's reason, or one of the day of asking: EXPERT_NOT_ELIGIBLE, the person does not qualify (any more); NOT_ELIGIBLE, the request does not, see eligibilityChecks",
  }),
  rules: z.array(Written(100)).max(10).optional().meta({ description: 'What the person does not meet' }),
  unverified: z
    .array(ExpertFact)
    .max(EXPERT_FACTS.length)
    .optional()
    .meta({ description: 'Facts about the person that nobody has verified; they count as not met' }),
  shortfalls: z.array(z.strictObject({ year: z.int(), missing: pay(Money) })).max(PLAN_YEARS_MAX),
});

export const AssignmentView = z
  .strictObject({
    id: Id,
    version: Version,
    caseNumber: CaseNumber,
    status: AssignmentStatus,
    expertRequestId: Id,
    partnershipIds: z.array(Id).max(20),
    expertId: Id,
    employerMunicipalityId: Id,
    instrument: Instrument,
    ...plan,
    costInputs: pay(CostInputs),
    partnerDecision: z
      .strictObject({ outcome: z.enum(['ACCEPTED', 'REJECTED']), decidedAt: Instant, note: Written(4_000).nullable() })
      .nullable(),
    lapsedDecision: z
      .strictObject({ decidedAt: Instant, lapsedAt: Instant, changed: z.array(PlanPart).max(3) })
      .nullable()
      .meta({ description: 'An acceptance that fell as the plan changed; the employer decides again' }),
    candidate: z
      .strictObject({
        name: Written(201).nullable().meta({ description: 'Null without consent of the expert' }),
        qualifications: Qualifications,
        languages: Languages,
      })
      .nullable()
      .meta({ description: 'The person on whom the employer decides; for the employer alone, null for others' }),
    expertConsent: z
      .strictObject({
        givenAt: Instant,
        evidence: internal(Written(1_000), 'How the expert consented, if another recorded it'),
      })
      .nullable()
      .meta({ description: "The expert's consent that this employer sees the name" }),
    shareChanges: z
      .array(ShareChange)
      .max(CHANGES_SHOWN)
      .meta({ description: `Other shares of full time that the fund has granted, the latest ${CHANGES_SHOWN}` }),
    shareRequest: ShareChange.extend({
      status: z.enum(['REQUESTED', 'REFUSED']),
      refusal: FundingRefusal.nullable(),
    })
      .nullable()
      .meta({ description: 'Another share of full time that the fund has not granted' }),
    termsChanges: z
      .array(TermsChange)
      .max(CHANGES_SHOWN)
      .meta({ description: `Other terms that the fund has granted, the latest ${CHANGES_SHOWN}` }),
    termsRequest: TermsChange.extend({ status: z.enum(['REQUESTED', 'REFUSED']), refusal: FundingRefusal.nullable() })
      .nullable()
      .meta({ description: 'Other terms that the fund has not granted' }),
    commitmentId: Id.nullable().meta({ description: "The finance service's reservation, later commitment" }),
    fundingRefusal: FundingRefusal.nullable(),
    coverShortfall: FundingRefusal.extend({ since: Instant }).nullable().meta({
      description:
        'What the fund lacks for a change that has happened; it pays that part once it has the money. See the commitment',
    }),
    preparationStartedOn: Day.nullable(),
    departedOn: Day.nullable(),
    endedOn: Day.nullable().meta({ description: 'The day after the last day of service' }),
    extension: z
      .strictObject({
        requestedTo: Day,
        status: z.enum(['REQUESTED', 'REFUSED']),
        refusal: FundingRefusal.nullable(),
      })
      .nullable()
      .meta({ description: 'A longer term that the fund has not granted; once granted it is the period' }),
    interruptions: z
      .array(
        z.strictObject({
          from: Day,
          to: Day.nullable().meta({ description: 'First day of service again; null while it lasts' }),
          reason: AssignmentChangeReason,
          attributableToExpert: z.boolean(),
        }),
      )
      .max(CHANGES_SHOWN)
      .meta({ description: `The latest ${CHANGES_SHOWN}` }),
    earlyEnd: z.strictObject({ reason: AssignmentChangeReason, attributableToExpert: z.boolean() }).nullable(),
    cancellationReason: Written(4_000).nullable(),
    eligibilityChecks: EligibilityChecks,
    notes: z
      .array(AssignmentNote)
      .max(NOTES_SHOWN)
      .nullable()
      .meta({
        description: `What officers wrote to their acts, the latest ${NOTES_SHOWN}; null for municipalities and experts`,
      }),
    createdAt: Instant,
  })
  .meta({
    id: 'AssignmentView',
    description: 'Assignment (Einsatz) of one expert at one employer of the partner side.',
  });
export type AssignmentView = z.infer<typeof AssignmentView>;

export const AssignmentSummary = AssignmentView.omit({
  partnerDecision: true,
  lapsedDecision: true,
  candidate: true,
  expertConsent: true,
  shareChanges: true,
  termsChanges: true,
  interruptions: true,
  cancellationReason: true,
  eligibilityChecks: true,
  notes: true,
}).meta({
  id: 'AssignmentSummary',
  description: 'An assignment in a list: without the reasons and notes of persons and its interruptions.',
});
export type AssignmentSummary = z.infer<typeof AssignmentSummary>;

const reference = { assignmentId: Id };
const OFFICER = grant('any', 'programme-officer');
/** What a person, an instrument or a request leaves room for. */
export const LIMIT_ERRORS = [
  'STAFFING_EXPERT_NOT_AVAILABLE',
  'STAFFING_EXPERT_TERMS_TOO_LONG',
  'STAFFING_EXPERT_REQUEST_TERMS_TOO_LONG',
  'STAFFING_EXPERT_REQUEST_EXPERTS_REACHED',
  'STAFFING_INSTRUMENT_RULE_MISSING',
] as const;
export const PLAN_ERRORS = [
  'STAFFING_ASSIGNMENT_INSTRUMENT_MISMATCH',
  'STAFFING_ASSIGNMENT_START_NOT_PLAUSIBLE',
  'STAFFING_ASSIGNMENT_TERM_NOT_ALLOWED',
  'STAFFING_EXPERT_NOT_ELIGIBLE',
  ...LIMIT_ERRORS,
] as const;

export const planAssignment = operation({
  subject: 'rpc.staffing.assignment.plan',
  http: { method: 'POST', path: '/assignments', success: 201, location: '/assignments/{id}', putById: true },
  summary: 'Plan an assignment for a selected request',
  description:
    'The instrument of the cost inputs is the one chosen for the request. The employer is itself a municipality in a country on the list of the day (docs/domain.md#eligibility). Person and term are checked against the rules in force when the assignment starts (docs/domain.md#instruments), and so are the terms of the person and the experts of the request together. The expert is taken for the period from now on.',
  request: z.strictObject({
    id: Id.optional(),
    expertRequestId: Id,
    expertId: Id,
    employerMunicipalityId: Id.meta({ description: 'Municipality of the partner side, a participant of the request' }),
    ...plan,
    costInputs: CostInputs,
    ...overrideMembers,
  }),
  reply: AssignmentView,
  errors: [
    'STAFFING_EXPERT_REQUEST_NOT_KNOWN',
    'STAFFING_EXPERT_REQUEST_NOT_SELECTED',
    'STAFFING_EXPERT_NOT_KNOWN',
    'STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING',
    'STAFFING_ASSIGNMENT_EMPLOYER_NOT_ELIGIBLE',
    ...ELIGIBILITY_ERRORS,
    ...PLAN_ERRORS,
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: OFFICER,
  idempotency: 'optional',
});

export const replanAssignment = operation({
  subject: 'rpc.staffing.assignment.replan',
  http: { method: 'POST', path: '/assignments/{assignmentId}/plans' },
  summary: 'Plan an assignment anew that was not covered or not yet asked for',
  description:
    'Leads back to PLANNED. The employer decides again when period, share of full time or pay change (docs/domain.md#employers-decision).',
  request: z.strictObject({ ...reference, ...plan, costInputs: CostInputs }),
  reply: AssignmentView,
  errors: ['STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED', ...PLAN_ERRORS],
  allow: OFFICER,
  idempotency: 'optional',
  precondition: 'required',
});

export const getAssignment = operation({
  subject: 'rpc.staffing.assignment.get',
  http: { method: 'GET', path: '/assignments/{assignmentId}' },
  summary: 'Read one assignment',
  request: z.strictObject(reference),
  reply: AssignmentView,
  allow: READ_ALL_OR_OWN,
});

export const listAssignments = operation({
  subject: 'rpc.staffing.assignment.list',
  http: { method: 'GET', path: '/assignments' },
  summary: 'List assignments',
  request: z.strictObject({
    ...pageQuery,
    ...caseNumberQuery,
    status: csv(AssignmentStatus).optional(),
    expertId: Id.optional(),
    expertRequestId: Id.optional(),
    partnershipId: Id.optional(),
    startsOnFrom: Day.optional().meta({ description: 'First day of the period, inclusive' }),
    startsOnTo: Day.optional().meta({ description: 'First day of the period, exclusive' }),
    isPartnerAccepted: flag().optional().meta({ description: 'Whether the partner municipality has accepted' }),
    sort: sortQuery('createdAt', 'startsOn'),
  }),
  reply: pageOf(AssignmentSummary),
  allow: READ_ALL_OR_OWN,
});

export const listAssignmentActions = actionsOf(
  'rpc.staffing.assignment',
  '/assignments/{assignmentId}',
  READ_ALL_OR_OWN,
);

export const decideOnAssignment = operation({
  subject: 'rpc.staffing.assignment.decide',
  http: { method: 'POST', path: '/assignments/{assignmentId}/partner-decisions' },
  summary: 'Accept or reject the expert as the employing municipality',
  description:
    'The employer decides on the candidate (docs/domain.md#employers-decision): on the profile, and on the name where the expert consents. A rejection cancels the assignment and frees the expert.',
  request: z.strictObject({ ...reference, outcome: z.enum(['ACCEPTED', 'REJECTED']), note: Text(4_000).optional() }),
  reply: AssignmentView,
  errors: [
    'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    'STAFFING_PARTNER_DECISION_ALREADY_MADE',
    'STAFFING_PARTNER_DECISION_NOT_BY_EMPLOYER',
  ],
  allow: grant('own', 'municipality-partner'),
  idempotency: 'optional',
  precondition: 'required',
});

export const confirmAssignment = operation({
  subject: 'rpc.staffing.assignment.confirm',
  http: {
    method: 'POST',
    path: '/assignments/{assignmentId}/confirmations',
    success: 202,
    location: '/assignments/{id}',
  },
  summary: 'Ask for fund cover and confirm the assignment',
  description:
    'Needs the acceptance of the employer. Eligibility is asked for again, on the facts of the day: without it the outcome is FUNDING_REFUSED with the reason NOT_ELIGIBLE, and the fund is not asked. The person is judged anew: one who no longer qualifies is FUNDING_REFUSED at once, with the rules. The finance service covers the full term or refuses it in one decision; the outcome is CONFIRMED or FUNDING_REFUSED. A refused assignment may be asked for again.',
  request: z.strictObject({ ...reference, note: noteOfAct, ...overrideMembers }),
  reply: AssignmentView,
  errors: [
    'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    'STAFFING_PARTNER_DECISION_MISSING',
    'STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING',
    ...LIMIT_ERRORS,
    'STAFFING_ASSIGNMENT_FUNDING_REFUSED',
    ...ELIGIBILITY_ERRORS,
  ],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
  settles: {
    read: 'rpc.staffing.assignment.get',
    done: ['CONFIRMED', 'PREPARATION', 'ACTIVE', 'INTERRUPTED', 'COMPLETED', 'ENDED_EARLY', 'CANCELLED'],
    refused: { FUNDING_REFUSED: 'STAFFING_ASSIGNMENT_FUNDING_REFUSED' },
  },
});

export const prepareAssignment = operation({
  subject: 'rpc.staffing.assignment.prepare',
  http: { method: 'POST', path: '/assignments/{assignmentId}/preparations' },
  summary: 'Record that the preparation of the expert has started',
  description: 'On a day that is not in the future, and as long before the period as the rules of the fund allow.',
  request: z.strictObject({ ...reference, startedOn: Day }),
  reply: AssignmentView,
  errors: [
    'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    'STAFFING_ASSIGNMENT_DAY_IN_FUTURE',
    'STAFFING_ASSIGNMENT_PREPARATION_NOT_PLAUSIBLE',
  ],
  allow: OFFICER,
  idempotency: 'optional',
  precondition: 'required',
});

export const departAssignment = operation({
  subject: 'rpc.staffing.assignment.depart',
  http: { method: 'POST', path: '/assignments/{assignmentId}/departures' },
  summary: 'Record the departure; the assignment is active',
  description:
    'From CONFIRMED (a short introduction needs no preparation of its own) or PREPARATION, on a day of the period that is not in the future. Makes the reports with their due dates (docs/domain.md#reports) and starts the payment plan.',
  request: z.strictObject({ ...reference, departedOn: Day }),
  reply: AssignmentView,
  errors: [
    'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    'STAFFING_ASSIGNMENT_DEPARTURE_NOT_IN_PERIOD',
    'STAFFING_ASSIGNMENT_DAY_IN_FUTURE',
    'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED',
  ],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});

export const completeAssignment = operation({
  subject: 'rpc.staffing.assignment.complete',
  http: { method: 'POST', path: '/assignments/{assignmentId}/completions' },
  summary: 'Complete the assignment at the end of its period',
  description:
    'Once its period is over, with all reports accepted; a refusal names those that are not. What ends before is an early end.',
  request: z.strictObject(reference),
  reply: AssignmentView,
  errors: [
    'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    'STAFFING_ASSIGNMENT_EXTENSION_PENDING',
    'STAFFING_ASSIGNMENT_SHARE_CHANGE_PENDING',
    'STAFFING_ASSIGNMENT_PERIOD_NOT_OVER',
    'STAFFING_ASSIGNMENT_REPORTS_OPEN',
  ],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});

export const cancelAssignment = operation({
  subject: 'rpc.staffing.assignment.cancel',
  http: { method: 'POST', path: '/assignments/{assignmentId}/cancellations' },
  summary: 'Cancel an assignment before departure',
  description: 'Frees the expert and the reserved money.',
  request: z.strictObject({ ...reference, reason: Text(4_000) }),
  reply: AssignmentView,
  errors: ['STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED'],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});
