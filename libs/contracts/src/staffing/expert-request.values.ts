import { z } from 'zod';
import { CaseNumber } from '../case-number';
import { Instrument } from '../finance/cost-inputs';
import { JOINT_PARTNERSHIPS_MAX } from '../partnership/eligibility.operations';
import { Side } from '../partnership/municipality.operations';
import { internal } from '../internal';
import type { Role } from '../roles';
import { Id, Instant, Line, Period, Subject, Text, Version, Written } from '../values';
import { EligibilityChecks, SubmissionEvidence } from './eligibility.values';
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

export const CRITERIA_MAX = 50;
export const NOTE_MAX = 4_000;
/** Assessments that one answer shows; two are needed, and there are more only of requests from before that was so. */
export const ASSESSMENTS_SHOWN = 10;
/** So many score a request; then all are in. Source: docs/domain.md#assessment. */
export const REVIEWERS = 2;
/** Who sees the assessments once all are in: whoever may score or decide, and the auditor. */
export const ASSESSMENT_READERS: readonly Role[] = ['programme-officer', 'adviser', 'auditor'];

/** Whose act a request waits for: a side of a partnership, any of the applicants, or the fund. */
export const WaitedFor = z.enum(['DE', 'PARTNER', 'APPLICANTS', 'FUND']);
export type WaitedFor = z.infer<typeof WaitedFor>;
export const CriterionKey = Written(60);

const NumberOfExperts = z.int().min(1).max(100).nullable().meta({
  description:
    'How many experts are asked for; no more are planned. Null: not said; their terms together are then no longer than one may serve',
});

/** What the applicants write. */
export const expertRequestContent = {
  partnershipIds: z
    .array(Id)
    .min(1)
    .max(JOINT_PARTNERSHIPS_MAX)
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
    revision: z.int().positive().meta({ description: 'Above 1 when the reviewer corrected it before all were in' }),
    correctionReason: Written(NOTE_MAX).nullable(),
  })
  .meta({ id: 'ExpertRequestAssessmentView' });

const AssessmentSummary = z
  .strictObject({
    reviewersIn: z.int().meta({ description: 'How many have scored' }),
    reviewersNeeded: z.int(),
    assessments: z
      .array(AssessmentView)
      .max(ASSESSMENTS_SHOWN)
      .meta({
        description: `Until all reviewers are in only the caller's own; then the first ${ASSESSMENTS_SHOWN}, mean and spread are of all`,
      }),
    mean: Written(10).nullable().meta({ description: 'Mean of the totals, 0.00 to 4.00; null until all are in' }),
    spread: Written(10).nullable().meta({
      description:
        'Highest minus lowest total; a wide spread asks for a talk between the reviewers. Null until all are in',
    }),
    spreadByCriterion: z
      .array(z.strictObject({ criterion: CriterionKey, spread: z.int() }))
      .max(CRITERIA_MAX)
      .meta({ description: 'Empty until all are in' }),
  })
  .meta({ id: 'ExpertRequestAssessmentSummary' });

const Waiting = z.strictObject({
  act: z.enum(['SIGNATURE', 'SUBMISSION', 'REVISION', 'FORMAL_CHECK', 'ASSESSMENT', 'RECOMMENDATION', 'SELECTION']),
  by: WaitedFor,
  partnershipId: Id.nullable().meta({ description: 'With SIGNATURE: a municipality of this side of it signs' }),
  since: Instant,
});
export type Waiting = z.infer<typeof Waiting>;

const Correction = z.strictObject({
  reason: Written(NOTE_MAX).nullable(),
  correctedAt: Instant,
  before: z
    .strictObject({ ...expertRequestContent, preferredInstrument: Instrument.nullable() })
    .partial()
    .meta({ description: 'What was changed since the request was returned, as it was before' }),
});

export const ExpertRequestView = z
  .strictObject({
    id: Id,
    version: Version,
    caseNumber: CaseNumber,
    status: ExpertRequestStatus,
    ...expertRequestContent,
    preferredInstrument: Instrument.nullable(),
    numberOfExperts: NumberOfExperts,
    invitedPartnershipIds: z.array(Id).max(JOINT_PARTNERSHIPS_MAX).meta({
      description:
        'Named by a municipality that takes no part in them, whether there are such partnerships or not. Each joins by its first signature; until then the request is not among its own.',
    }),
    // One for each side of a partnership.
    signatures: z.array(SignatureView).max(2 * JOINT_PARTNERSHIPS_MAX),
    eligibility: SubmissionEvidence,
    eligibilityChecks: EligibilityChecks,
    waitingFor: z
      .array(Waiting)
      .max(2 * JOINT_PARTNERSHIPS_MAX)
      .meta({ description: 'Who must act next, and since when; empty when the request is decided' }),
    formalCheckNote: internal(Written(NOTE_MAX), 'Note of the last formal check'),
    formalCheckReason: Written(NOTE_MAX)
      .nullable()
      .meta({ description: 'What the applicants were told with the last formal check' }),
    correction: Correction.nullable().meta({ description: 'Of the last return; null when nothing was changed' }),
    assessment: internal(
      AssessmentSummary,
      'Null before the first assessment, and for who may neither score nor decide nor audit',
    ),
    instrument: Instrument.nullable().meta({ description: 'Chosen in the recommendation' }),
    recommendedBy: internal(Subject, 'Who recommended or did not'),
    selectedBy: internal(Subject, 'Who recorded the last decision of the panel'),
    selectedAlone: z.boolean().meta({
      description:
        'Whoever recommended also recorded the decision: possible in a demonstration only (SELECTION_BY_ONE_PERSON)',
    }),
    decisionNote: internal(Written(NOTE_MAX), 'Note of the last recommendation, selection or withdrawal'),
    decisionReason: Written(NOTE_MAX)
      .nullable()
      .meta({ description: 'What everybody was told with the last decision of the panel, or with the withdrawal' }),
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
  caseNumber: true,
  status: true,
  partnershipIds: true,
  title: true,
  fieldsOfAction: true,
  desiredPeriod: true,
  preferredInstrument: true,
  placeOfWorkMunicipalityId: true,
  numberOfExperts: true,
  signatures: true,
  waitingFor: true,
  instrument: true,
  selectedAlone: true,
  createdAt: true,
  submittedAt: true,
}).meta({
  id: 'ExpertRequestSummary',
  description: 'A request in a list: without its long texts, evidence and assessments.',
});
export type ExpertRequestSummary = z.infer<typeof ExpertRequestSummary>;
