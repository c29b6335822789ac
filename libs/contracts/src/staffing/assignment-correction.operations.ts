import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { Day, Id, Text } from '../values';
import { AssignmentView, PLAN_ERRORS } from './assignment.operations';

const OFFICER = grant('any', 'programme-officer');
const reason = Text(4_000).meta({ description: 'Kept with the notes of the assignment and in the audit trail' });

export const correctAssignmentEmployer = operation({
  subject: 'rpc.staffing.assignment.correct-employer',
  http: { method: 'POST', path: '/assignments/{assignmentId}/employer-corrections' },
  summary: 'Correct the employer of an assignment that is not covered yet',
  description:
    'While no money is asked for: PLANNED or FUNDING_REFUSED, and leads to PLANNED. The employer that is named now decides on the expert; person and term are checked for its country.',
  request: z.strictObject({
    assignmentId: Id,
    employerMunicipalityId: Id.meta({ description: 'Municipality of the partner side, a participant of the request' }),
    reason,
  }),
  reply: AssignmentView,
  errors: [
    'STAFFING_ASSIGNMENT_CORRECTION_NOT_ALLOWED',
    'STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING',
    ...PLAN_ERRORS.filter((code) => code !== 'STAFFING_ASSIGNMENT_INSTRUMENT_MISMATCH'),
  ],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});

export const correctAssignmentDays = operation({
  subject: 'rpc.staffing.assignment.correct-days',
  http: { method: 'POST', path: '/assignments/{assignmentId}/day-corrections' },
  summary: 'Correct the day of the preparation or the departure',
  description:
    'From the preparation on and until a payment for the assignment has gone to the bank. The days are checked as when they were recorded, and the reports follow the corrected departure.',
  request: z
    .strictObject({ assignmentId: Id, preparationStartedOn: Day.optional(), departedOn: Day.optional(), reason })
    .refine(({ preparationStartedOn, departedOn }) => preparationStartedOn !== undefined || departedOn !== undefined, {
      path: ['departedOn'],
      message: 'a day is needed: of the preparation, the departure, or both',
    }),
  reply: AssignmentView,
  errors: [
    'STAFFING_ASSIGNMENT_CORRECTION_NOT_ALLOWED',
    'STAFFING_ASSIGNMENT_MONEY_MOVED',
    'STAFFING_ASSIGNMENT_DAY_IN_FUTURE',
    'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED',
    'STAFFING_ASSIGNMENT_DEPARTURE_NOT_IN_PERIOD',
    'STAFFING_ASSIGNMENT_PREPARATION_NOT_PLAUSIBLE',
  ],
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});
