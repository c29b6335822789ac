import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { CaseNumber, caseNumberQuery } from '../case-number';
import { Money, PositiveMoney } from '../money';
import { operation } from '../operation';
import { type Allow, grant } from '../roles';
import {
  csv,
  CurrencyCode,
  Day,
  Id,
  Instant,
  Line,
  pageOf,
  pageQuery,
  Sha256,
  sortQuery,
  Subject,
  Text,
  Version,
  Written,
} from '../values';
import { READ_PARTNERSHIPS, WRITE_PARTNERSHIPS } from './municipality.operations';

/** The way of a project, each step left through a gate. Source: docs/domain.md#bankable-projects. */
export const PROJECT_STAGES = [
  'IDEA',
  'CONCEPT',
  'PRE_FEASIBILITY',
  'FEASIBILITY',
  'STRUCTURING',
  'FINANCING_SECURED',
  'IMPLEMENTATION',
  'OPERATION',
] as const;
export const ProjectStage = z.enum(PROJECT_STAGES).meta({
  id: 'ProjectStage',
  description: 'Idee, Konzept, Vormachbarkeit, Machbarkeit, Strukturierung, Finanzierung gesichert, Umsetzung, Betrieb',
});
export type ProjectStage = z.infer<typeof ProjectStage>;

export const ProjectStatus = z
  .enum(['PREPARING', 'IN_REVIEW', 'ON_HOLD', 'ABANDONED', 'HANDED_OVER', 'COMPLETED'])
  .meta({
    id: 'ProjectStatus',
    description:
      'PREPARING: evidence for the gate of the stage is gathered. IN_REVIEW: the gate is with reviewers. HANDED_OVER: a facility for project preparation goes on with it. COMPLETED: the gate of the operation is passed.',
  });
export type ProjectStatus = z.infer<typeof ProjectStatus>;

export const ProjectSector = z
  .enum(['WASTE', 'WATER', 'ENERGY', 'TRANSPORT', 'BUILDINGS', 'NATURE', 'DIGITAL', 'OTHER'])
  .meta({ id: 'ProjectSector', description: 'What decides which further evidence a gate asks for' });
export type ProjectSector = z.infer<typeof ProjectSector>;

export const ProjectOrigin = z
  .strictObject({ kind: z.enum(['REQUEST', 'ASSIGNMENT', 'EVENT', 'OTHER']), id: Id.nullable() })
  .refine(({ kind, id }) => (kind === 'OTHER') === (id === null), {
    path: ['id'],
    message: 'names the request, assignment or event that the idea was born from; none for OTHER',
  })
  .meta({ id: 'ProjectOrigin', description: 'What the idea was born from.' });
export type ProjectOrigin = z.infer<typeof ProjectOrigin>;

/** In the order in which money becomes certain; LOST from any. */
export const FUNDING_STEPS = ['IDENTIFIED', 'IN_TALKS', 'COMMITTED', 'SIGNED', 'LOST'] as const;
export const FundingStatus = z.enum(FUNDING_STEPS).meta({ id: 'FundingStatus' });
export type FundingStatus = z.infer<typeof FundingStatus>;

export const FundingKind = z.enum(['OWN', 'TRANSFER', 'GRANT', 'LOAN', 'PRIVATE']).meta({
  id: 'FundingKind',
  description: 'Own means, transfers of the state, grants, loans, private capital',
});
export type FundingKind = z.infer<typeof FundingKind>;

export const FundingSourceView = z
  .strictObject({
    id: Id,
    kind: FundingKind,
    financier: Written(200),
    amount: Money,
    status: FundingStatus,
    signedOn: Day.nullable(),
    documentSha256: Sha256.nullable().meta({ description: 'SHA-256 of the signed agreement' }),
    note: Written(1000).nullable(),
    changedBy: Subject,
    changedAt: Instant,
  })
  .meta({ id: 'FundingSourceView' });
export type FundingSourceView = z.infer<typeof FundingSourceView>;

/** Sources of a project; more are no plan any more. */
export const FUNDING_SOURCES_MAX = 50;
const ACCURACY_MAX = 100;
/** A municipality goes into another so often at the very most, as far as a project tells. */
const FORMER_OWNERS_MAX = 10;

export const ProjectFundingView = z
  .strictObject({
    identified: Money,
    inTalks: Money,
    committed: Money,
    signed: Money,
    gap: Money.nullable().meta({
      description: 'Investment less what is committed and signed; null without an estimate',
    }),
  })
  .meta({ id: 'ProjectFundingView', description: 'What the sources add up to, by how certain they are.' });

