import type { Queries, Tx } from '#database';
import { readRules, type RuleFile, type RuleSet, someOf } from '#rules';

/** What may bind more money of a year although nobody is bound to it by law. */
const BINDINGS = ['NEW_COMMITMENT', 'EXTENSION', 'SHARE_CHANGE', 'RATE_CHANGE'] as const;
export type Binding = (typeof BINDINGS)[number];

const keys = { 'provisional-binds': someOf(BINDINGS, 'BINDINGS') };
const BUDGET_RULES: RuleSet<typeof keys> = { name: 'BUDGET', keys, missing: 'FINANCE_RULE_MISSING' };

export const BUDGET_RULE_FILE: RuleFile = {
  path: 'apps/finance/data/budget-rules.csv',
  sets: [BUDGET_RULES],
  rowsMax: 50,
};

/**
 * Those of the years that take no such binding: their plan is not in force, and the rule of the day does not let it pass
 * (docs/domain.md#budget-ledger).
 */
export async function provisionalYears(
  tx: Tx,
  binding: Binding,
  { fundId, years, on }: { fundId: string; years: readonly number[]; on: string },
): Promise<number[]> {
  const provisional = await tx.query<{ year: number }>(
    'SELECT year FROM budget_year WHERE fund_id = $1 AND year = ANY ($2) AND is_provisional ORDER BY year',
    [fundId, years],
  );
  if (provisional.length === 0 || (await bindsInProvisional(tx, on)).includes(binding)) return [];
  return provisional.map(({ year }) => year);
}

async function bindsInProvisional(source: Queries, day: string): Promise<readonly Binding[]> {
  return (await readRules(source, BUDGET_RULES)).inForceOn(day).value('provisional-binds');
}
