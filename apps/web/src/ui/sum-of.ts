import { minorUnitDigits, parseMinor, toMoney } from '#contracts';

interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** The sum of amounts, one for each currency, in whole minor units. */
export function sumOf(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, bigint>();
  for (const { amount, currency } of amounts) {
    const minor = parseMinor(amount, currency);
    if (minor === undefined)
      throw new RangeError(`${amount} has more decimals than the ${minorUnitDigits(currency)} of ${currency}`);
    sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  }
  return [...sums].map(([currency, minor]) => toMoney(minor, currency));
}

/** What is left of an amount after others of its currency, in whole minor units; may be below zero. */
export function less(from: Money, ...taken: readonly Money[]): Money {
  const [sum] = sumOf([from, ...taken.map(({ amount, currency }) => ({ amount: negated(amount), currency }))]);
  return sum ?? from;
}

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
