import { Controller } from '@nestjs/common';
import {
  type BaseRateView,
  listBaseRates,
  listPublicMoneyRules,
  type Page,
  type PublicMoneyRuleView,
  recordBaseRate,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { BaseRateService } from './base-rate.service';
import { isInForce } from './public-money-rule';
import { PUBLIC_MONEY_RULES } from './public-money-rules.data';

@Controller()
export class PublicMoneyRuleController {
  constructor(private readonly baseRates: BaseRateService) {}

  @Handle(listPublicMoneyRules)
  async list({ ruleSet, on }: RequestOf<typeof listPublicMoneyRules>): Promise<{ items: PublicMoneyRuleView[] }> {
    const items = PUBLIC_MONEY_RULES.filter((rule) => ruleSet?.includes(rule.ruleSet) ?? true);
    return { items: on === undefined ? items : items.filter((rule) => isInForce(rule, on)) };
  }

  @Handle(recordBaseRate)
  record(request: RequestOf<typeof recordBaseRate>, call: Call): Promise<BaseRateView> {
    return this.baseRates.record(request, call);
  }

  @Handle(listBaseRates)
  listBaseRates(request: RequestOf<typeof listBaseRates>): Promise<Page<BaseRateView>> {
    return this.baseRates.list(request);
  }
}
