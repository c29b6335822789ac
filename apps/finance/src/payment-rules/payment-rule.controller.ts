import { Controller } from '@nestjs/common';
import { listPaymentRules, type PaymentRuleView, type RequestOf } from '#contracts';
import { Handle } from '#platform';
import { isInForce } from './payment-rule';
import { PAYMENT_RULES } from './payment-rule.data';

@Controller()
export class PaymentRuleController {
  @Handle(listPaymentRules)
  async list({ on }: RequestOf<typeof listPaymentRules>): Promise<{ items: PaymentRuleView[] }> {
    return { items: PAYMENT_RULES.filter((rule) => on === undefined || isInForce(rule, on)) };
  }
}
