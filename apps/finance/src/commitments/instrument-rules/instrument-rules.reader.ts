import { Exact } from '#contracts';
import type { CostOfLivingPlace, Instrument } from '#contracts/finance';
import type { Queries } from '#database';
import { type DatedRules, type InstrumentRuleSet, instrumentRules, readRules, readRuleSets } from '#rules';
import { COST_OF_LIVING, costOfLivingRow } from './cost-of-living.reader';

/** What each instrument pays; the terms of the same file are staffing's. Source: docs/domain.md#costs-of-the-instruments. */
export const { file: INSTRUMENT_RULE_FILE, byInstrument: INSTRUMENT_RULES } = instrumentRules('FINANCE_RULE_MISSING');

export type InstrumentRules = Readonly<
  Record<Instrument, DatedRules<InstrumentRuleSet>> & { COST_OF_LIVING: DatedRules }
>;

export async function readInstrumentRules(source: Queries): Promise<InstrumentRules> {
  return {
    ...(await readRuleSets(source, INSTRUMENT_RULES)),
    COST_OF_LIVING: await readRules(source, COST_OF_LIVING),
  };
}

type Key = keyof InstrumentRuleSet['keys'];
type KeyOf<Value> = { [K in Key]: InstrumentRuleSet['keys'][K] extends { value: { _output: Value } } ? K : never }[Key];

/**
 * The rules of one instrument. Asks for a rule by key and day and notes each rule that was used, so that a plan can name
 * what it rests on. A key without a rule in force is refused: a plan is never computed from a gap.
 */
export class RuleBook {
  private readonly used = new Set<string>();

  constructor(
    private readonly instrument: Instrument,
    private readonly rules: InstrumentRules,
  ) {}

  /** EUR cents of an amount rule. */
  cents(key: KeyOf<bigint>, on: string): Exact {
    return Exact.of(this.inForce(key, on).value(key));
  }

  percent(key: KeyOf<string>, on: string): Exact {
    return Exact.parse(this.inForce(key, on).value(key));
  }

  count(key: KeyOf<number>, on: string): number {
    return this.inForce(key, on).value(key);
  }

  /** Percent of the adjustable part of the pay at a place. */
  costOfLiving(place: CostOfLivingPlace, on: string): Exact {
    const { name, value } = costOfLivingRow(this.rules.COST_OF_LIVING, place, on);
    this.used.add(name);
    return Exact.parse(value);
  }

  usedIds(): string[] {
    return [...this.used].sort();
  }

  private inForce(key: Key, on: string) {
    const inForce = this.rules[this.instrument].inForceOn(on);
    this.used.add(inForce.row(key).name);
    return inForce;
  }
}
