import type { RuleFile } from '#rules';
import { ELIGIBILITY_RULE_FILE } from './eligibility/rule-set';
import { PUBLISHING_RULE_FILE } from './publishing/publishing-rules';
import { PROJECT_RULE_FILE } from './projects/project-rules';
import { COUNTRY_LIST_FILE } from './reference/country-lists';

/** The dated rules that the service works by. */
export const PARTNERSHIP_RULE_FILES: readonly RuleFile[] = [
  ELIGIBILITY_RULE_FILE,
  COUNTRY_LIST_FILE,
  PROJECT_RULE_FILE,
  PUBLISHING_RULE_FILE,
];
