import type { Instrument } from '#contracts/finance';
import type { Tx } from '#database';
import { readRules, readRuleSets } from '#rules';
import { COUNTRY_GROUPS, INSTRUMENT_RULES } from './instrument-rules';
import type { InstrumentRule } from './person-and-term';

/** The rules of an instrument that are in force on a day. */
export async function instrumentRuleInForce(tx: Tx, instrument: Instrument, on: string): Promise<InstrumentRule> {
  const rules = (await readRules(tx, INSTRUMENT_RULES[instrument])).inForceOn(on);
  return {
    monthsMin: rules.value('term-months-min'),
    monthsMax: rules.value('term-months-max'),
    ageMin: rules.valueIfAny('age-min') ?? null,
    citizenshipGroups: rules.valueIfAny('citizens-of') ?? [],
    isLocal: rules.value('nationals-or-residents-only'),
  };
}

/** The countries that are in one of the groups on a day. */
export async function countriesOf(tx: Tx, groups: InstrumentRule['citizenshipGroups'], on: string): Promise<string[]> {
  if (groups.length === 0) return [];
  const sets = await readRuleSets(tx, COUNTRY_GROUPS);
  return groups.flatMap((group) => sets[group].inForceOn(on).rows.map(({ key }) => key));
}
