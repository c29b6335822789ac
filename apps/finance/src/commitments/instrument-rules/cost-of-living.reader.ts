import { z } from 'zod';
import { AppError } from '#contracts';
import { CostOfLivingPlace } from '#contracts/finance';
import { type DatedRules, type MemberSet, type RuleFile, type RuleKey, type RuleRow } from '#rules';

const percent: RuleKey<string> = {
  units: ['PERCENT'],
  value: z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be a percentage of 0 or more, such as 12.5'),
};

/**
 * Kaufkraftausgleich by place and day, as it is set for each quarter (docs/domain.md#purchasing-power). No values are shipped: none
 * with a source was found.
 */
export const COST_OF_LIVING: MemberSet<string> = {
  name: 'COST_OF_LIVING',
  keys: {},
  members: { form: CostOfLivingPlace, rule: percent },
};

export const COST_OF_LIVING_FILE: RuleFile = {
  path: 'apps/finance/data/cost-of-living.csv',
  sets: [COST_OF_LIVING],
  rowsMax: 2_000,
};

/** The row of a place on a day: its own, else that of its country. Refused without: nothing is computed from a gap. */
export function costOfLivingRow(rules: DatedRules, place: CostOfLivingPlace, on: string): RuleRow {
  const { rows } = rules.inForceOn(on);
  const found = [place, place.slice(0, 2)].map((key) => rows.find((row) => row.key === key)).find((row) => row);
  if (!found) throw new AppError('FINANCE_RULE_MISSING', { ruleSet: COST_OF_LIVING.name, key: place, on });
  return found;
}
