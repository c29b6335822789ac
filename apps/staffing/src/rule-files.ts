import type { RuleFile } from '#rules';
import { ASSIGNMENT_RULE_FILE } from './assignments/assignment-rules';
import { COUNTRY_GROUP_FILE, INSTRUMENT_RULE_FILE } from './assignments/instrument-rules';
import { ASSESSMENT_RULE_FILE } from './expert-requests/assessment-rules';
import { EXPERT_RULE_FILE } from './experts/expert-rules';
import { REPORT_RULE_FILE } from './reports/report-rules';

/** The dated rules that the service works by. */
export const STAFFING_RULE_FILES: readonly RuleFile[] = [
  INSTRUMENT_RULE_FILE,
  ASSIGNMENT_RULE_FILE,
  COUNTRY_GROUP_FILE,
  ASSESSMENT_RULE_FILE,
  REPORT_RULE_FILE,
  EXPERT_RULE_FILE,
];
