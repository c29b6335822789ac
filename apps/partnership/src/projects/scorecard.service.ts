import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import {
  getProjectRubric,
  listScorecards,
  type ProjectRubricView,
  type ProjectView,
  type ScorecardView,
  scoreProject,
} from '#contracts/partnership';
import { Database, refuseForeign } from '#database';
import type { Act } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { readRules } from '#rules';
import { act, PROJECT_OWNERSHIP } from './project.act';
import { Project } from './project.entity';
import { ProjectReader } from './project.reader';
import { PROJECT_RUBRIC } from './project-rules';
import { CRITERIA } from './rubric-criteria';
import { meanOf, meansByDimension, weigh, type WeighedScore } from './scorecard';

interface ScorecardRow extends Omit<ScorecardView, 'total' | 'dimensions' | 'scores' | 'scoredAt'> {
  readonly scores: WeighedScore[];
  readonly scoredAt: Date;
}

/** How ready projects are found, by the rubric of the day; an earlier score keeps the rubric that it was given by. */
@Injectable()
export class ScorecardService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly reader: ProjectReader,
  ) {}

  @Handle(getProjectRubric)
  async rubric({ on = this.clock.today() }: RequestOf<typeof getProjectRubric>): Promise<ProjectRubricView> {
    const rules = (await readRules(this.database, PROJECT_RUBRIC)).inForceOn(on);
    const { validFrom, validTo, source } = rules.row('weights');
    const criteria = rules
      .value('weights')
      .map(([criterion, weightPercent]) => ({ criterion, weightPercent, ...CRITERIA[criterion] }));
    return { validFrom, validTo, source, criteria };
  }

  @act(scoreProject, { possible: (project) => project.assertOpen() })
  async score(project: Project, { scores }: RequestOf<typeof scoreProject>, { tx, call }: Act): Promise<void> {
    const rules = (await readRules(tx, PROJECT_RUBRIC)).inForceOn(this.clock.today());
    const weighed = weigh(scores, rules.value('weights'));
    const [id, at] = [newId(), this.clock.now()];
    await tx.query(
      `INSERT INTO project_scorecard (id, project_id, stage, rubric_from, scores, scored_by, scored_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, project.id, project.stage, rules.row('weights').validFrom, JSON.stringify(weighed), call.caller.subject, at],
    );
    tx.noteChange({ object: 'project_scorecard', id, isNew: true });
    project.updatedAt = at;
  }

  @Handle(listScorecards)
  async list({ projectId, limit, cursor }: RequestOf<typeof listScorecards>, call: Call): Promise<Page<ScorecardView>> {
    await refuseForeign(this.database, call, { ownership: PROJECT_OWNERSHIP, id: projectId });
    if (call.scope === 'any') await this.database.findOrFail(Project, projectId);
    return this.database.page<ScorecardRow, ScorecardView>({
      select: 'SELECT s.id, s.stage, s.rubric_from, s.scores, s.scored_by, s.scored_at FROM project_scorecard s',
      where: ['s.project_id = $1'],
      parameters: [projectId],
      sort: [{ key: 'scoredAt', column: 's.scored_at', type: 'timestamptz', descending: true }],
      idColumn: 's.id',
      limit,
      cursor,
      filterHash: { list: 'scorecards', projectId },
      items: (rows) => rows.map(scorecardView),
    });
  }

  view({ id }: Project, { tx }: Act): Promise<ProjectView> {
    return this.reader.told(tx, id);
  }
}

function scorecardView({ id, stage, rubricFrom, scores, scoredBy, scoredAt }: ScorecardRow): ScorecardView {
  return {
    id,
    stage,
    rubricFrom,
    total: meanOf(scores),
    dimensions: meansByDimension(scores),
    scores,
    scoredBy,
    scoredAt: scoredAt.toISOString(),
  };
}
