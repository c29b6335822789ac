import { AppError, parseMinor } from '#contracts';
import type { PaymentRuleKey, PaymentRuleView } from '#contracts/finance';
import { PAYMENT_RULES } from './payment-rule.data';

/** The value of a rule on a day, in its unit; FINANCE_RULE_MISSING when none is in force: no control works from a gap. */
export function paymentRule(key: Exclude<PaymentRuleKey, 'second-signature-from'>, on: string): number {
  return Number(ruleInForce(key, on).value);
}

/** How many order signatures an amount asks for on a day. Amounts of the fund are in EUR. */
export function signaturesFor(amountMinor: bigint, on: string): 1 | 2 {
  const from = parseMinor(ruleInForce('second-signature-from', on).value, 'EUR');
  return from !== undefined && amountMinor < from ? 1 : 2;
}

export function isInForce(rule: PaymentRuleView, on: string): boolean {
  return rule.validFrom <= on && (rule.validTo === null || on < rule.validTo);
}

function ruleInForce(key: PaymentRuleKey, on: string): PaymentRuleView {
  const found = PAYMENT_RULES.find((rule) => rule.key === key && isInForce(rule, on));
  if (!found) throw new AppError('FINANCE_RULE_MISSING', { key, on });
  return found;
}
