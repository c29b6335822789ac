import { Injectable } from '@nestjs/common';
import { addDays, AppError, type Page, type ReplyOf, type RequestOf } from '#contracts';
import { type ExchangeRateView, listExchangeRates } from '#contracts/finance';
import { Database, Filters, type Queries } from '#database';
import { Clock, Handle } from '#platform';
import { exchangeRateRulesOn } from './exchange-rate-rules.reader';

type Listed = ReplyOf<typeof listExchangeRates>['items'][number];

const COLUMNS = `rate.currency, rate.rate_on, rate.rate, rate.direction, rate.source`;

/** Dated exchange rates. A rate is never changed: a plan keeps the one it was made with (docs/domain.md#currency). */
@Injectable()
export class ExchangeRateService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The latest rate on or before the day; FINANCE_EXCHANGE_RATE_MISSING when there is none. Nor is one given that was too old on the
   * day, or today where the day lies ahead. Rates that are supposed count as if they had been recorded.
   */
  async rateOn(
    source: Queries,
    currency: string,
    day: string,
    supposed: readonly ExchangeRateView[] = [],
  ): Promise<ExchangeRateView> {
    const known = await latestRate(source, currency, day);
    const rate = supposed
      .filter((it) => it.currency === currency && it.rateOn <= day)
      .reduce((latest, it) => (latest && latest.rateOn > it.rateOn ? latest : it), known);
    if (!rate) throw new AppError('FINANCE_EXCHANGE_RATE_MISSING', { currency, on: day });
    const today = this.clock.today();
    const { ageMax, isFixed } = await exchangeRateRulesOn(source, today);
    const usedOn = day < today ? day : today;
    if (!isFixed(currency) && addDays(rate.rateOn, ageMax) < usedOn) {
      throw new AppError('FINANCE_EXCHANGE_RATE_OUTDATED', { currency, rateOn: rate.rateOn, on: usedOn });
    }
    return rate;
  }

  @Handle(listExchangeRates)
  list({ currency, limit, cursor }: RequestOf<typeof listExchangeRates>): Promise<Page<Listed>> {
    const filters = new Filters().add('rate.currency = ANY (?)', currency);
    return this.database.page<Listed>({
      select: `SELECT rate.id, ${COLUMNS}, rate.corrects_id,
        (SELECT correction.id FROM exchange_rate correction WHERE correction.corrects_id = rate.id) AS corrected_by_id
        FROM exchange_rate rate`,
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

/** The latest rate on or before a day, however old. */
async function latestRate(source: Queries, currency: string, day: string): Promise<ExchangeRateView | undefined> {
  return (await latestRates(source, [currency], day)).get(currency);
}

/** The latest rates of currencies on or before a day, however old. */
export async function latestRates(
  source: Queries,
  currencies: readonly string[],
  day: string,
): Promise<Map<string, ExchangeRateView>> {
  const rows = await source.query<ExchangeRateView>(LATEST, [currencies, day]);
  return new Map(rows.map((rate) => [rate.currency, rate]));
}

const LATEST = `
SELECT DISTINCT ON (rate.currency) ${COLUMNS} FROM exchange_rate rate
WHERE rate.currency = ANY ($1) AND rate.rate_on <= $2
  AND NOT EXISTS (SELECT FROM exchange_rate correction WHERE correction.corrects_id = rate.id)
ORDER BY rate.currency, rate.rate_on DESC, rate.source`;