export const ProjectView = z
  .strictObject({
    id: Id,
    version: Version,
    caseNumber: CaseNumber,
    partnershipId: Id,
    ownerMunicipalityId: Id.meta({ description: 'The municipality of the partner side that carries the project' }),
    formerOwners: z
      .array(
        z.strictObject({
          municipalityId: Id,
          name: Written(200),
          until: Day.meta({ description: 'First day on which another carries the project' }),
        }),
      )
      .max(FORMER_OWNERS_MAX)
      .meta({ description: 'Who carried it and went into another municipality, latest first' }),
    title: Written(200),
    summary: Written(4000),
    sector: ProjectSector,
    stage: ProjectStage,
    stageSince: Day,
    status: ProjectStatus,
    statusReason: Written(1000).nullable(),
    facility: Written(200).nullable().meta({ description: 'Who goes on with it, once it was handed over' }),
    origin: ProjectOrigin,
    currency: CurrencyCode,
    capex: Money.nullable().meta({ description: 'Investment' }),
    opexPerYear: Money.nullable(),
    costAccuracyPercent: z.int().nullable().meta({ description: 'The estimate is right within so many percent' }),
    funding: ProjectFundingView,
    fundingSources: z.array(FundingSourceView).max(FUNDING_SOURCES_MAX),
    approvals: z
      .strictObject({ given: z.int(), needed: z.int() })
      .nullable()
      .meta({ description: 'Of the gate that is in review; null outside one' }),
    author: Subject,
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'ProjectView', description: 'A project that is prepared until somebody finances it.' });
export type ProjectView = z.infer<typeof ProjectView>;

export const ProjectSummary = ProjectView.omit({
  formerOwners: true,
  summary: true,
  statusReason: true,
  fundingSources: true,
  approvals: true,
}).meta({ id: 'ProjectSummary', description: 'A project in a list.' });
export type ProjectSummary = z.infer<typeof ProjectSummary>;

/** Offices for all, both municipalities for what they take part in. */
export const PREPARE_PROJECTS: Allow = {
  ...WRITE_PARTNERSHIPS,
  ...grant('own', 'municipality-de', 'municipality-partner'),
};

/** Every act on a project: its state and version are asked first. */
export const PROJECT_ACT = { reply: ProjectView, idempotency: 'optional', precondition: 'required' } as const;

const content = {
  ownerMunicipalityId: Id,
  title: Line(200),
  summary: Text(4000),
  sector: ProjectSector,
  capex: PositiveMoney.optional(),
  opexPerYear: PositiveMoney.optional(),
  costAccuracyPercent: z.int().min(1).max(ACCURACY_MAX).optional(),
};

