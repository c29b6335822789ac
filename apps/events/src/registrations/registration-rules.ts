import { count, type RuleFile, type RuleSet } from '#rules';

const keys = { 'unconfirmed-seats-held': count('DAYS'), 'confirmation-link-valid': count('DAYS') };

/** How long people have to confirm their address. Source: docs/domain.md#registrations. */
export const REGISTRATION_RULES: RuleSet<typeof keys> = { name: 'REGISTRATIONS', keys };

export const REGISTRATION_RULE_FILE: RuleFile = {
  path: 'apps/events/data/registration-rules.csv',
  sets: [REGISTRATION_RULES],
  rowsMax: 100,
};
