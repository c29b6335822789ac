import { addDays, addMonths, yearOf } from '#contracts';
import { RULE_SETS, type RuleSet as RuleSetName, type SpendingPlace } from '#contracts/finance';
import type { Queries } from '#database';
import {
  count,
  type DatedRules,
  decimal,
  euros,
  monthAndDay,
  oneOf,
  readRules,
  readRuleSets,
  type RuleFile,
  type RuleSet,
} from '#rules';
import { DAY_COUNTS } from './interest';

const keys = {
  'spending-window-sepa': count('WEEKS', 'MONTHS'),
  'spending-window-non-sepa': count('WEEKS', 'MONTHS'),
  'interim-proof-due': monthAndDay(),
  'final-proof-due': count('MONTHS'),
  'receipt-retention': count('YEARS'),
  'interest-points': decimal('PERCENTAGE_POINTS'),
  'day-count': oneOf(DAY_COUNTS, 'DAY_COUNT'),
  'plan-tolerance': count('PERCENT'),
  'inventory-threshold': euros('EUR'),
  'minor-claim-threshold': euros('EUR'),
  'proven-before-next-instalment': count('PERCENT'),
};
type PublicMoneyRuleSet = RuleSet<typeof keys>;
export type PublicMoneyRules = DatedRules<PublicMoneyRuleSet>;

const setOf = (name: RuleSetName): PublicMoneyRuleSet => ({ name, keys, missing: 'FINANCE_PUBLIC_MONEY_RULE_MISSING' });

/**
 * Spending windows, due dates, interest and thresholds for public money. A set is chosen per approval; whether one of these binds the
 * fund is for the programme to confirm (docs/domain.md#rule-sets). Deadlines name the row they were made from.
 */
export const PUBLIC_MONEY_RULES = Object.fromEntries(RULE_SETS.map((name) => [name, setOf(name)])) as Record<
  RuleSetName,
  PublicMoneyRuleSet
>;

export const PUBLIC_MONEY_RULE_FILE: RuleFile = {
  path: 'apps/finance/data/public-money-rules.csv',
  sets: Object.values(PUBLIC_MONEY_RULES),
  rowsMax: 200,
};

export function readPublicMoneyRules(source: Queries, name: RuleSetName): Promise<PublicMoneyRules> {
  return readRules(source, PUBLIC_MONEY_RULES[name]);
}

export function readAllPublicMoneyRules(source: Queries): Promise<Record<RuleSetName, PublicMoneyRules>> {
  return readRuleSets(source, PUBLIC_MONEY_RULES);
}

const WINDOW_KEY = { SEPA: 'spending-window-sepa', NON_SEPA: 'spending-window-non-sepa' } as const;

export interface Deadline {
  /** The last day that is in time. */
  readonly on: string;
  readonly ruleId: string;
}

/** End of the spending window of money that was received on a day (docs/domain.md#drawdowns). */
export function spendingDeadline(rules: PublicMoneyRules, place: SpendingPlace, receivedOn: string): Deadline {
  const inForce = rules.inForceOn(receivedOn);
  const { name, unit } = inForce.row(WINDOW_KEY[place]);
  const length = inForce.value(WINDOW_KEY[place]);
  const on = unit === 'WEEKS' ? addDays(receivedOn, 7 * length) : addMonths(receivedOn, length);
  return { on, ruleId: name };
}

/**
 * When a proof of use is due; the rule is the one in force when the period began (docs/domain.md#proof-of-use). `to` is not in
 * the period.
 */
export function proofDeadline(
  rules: PublicMoneyRules,
  kind: 'INTERIM' | 'FINAL',
  { from, to }: { from: string; to: string },
): Deadline {
  const lastDay = addDays(to, -1);
  const inForce = rules.inForceOn(from);
  if (kind === 'FINAL') {
    const on = addMonths(lastDay, inForce.value('final-proof-due'));
    return { on, ruleId: inForce.row('final-proof-due').name };
  }
  const on = `${yearOf(lastDay) + 1}-${inForce.value('interim-proof-due')}`;
  return { on, ruleId: inForce.row('interim-proof-due').name };
}
