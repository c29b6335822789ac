import { CountryCode } from '#contracts';
import { DacGroup } from '#contracts/partnership';
import { type MemberSet, oneOf, type RuleFile, type RuleKey } from '#rules';

const listOf = <Value>(name: string, rule: RuleKey<Value>): MemberSet<Value> => ({
  name,
  keys: {},
  members: { form: CountryCode, rule },
});

/**
 * Lists of countries by day: the recipients of ODA by their group in the OECD's DAC list, and the partner countries of German
 * cooperation. Read with the countries themselves, in SQL.
 */
export const COUNTRY_LIST_FILE: RuleFile = {
  path: 'apps/partnership/data/country-lists.csv',
  sets: [
    listOf('DAC', oneOf(DacGroup.options, 'DAC_GROUP')),
    listOf('GERMAN_COOPERATION', oneOf(['PARTNER'], 'MEMBERSHIP')),
  ],
  rowsMax: 1000,
};
