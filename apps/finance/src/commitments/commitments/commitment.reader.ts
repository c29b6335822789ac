import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  type CommitmentSummary,
  type CommitmentView,
  type CostPlanView,
  getCommitment,
  listCommitments,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, type Tx, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { currentPlan } from './commitment-plan.service';
import { COMMITMENT_YEARS } from './commitment-years.service';
import { COMMITMENT_OWNERSHIP } from './commitment.act';
import { Commitment } from './commitment.entity';
import { commitmentSummary, commitmentView, type CommitmentYearRow } from './commitment.messages';

@Injectable()
export class CommitmentReader {
  constructor(private readonly database: Database) {}

  @Handle(getCommitment)
  async get({ commitmentId }: RequestOf<typeof getCommitment>, call: Call): Promise<CommitmentView> {
    const parameters: unknown[] = [commitmentId];
    const where = ['c.id = $1', ...visibleTo(call, COMMITMENT_OWNERSHIP, parameters)].join(') AND (');
    const [row] = await this.database.query<Columns<Commitment> & { plan: CostPlanView | null }>(
      `SELECT ${entityColumns(this.database, Commitment, 'c')}, (SELECT document FROM commitment_plan p
         WHERE p.commitment_id = c.id ORDER BY plan_number DESC LIMIT 1) AS plan
       FROM ${COMMITMENT_OWNERSHIP.from} WHERE (${where})`,
      parameters,
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return commitmentView(row, await readYears(this.database, [commitmentId]), row.plan);
  }

  /** A commitment as a running transaction sees it. */
  async within(tx: Tx, commitment: Commitment): Promise<CommitmentView> {
    const { id } = commitment;
    return commitmentView(commitment, await readYears(tx, [id]), (await currentPlan(tx, id)) ?? null);
  }

  @Handle(listCommitments)
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
      select: `SELECT ${entityColumns(this.database, Commitment, 'c')} FROM ${COMMITMENT_OWNERSHIP.from}`,
      where: [...filters.conditions, ...visibleTo(call, COMMITMENT_OWNERSHIP, filters.parameters)],
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
    const years = await readYears(
      this.database,
      rows.map((it) => it.id),
    );
    return rows.map((it) =>
      commitmentSummary(
        it,
        years.filter((year) => year.commitmentId === it.id),
      ),
    );
  }
}

function readYears(
  source: Pick<Database | Tx, 'query'>,
  ids: readonly string[],
): Promise<(CommitmentYearRow & { commitmentId: string })[]> {
  return source.query(`${COMMITMENT_YEARS} WHERE commitment_id = ANY ($1) ORDER BY year`, [ids]);
}
