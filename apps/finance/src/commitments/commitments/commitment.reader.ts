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
import type { BoundYear } from './plan-cover';

/** A commitment as the fund has it, and what its plan is. */
export interface LiveCommitment {
  readonly commitment: Commitment;
  readonly bound: readonly BoundYear[];
  readonly plan: CostPlanView;
  /** Once the expert departed. */
  readonly hasPayouts: boolean;
}

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

interface LiveRow extends Pick<LiveCommitment, 'plan' | 'hasPayouts'> {
  readonly id: string;
  readonly bound: readonly { readonly year: number; readonly amountMinor: string; readonly releasedMinor: string }[];
}

/** The commitments of a fund that bind money, oldest first, as a transaction sees them. */
export async function liveOfFund(tx: Tx, fundId: string): Promise<LiveCommitment[]> {
  const commitments = await tx.select(
    Commitment,
    `WHERE fund_id = $1 AND status IN ('RESERVED', 'COMMITTED') ORDER BY created_at, id`,
    [fundId],
  );
  const rows = await tx.query<LiveRow>(LIVE, [fundId]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return commitments.flatMap((commitment) => {
    const row = byId.get(commitment.id);
    if (!row) return [];
    const { plan, hasPayouts, bound } = row;
    return [{ commitment, plan, hasPayouts, bound: bound.map(inMinor) }];
  });
}

// A bigint in JSON is given as text: as a number it would lose digits.
function inMinor({ year, amountMinor, releasedMinor }: LiveRow['bound'][number]): BoundYear {
  return { year, amountMinor: BigInt(amountMinor), releasedMinor: BigInt(releasedMinor) };
}

const LIVE = `
SELECT c.id, plan.document AS plan, EXISTS (SELECT FROM payout WHERE payout.commitment_id = c.id) AS has_payouts,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('year', year, 'amountMinor', amount_minor::text,
     'releasedMinor', released_minor::text)), '[]') FROM commitment_year y WHERE y.commitment_id = c.id) AS bound
FROM commitment c
JOIN LATERAL (SELECT document FROM commitment_plan p WHERE p.commitment_id = c.id ORDER BY plan_number DESC LIMIT 1) plan ON true
WHERE c.fund_id = $1 AND c.status IN ('RESERVED', 'COMMITTED')`;
