import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf, toMoney } from '#contracts';
import {
  countProjects,
  getProject,
  listProjects,
  PROJECT_STAGES,
  type ProjectCountsView,
  type ProjectStage,
  type ProjectStatus,
  type ProjectSummary,
  type ProjectView,
} from '#contracts/partnership';
import { Database, Filters, type Queries, type SortColumn, type Tx, visibleTo } from '#database';
import { Outbox } from '#messaging';
import { type Call, Handle } from '#platform';
import { takingPartIn } from '../participation.rows';
import { PROJECT_OWNERSHIP } from './project.act';
import {
  projectRecordedMessage,
  type ProjectRow,
  projectSelect,
  projectSummary,
  type ProjectSummaryRow,
  projectSummarySelect,
  projectView,
} from './project.messages';

const SORT: Readonly<Record<string, SortColumn>> = {
  createdAt: { key: 'createdAt', column: 'pr.created_at', type: 'timestamptz' },
  updatedAt: { key: 'updatedAt', column: 'pr.updated_at', type: 'timestamptz' },
  stageSince: { key: 'stageSince', column: 'pr.stage_since', type: 'date' },
};

interface CountRow {
  readonly stage: ProjectStage;
  readonly status: ProjectStatus;
  readonly projects: number;
}

/** What is read of projects; each change is answered with the present state and published with it. */
@Injectable()
export class ProjectReader {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  @Handle(getProject)
  get({ projectId }: RequestOf<typeof getProject>, call: Call): Promise<ProjectView> {
    return this.find(this.database, projectId, call);
  }

  @Handle(listProjects)
  list(
    { limit, cursor, sort, caseNumber, ...filter }: RequestOf<typeof listProjects>,
    call: Call,
  ): Promise<Page<ProjectSummary>> {
    const filters = filtersOf(filter).add('pr.case_number = ?', caseNumber);
    return this.database.page<ProjectSummaryRow, ProjectSummary>({
      select: projectSummarySelect,
      where: [...filters.conditions, ...visibleTo(call, PROJECT_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: sortColumns(sort ?? ['-createdAt']),
      idColumn: 'pr.id',
      limit,
      cursor,
      filterHash: { list: 'projects', caseNumber, ...filter },
      items: (rows) => rows.map(projectSummary),
    });
  }

  @Handle(countProjects)
  async count(filter: RequestOf<typeof countProjects>, call: Call): Promise<ProjectCountsView> {
    const { conditions, parameters } = filtersOf(filter);
    const where = [...conditions, ...visibleTo(call, PROJECT_OWNERSHIP, parameters)].map((each) => `(${each})`);
    const found = `WITH found AS (SELECT pr.* FROM project pr ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''})`;
    const [counts, ways, money] = await Promise.all([
      this.database.query<CountRow>(
        `${found} SELECT stage, status, count(*)::int AS projects FROM found GROUP BY stage, status`,
        parameters,
      ),
      this.database.query<{ stage: ProjectStage; reached: number; medianDays: number | null }>(
        `${found}, way AS (
           SELECT c.stage, lead(c.entered_on) OVER (PARTITION BY c.project_id ORDER BY c.entered_on, array_position($${parameters.length + 1}::text[], c.stage))
             - c.entered_on AS days
           FROM project_stage_change c JOIN found ON found.id = c.project_id)
         SELECT stage, count(*)::int AS reached, percentile_disc(0.5) WITHIN GROUP (ORDER BY days) AS median_days FROM way GROUP BY stage`,
        [...parameters, PROJECT_STAGES],
      ),
      this.database.query<{ currency: string; capex: string; committed: string; signed: string }>(
        `${found} SELECT found.currency, coalesce(sum(found.capex_minor), 0)::text AS capex,
           coalesce(sum(f.committed), 0)::text AS committed, coalesce(sum(f.signed), 0)::text AS signed
         FROM found LEFT JOIN LATERAL (
           SELECT sum(amount_minor) FILTER (WHERE s.status = 'COMMITTED') AS committed, sum(amount_minor) FILTER (WHERE s.status = 'SIGNED') AS signed
           FROM funding_source s WHERE s.project_id = found.id) f ON true
         WHERE found.status <> 'ABANDONED' GROUP BY found.currency ORDER BY found.currency`,
        parameters,
      ),
    ]);
    const sum = (rows: readonly CountRow[]) => rows.reduce((total, { projects }) => total + projects, 0);
    const having = (status: ProjectStatus) => sum(counts.filter((row) => row.status === status));
    return {
      projects: sum(counts),
      stages: PROJECT_STAGES.map((stage) => {
        const way = ways.find((row) => row.stage === stage);
        const going = counts.filter((row) => row.stage === stage && ['PREPARING', 'IN_REVIEW'].includes(row.status));
        return { stage, projects: sum(going), reached: way?.reached ?? 0, medianDays: way?.medianDays ?? null };
      }),
      onHold: having('ON_HOLD'),
      abandoned: having('ABANDONED'),
      handedOver: having('HANDED_OVER'),
      completed: having('COMPLETED'),
      money: money.map(({ currency, ...amounts }) => ({
        capex: toMoney(BigInt(amounts.capex), currency),
        committed: toMoney(BigInt(amounts.committed), currency),
        signed: toMoney(BigInt(amounts.signed), currency),
      })),
    };
  }

  async find(source: Queries, projectId: string, call: Call): Promise<ProjectView> {
    const parameters: unknown[] = [projectId];
    const where = ['pr.id = $1', ...visibleTo(call, PROJECT_OWNERSHIP, parameters)].map((each) => `(${each})`);
    const [row] = await source.query<ProjectRow>(`${projectSelect} WHERE ${where.join(' AND ')}`, parameters);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return projectView(row);
  }

  /** The present state after a change, which is published too. */
  async told(tx: Tx, projectId: string): Promise<ProjectView> {
    const [row] = await tx.query<ProjectRow>(`${projectSelect} WHERE pr.id = $1`, [projectId]);
    assert(row, 'a project that was just written is gone');
    const view = projectView(row);
    this.outbox.append(tx, projectRecordedMessage(view));
    return view;
  }
}

function filtersOf(filter: RequestOf<typeof countProjects>): Filters {
  return new Filters()
    .add('(fold(?) <% fold(pr.title) OR fold(?) % fold(pr.title))', filter.q)
    .add('pr.partnership_id = ?', filter.partnershipId)
    .add(takingPartIn('pr.partnership_id'), filter.municipalityId)
    .add('pr.stage = ANY (?)', filter.stage)
    .add('pr.status = ANY (?)', filter.status)
    .add('pr.sector = ANY (?)', filter.sector);
}

function sortColumns(sort: readonly string[]): SortColumn[] {
  return sort.map((term) => {
    const column = SORT[term.replace(/^-/, '')];
    if (!column) throw new AppError('PLATFORM_REQUEST_INVALID');
    return { ...column, descending: term.startsWith('-') };
  });
}
