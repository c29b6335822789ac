import type { RuleFile } from '#rules';
import { BUDGET_RULE_FILE } from './budget/budget-years/budget-rules.reader';
import { EXCHANGE_RATE_RULE_FILE } from './commitments/exchange-rates/exchange-rate-rules.reader';
import { INSTRUMENT_RULE_FILE } from './commitments/instrument-rules/instrument-rules.reader';
import { COST_OF_LIVING_FILE } from './commitments/instrument-rules/cost-of-living.reader';
import { DATEV_ACCOUNT_FILE } from './outlets/exports/datev-accounts.reader';
import { SEPA_AREA_FILE } from './payments/payees/sepa-area.reader';
import { BANK_DAY_FILE } from './payments/payment-rules/bank-days.reader';
import { PAYMENT_RULE_FILE } from './payments/payment-rules/payment-rules.reader';
import { TRAVEL_RULE_FILE } from './payments/travel-claims/travel-rules.reader';
import { PUBLIC_MONEY_RULE_FILE } from './public-money/public-money-rules/public-money-rules.reader';

/** The dated rules that the service works by. */
export const FINANCE_RULE_FILES: readonly RuleFile[] = [
  BUDGET_RULE_FILE,
  INSTRUMENT_RULE_FILE,
  COST_OF_LIVING_FILE,
  EXCHANGE_RATE_RULE_FILE,
  PAYMENT_RULE_FILE,
  SEPA_AREA_FILE,
  BANK_DAY_FILE,
  TRAVEL_RULE_FILE,
  PUBLIC_MONEY_RULE_FILE,
  DATEV_ACCOUNT_FILE,
];
