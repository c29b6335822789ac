import { z } from 'zod';
import { Instrument } from '../finance/cost-inputs';
import { actionsOf } from '../action.operations';
import { caseNumberQuery } from '../case-number';
import { operation } from '../operation';
import { overrideMembers } from '../partnership/eligibility.operations';
import { grant, STAFF } from '../roles';
import { csv, flag, Id, Instant, Line, MachineText, pageOf, pageQuery, sortQuery, Text, Written } from '../values';
import { ELIGIBILITY_ERRORS } from './eligibility.values';
import {
  CRITERIA_MAX,
  CriterionKey,
  expertRequestContent,
  ExpertRequestStatus,
  ExpertRequestSummary,
  ExpertRequestView,
  NOTE_MAX,
  WaitedFor,
} from './expert-request.values';

const READERS = { ...grant('any', ...STAFF), ...grant('own', 'municipality-de', 'municipality-partner') };
const APPLICANTS = {
  ...grant('any', 'adviser', 'programme-officer'),
  ...grant('own', 'municipality-de', 'municipality-partner'),
};
const reference = { expertRequestId: Id };
const note = Text(NOTE_MAX).optional();
const internalNote = note.meta({ description: 'For the fund: municipalities never see it' });
const reason = note.meta({ description: 'For the applicants' });

export const createExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.create',
  http: { method: 'POST', path: '/expert-requests', success: 201, location: '/expert-requests/{id}', putById: true },
  summary: 'Start a joint expression of interest',
  description:
    'A draft for one or more partnerships that ask for one expert together (docs/domain.md#expert-requests). A municipality asks for its own partnerships, at least one, and invites others by their id. The place of work is a participating municipality of the partner side.',
  request: z.strictObject({ id: Id.optional(), ...expertRequestContent }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_PARTNERSHIP_NOT_KNOWN',
    'STAFFING_EXPERT_REQUEST_PLACE_OF_WORK_NOT_PARTICIPATING',
    'STAFFING_EXPERT_REQUEST_PERIOD_NOT_PLAUSIBLE',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: APPLICANTS,
  idempotency: 'optional',
});

export const changeExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.change',
  http: { method: 'PATCH', path: '/expert-requests/{expertRequestId}' },
  summary: 'Change a draft or revise a returned request',
  description:
    'Possible while nobody has signed. Revising a RETURNED request makes it a DRAFT again and drops its signatures: both sides sign what they submit, and see what was changed (`correction`).',
  request: z.strictObject({
    ...reference,
    ...z.strictObject(expertRequestContent).partial().shape,
    reason: note.meta({
      description: 'Why a returned request is corrected; without one, the reason for which it was returned',
    }),
  }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_EXPERT_REQUEST_ALREADY_SIGNED',
    'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED',
    'STAFFING_PARTNERSHIP_NOT_KNOWN',
    'STAFFING_EXPERT_REQUEST_PLACE_OF_WORK_NOT_PARTICIPATING',
    'STAFFING_EXPERT_REQUEST_PERIOD_NOT_PLAUSIBLE',
  ],
  allow: APPLICANTS,
  idempotency: 'optional',
  precondition: 'required',
});

export const getExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.get',
  http: { method: 'GET', path: '/expert-requests/{expertRequestId}' },
  summary: 'Read one expert request',
  request: z.strictObject(reference),
  reply: ExpertRequestView,
  allow: READERS,
});

export const listExpertRequestActions = actionsOf(
  'rpc.staffing.expert-request',
  '/expert-requests/{expertRequestId}',
  READERS,
);

