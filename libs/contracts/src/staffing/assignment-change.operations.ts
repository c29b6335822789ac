import { z } from 'zod';
import { operation } from '../operation';
import { overrideMembers } from '../partnership/eligibility.operations';
import { grant } from '../roles';
import { CostTerms } from '../finance/cost-inputs';
import { Day, Id } from '../values';
import { AssignmentChangeReason, noteOfAct, ShareChange } from './assignment-change.values';
import { AssignmentView, LIMIT_ERRORS } from './assignment.operations';
import { ELIGIBILITY_ERRORS } from './eligibility.values';

const OFFICER = grant('any', 'programme-officer');
const CHANGE_ERRORS = [
  'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
  'STAFFING_ASSIGNMENT_EXTENSION_PENDING',
  'STAFFING_ASSIGNMENT_SHARE_CHANGE_PENDING',
  'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED',
] as const;
const change = {
  reason: AssignmentChangeReason,
  attributableToExpert: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether the expert is responsible for it; decides on benefits (EhfG 4, 8)' }),
  note: noteOfAct,
};

export const extendAssignment = operation({
  subject: 'rpc.staffing.assignment.extend',
  http: {
    method: 'POST',
    path: '/assignments/{assignmentId}/extensions',
    success: 202,
    location: '/assignments/{id}',
  },
  summary: 'Ask for fund cover of a longer term',
  description:
    'The additional time is kept free for the expert at once; the period changes when the finance service covers it in one decision. A refusal keeps the old period and stands under `extension`, also one for the reason NOT_ELIGIBLE: eligibility is asked for again, on the facts of the day. The term limits of the instrument apply to the whole period, and the person is judged anew.',
  request: z.strictObject({
    assignmentId: Id,
    to: Day.meta({ description: 'New end of the half-open period, after the present one' }),
    note: noteOfAct,
    ...overrideMembers,
  }),
  reply: AssignmentView,
  errors: [
    ...CHANGE_ERRORS,
    ...ELIGIBILITY_ERRORS,
    'STAFFING_ASSIGNMENT_TERM_NOT_ALLOWED',
    'STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING',
    'STAFFING_EXPERT_NOT_ELIGIBLE',
    ...LIMIT_ERRORS,
  ],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});

export const changeAssignmentShare = operation({
  subject: 'rpc.staffing.assignment.change-share',
  http: {
    method: 'POST',
    path: '/assignments/{assignmentId}/share-changes',
    success: 202,
    location: '/assignments/{id}',
  },
  summary: 'Ask for fund cover of another share of full time from a day on',
  description:
    'The larger of the two shares is kept free for the expert at once; the share changes when the finance service covers it in one decision, and then holds to the end of the term. A refusal keeps the old share and stands under `shareRequest`, also one for the reason NOT_ELIGIBLE: eligibility is asked for again, on the facts of the day. What it costs is shown before by POST /commitments/{commitmentId}/share-change-estimates (docs/domain.md#share-of-full-time).',
  request: z.strictObject({ assignmentId: Id, ...ShareChange.shape, note: noteOfAct, ...overrideMembers }),
  reply: AssignmentView,
  errors: [
    ...CHANGE_ERRORS,
    ...ELIGIBILITY_ERRORS,
    'STAFFING_ASSIGNMENT_SHARE_UNCHANGED',
    'STAFFING_EXPERT_NOT_AVAILABLE',
  ],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});

export const changeAssignmentTerms = operation({
  subject: 'rpc.staffing.assignment.change-terms',
  http: {
    method: 'POST',
    path: '/assignments/{assignmentId}/terms-changes',
    success: 202,
    location: '/assignments/{id}',
  },
  summary: 'Ask for fund cover of other family status, salary, rent or purchasing power from a day on',
  description:
    'What is named changes when the finance service covers it in one decision, and then holds to the end of the term; what is left out stays. A refusal keeps what held and stands under `termsRequest`, also one for the reason NOT_ELIGIBLE: eligibility is asked for again, on the facts of the day. What it costs is shown before by POST /commitments/{commitmentId}/change-estimates (docs/domain.md#changed-terms).',
  request: z.strictObject({
    assignmentId: Id,
    from: Day.meta({ description: 'First day of these terms' }),
    terms: CostTerms,
    reason: AssignmentChangeReason,
    note: noteOfAct,
    ...overrideMembers,
  }),
  reply: AssignmentView,
  errors: [
    ...CHANGE_ERRORS,
    ...ELIGIBILITY_ERRORS,
    'STAFFING_ASSIGNMENT_TERMS_UNCHANGED',
    'STAFFING_ASSIGNMENT_TERMS_NOT_ALLOWED',
  ],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});

export const interruptAssignment = operation({
  subject: 'rpc.staffing.assignment.interrupt',
  http: { method: 'POST', path: '/assignments/{assignmentId}/interruptions' },
  summary: 'Interrupt an active assignment from a day on',
  description: 'Payments pause as the rules of the instrument say, until the assignment is resumed or ends.',
  request: z.strictObject({ assignmentId: Id, interruptedOn: Day, ...change }),
  reply: AssignmentView,
  errors: CHANGE_ERRORS,
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});

export const resumeAssignment = operation({
  subject: 'rpc.staffing.assignment.resume',
  http: { method: 'POST', path: '/assignments/{assignmentId}/resumptions' },
  summary: 'Resume an interrupted assignment',
  description: 'The period does not change by itself; time that is to be made up for is an extension.',
  request: z.strictObject({
    assignmentId: Id,
    resumedOn: Day.meta({ description: 'First day of service again' }),
    note: noteOfAct,
  }),
  reply: AssignmentView,
  errors: ['STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED', 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED'],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});

export const endAssignmentEarly = operation({
  subject: 'rpc.staffing.assignment.end-early',
  http: { method: 'POST', path: '/assignments/{assignmentId}/early-ends' },
  summary: 'End an active or interrupted assignment before its period ends',
  description:
    'What is due to the day is paid, the rest of the commitment is released. The expert is free from that day.',
  request: z.strictObject({
    assignmentId: Id,
    endedOn: Day.meta({ description: 'The day after the last day of service' }),
    ...change,
  }),
  reply: AssignmentView,
  errors: CHANGE_ERRORS,
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});
