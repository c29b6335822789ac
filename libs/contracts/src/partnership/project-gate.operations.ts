import { z } from 'zod';
import { operation } from '../operation';
import { Day, Id, Instant, Line, LocalizedText, pageOf, pageQuery, Sha256, Subject, Text, Written } from '../values';
import { READ_PARTNERSHIPS, WRITE_PARTNERSHIPS } from './municipality.operations';
import { PREPARE_PROJECTS, PROJECT_ACT, ProjectStage } from './project.operations';

/** `MUST`: no gate without it. `SHOULD`: its absence is seen by the reviewers. */
export const Requirement = z.enum(['MUST', 'SHOULD']).meta({ id: 'Requirement' });
export type Requirement = z.infer<typeof Requirement>;

/** An item of the checklist, or the id of the approval whose condition is met. */
const ItemKey = Line(60);
/** What reviewers can look at. */
export const EVIDENCE_PER_STAGE_MAX = 100;
const ITEMS_MAX = 60;

export const ProjectEvidenceView = z
  .strictObject({
    id: Id,
    stage: ProjectStage,
    item: Written(60),
    title: Written(200),
    documentSha256: Sha256.nullable(),
    reference: Written(500).nullable().meta({ description: 'Where the document is kept, or what proves it' }),
    recordedBy: Subject,
    recordedAt: Instant,
    withdrawal: z.strictObject({ by: Subject, at: Instant, reason: Written(1000) }).nullable(),
  })
  .meta({ id: 'ProjectEvidenceView', description: 'What proves an item of a gate; never changed, only withdrawn.' });
export type ProjectEvidenceView = z.infer<typeof ProjectEvidenceView>;

export const GateItemView = z
  .strictObject({
    item: Written(60),
    title: LocalizedText,
    requirement: Requirement,
    isMet: z.boolean(),
    proof: z.enum(['EVIDENCE', 'FIGURES', 'CONDITION']).meta({
      description:
        'EVIDENCE: somebody records what proves it. FIGURES: follows from the estimate and the sources of funding. CONDITION: was set with an approval of an earlier gate',
    }),
  })
  .meta({ id: 'GateItemView' });
export type GateItemView = z.infer<typeof GateItemView>;

export const ProjectGateView = z
  .strictObject({
    stage: ProjectStage,
    next: ProjectStage.nullable().meta({ description: 'What the gate leads to; null: the end of the way' }),
    items: z.array(GateItemView).max(ITEMS_MAX),
    evidence: z
      .array(ProjectEvidenceView.omit({ withdrawal: true }))
      .max(EVIDENCE_PER_STAGE_MAX)
      .meta({ description: 'What proves the items; without what was withdrawn' }),
    missing: z
      .array(z.strictObject({ item: Written(60), title: LocalizedText }))
      .max(ITEMS_MAX)
      .meta({ description: 'What the gate must have and has not' }),
    approvalsNeeded: z.int(),
    ruleFrom: Day.meta({ description: 'Since when this checklist holds' }),
    source: Written(700),
  })
  .meta({ id: 'ProjectGateView', description: 'What must be there before a project leaves its stage, and what is.' });
export type ProjectGateView = z.infer<typeof ProjectGateView>;

export const getProjectGate = operation({
  subject: 'rpc.partnership.project-gate.get',
  http: { method: 'GET', path: '/projects/{projectId}/gate' },
  summary: 'Read the checklist of the gate that a project stands before',
  request: z.strictObject({ projectId: Id }),
  reply: ProjectGateView,
  errors: ['PARTNERSHIP_PROJECT_RULES_MISSING'],
  allow: READ_PARTNERSHIPS,
});

export const recordProjectEvidence = operation({
  subject: 'rpc.partnership.project-evidence.record',
  http: { method: 'POST', path: '/projects/{projectId}/evidence' },
  summary: 'Record what proves an item of the gate',
  description: 'With the hash of a document, or with a reference to what proves it.',
  request: z
    .strictObject({
      projectId: Id,
      item: ItemKey,
      title: Line(200),
      documentSha256: Sha256.optional(),
      reference: Line(500).optional(),
    })
    .refine(({ documentSha256, reference }) => documentSha256 !== undefined || reference !== undefined, {
      path: ['reference'],
      message: 'a document or a reference proves an item',
    }),
  errors: [
    'PARTNERSHIP_PROJECT_STATE_INVALID',
    'PARTNERSHIP_PROJECT_ITEM_UNKNOWN',
    'PARTNERSHIP_PROJECT_EVIDENCE_FULL',
    'PARTNERSHIP_PROJECT_RULES_MISSING',
  ],
  allow: PREPARE_PROJECTS,
  ...PROJECT_ACT,
});

