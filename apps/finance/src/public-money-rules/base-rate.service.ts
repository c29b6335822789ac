import { Injectable } from '@nestjs/common';
import type { BaseRateView, InterestView, listBaseRates, Page, recordBaseRate, RequestOf, RuleSet } from '#contracts';
import { Database } from '#database';
import { Commands } from '#messaging';
import { type Call, newId } from '#platform';
import { DAY_COUNTS, interestOn, type Principal } from './interest';
import { ruleOn } from './public-money-rule';

const COLUMNS = `rate.id, rate.version, rate.valid_from AS "validFrom", rate.percent, rate.source`;

/** Base rates as the Bundesbank published them, and interest computed with them. */
@Injectable()
export class BaseRateService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  record(request: RequestOf<typeof recordBaseRate>, call: Call): Promise<BaseRateView> {
    return this.commands.run(call, async (tx) => {
      const rate: BaseRateView = { id: newId(), version: 1, ...request };
      await tx.query('INSERT INTO base_rate (id, version, valid_from, percent, source) VALUES ($1, 1, $2, $3, $4)', [
        rate.id,
        rate.validFrom,
        rate.percent,
        rate.source,
      ]);
      return rate;
    });
  }

  list({ limit, cursor }: RequestOf<typeof listBaseRates>): Promise<Page<BaseRateView>> {
    return this.database.page<BaseRateView>({
      select: `SELECT ${COLUMNS} FROM base_rate rate`,
      sort: [{ key: 'validFrom', column: 'rate.valid_from', type: 'date', descending: true }],
      idColumn: 'rate.id',
      limit,
      cursor,
      filterHash: { list: 'base-rates' },
    });
  }

  /** Interest by the rule set in force on a day, with every base rate known now. */
  async interest(
    principals: readonly Principal[],
    { ruleSet, on, currency }: { ruleSet: RuleSet; on: string; currency: string },
  ): Promise<InterestView> {
    const rates = await this.database.query<{ validFrom: string; percent: string }>(
      'SELECT valid_from AS "validFrom", percent FROM base_rate',
    );
    const wanted = ruleOn(ruleSet, 'day-count', on).value;
    const dayCount = DAY_COUNTS.find((name) => name === wanted) ?? 'ACT_365';
    const points = ruleOn(ruleSet, 'interest-points', on).value;
    return interestOn(principals, { rates, rules: { points, dayCount }, currency });
  }
}
