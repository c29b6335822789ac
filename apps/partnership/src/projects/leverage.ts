import { type Money, toMinor, toMoney } from '#contracts';
import type { ProjectLeverageView } from '#contracts/partnership';

interface Inputs {
  readonly secured: Money;
  /** Born from an assignment: what is bound for it in each budget year. */
  readonly bound: readonly { readonly year: number; readonly amount: Money }[] | null;
}

type Leverage = Pick<ProjectLeverageView, 'expertCost' | 'byYear' | 'ratio' | 'gap'>;

/** Finance secured for each unit of expert cost; none where one of the two is missing or they are not in one currency. */
export function leverageOf({ secured, bound }: Inputs): Leverage {
  if (bound === null) return { expertCost: null, byYear: [], ratio: null, gap: 'NO_ASSIGNMENT' };
  const [first] = bound;
  if (!first) return { expertCost: null, byYear: [], ratio: null, gap: 'NOTHING_BOUND' };
  const cost = bound.reduce((sum, { amount }) => sum + toMinor(amount).amountMinor, 0n);
  const expertCost = toMoney(cost, first.amount.currency);
  if (expertCost.currency !== secured.currency)
    return { expertCost, byYear: [...bound], ratio: null, gap: 'OTHER_CURRENCY' };
  const tenths = (toMinor(secured).amountMinor * 20n + cost) / (cost * 2n);
  return { expertCost, byYear: [...bound], ratio: `${tenths / 10n}.${tenths % 10n}`, gap: null };
}
