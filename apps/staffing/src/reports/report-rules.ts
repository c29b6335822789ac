import { count, type RuleFile, type RuleSet } from '#rules';

const keys = { 'start-report-after': count('MONTHS'), 'progress-report-every': count('MONTHS') };

/** When the reports of an assignment are due. Source: docs/domain.md#reports. */
export const REPORT_RULES: RuleSet<typeof keys> = { name: 'REPORTS', keys };

export const REPORT_RULE_FILE: RuleFile = {
  path: 'apps/staffing/data/report-rules.csv',
  sets: [REPORT_RULES],
  rowsMax: 100,
};
