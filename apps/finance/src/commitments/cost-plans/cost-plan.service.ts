import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { type CostPlanView, estimateCost, type ExchangeRateView } from '#contracts/finance';
import { Database, type Queries } from '#database';
import { Clock, Handle } from '#platform';
import { ExchangeRateService } from '../exchange-rates/exchange-rate.service';
import { readInstrumentRules } from '../instrument-rules/instrument-rules.reader';
import { exchangeRateRulesOn } from '../exchange-rates/exchange-rate-rules.reader';
import { buildCostPlan, currencyToConvert, instructedCurrency, type PlanRequest } from './cost-plan';

/**
 * Makes cost plans with the exchange rate that holds at the start of the period, and of a local contract in another currency with
 * that of the day on which it is made; writes nothing.
 */
@Injectable()
export class CostPlanService {
  constructor(
    private readonly database: Database,
    private readonly rates: ExchangeRateService,
    private readonly clock: Clock,
  ) {}

  @Handle(estimateCost)
  estimate(request: RequestOf<typeof estimateCost>): Promise<CostPlanView> {
    const { fullTimePercent, fullTimeTaken: from, ...rest } = request;
    return this.plan(this.database, { ...rest, fullTime: { from, to: from + fullTimePercent } });
  }

  /** Within a transaction it is asked by the transaction: one that waits for a second connection can wait for ever. */
  async plan(
    source: Queries,
    request: Pick<PlanRequest, 'costInputs' | 'period' | 'fullTime'>,
    supposedRates: readonly ExchangeRateView[] = [],
  ): Promise<CostPlanView> {
    const { costInputs, period } = request;
    const currency = currencyToConvert(costInputs);
    const today = this.clock.today();
    const isPromised = instructedCurrency(costInputs) !== undefined;
    const day = isPromised && period.from < today ? today : period.from;
    const exchangeRate = currency === undefined ? null : await this.rates.rateOn(source, currency, day, supposedRates);
    const { reserveOf } = await exchangeRateRulesOn(source, today);
    const reservePercent = currency !== undefined && isPromised ? reserveOf(currency) : 0;
    return buildCostPlan({ ...request, exchangeRate, reservePercent }, await readInstrumentRules(source));
  }
}
