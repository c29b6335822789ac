import type { ErrorCode } from '#contracts';
import type { RuleFile, RuleKey, RuleKeys, RuleSet } from './rule-set';
import { count, decimal, euros, someOf, yesOrNo } from './rule-values';

const inStaffing = <Value>(key: RuleKey<Value>) => ({ ...key, of: 'staffing' as const });
const inFinance = <Value>(key: RuleKey<Value>) => ({ ...key, of: 'finance' as const });
const month = inFinance(euros('EUR_PER_MONTH'));
const once = inFinance(euros('EUR_ONCE'));

/** Who may serve, and how long. */
const TERM_KEYS = {
  'term-months-min': inStaffing(count('MONTHS')),
  'term-months-max': inStaffing(count('MONTHS')),
  'age-min': { ...inStaffing(count('YEARS')), isOptional: true },
  'citizens-of': { ...inStaffing(someOf(['EU', 'EFTA'], 'COUNTRY_GROUP')), isOptional: true },
  'nationals-or-residents-only': inStaffing(yesOrNo()),
} satisfies RuleKeys;

const DEVELOPMENT_WORKER_KEYS = {
  'base-allowance': month,
  'overseas-bonus': month,
  'overseas-bonus-spouse': month,
  'overseas-bonus-child': month,
  'cost-of-living-share': inFinance(decimal('PERCENT')),
  'rent-ceiling': month,
  'pension-subsidy': month,
  'reintegration-allowance': month,
  'travel-out': once,
  'travel-home': once,
  equipment: once,
  'equipment-spouse': once,
  'equipment-child': once,
  'equipment-years': inFinance(count('COUNT')),
  'interruption-pay-weeks': inFinance(count('COUNT')),
  'reintegration-minimum-months': inFinance(count('MONTHS')),
} satisfies RuleKeys;

const INTEGRATED_EXPERT_KEYS = {
  'reference-net': month,
  'reference-net-spouse': month,
  'reference-net-child': month,
  'social-security': month,
  'relocation-out': once,
  'relocation-home': once,
} satisfies RuleKeys;

const LOCAL_EXPERT_KEYS = {
  'instalment-months': inFinance(count('MONTHS')),
  'proof-share': inFinance(count('PERCENT')),
} satisfies RuleKeys;

type InstrumentKeys = typeof TERM_KEYS &
  typeof DEVELOPMENT_WORKER_KEYS &
  typeof INTEGRATED_EXPERT_KEYS &
  typeof LOCAL_EXPERT_KEYS;

/** One set for each instrument; a key that the instrument does not have is refused when it is asked for. */
export type InstrumentRuleSet = RuleSet<InstrumentKeys>;

/**
 * What each instrument asks of a person and pays, in one file for the two services that work by it: the terms are staffing's, the
 * amounts finance's. Source of the model: docs/domain.md#instruments, docs/domain.md#costs-of-the-instruments.
 */
export function instrumentRules(missing: ErrorCode) {
  const of = (name: string, amounts: RuleKeys) =>
    ({ name, missing, keys: { ...TERM_KEYS, ...amounts } }) as InstrumentRuleSet;
  const byInstrument = {
    INTEGRATED_EXPERT: of('INTEGRATED_EXPERT', INTEGRATED_EXPERT_KEYS),
    DEVELOPMENT_WORKER: of('DEVELOPMENT_WORKER', DEVELOPMENT_WORKER_KEYS),
    LOCAL_EXPERT: of('LOCAL_EXPERT', LOCAL_EXPERT_KEYS),
  };
  const file: RuleFile = { path: 'libs/rules/data/instruments.csv', sets: Object.values(byInstrument), rowsMax: 200 };
  return { file, byInstrument };
}
