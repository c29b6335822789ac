import { Injectable } from '@nestjs/common';
import {
  AppError,
  type CommitmentSummary,
  type CommitmentView,
  type CostPlanView,
  type listCommitments,
  type Page,
  type RequestOf,
} from '#contracts';
import { type Columns, Database, entityColumns } from '#database';
import type { Call } from '#platform';
import { Filters } from '../filters';
import { visibleTo } from '../object-scope';
import { COMMITMENT_YEARS } from './commitment-rows';
import { Commitment } from './commitment.entity';
import { commitmentSummary, commitmentView, type CommitmentYearRow } from './commitment.messages';

const OWNERSHIP = { expertId: 'c.expert_id', municipalityId: 'c.employer_municipality_id' };

@Injectable()
export class CommitmentService {
  constructor(private readonly database: Database) {}

  async get(commitmentId: string, call: Call): Promise<CommitmentView> {
    const parameters: unknown[] = [commitmentId];
    const where = ['c.id = $1', ...visibleTo(call, OWNERSHIP, parameters)].join(') AND (');
    const [row] = await this.database.query<Columns<Commitment> & { plan: CostPlanView | null }>(
      `SELECT ${entityColumns(this.database, Commitment, 'c')}, (SELECT document FROM commitment_plan p
         WHERE p.commitment_id = c.id ORDER BY plan_number DESC LIMIT 1) AS plan
       FROM commitment c WHERE (${where})`,
      parameters,
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const years = await this.years([commitmentId]);
    return commitmentView(row, years, row.plan);
  }

  async list(
    { limit, cursor, ...filter }: RequestOf<typeof listCommitments>,
    call: Call,
  ): Promise<Page<CommitmentSummary>> {
    const filters = new Filters()
      .add('c.assignment_id = ?', filter.assignmentId)
      .add('c.fund_id = ?', filter.fundId)
      .add('c.status = ANY (?)', filter.status)
      .add('(c.cover_shortfall IS NOT NULL) = ?', filter.lacksCover);
    return this.database.page<Columns<Commitment>, CommitmentSummary>({
      select: `SELECT ${entityColumns(this.database, Commitment, 'c')} FROM commitment c`,
      where: [...filters.conditions, ...visibleTo(call, OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: [{ key: 'createdAt', column: 'c.created_at', type: 'timestamptz', descending: true }],
      idColumn: 'c.id',
      limit,
      cursor,
      filterHash: { list: 'commitments', ...filter },
      items: (rows) => this.summaries(rows),
    });
  }

  private async summaries(rows: readonly Columns<Commitment>[]): Promise<CommitmentSummary[]> {
    const years = await this.years(rows.map((it) => it.id));
    return rows.map((it) =>
      commitmentSummary(
        it,
        years.filter((year) => year.commitmentId === it.id),
      ),
    );
  }

  private years(ids: readonly string[]): Promise<(CommitmentYearRow & { commitmentId: string })[]> {
    return this.database.query(`${COMMITMENT_YEARS} WHERE commitment_id = ANY ($1) ORDER BY year`, [ids]);
  }
}
