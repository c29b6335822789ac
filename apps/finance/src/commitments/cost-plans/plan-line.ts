import { AppError, Exact, minorUnitDigits, type Money, toMinor } from '#contracts';
import type { CostItem } from '#contracts/finance';
import type { Slice } from './slice';

/** Plans are made in the currency of the fund. */
export const PLAN_CURRENCY = 'EUR';

/** One amount that is paid: exact until here, rounded once. Lines of one day and category make one instalment. */
export interface PlanLine {
  readonly item: CostItem;
  readonly dueOn: string;
  /** EUR cents. */
  readonly amountMinor: bigint;
  /** Minor units of the contract's currency, where that is another one. */
  readonly localMinor?: bigint;
}

export function planLine(item: CostItem, dueOn: string, amount: Slice): PlanLine {
  return { item, dueOn, amountMinor: amount.round() };
}

/** The currency of a local contract, and what of the ledger's it takes to keep a promise in it. */
export interface LocalCurrency {
  readonly currency: string;
  /** Units of the currency for one EUR, all decimals. */
  readonly rate: string;
  /** Percent that is set aside above the amount by the rate, for a rate that moves until the payment. */
  readonly reservePercent: number;
}

/**
 * What is promised in the currency of the contract, and the EUR that are set aside for it: each rounded once, both by the marks of the
 * share, so that the parts of one post add up in either. Source: docs/domain.md#local-contracts-in-their-currency.
 */
export function localLine(item: CostItem, dueOn: string, amount: Slice, local: LocalCurrency): PlanLine {
  const [localMinor, cents] = [amount.round(), amount.times(centsPerMinor(local)).round()];
  // What is promised is paid: the smallest amounts of some currencies are less than half a cent.
  return { item, dueOn, localMinor, amountMinor: localMinor > 0n && cents <= 0n ? 1n : cents };
}

/** EUR cents to be set aside for an amount in the currency of the contract, with its reserve; rounded once, commercially. */
export function setAsideMinor(localMinor: bigint, local: LocalCurrency): bigint {
  return Exact.of(localMinor).times(centsPerMinor(local)).round();
}

function centsPerMinor({ currency, rate, reservePercent }: LocalCurrency): Exact {
  const perMinor = Exact.of(100).dividedBy(Exact.of(10n ** BigInt(minorUnitDigits(currency))));
  return perMinor.dividedBy(Exact.parse(rate)).percent(Exact.of(100 + reservePercent));
}

/** Minor units of an amount that the plan takes in one currency only. */
export function minorIn(expected: string, money: Money, pointer: string): bigint {
  const { amountMinor, currency } = toMinor(money);
  if (currency === expected) return amountMinor;
  throw new AppError(
    'FINANCE_PLAN_CURRENCY_NOT_SUPPORTED',
    { currency },
    {
      errors: [{ pointer, code: 'FINANCE_PLAN_CURRENCY_NOT_SUPPORTED', detail: `${currency} instead of ${expected}` }],
    },
  );
}
