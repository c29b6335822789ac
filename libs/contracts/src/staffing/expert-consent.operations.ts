import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { Id, Text } from '../values';
import { AssignmentView } from './assignment.operations';

const EXPERT_OR_STAFF = { ...grant('any', 'recruiter', 'programme-officer'), ...grant('own', 'expert') };

export const giveExpertConsent = operation({
  subject: 'rpc.staffing.assignment.give-consent',
  http: { method: 'POST', path: '/assignments/{assignmentId}/expert-consents' },
  summary: "Record the expert's consent that the employer sees the name",
  description:
    'For this employer and this assignment. Without it the employer decides on a profile without a name (docs/domain.md#employers-decision). Whoever records it for the expert says how it was given.',
  request: z.strictObject({
    assignmentId: Id,
    evidence: Text(1_000).optional().meta({ description: 'How and when the expert consented, if another records it' }),
  }),
  reply: AssignmentView,
  errors: [
    'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    'STAFFING_EXPERT_CONSENT_ALREADY_GIVEN',
    'STAFFING_EXPERT_CONSENT_EVIDENCE_MISSING',
  ],
  allow: EXPERT_OR_STAFF,
  idempotency: 'optional',
  precondition: 'required',
});

export const withdrawExpertConsent = operation({
  subject: 'rpc.staffing.assignment.withdraw-consent',
  http: { method: 'POST', path: '/assignments/{assignmentId}/expert-consent-withdrawals' },
  summary: "Withdraw the expert's consent; the employer no longer sees the name",
  request: z.strictObject({ assignmentId: Id }),
  reply: AssignmentView,
  errors: ['STAFFING_EXPERT_CONSENT_MISSING'],
  allow: EXPERT_OR_STAFF,
  idempotency: 'optional',
  precondition: 'required',
});