export const createProject = operation({
  subject: 'rpc.partnership.project.create',
  http: { method: 'POST', path: '/projects', success: 201, location: '/projects/{id}', putById: true },
  summary: 'Record the idea of a project that is to become bankable',
  description: 'It begins as IDEA. Amounts are in the currency of the project.',
  request: z.strictObject({
    id: Id.optional(),
    partnershipId: Id,
    ...content,
    origin: ProjectOrigin.default({ kind: 'OTHER', id: null }),
    currency: CurrencyCode.default('EUR'),
  }),
  reply: ProjectView,
  errors: [
    'PARTNERSHIP_PROJECT_OWNER_INVALID',
    'PARTNERSHIP_PROJECT_PARTNERSHIP_ENDED',
    'PARTNERSHIP_PROJECT_CURRENCY_DIFFERS',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: PREPARE_PROJECTS,
  idempotency: 'optional',
});

export const getProject = operation({
  subject: 'rpc.partnership.project.get',
  http: { method: 'GET', path: '/projects/{projectId}' },
  summary: 'Read a project',
  request: z.strictObject({ projectId: Id }),
  reply: ProjectView,
  allow: READ_PARTNERSHIPS,
});

export const listProjectActions = actionsOf('rpc.partnership.project', '/projects/{projectId}', READ_PARTNERSHIPS);

const projectFilter = {
  q: Line(100).optional().meta({ description: 'Words of the title; accents ignored, typing errors tolerated' }),
  partnershipId: Id.optional(),
  municipalityId: Id.optional().meta({ description: 'Takes part in the partnership' }),
  stage: csv(ProjectStage).optional(),
  status: csv(ProjectStatus).optional(),
  sector: csv(ProjectSector).optional(),
};

export const listProjects = operation({
  subject: 'rpc.partnership.project.list',
  http: { method: 'GET', path: '/projects' },
  summary: 'List projects',
  request: z.strictObject({
    ...pageQuery,
    ...caseNumberQuery,
    ...projectFilter,
    sort: sortQuery('createdAt', 'updatedAt', 'stageSince'),
  }),
  reply: pageOf(ProjectSummary),
  allow: READ_PARTNERSHIPS,
});

/** Currencies that the projects of one answer may have; more than there are. */
const CURRENCIES_MAX = 200;

export const ProjectCountsView = z
  .strictObject({
    projects: z.int().meta({ description: 'All that the filter finds' }),
    stages: z
      .array(
        z.strictObject({
          stage: ProjectStage,
          projects: z.int().meta({ description: 'Are in this stage and go on' }),
          reached: z.int().meta({ description: 'Have reached this stage, whatever became of them' }),
          medianDays: z
            .int()
            .nullable()
            .meta({ description: 'Days that this stage took those that left it; the median' }),
        }),
      )
      .max(PROJECT_STAGES.length),
    onHold: z.int(),
    abandoned: z.int(),
    handedOver: z.int(),
    completed: z.int(),
    money: z
      .array(z.strictObject({ capex: Money, committed: Money, signed: Money }))
      .max(CURRENCIES_MAX)
      .meta({ description: 'By currency, of projects that were not abandoned' }),
  })
  .meta({ id: 'ProjectCountsView', description: 'How far projects have come, and with how much money.' });
export type ProjectCountsView = z.infer<typeof ProjectCountsView>;

export const countProjects = operation({
  subject: 'rpc.partnership.project.count',
  http: { method: 'GET', path: '/project-counts' },
  summary: 'Count projects by stage, with the filters of their list',
  request: z.strictObject(projectFilter),
  reply: ProjectCountsView,
  allow: READ_PARTNERSHIPS,
});

export const changeProject = operation({
  subject: 'rpc.partnership.project.change',
  http: { method: 'POST', path: '/projects/{projectId}/changes' },
  summary: 'Change what a project says, while it is prepared',
  description: 'All that it says, as it is to be: an amount that is left out is none.',
  request: z.strictObject({ projectId: Id, ...content }),
  errors: [
    'PARTNERSHIP_PROJECT_STATE_INVALID',
    'PARTNERSHIP_PROJECT_OWNER_INVALID',
    'PARTNERSHIP_PROJECT_CURRENCY_DIFFERS',
  ],
  allow: PREPARE_PROJECTS,
  ...PROJECT_ACT,
});

const reason = Text(1000);

export const holdProject = operation({
  subject: 'rpc.partnership.project.hold',
  http: { method: 'POST', path: '/projects/{projectId}/holds' },
  summary: 'Let a project rest',
  description: 'A gate that is in review goes back to the preparation; approvals that were given are void.',
  request: z.strictObject({ projectId: Id, reason }),
  errors: ['PARTNERSHIP_PROJECT_STATE_INVALID'],
  allow: WRITE_PARTNERSHIPS,
  ...PROJECT_ACT,
});

export const resumeProject = operation({
  subject: 'rpc.partnership.project.resume',
  http: { method: 'POST', path: '/projects/{projectId}/resumptions' },
  summary: 'Go on with a project that rested',
  request: z.strictObject({ projectId: Id }),
  errors: ['PARTNERSHIP_PROJECT_STATE_INVALID'],
  allow: WRITE_PARTNERSHIPS,
  ...PROJECT_ACT,
});

export const abandonProject = operation({
  subject: 'rpc.partnership.project.abandon',
  http: { method: 'POST', path: '/projects/{projectId}/abandonments' },
  summary: 'Give a project up for good',
  request: z.strictObject({ projectId: Id, reason }),
  errors: ['PARTNERSHIP_PROJECT_STATE_INVALID'],
  allow: WRITE_PARTNERSHIPS,
  ...PROJECT_ACT,
});

export const handOverProject = operation({
  subject: 'rpc.partnership.project.hand-over',
  http: { method: 'POST', path: '/projects/{projectId}/handovers' },
  summary: 'Hand a project over to a facility for project preparation, which goes on with it',
  description: 'From the concept on: before, there is nothing that a facility could take over.',
  request: z.strictObject({ projectId: Id, facility: Line(200), reason }),
  errors: ['PARTNERSHIP_PROJECT_STATE_INVALID'],
  allow: WRITE_PARTNERSHIPS,
  ...PROJECT_ACT,
});
