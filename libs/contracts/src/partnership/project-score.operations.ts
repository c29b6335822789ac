import { z } from 'zod';
import { operation } from '../operation';
import { EVERY_PERSON } from '../roles';
import { Day, Id, Instant, LocalizedText, pageOf, pageQuery, Subject, Text, Written } from '../values';
import { READ_PARTNERSHIPS, WRITE_PARTNERSHIPS } from './municipality.operations';
import { PROJECT_ACT, ProjectStage } from './project.operations';

/** Source: G20 Principles for the Infrastructure Project Preparation Phase, docs/domain.md#bankable-projects. */
export const ScoreDimension = z.enum(['RATIONALE', 'OPTIONS', 'COMMERCIAL', 'AFFORDABILITY', 'DELIVERABILITY']).meta({
  id: 'ScoreDimension',
  description: 'Project rationale, options appraisal, commercial viability, affordability, deliverability',
});
export type ScoreDimension = z.infer<typeof ScoreDimension>;

const SCORE_MAX = 4;
const CRITERIA_MAX = 40;
const Points = z.int().min(0).max(SCORE_MAX);
/** 0.00 to 4.00. */
const Mean = Written(5).meta({ description: 'Weighted mean, 0.00 to 4.00' });
const CriterionKey = Text(40);

export const ProjectRubricView = z
  .strictObject({
    validFrom: Day.meta({ description: 'What this version of the rubric is known by' }),
    validTo: Day.nullable(),
    source: Written(700),
    criteria: z
      .array(
        z.strictObject({
          criterion: Written(40),
          dimension: ScoreDimension,
          title: LocalizedText,
          weightPercent: z.int(),
        }),
      )
      .max(CRITERIA_MAX),
  })
  .meta({ id: 'ProjectRubricView', description: 'By what projects are scored on a day.' });
export type ProjectRubricView = z.infer<typeof ProjectRubricView>;

export const getProjectRubric = operation({
  subject: 'rpc.partnership.project-rubric.get',
  http: { method: 'GET', path: '/project-rubric' },
  summary: 'Read by what projects are scored',
  request: z.strictObject({ on: Day.optional() }),
  reply: ProjectRubricView,
  errors: ['PARTNERSHIP_PROJECT_RULES_MISSING'],
  allow: EVERY_PERSON,
});

export const ScorecardView = z
  .strictObject({
    id: Id,
    stage: ProjectStage,
    rubricFrom: Day.meta({ description: 'The version of the rubric; another one leaves this score as it is' }),
    total: Mean,
    dimensions: z.array(z.strictObject({ dimension: ScoreDimension, mean: Mean })).max(5),
    scores: z
      .array(
        z.strictObject({
          criterion: Written(40),
          dimension: ScoreDimension,
          score: Points,
          weightPercent: z.int(),
          justification: Written(1000),
        }),
      )
      .max(CRITERIA_MAX),
    scoredBy: Subject,
    scoredAt: Instant,
  })
  .meta({ id: 'ScorecardView', description: 'How ready a project was found at one time.' });
export type ScorecardView = z.infer<typeof ScorecardView>;

export const scoreProject = operation({
  subject: 'rpc.partnership.scorecard.record',
  http: { method: 'POST', path: '/projects/{projectId}/scorecards' },
  summary: 'Score how ready a project is, each criterion of the rubric with its reason',
  request: z.strictObject({
    projectId: Id,
    scores: z
      .array(z.strictObject({ criterion: CriterionKey, score: Points, justification: Text(1000) }))
      .min(1)
      .max(CRITERIA_MAX),
  }),
  errors: [
    'PARTNERSHIP_PROJECT_STATE_INVALID',
    'PARTNERSHIP_PROJECT_SCORES_INCOMPLETE',
    'PARTNERSHIP_PROJECT_RULES_MISSING',
  ],
  allow: WRITE_PARTNERSHIPS,
  ...PROJECT_ACT,
});

export const listScorecards = operation({
  subject: 'rpc.partnership.scorecard.list',
  http: { method: 'GET', path: '/projects/{projectId}/scorecards' },
  summary: 'List the scorecards of a project, the latest first',
  request: z.strictObject({ ...pageQuery, projectId: Id }),
  reply: pageOf(ScorecardView),
  allow: READ_PARTNERSHIPS,
});
