import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import {
  getScreening,
  getScreeningStatus,
  listScreenings,
  type ScreeningStatusView,
  type ScreeningSummary,
  type ScreeningView,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters } from '#database';
import { Handle } from '#platform';
import { SanctionsListService } from './sanctions-list.service';
import { Screening } from './screening.entity';
import { sanctionsListView, screeningSummary, screeningView } from './screening.messages';

/** Reads screenings, and how many payees may be paid. */
@Injectable()
export class ScreeningReader {
  constructor(
    private readonly database: Database,
    private readonly lists: SanctionsListService,
  ) {}

  @Handle(getScreeningStatus)
  async status(): Promise<ScreeningStatusView> {
    const list = await this.lists.current();
    const [payees] = await this.database.query<ScreeningStatusView['payees']>(STATUS, [list?.id ?? null]);
    return {
      state: await this.state(list !== undefined),
      list: list ? sanctionsListView(list) : null,
      payees: payees ?? { clear: 0, review: 0, blocked: 0, unscreened: 0 },
    };
  }

  private async state(isThere: boolean): Promise<ScreeningStatusView['state']> {
    if (!isThere) return 'NOT_CONFIGURED';
    return (await this.lists.isTooOld(this.database)) ? 'OUTDATED' : 'CONFIGURED';
  }

  @Handle(getScreening)
  async get({ screeningId }: RequestOf<typeof getScreening>): Promise<ScreeningView> {
    return screeningView(await this.database.findOrFail(Screening, screeningId));
  }

  @Handle(listScreenings)
  async list({ limit, cursor, ...filter }: RequestOf<typeof listScreenings>): Promise<Page<ScreeningSummary>> {
    const filters = new Filters().add('s.payee_id = ?', filter.payeeId).add('s.outcome = ANY (?)', filter.outcome);
    return this.database.page<Omit<Columns<Screening>, 'hits'> & { number: bigint }, ScreeningSummary>({
      select: `SELECT ${entityColumns(this.database, Screening, 's', ['hits'])}, s.number FROM screening s`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'number', column: 's.number', type: 'int8', descending: true }],
      idColumn: 's.id',
      limit,
      cursor,
      filterHash: { list: 'screenings', ...filter },
      items: (rows) => rows.map(screeningSummary),
    });
  }
}

const STATUS = `
SELECT count(*) FILTER (WHERE latest.outcome = 'CLEAR' AND latest.sanctions_list_id = $1)::int AS clear,
  count(*) FILTER (WHERE latest.outcome = 'REVIEW')::int AS review,
  count(*) FILTER (WHERE latest.outcome = 'BLOCK')::int AS blocked,
  count(*) FILTER (WHERE latest.outcome IS NULL OR (latest.outcome = 'CLEAR' AND latest.sanctions_list_id <> $1))::int AS unscreened
FROM payee LEFT JOIN LATERAL (SELECT s.outcome, s.sanctions_list_id FROM screening s
  WHERE s.payee_id = payee.id ORDER BY s.number DESC LIMIT 1) AS latest ON true`;
