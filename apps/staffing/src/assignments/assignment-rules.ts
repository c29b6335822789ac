import { count, type RuleFile, type RuleSet } from '#rules';

const keys = { 'preparation-before-start-max': count('MONTHS'), 'start-from-today-max': count('YEARS') };

/** Which days of an assignment are plausible. Source: docs/domain.md#assignments. */
export const ASSIGNMENT_RULES: RuleSet<typeof keys> = { name: 'ASSIGNMENTS', keys };

export const ASSIGNMENT_RULE_FILE: RuleFile = {
  path: 'apps/staffing/data/assignment-rules.csv',
  sets: [ASSIGNMENT_RULES],
  rowsMax: 100,
};
