import type { Queries } from '#database';
import { count, euros, readRules, type RuleFile, type RuleSet, type RulesInForce } from '#rules';
import { CHARGE_BEARERS } from './charge-bearers.reader';
import { TRANSFER_RULES } from './transfer-rules.reader';

const keys = {
  'second-signature-from': euros('EUR'),
  'bank-account-quarantine': count('HOURS'),
  'screening-validity': count('DAYS'),
  'screening-hit-score': count('SCORE'),
  'duplicate-window': count('DAYS'),
  'execution-days-ahead': count('DAYS'),
  'sanctions-list-age': count('DAYS'),
};

/**
 * The controls before a payment. No control works from a gap. The values marked PROPOSAL have to be set by the fund's own instruction
 * (Dienstanweisung) before real use: two persons confirm a row.
 */
export const PAYMENT_RULES: RuleSet<typeof keys> = { name: 'PAYMENT', keys, missing: 'FINANCE_RULE_MISSING' };

export const PAYMENT_RULE_FILE: RuleFile = {
  path: 'apps/finance/data/payment-rules.csv',
  sets: [PAYMENT_RULES, CHARGE_BEARERS, TRANSFER_RULES],
  rowsMax: 200,
};

export async function paymentRulesOn(source: Queries, day: string): Promise<RulesInForce<RuleSet<typeof keys>>> {
  return (await readRules(source, PAYMENT_RULES)).inForceOn(day);
}
