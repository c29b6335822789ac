import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { getTravelClaim, listTravelClaims, type TravelClaimSummary, type TravelClaimView } from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, type Ownership, visibleTo } from '#database';
import { DocumentStore } from '#documents';
import { type Call, Handle } from '#platform';
import { payoutsOfExpenses } from '../payouts/expense-payout.reader';
import { TravelClaim } from './travel-claim.entity';
import { travelClaimSummary, travelClaimView } from './travel-claim.messages';

/** A journey is the expert's who travelled. */
const OWNERSHIP: Ownership = { from: 'travel_claim t', id: 't.id', bonds: { expertId: 't.expert_id = ?' } };

/** Reads claims of travel costs with what became of them. */
@Injectable()
export class TravelClaimReader {
  constructor(
    private readonly database: Database,
    private readonly documents: DocumentStore,
  ) {}

  @Handle(getTravelClaim)
  async get({ travelClaimId }: RequestOf<typeof getTravelClaim>, call: Call): Promise<TravelClaimView> {
    const parameters: unknown[] = [travelClaimId];
    const where = ['t.id = $1', ...visibleTo(call, OWNERSHIP, parameters)].join(') AND (');
    const [row] = await this.database.query<Columns<TravelClaim>>(`${this.select()} WHERE (${where})`, parameters);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const payouts = (await payoutsOfExpenses(this.database, [row.id])).get(row.id) ?? [];
    const ids = row.journey.costs.map(({ documentId }) => documentId);
    const named = await this.documents.named(ids);
    return travelClaimView(row, { payouts, receipts: ids.flatMap((id) => named.get(id) ?? []) });
  }

  @Handle(listTravelClaims)
  list(
    { limit, cursor, ...filter }: RequestOf<typeof listTravelClaims>,
    call: Call,
  ): Promise<Page<TravelClaimSummary>> {
    const filters = new Filters().add('t.fund_id = ?', filter.fundId).add('t.assignment_id = ?', filter.assignmentId);
    return this.database.page<Columns<TravelClaim>, TravelClaimSummary>({
      select: this.select(),
      where: [...filters.conditions, ...visibleTo(call, OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: [{ key: 'submittedAt', column: 't.submitted_at', type: 'timestamptz', descending: true }],
      idColumn: 't.id',
      limit,
      cursor,
      filterHash: { list: 'travel-claims', ...filter },
      items: async (rows) => {
        const payouts = await payoutsOfExpenses(
          this.database,
          rows.map(({ id }) => id),
        );
        return rows.map((row) => travelClaimSummary(row, payouts.get(row.id) ?? []));
      },
    });
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, TravelClaim, 't')} FROM ${OWNERSHIP.from}`;
  }
}
