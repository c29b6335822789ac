import { addDays, addMonths, AppError, yearOf } from '#contracts';
import type { PublicMoneyRuleView, RuleSet, SpendingPlace } from '#contracts/finance';
import { PUBLIC_MONEY_RULES } from './public-money-rules.data';

const WINDOW_KEY: Readonly<Record<SpendingPlace, string>> = {
  SEPA: 'spending-window-sepa',
  NON_SEPA: 'spending-window-non-sepa',
};

export interface Deadline {
  /** The last day that is in time. */
  readonly on: string;
  readonly ruleId: string;
}

/** The rule of a key in force on a day; a gap is refused, never guessed. */
export function ruleOn(ruleSet: RuleSet, key: string, on: string): PublicMoneyRuleView {
  const found = PUBLIC_MONEY_RULES.find((rule) => rule.ruleSet === ruleSet && rule.key === key && isInForce(rule, on));
  if (!found) throw new AppError('FINANCE_PUBLIC_MONEY_RULE_MISSING', { ruleSet, key, on });
  return found;
}

export function isInForce(rule: PublicMoneyRuleView, on: string): boolean {
  return rule.validFrom <= on && (rule.validTo === null || on < rule.validTo);
}

/** End of the spending window of money that was received on a day (docs/domain.md#drawdowns). */
export function spendingDeadline(ruleSet: RuleSet, place: SpendingPlace, receivedOn: string): Deadline {
  const rule = ruleOn(ruleSet, WINDOW_KEY[place], receivedOn);
  const count = Number(rule.value);
  const on = rule.unit === 'WEEKS' ? addDays(receivedOn, 7 * count) : addMonths(receivedOn, count);
  return { on, ruleId: rule.id };
}

/**
 * When a proof of use is due; the rule is the one in force when the period began (docs/domain.md#proof-of-use). `to` is not in
 * the period.
 */
export function proofDeadline(
  ruleSet: RuleSet,
  kind: 'INTERIM' | 'FINAL',
  { from, to }: { from: string; to: string },
): Deadline {
  const lastDay = addDays(to, -1);
  if (kind === 'FINAL') {
    const rule = ruleOn(ruleSet, 'final-proof-due', from);
    return { on: addMonths(lastDay, Number(rule.value)), ruleId: rule.id };
  }
  const rule = ruleOn(ruleSet, 'interim-proof-due', from);
  return { on: `${yearOf(lastDay) + 1}-${rule.value}`, ruleId: rule.id };
}

/** Cents of an amount rule such as a threshold. */
export function centsOn(ruleSet: RuleSet, key: string, on: string): bigint {
  return BigInt(ruleOn(ruleSet, key, on).value) * 100n;
}