export const withdrawProjectEvidence = operation({
  subject: 'rpc.partnership.project-evidence.withdraw',
  http: { method: 'POST', path: '/projects/{projectId}/evidence/{evidenceId}/withdrawals' },
  summary: 'Withdraw evidence that was wrong; it stays visible',
  request: z.strictObject({ evidenceId: Id, reason: Text(1000), projectId: Id }),
  errors: ['PARTNERSHIP_PROJECT_STATE_INVALID', 'PARTNERSHIP_PROJECT_EVIDENCE_WITHDRAWN'],
  allow: PREPARE_PROJECTS,
  ...PROJECT_ACT,
});

export const listProjectEvidence = operation({
  subject: 'rpc.partnership.project-evidence.list',
  http: { method: 'GET', path: '/projects/{projectId}/evidence' },
  summary: 'List everything that was ever recorded for the gates of a project',
  request: z.strictObject({ ...pageQuery, projectId: Id }),
  reply: pageOf(ProjectEvidenceView),
  allow: READ_PARTNERSHIPS,
});

export const requestGateReview = operation({
  subject: 'rpc.partnership.gate-review.request',
  http: { method: 'POST', path: '/projects/{projectId}/gate-reviews' },
  summary: 'Put a project before its gate',
  description:
    'Refused with each item that must be there and is not. Evidence stays as it is while reviewers look at it.',
  request: z.strictObject({ projectId: Id, note: Text(1000).optional() }),
  errors: [
    'PARTNERSHIP_PROJECT_STATE_INVALID',
    'PARTNERSHIP_PROJECT_GATE_INCOMPLETE',
    'PARTNERSHIP_PROJECT_RULES_MISSING',
  ],
  allow: PREPARE_PROJECTS,
  ...PROJECT_ACT,
});

export const GateVerdict = z.enum(['PASS', 'PASS_WITH_CONDITIONS', 'BACK']).meta({
  id: 'GateVerdict',
  description:
    'PASS_WITH_CONDITIONS: the conditions become items of the next gate. BACK: the project is prepared further, and what was approved before is void.',
});
export type GateVerdict = z.infer<typeof GateVerdict>;

export const decideGateReview = operation({
  subject: 'rpc.partnership.gate-review.decide',
  http: { method: 'POST', path: '/projects/{projectId}/gate-decisions' },
  summary: 'Approve a gate, with conditions or without, or send it back',
  description:
    'By somebody who neither wrote the project, nor recorded its evidence, nor asked for the review; one decision of each person. The project moves on with the last approval that is needed.',
  request: z
    .strictObject({ projectId: Id, verdict: GateVerdict, note: Text(1000).optional() })
    .refine(({ verdict, note }) => verdict === 'PASS' || note !== undefined, {
      path: ['note'],
      message: 'states the conditions, or what is to be done',
    }),
  errors: [
    'PARTNERSHIP_PROJECT_STATE_INVALID',
    'PARTNERSHIP_PROJECT_REVIEWER_IS_AUTHOR',
    'PARTNERSHIP_PROJECT_REVIEWER_REPEATED',
  ],
  allow: WRITE_PARTNERSHIPS,
  ...PROJECT_ACT,
});

const DECISIONS_MAX = 10;

export const GateReviewView = z
  .strictObject({
    id: Id,
    stage: ProjectStage,
    status: z.enum(['OPEN', 'PASSED', 'RETURNED', 'INTERRUPTED']),
    requestedBy: Subject,
    requestedAt: Instant,
    note: Written(1000).nullable(),
    approvalsNeeded: z.int(),
    ruleFrom: Day,
    items: z
      .array(z.strictObject({ item: Written(60), title: LocalizedText, requirement: Requirement, isMet: z.boolean() }))
      .max(ITEMS_MAX)
      .meta({ description: 'The checklist as it was when the review was asked for' }),
    decisions: z
      .array(
        z.strictObject({
          id: Id,
          by: Subject,
          at: Instant,
          verdict: GateVerdict,
          note: Written(1000).nullable(),
          isVoid: z.boolean().meta({ description: 'An approval of a review that was sent back counts no more' }),
        }),
      )
      .max(DECISIONS_MAX),
  })
  .meta({ id: 'GateReviewView', description: 'One time that a project stood before a gate.' });
export type GateReviewView = z.infer<typeof GateReviewView>;

export const listGateReviews = operation({
  subject: 'rpc.partnership.gate-review.list',
  http: { method: 'GET', path: '/projects/{projectId}/gate-reviews' },
  summary: 'List the times that a project stood before a gate, and what reviewers said',
  request: z.strictObject({ ...pageQuery, projectId: Id }),
  reply: pageOf(GateReviewView),
  allow: READ_PARTNERSHIPS,
});
