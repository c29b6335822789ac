import type { Money } from '#contracts';
import type { CostPlanView, FundView } from '#contracts/finance';
import { parseMinor, toMoney } from '#contracts';
import type { ApiClient } from './api-client';
import { user } from './demo-token';

/** A fund with its budget years planned and released; a later year is commitment authority until it begins. */
export async function createFund(api: ApiClient, name: string, budgets: ReadonlyMap<number, Money>): Promise<FundView> {
  let fund = await api.post<FundView>(user('budget-officer'), '/funds', {
    name,
    debtorAccount: { holder: 'Fachkräftefonds', iban: 'DE75512108001245126199', bic: 'SOGEDEFF' },
  });
  for (const [year, amount] of budgets) {
    fund = await api.post<FundView>(
      user('budget-officer'),
      `/funds/${fund.id}/budget-years`,
      { year, plan: amount },
      { ifMatch: fund.version },
    );
    fund = await api.post<FundView>(
      user('budget-officer'),
      `/funds/${fund.id}/releases`,
      { year, amount },
      { ifMatch: fund.version },
    );
  }
  return fund;
}

/** What several plans need per budget year, times `factor` in percent (120: a fifth more than needed). */
export function budgetsFor(plans: readonly CostPlanView[], percent: bigint): Map<number, Money> {
  const sums = new Map<number, bigint>();
  for (const { year, amount } of plans.flatMap((plan) => plan.byYear)) {
    sums.set(year, (sums.get(year) ?? 0n) + (parseMinor(amount.amount, amount.currency) ?? 0n));
  }
  return new Map(
    [...sums].sort(([a], [b]) => a - b).map(([year, minor]) => [year, toMoney((minor * percent) / 100n, 'EUR')]),
  );
}
