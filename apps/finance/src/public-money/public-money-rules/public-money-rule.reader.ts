import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { listPublicMoneyRules, type PublicMoneyRuleView } from '#contracts/finance';
import { Handle } from '#platform';
import { isInForce } from './public-money-rule';
import { PUBLIC_MONEY_RULES } from './public-money-rules.data';

@Injectable()
export class PublicMoneyRuleReader {
  @Handle(listPublicMoneyRules)
  async list({ ruleSet, on }: RequestOf<typeof listPublicMoneyRules>): Promise<{ items: PublicMoneyRuleView[] }> {
    const items = PUBLIC_MONEY_RULES.filter((rule) => ruleSet?.includes(rule.ruleSet) ?? true);
    return { items: on === undefined ? items : items.filter((rule) => isInForce(rule, on)) };
  }
}
