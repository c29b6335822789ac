import { AppError } from '#contracts';
import type { Queries } from '#database';
import {
  count,
  type DatedRules,
  euros,
  type MemberSet,
  readRuleSets,
  type RuleFile,
  type RuleRow,
  type RuleSet,
  type RulesInForce,
} from '#rules';
import { COUNTRY_OR_OTHER, OTHER } from '../payment-rules/charge-bearers.reader';

const keys = {
  'day-allowance-full': euros('EUR'),
  'day-allowance-part': euros('EUR'),
  'day-allowance-hours': count('HOURS'),
  'breakfast-kept': count('PERCENT'),
  'lunch-kept': count('PERCENT'),
  'dinner-kept': count('PERCENT'),
  night: euros('EUR'),
  kilometre: euros('EUR'),
  'kilometre-max': euros('EUR'),
  'kilometre-needed': euros('EUR'),
  'claim-period': count('MONTHS'),
  'long-stay-days': count('DAYS'),
  'long-stay-cut': count('PERCENT'),
  'abroad-part-share': count('PERCENT'),
  'abroad-night-share': count('PERCENT'),
  'abroad-night-max': euros('EUR'),
  // What a long stay abroad is cut by is not in the law that is at hand (BRKG 14 (3) leaves it to an ordinance).
  'abroad-long-stay-cut': { ...count('PERCENT'), isOptional: true },
};

export const TRAVEL_RULES: RuleSet<typeof keys> = { name: 'TRAVEL', keys, missing: 'FINANCE_RULE_MISSING' };
export type TravelRule = keyof typeof keys;

const byCountry = (name: string): MemberSet<bigint> => ({
  name,
  keys: {},
  members: { form: COUNTRY_OR_OTHER, rule: euros('EUR') },
});
/** What a full day in a country is worth. No values are shipped: none with a source was found. */
export const TRAVEL_DAY_ABROAD = byCountry('TRAVEL_DAY_ABROAD');
/** What a night in a country is worth. No values are shipped either. */
export const TRAVEL_NIGHT_ABROAD = byCountry('TRAVEL_NIGHT_ABROAD');

export const TRAVEL_RULE_FILE: RuleFile = {
  path: 'apps/finance/data/travel-rules.csv',
  sets: [TRAVEL_RULES, TRAVEL_DAY_ABROAD, TRAVEL_NIGHT_ABROAD],
  rowsMax: 2_000,
};

/** An amount of a rule row, in cents. */
export interface TravelRate {
  readonly row: RuleRow;
  readonly minor: bigint;
}

/** The rates of travel costs on any day. */
export class TravelRules {
  constructor(
    private readonly inland: DatedRules<typeof TRAVEL_RULES>,
    private readonly days: DatedRules,
    private readonly nights: DatedRules,
  ) {}

  static async read(source: Queries): Promise<TravelRules> {
    const sets = { inland: TRAVEL_RULES, days: TRAVEL_DAY_ABROAD, nights: TRAVEL_NIGHT_ABROAD };
    const { inland, days, nights } = await readRuleSets<keyof typeof sets, RuleSet>(source, sets);
    return new TravelRules(inland as DatedRules<typeof TRAVEL_RULES>, days, nights);
  }

  on(day: string): RulesInForce<typeof TRAVEL_RULES> {
    return this.inland.inForceOn(day);
  }

  /** FINANCE_TRAVEL_RATE_MISSING where the table has neither the country nor a row for all others. */
  dayAbroad(country: string, on: string, pointer: string): TravelRate {
    return rateOf(TRAVEL_DAY_ABROAD, this.days, { country, on, pointer });
  }

  nightAbroad(country: string, on: string, pointer: string): TravelRate {
    return rateOf(TRAVEL_NIGHT_ABROAD, this.nights, { country, on, pointer });
  }
}

interface Asked {
  readonly country: string;
  readonly on: string;
  readonly pointer: string;
}

function rateOf({ name, members }: MemberSet<bigint>, rules: DatedRules, { country, on, pointer }: Asked): TravelRate {
  const { rows } = rules.inForceOn(on);
  const row = [country, OTHER].map((key) => rows.find((each) => each.key === key)).find((found) => found);
  if (!row) throw rateMissing({ ruleSet: name, key: country, on }, pointer);
  return { row, minor: members.rule.value.parse(row.value) };
}

/** Names the row that is missing, as facts and in words. */
export function rateMissing(row: { ruleSet: string; key: string; on: string }, pointer: string): AppError {
  const code = 'FINANCE_TRAVEL_RATE_MISSING';
  const detail = `${row.ruleSet} has no row of ${row.key} on ${row.on}`;
  return new AppError(code, row, { errors: [{ pointer, code, detail }] });
}
