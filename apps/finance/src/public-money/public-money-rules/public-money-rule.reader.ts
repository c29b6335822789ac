import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { listPublicMoneyRules, PublicMoneyRuleView, RULE_SETS } from '#contracts/finance';
import { Database } from '#database';
import { Handle } from '#platform';
import { readAllPublicMoneyRules } from './public-money-rules.reader';

@Injectable()
export class PublicMoneyRuleReader {
  constructor(private readonly database: Database) {}

  @Handle(listPublicMoneyRules)
  async list({
    ruleSet: wanted = [...RULE_SETS],
    on,
  }: RequestOf<typeof listPublicMoneyRules>): Promise<{ items: PublicMoneyRuleView[] }> {
    const all = await readAllPublicMoneyRules(this.database);
    const rows = wanted.flatMap((name) => (on === undefined ? all[name].rows : all[name].inForceOn(on).rows));
    return { items: rows.map(({ name: id, ...row }) => PublicMoneyRuleView.parse({ id, ...row })) };
  }
}