export const listExpertRequests = operation({
  subject: 'rpc.staffing.expert-request.list',
  http: { method: 'GET', path: '/expert-requests' },
  summary: 'List expert requests',
  request: z.strictObject({
    ...pageQuery,
    ...caseNumberQuery,
    q: Line(100).optional().meta({ description: 'Words of the title; accents ignored, typing errors tolerated' }),
    status: csv(ExpertRequestStatus).optional(),
    partnershipId: Id.optional(),
    waitingFor: csv(WaitedFor).optional().meta({ description: 'Those whose next act is up to one of these' }),
    waitingSinceBefore: Instant.optional().meta({ description: 'Those that have waited since before this instant' }),
    areAllReviewersIn: flag().optional(),
    isMineToAssess: flag()
      .optional()
      .meta({ description: 'true: the caller had no part in it, has not scored it, and scores are still taken' }),
    selectedAlone: flag().optional(),
    sort: sortQuery('createdAt', 'title', 'waitingSince'),
  }),
  reply: pageOf(ExpertRequestSummary),
  allow: READERS,
});

export const signExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.sign',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/signatures' },
  summary: 'Sign for the side of the own municipality',
  description:
    'Counts for every named partnership in which the municipality of the caller takes part on that side. Each side of a partnership signs once; a signed draft cannot be changed (docs/domain.md#expert-requests).',
  request: z.strictObject(reference),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_EXPERT_REQUEST_SIDE_ALREADY_SIGNED',
    'STAFFING_EXPERT_REQUEST_SIDE_NOT_OWN',
    'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED',
  ],
  allow: grant('own', 'municipality-de', 'municipality-partner'),
  idempotency: 'optional',
  precondition: 'required',
});

export const submitExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.submit',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/submissions' },
  summary: 'Submit with eligibility evidence',
  description:
    'Needs the signatures of both sides of every partnership; any of the municipalities may submit. Each partnership is evaluated on the day of submission; the evaluations are kept as evidence. When one is not eligible the request stays as it was and the failing rules are named.',
  request: z.strictObject({ ...reference, ...overrideMembers }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING',
    'STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE',
    ...ELIGIBILITY_ERRORS,
    'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED',
  ],
  allow: APPLICANTS,
  idempotency: 'optional',
  precondition: 'required',
  deadlineMs: 5_000,
});

export const checkExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.check',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/formal-checks' },
  summary: 'Record the formal check',
  description:
    'STARTED takes a submitted request up (FORMAL_CHECK); PASSED leads to ASSESSMENT, RETURNED to revision, REJECTED ends it. A quick check may be recorded without STARTED.',
  request: z.strictObject({
    ...reference,
    outcome: z.enum(['STARTED', 'PASSED', 'RETURNED', 'REJECTED']),
    note: internalNote,
    reason,
  }),
  reply: ExpertRequestView,
  errors: ['STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED'],
  allow: grant('any', 'adviser', 'programme-officer'),
  idempotency: 'optional',
  precondition: 'required',
});

const assessment = {
  scores: z
    .array(z.strictObject({ criterion: MachineText(60).min(1), score: z.int().min(0).max(4) }))
    .min(1)
    .max(CRITERIA_MAX),
  note: internalNote,
};

export const assessExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.assess',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/assessments' },
  summary: 'Score the request as an independent reviewer',
  description:
    "Each criterion in force today is scored once, 0 (not met) to 4 (fully met). Two independent reviewers are needed; nobody scores twice or scores what they signed, drafted or checked formally. Nobody sees another's score before all are in, and the score of another one does not make `If-Match` stale (docs/domain.md#assessment).",
  request: z.strictObject({ ...reference, ...assessment }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_ASSESSMENT_CRITERIA_INCOMPLETE',
    'STAFFING_ASSESSMENT_COMPLETE',
    'STAFFING_ASSESSMENT_REVIEWER_REPEATED',
    'STAFFING_ASSESSMENT_REVIEWER_SIGNED',
    'STAFFING_ASSESSMENT_REVIEWER_DRAFTED',
    'STAFFING_ASSESSMENT_REVIEWER_CHECKED',
    'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED',
  ],
  allow: grant('any', 'adviser', 'programme-officer'),
  idempotency: 'optional',
  precondition: 'required',
  // It is the judgement itself: an auditor who reads the trail does not see it before all are in either.
  why: 'withheld',
});

