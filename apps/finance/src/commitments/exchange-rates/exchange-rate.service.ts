import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { type ExchangeRateView, listExchangeRates } from '#contracts/finance';
import { Database, Filters, type Queries } from '#database';
import { Handle } from '#platform';

const COLUMNS = `rate.id, rate.currency, rate.rate_on, rate.rate, rate.direction, rate.source`;

/** Dated exchange rates. A rate is never changed: a plan keeps the one it was made with (docs/domain.md#currency). */
@Injectable()
export class ExchangeRateService {
  constructor(private readonly database: Database) {}

  /** The latest rate on or before the day; FINANCE_EXCHANGE_RATE_MISSING when there is none. */
  async rateOn(source: Queries, currency: string, day: string): Promise<ExchangeRateView> {
    const [rate] = await source.query<ExchangeRateView & { id: string }>(
      `SELECT ${COLUMNS} FROM exchange_rate rate WHERE rate.currency = $1 AND rate.rate_on <= $2
         AND NOT EXISTS (SELECT FROM exchange_rate correction WHERE correction.corrects_id = rate.id)
       ORDER BY rate.rate_on DESC, rate.source LIMIT 1`,
      [currency, day],
    );
    if (!rate) throw new AppError('FINANCE_EXCHANGE_RATE_MISSING', { currency, on: day });
    const { id: _, ...view } = rate;
    return view;
  }

  @Handle(listExchangeRates)
  list({
    currency,
    limit,
    cursor,
  }: RequestOf<typeof listExchangeRates>): Promise<Page<ExchangeRateView & { id: string }>> {
    const filters = new Filters().add('rate.currency = ANY (?)', currency);
    return this.database.page<ExchangeRateView & { id: string }>({
      select: `SELECT ${COLUMNS} FROM exchange_rate rate`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [
        { key: 'currency', column: 'rate.currency', type: 'text' },
        { key: 'rateOn', column: 'rate.rate_on', type: 'date', descending: true },
      ],
      idColumn: 'rate.id',
      limit,
      cursor,
      filterHash: { list: 'exchange-rates', currency },
    });
  }
}
