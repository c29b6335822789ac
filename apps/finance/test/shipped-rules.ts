import { DatedRules, type RuleFile, type RuleRow, type RuleSet, shippedRules } from '#rules';
import { RULE_SETS, type RuleSet as RuleSetName } from '#contracts/finance';
import {
  INSTRUMENT_RULE_FILE,
  INSTRUMENT_RULES,
  type InstrumentRules,
} from '../src/commitments/instrument-rules/instrument-rules.reader';
import { DATEV_ACCOUNT_FILE, DATEV_ACCOUNTS } from '../src/outlets/exports/datev-accounts.reader';
import { COST_OF_LIVING, COST_OF_LIVING_FILE } from '../src/commitments/instrument-rules/cost-of-living.reader';
import { BANK_DAY_FILE, BankDays } from '../src/payments/payment-rules/bank-days.reader';
import { SEPA_AREA_FILE, SepaArea } from '../src/payments/payees/sepa-area.reader';
import {
  PUBLIC_MONEY_RULE_FILE,
  PUBLIC_MONEY_RULES,
  type PublicMoneyRules,
} from '../src/public-money/public-money-rules/public-money-rules.reader';
import {
  TRAVEL_DAY_ABROAD,
  TRAVEL_NIGHT_ABROAD,
  TRAVEL_RULE_FILE,
  TRAVEL_RULES,
  TravelRules,
} from '../src/payments/travel-claims/travel-rules.reader';

/** The rules as they are shipped, for tests without a database. */
function shipped<Set extends RuleSet>(file: RuleFile, set: Set): DatedRules<Set> {
  return new DatedRules(
    set,
    shippedRules('finance', file).filter(({ ruleSet }) => ruleSet === set.name),
  );
}

export const SHIPPED_INSTRUMENT_RULES: InstrumentRules = {
  INTEGRATED_EXPERT: shipped(INSTRUMENT_RULE_FILE, INSTRUMENT_RULES.INTEGRATED_EXPERT),
  DEVELOPMENT_WORKER: shipped(INSTRUMENT_RULE_FILE, INSTRUMENT_RULES.DEVELOPMENT_WORKER),
  LOCAL_EXPERT: shipped(INSTRUMENT_RULE_FILE, INSTRUMENT_RULES.LOCAL_EXPERT),
  COST_OF_LIVING: shipped(COST_OF_LIVING_FILE, COST_OF_LIVING),
};

export const SHIPPED_PUBLIC_MONEY_RULES = Object.fromEntries(
  RULE_SETS.map((name) => [name, shipped(PUBLIC_MONEY_RULE_FILE, PUBLIC_MONEY_RULES[name])]),
) as Record<RuleSetName, PublicMoneyRules>;

export const SHIPPED_SEPA_AREA = new SepaArea({ rows: shippedRules('finance', SEPA_AREA_FILE) });

export const SHIPPED_DATEV_ACCOUNTS = shipped(DATEV_ACCOUNT_FILE, DATEV_ACCOUNTS);

export const SHIPPED_BANK_DAYS = new BankDays({ rows: shippedRules('finance', BANK_DAY_FILE) });

/** The rates of travel costs, with rows that an office confirmed. */
export function shippedTravelRules(more: readonly RuleRow[] = []): TravelRules {
  const rows = [...shippedRules('finance', TRAVEL_RULE_FILE), ...more];
  const of = <Set extends RuleSet>(set: Set) =>
    new DatedRules(
      set,
      rows.filter(({ ruleSet }) => ruleSet === set.name),
    );
  return new TravelRules(of(TRAVEL_RULES), of(TRAVEL_DAY_ABROAD), of(TRAVEL_NIGHT_ABROAD));
}
