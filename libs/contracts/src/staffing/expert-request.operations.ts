import { z } from 'zod';
import { Instrument } from '../finance/cost-inputs';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { Side } from '../partnership/municipality.operations';
import { grant, STAFF } from '../roles';
import {
  csv,
  Id,
  Instant,
  Line,
  pageOf,
  pageQuery,
  Period,
  sortQuery,
  Text,
  Version,
  MachineText,
  Written,
  Subject,
} from '../values';
import { FieldShares } from './field-of-action';

export const EXPERT_REQUEST_STATUSES = [
  'DRAFT',
  'SUBMITTED',
  'FORMAL_CHECK',
  'RETURNED',
  'REJECTED',
  'ASSESSMENT',
  'RECOMMENDED',
  'NOT_RECOMMENDED',
  'SELECTED',
  'WAITLISTED',
  'DECLINED',
  'WITHDRAWN',
] as const;
export const ExpertRequestStatus = z.enum(EXPERT_REQUEST_STATUSES);
export type ExpertRequestStatus = z.infer<typeof ExpertRequestStatus>;

const PARTNERSHIPS_MAX = 20;
const CRITERIA_MAX = 50;
const NOTE_MAX = 4_000;
/** Assessments that one answer shows; two are needed. */
export const ASSESSMENTS_SHOWN = 20;
const CriterionKey = Written(60);

const NumberOfExperts = z
  .int()
  .min(1)
  .max(100)
  .meta({ description: 'How many experts are asked for; one when nothing is said. No more are planned' });

const content = {
  partnershipIds: z
    .array(Id)
    .min(1)
    .max(PARTNERSHIPS_MAX)
    .refine((ids) => new Set(ids).size === ids.length, 'names a partnership twice')
    .meta({ description: 'Partnerships that share the expert; one or more (docs/domain.md#expert-requests)' }),
  title: Line(200),
  situation: Text(10_000).meta({ description: 'Ausgangslage: starting situation, problem and target group' }),
  goal: Text(10_000).meta({ description: 'Ziele und Wirkungen: what is to be reached' }),
  tasks: Text(10_000).meta({ description: 'Aufgaben der Fachkraft' }),
  fieldsOfAction: FieldShares,
  desiredPeriod: Period,
  preferredInstrument: Instrument.nullable()
    .optional()
    .meta({ description: 'A wish; the instrument is chosen in the recommendation' }),
  placeOfWorkMunicipalityId: Id.meta({ description: 'Municipality on the partner side where the expert works' }),
  numberOfExperts: NumberOfExperts.optional(),
};

const SignatureView = z.strictObject({
  partnershipId: Id,
  side: Side,
  municipalityId: Id,
  signedAt: Instant,
});

const SubmissionEvidence = z.strictObject({
  partnershipId: Id,
  evaluationId: Id.meta({ description: 'Evaluation stored by the partnership service as evidence' }),
});

export const AssessmentView = z
  .strictObject({
    id: Id,
    reviewer: Subject.meta({ description: 'Subject of the reviewer' }),
    scores: z
      .array(
        z.strictObject({
          criterion: CriterionKey,
          score: z.int().meta({ description: '0 (not met) to 4 (fully met)' }),
          weightPercent: z
            .int()
            .meta({ description: 'Weight at the time of the assessment; all weights add up to 100' }),
        }),
      )
      .max(CRITERIA_MAX),
    total: Written(10).meta({ description: 'Weighted mean, 0.00 to 4.00' }),
    note: Written(NOTE_MAX).nullable(),
    assessedAt: Instant,
  })
  .meta({ id: 'ExpertRequestAssessmentView' });

const AssessmentSummary = z
  .strictObject({
    assessments: z
      .array(AssessmentView)
      .max(ASSESSMENTS_SHOWN)
      .meta({ description: `The first ${ASSESSMENTS_SHOWN}; mean and spread are of all` }),
    mean: Written(10).meta({ description: 'Mean of the totals, 0.00 to 4.00' }),
    spread: Written(10).meta({
      description: 'Highest minus lowest total; a wide spread asks for a talk between the reviewers',
    }),
    spreadByCriterion: z.array(z.strictObject({ criterion: CriterionKey, spread: z.int() })).max(CRITERIA_MAX),
  })
  .meta({ id: 'ExpertRequestAssessmentSummary' });

export const ExpertRequestView = z
  .strictObject({
    id: Id,
    version: Version,
    status: ExpertRequestStatus,
    ...content,
    preferredInstrument: Instrument.nullable(),
    numberOfExperts: NumberOfExperts,
    // One for each side of a partnership.
    signatures: z.array(SignatureView).max(2 * PARTNERSHIPS_MAX),
    eligibility: z
      .array(SubmissionEvidence)
      .max(PARTNERSHIPS_MAX)
      .meta({ description: 'One evaluation per partnership, taken at submission' }),
    formalCheckNote: Written(NOTE_MAX).nullable(),
    assessment: AssessmentSummary.nullable().meta({
      description: 'Null before the first assessment and for outside users',
    }),
    instrument: Instrument.nullable().meta({ description: 'Chosen in the recommendation' }),
    decisionNote: Written(NOTE_MAX)
      .nullable()
      .meta({ description: 'Reason of the last recommendation, selection or withdrawal' }),
    createdAt: Instant,
    submittedAt: Instant.nullable(),
  })
  .meta({
    id: 'ExpertRequestView',
    description: 'Joint expression of interest (Interessenbekundung) of one or more partnerships.',
  });
