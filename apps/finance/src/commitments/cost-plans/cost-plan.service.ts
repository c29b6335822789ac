import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { type CostPlanView, estimateCost, type ExchangeRateView } from '#contracts/finance';
import { Database, type Queries } from '#database';
import { Handle } from '#platform';
import { ExchangeRateService } from '../exchange-rates/exchange-rate.service';
import { readInstrumentRules } from '../instrument-rules/instrument-rules.reader';
import { buildCostPlan, currencyToConvert, type PlanRequest } from './cost-plan';

/** Makes cost plans with the exchange rate that holds at the start of the period; writes nothing. */
@Injectable()
export class CostPlanService {
  constructor(
    private readonly database: Database,
    private readonly rates: ExchangeRateService,
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
    const exchangeRate =
      currency === undefined ? null : await this.rates.rateOn(source, currency, period.from, supposedRates);
    return buildCostPlan({ ...request, exchangeRate }, await readInstrumentRules(source));
  }
}
