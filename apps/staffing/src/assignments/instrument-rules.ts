import { CountryCode } from '#contracts';
import { instrumentRules, type MemberSet, oneOf, type RuleFile } from '#rules';

/** What an instrument asks of its term and of the person; the amounts of the same file are finance's. */
export const { file: INSTRUMENT_RULE_FILE, byInstrument: INSTRUMENT_RULES } = instrumentRules(
  'STAFFING_INSTRUMENT_RULE_MISSING',
);

const groupOf = (name: 'EU' | 'EFTA'): MemberSet => ({
  name,
  keys: {},
  members: { form: CountryCode, rule: oneOf(['MEMBER'], 'MEMBERSHIP') },
});

/** The countries whose citizens qualify. */
export const COUNTRY_GROUPS = { EU: groupOf('EU'), EFTA: groupOf('EFTA') };

export const COUNTRY_GROUP_FILE: RuleFile = {
  path: 'apps/staffing/data/country-groups.csv',
  sets: Object.values(COUNTRY_GROUPS),
  rowsMax: 300,
};