export const correctExpertRequestAssessment = operation({
  subject: 'rpc.staffing.expert-request.correct-assessment',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/assessment-corrections' },
  summary: 'Correct the own scores while another reviewer is still to come',
  description:
    'Takes the place of the own assessment; the earlier one is kept. Once all reviewers are in, scores are seen and stay (docs/domain.md#assessment).',
  request: z.strictObject({ ...reference, ...assessment, reason: Text(NOTE_MAX) }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_ASSESSMENT_CRITERIA_INCOMPLETE',
    'STAFFING_ASSESSMENT_COMPLETE',
    'STAFFING_ASSESSMENT_NOT_GIVEN',
    'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED',
  ],
  allow: grant('any', 'adviser', 'programme-officer'),
  idempotency: 'optional',
  precondition: 'required',
  why: 'withheld',
});

export const recommendExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.recommend',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/recommendations' },
  summary: 'Recommend or not, and choose the instrument',
  description: 'Once all reviewers are in, by a person who did not score (docs/domain.md#separation-of-duties).',
  request: z.strictObject({
    ...reference,
    outcome: z.enum(['RECOMMENDED', 'NOT_RECOMMENDED']),
    instrument: Instrument.optional().meta({ description: 'Needed with RECOMMENDED, refused with NOT_RECOMMENDED' }),
    note: internalNote,
  }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING',
    'STAFFING_RECOMMENDATION_BY_REVIEWER',
    'STAFFING_RECOMMENDATION_INSTRUMENT_INVALID',
    'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED',
  ],
  allow: grant('any', 'programme-officer'),
  idempotency: 'optional',
  precondition: 'required',
});

export const selectExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.select',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/selections' },
  summary: 'Record the decision of the panel',
  description:
    'By a person who neither scored nor recommended (docs/domain.md#separation-of-duties). A waitlisted request may be selected or declined later; one that was not recommended can only be declined. SELECTED asks for eligibility again, on the facts of the day.',
  request: z.strictObject({
    ...reference,
    outcome: z.enum(['SELECTED', 'WAITLISTED', 'DECLINED']),
    note: internalNote,
    reason,
    ...overrideMembers,
  }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE',
    ...ELIGIBILITY_ERRORS,
    'STAFFING_SELECTION_BY_REVIEWER',
    'STAFFING_SELECTION_FOUR_EYES',
    'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED',
  ],
  allow: grant('any', 'programme-officer'),
  idempotency: 'optional',
  precondition: 'required',
});

export const withdrawExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.withdraw',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/withdrawals' },
  summary: 'Withdraw an open request',
  request: z.strictObject({
    ...reference,
    note: note.meta({ description: 'Everybody who sees the request reads it' }),
  }),
  reply: ExpertRequestView,
  errors: ['STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED'],
  allow: APPLICANTS,
  idempotency: 'optional',
  precondition: 'required',
});

const CriterionView = z
  .strictObject({
    criterion: CriterionKey,
    title: z.strictObject({ de: Written(500), en: Written(500) }),
    weightPercent: z.int(),
    validFrom: z.iso.date(),
    source: Written(1000),
  })
  .meta({ id: 'AssessmentCriterionView' });

export const listAssessmentCriteria = operation({
  subject: 'rpc.staffing.assessment-criterion.list',
  http: { method: 'GET', path: '/assessment-criteria' },
  summary: 'List the criteria and weights in force on a day',
  description: 'Dated configuration; the weights of a day add up to 100 (docs/domain.md#assessment).',
  request: z.strictObject({ ...pageQuery, on: z.iso.date().optional().meta({ description: 'Today unless stated' }) }),
  reply: pageOf(CriterionView),
  allow: grant('any', ...STAFF),
});
