import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { listPaymentRules, PaymentRuleView } from '#contracts/finance';
import { Database } from '#database';
import { Handle } from '#platform';
import { readRules } from '#rules';
import { PAYMENT_RULES } from './payment-rules.reader';

/** Reads the rules of payment by the day they are in force. */
@Injectable()
export class PaymentRuleReader {
  constructor(private readonly database: Database) {}

  @Handle(listPaymentRules)
  async list({ on }: RequestOf<typeof listPaymentRules>): Promise<{ items: PaymentRuleView[] }> {
    const rules = await readRules(this.database, PAYMENT_RULES);
    const { rows } = on === undefined ? rules : rules.inForceOn(on);
    return { items: rows.map(({ ruleSet: _, name: id, ...row }) => PaymentRuleView.parse({ id, ...row })) };
  }
}
