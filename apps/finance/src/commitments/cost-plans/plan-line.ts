import { AppError, type Money, toMinor } from '#contracts';
import type { CostItem } from '#contracts/finance';
import type { Slice } from './slice';

/** Plans are made in the currency of the fund. */
export const PLAN_CURRENCY = 'EUR';

/** One amount that is paid: exact until here, rounded once. Lines of one day and category make one instalment. */
export interface PlanLine {
  readonly item: CostItem;
  readonly dueOn: string;
  readonly amountMinor: bigint;
}

export function planLine(item: CostItem, dueOn: string, amount: Slice): PlanLine {
  return { item, dueOn, amountMinor: amount.round() };
}

/** Cents of an amount that the plan takes in EUR only. */
export function eurCents(money: Money, pointer: string): bigint {
  const { amountMinor, currency } = toMinor(money);
  if (currency === PLAN_CURRENCY) return amountMinor;
  throw new AppError(
    'FINANCE_PLAN_CURRENCY_NOT_SUPPORTED',
    { currency },
    {
      errors: [{ pointer, code: 'FINANCE_PLAN_CURRENCY_NOT_SUPPORTED', detail: `${currency} instead of EUR` }],
    },
  );
}
