import { count, type RuleFile, type RuleSet } from '#rules';

const keys = { 'age-min': count('YEARS'), 'age-max': count('YEARS') };

/** Which ages of a person are plausible on the day of entry. Source: docs/domain.md#facts-about-a-person. */
export const EXPERT_RULES: RuleSet<typeof keys> = { name: 'EXPERTS', keys };

export const EXPERT_RULE_FILE: RuleFile = {
  path: 'apps/staffing/data/expert-rules.csv',
  sets: [EXPERT_RULES],
  rowsMax: 100,
};
