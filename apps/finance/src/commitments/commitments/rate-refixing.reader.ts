import { Injectable } from '@nestjs/common';
import { addDays, type ReplyOf } from '#contracts';
import { type ExchangeRateView, listOutdatedRates, listRateRefixings, REFIXINGS_MAX } from '#contracts/finance';
import { Database } from '#database';
import { Clock, Handle } from '#platform';
import { exchangeRateRulesOn } from '../exchange-rates/exchange-rate-rules.reader';
import { latestRates } from '../exchange-rates/exchange-rate.service';
import { differenceOf, isBeyond } from '../exchange-rates/rate-difference';

interface FixedRow {
  readonly commitmentId: string;
  readonly assignmentId: string;
  readonly fundId: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly fixed: ExchangeRateView;
}

/**
 * Which top-ups are to be fixed anew, and of which currencies a newer rate is needed: nobody has to compare the rates of all plans by
 * hand (docs/domain.md#integrated-experts).
 */
@Injectable()
export class RateRefixingReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handle(listRateRefixings)
  async list(): Promise<ReplyOf<typeof listRateRefixings>> {
    const today = this.clock.today();
    const { refixing: threshold } = await exchangeRateRulesOn(this.database, today);
    const rows = await this.database.query<FixedRow>(FIXED, [today]);
    const latest = await latestRates(this.database, [...new Set(rows.map(({ fixed }) => fixed.currency))], today);
    const items = rows.flatMap(({ periodFrom: from, periodTo: to, ...row }) => {
      const now = latest.get(row.fixed.currency);
      if (!now || !isBeyond(now.rate, row.fixed.rate, threshold)) return [];
      return [{ ...row, period: { from, to }, latest: now, differsBy: differenceOf(now.rate, row.fixed.rate) }];
    });
    items.sort((one, other) => Math.abs(Number(other.differsBy)) - Math.abs(Number(one.differsBy)));
    return { threshold, items: items.slice(0, REFIXINGS_MAX) };
  }

  @Handle(listOutdatedRates)
  async outdated(): Promise<ReplyOf<typeof listOutdatedRates>> {
    const today = this.clock.today();
    const { ageMax, isFixed } = await exchangeRateRulesOn(this.database, today);
    const rows = await this.database.query<FixedRow>(FIXED, [today]);
    const inUse = Map.groupBy(rows, ({ fixed }) => fixed.currency);
    const latest = await latestRates(this.database, [...inUse.keys()], today);
    const items = [...latest.values()].flatMap((rate) => {
      const lastOn = addDays(rate.rateOn, ageMax);
      if (isFixed(rate.currency) || lastOn >= today) return [];
      return { latest: rate, outdatedSince: addDays(lastOn, 1), commitments: inUse.get(rate.currency)?.length ?? 0 };
    });
    items.sort((one, other) => one.latest.rateOn.localeCompare(other.latest.rateOn));
    return { ageMaxDays: ageMax, items };
  }
}

/** The rate that the rest of each plan is converted with: the last that a person fixed, or the first. */
const FIXED = `
SELECT c.id AS commitment_id, c.assignment_id, c.fund_id, c.period_from, c.period_to,
  coalesce(change.exchange_rate, plan.document -> 'exchangeRate') AS fixed
FROM commitment c
JOIN LATERAL (SELECT p.document FROM commitment_plan p WHERE p.commitment_id = c.id
  ORDER BY p.plan_number DESC LIMIT 1) AS plan ON plan.document ->> 'exchangeRate' IS NOT NULL
LEFT JOIN LATERAL (SELECT r.exchange_rate FROM commitment_rate_change r WHERE r.commitment_id = c.id
  ORDER BY r.changed_from DESC LIMIT 1) AS change ON true
WHERE c.status = 'COMMITTED' AND c.period_to > $1::date`;
