import { z } from 'zod';
import type { CostCategory } from '#contracts/finance';
import type { Queries } from '#database';
import { type DatedRules, readRules, type RuleFile, type RuleKey, type RuleSet } from '#rules';

const account: RuleKey<string> = {
  units: ['ACCOUNT'],
  value: z.string().regex(/^\d{4}$/, 'must be an account of four digits, such as 6300'),
};

const keys = {
  'account-personal': account,
  'account-soziales': account,
  'account-familie': account,
  'account-mobilitaet': account,
  'account-ausstattung': account,
  'account-projekt': account,
  'account-bank': account,
  'account-charge': account,
  'account-claim': account,
  'account-claim-interest': account,
  /** What the journal alone knows. */
  'account-transit': account,
};

/** Accounts of the DATEV batch; a booking goes to those of its day. */
export type DatevAccounts = DatedRules<typeof DATEV_ACCOUNTS>;
export type DatevAccount = keyof typeof keys;

export const DATEV_ACCOUNTS: RuleSet<typeof keys> = { name: 'DATEV_SKR04', keys, missing: 'FINANCE_RULE_MISSING' };

export const DATEV_ACCOUNT_FILE: RuleFile = {
  path: 'apps/finance/data/datev-accounts.csv',
  sets: [DATEV_ACCOUNTS],
  rowsMax: 200,
};

export const EXPENSE_ACCOUNTS: Readonly<Record<CostCategory, DatevAccount>> = {
  PERSONAL: 'account-personal',
  SOZIALES: 'account-soziales',
  FAMILIE: 'account-familie',
  MOBILITAET: 'account-mobilitaet',
  AUSSTATTUNG: 'account-ausstattung',
  PROJEKT: 'account-projekt',
};

export function readDatevAccounts(source: Queries): Promise<DatevAccounts> {
  return readRules(source, DATEV_ACCOUNTS);
}
