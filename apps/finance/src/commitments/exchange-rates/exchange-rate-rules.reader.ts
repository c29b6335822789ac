import { CurrencyCode } from '#contracts';
import type { Queries } from '#database';
import { count, membersIn, type MemberSet, oneOf, readRules, type RuleFile, type RuleSet } from '#rules';

const keys = {
  'rate-age-max': count('DAYS'),
  'rate-jump': count('PERCENT'),
  'refixing-threshold': count('PERCENT'),
  'local-currency-reserve': count('PERCENT'),
  'local-currency-deviation': count('PERCENT'),
};

const EXCHANGE_RATES: RuleSet<typeof keys> = { name: 'EXCHANGE_RATES', keys, missing: 'FINANCE_RULE_MISSING' };
const FIXED_PARITY: MemberSet = {
  name: 'FIXED_PARITY',
  keys: {},
  members: { form: CurrencyCode, rule: oneOf(['FIXED'], 'PARITY') },
};

export const EXCHANGE_RATE_RULE_FILE: RuleFile = {
  path: 'apps/finance/data/exchange-rate-rules.csv',
  sets: [EXCHANGE_RATES, FIXED_PARITY],
  rowsMax: 200,
};

/** What holds for exchange rates on a day. */
export interface ExchangeRateRules {
  /** Days after which a rate is too old to convert with. */
  readonly ageMax: number;
  /** Percent by which a new rate may differ from the one before without a second person. */
  readonly jump: number;
  /** Percent by which a rate may move before the top-ups that were fixed by it are fixed anew. */
  readonly refixing: number;
  /** Percent that a local contract in the currency has set aside above its amount; none where the rate cannot move. */
  readonly reserveOf: (currency: string) => number;
  /** Percent by which the rate may differ at the order of such a payment from the one by which it was set aside. */
  readonly deviation: number;
  /** Whether a currency has a parity by treaty: its rate does not grow old. */
  readonly isFixed: (currency: string) => boolean;
}

export async function exchangeRateRulesOn(source: Queries, day: string): Promise<ExchangeRateRules> {
  const rules = (await readRules(source, EXCHANGE_RATES)).inForceOn(day);
  const fixed = membersIn(FIXED_PARITY, (await readRules(source, FIXED_PARITY)).inForceOn(day));
  return {
    ageMax: rules.value('rate-age-max'),
    jump: rules.value('rate-jump'),
    refixing: rules.value('refixing-threshold'),
    reserveOf: (currency) => (fixed.has(currency) ? 0 : rules.value('local-currency-reserve')),
    deviation: rules.value('local-currency-deviation'),
    isFixed: (currency) => fixed.has(currency),
  };
}
