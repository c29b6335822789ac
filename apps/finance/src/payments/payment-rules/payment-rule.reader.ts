import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { listPaymentRules, type PaymentRuleView } from '#contracts/finance';
import { Handle } from '#platform';
import { isInForce } from './payment-rule';
import { PAYMENT_RULES } from './payment-rule.data';

/** Reads the rules of payment by the day they are in force. */
@Injectable()
export class PaymentRuleReader {
  @Handle(listPaymentRules)
  async list({ on }: RequestOf<typeof listPaymentRules>): Promise<{ items: PaymentRuleView[] }> {
    return { items: PAYMENT_RULES.filter((rule) => on === undefined || isInForce(rule, on)) };
  }
}
