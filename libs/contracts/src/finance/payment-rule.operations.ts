import { z } from 'zod';
import { RuleMark } from '../rule.operations';
import { operation } from '../operation';
import { grant, STAFF } from '../roles';
import { Day, Written } from '../values';
import { RULES_MAX } from './cost-plan.operations';

export const PAYMENT_RULE_KEYS = [
  'second-signature-from',
  'bank-account-quarantine',
  'screening-validity',
  'screening-hit-score',
  'duplicate-window',
  'execution-days-ahead',
  'sanctions-list-age',
] as const;
export type PaymentRuleKey = (typeof PAYMENT_RULE_KEYS)[number];

export const PaymentRuleView = z
  .strictObject({
    id: Written(200),
    key: z.enum(PAYMENT_RULE_KEYS),
    value: Written(40).meta({ description: 'Decimal number in the stated unit' }),
    unit: z.enum(['EUR', 'HOURS', 'DAYS', 'SCORE']),
    validFrom: Day,
    validTo: Day.nullable().meta({ description: 'First day on which the rule no longer holds; null: open' }),
    source: Written(700),
    mark: RuleMark,
  })
  .meta({ id: 'PaymentRuleView', description: 'One dated rule of the controls before a payment, with its source.' });
export type PaymentRuleView = z.infer<typeof PaymentRuleView>;

export const listPaymentRules = operation({
  subject: 'rpc.finance.payment-rule.list',
  http: { method: 'GET', path: '/payment-rules' },
  summary: 'The dated rules of the controls before a payment',
  description:
    'From which amount an order needs two signatures, how long a new bank account waits, how long a sanctions screening holds and how old its list may be, which score is a hit, how far back the duplicate detector looks, and how far ahead a day of execution may lie.',
  request: z.strictObject({ on: Day.optional().meta({ description: 'Only the rules in force on this day' }) }),
  reply: z.strictObject({ items: z.array(PaymentRuleView).max(RULES_MAX) }),
  allow: grant('any', ...STAFF),
});