export type ExpertRequestView = z.infer<typeof ExpertRequestView>;

export const ExpertRequestSummary = ExpertRequestView.pick({
  id: true,
  version: true,
  status: true,
  partnershipIds: true,
  title: true,
  fieldsOfAction: true,
  desiredPeriod: true,
  preferredInstrument: true,
  placeOfWorkMunicipalityId: true,
  numberOfExperts: true,
  signatures: true,
  instrument: true,
  createdAt: true,
  submittedAt: true,
}).meta({
  id: 'ExpertRequestSummary',
  description: 'A request in a list: without its long texts, evidence and assessments.',
});
export type ExpertRequestSummary = z.infer<typeof ExpertRequestSummary>;

const READERS = { ...grant('any', ...STAFF), ...grant('own', 'municipality-de', 'municipality-partner') };
const APPLICANTS = {
  ...grant('any', 'adviser', 'programme-officer'),
  ...grant('own', 'municipality-de', 'municipality-partner'),
};
const reference = { expertRequestId: Id };
const note = Text(NOTE_MAX).optional();

export const createExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.create',
  http: { method: 'POST', path: '/expert-requests', success: 201, location: '/expert-requests/{id}', putById: true },
  summary: 'Start a joint expression of interest',
  description:
    'A draft for one or more partnerships that ask for one expert together (docs/domain.md#expert-requests). The place of work is a participating municipality of the partner side.',
  request: z.strictObject({ id: Id.optional(), ...content }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_PARTNERSHIP_NOT_KNOWN',
    'STAFFING_EXPERT_REQUEST_PLACE_OF_WORK_NOT_PARTICIPATING',
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
    'Possible while nobody has signed. Revising a RETURNED request makes it a DRAFT again and drops its signatures: both sides sign what they submit.',
  request: z.strictObject({ ...reference, ...z.strictObject(content).partial().shape }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_EXPERT_REQUEST_ALREADY_SIGNED',
    'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED',
    'STAFFING_PARTNERSHIP_NOT_KNOWN',
    'STAFFING_EXPERT_REQUEST_PLACE_OF_WORK_NOT_PARTICIPATING',
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
    status: csv(ExpertRequestStatus).optional(),
    partnershipId: Id.optional(),
    sort: sortQuery('createdAt', 'title'),
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
    'Needs the signatures of both sides of every partnership. Each partnership is evaluated on the day of submission; the evaluations are kept as evidence. When one is not eligible the request stays as it was and the failing rules are named.',
  request: z.strictObject(reference),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING',
    'STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE',
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
  request: z.strictObject({ ...reference, outcome: z.enum(['STARTED', 'PASSED', 'RETURNED', 'REJECTED']), note }),
  reply: ExpertRequestView,
  errors: ['STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED'],
  allow: grant('any', 'adviser', 'programme-officer'),
  idempotency: 'optional',
  precondition: 'required',
});

export const assessExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.assess',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/assessments' },
  summary: 'Score the request as an independent reviewer',
  description:
    'Each criterion in force today is scored once, 0 (not met) to 4 (fully met). Two independent reviewers are needed; nobody scores twice or scores what they signed (docs/domain.md#assessment).',
  request: z.strictObject({
    ...reference,
    scores: z
      .array(z.strictObject({ criterion: MachineText(60).min(1), score: z.int().min(0).max(4) }))
      .min(1)
      .max(CRITERIA_MAX),
    note,
  }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_ASSESSMENT_CRITERIA_INCOMPLETE',
    'STAFFING_ASSESSMENT_REVIEWER_REPEATED',
    'STAFFING_ASSESSMENT_REVIEWER_SIGNED',
    'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED',
  ],
  allow: grant('any', 'adviser', 'programme-officer'),
  idempotency: 'optional',
  precondition: 'required',
});

export const recommendExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.recommend',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/recommendations' },
  summary: 'Recommend or not, and choose the instrument',
  request: z.strictObject({
    ...reference,
    outcome: z.enum(['RECOMMENDED', 'NOT_RECOMMENDED']),
    instrument: Instrument.optional().meta({ description: 'Needed with RECOMMENDED, refused with NOT_RECOMMENDED' }),
    note,
  }),
  reply: ExpertRequestView,
  errors: [
    'STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING',
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
    'A waitlisted request may be selected or declined later; one that was not recommended can only be declined.',
  request: z.strictObject({ ...reference, outcome: z.enum(['SELECTED', 'WAITLISTED', 'DECLINED']), note }),
  reply: ExpertRequestView,
  errors: ['STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED'],
  allow: grant('any', 'programme-officer'),
  idempotency: 'optional',
  precondition: 'required',
});

export const withdrawExpertRequest = operation({
  subject: 'rpc.staffing.expert-request.withdraw',
  http: { method: 'POST', path: '/expert-requests/{expertRequestId}/withdrawals' },
  summary: 'Withdraw an open request',
  request: z.strictObject({ ...reference, note }),
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
