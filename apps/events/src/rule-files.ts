import type { RuleFile } from '#rules';
import { REGISTRATION_RULE_FILE } from './registrations/registration-rules';

/** The dated rules that the service works by. */
export const EVENTS_RULE_FILES: readonly RuleFile[] = [REGISTRATION_RULE_FILE];
