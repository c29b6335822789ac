import { z } from 'zod';

/**
 * ISO 4217 minor units where they are not 2 (docs/domain.md#currency). A currency missing here has two decimals.
 * Source: ISO 4217 list one, as carried by datasets/country-codes (PDDL).
 */
const MINOR_UNITS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
]);

/** Decimals of a currency: 2 for EUR, 0 for XOF, 3 for TND. */
export function minorUnitDigits(currency: string): number {
  return MINOR_UNITS.get(currency) ?? 2;
}

/** An amount as the code computes it: an integer of minor units (cents) with its currency. Never a float. */
export interface MoneyMinor {
  readonly amountMinor: bigint;
  readonly currency: string;
}

const DECIMAL = /^-?(0|[1-9]\d{0,15})(\.\d{1,3})?$/;

/** What a column of the database holds. */
const MINOR_MAX = 2n ** 63n - 1n;

/** Parses `"1234.50"`; refuses more decimals than the currency has, and what no column holds. */
export function parseMinor(amount: string, currency: string): bigint | undefined {
  if (!DECIMAL.test(amount)) return undefined;
  const digits = minorUnitDigits(currency);
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  if (fraction.length > digits) return undefined;
  const minor = BigInt(whole) * 10n ** BigInt(digits) + BigInt(fraction.padEnd(digits, '0') || '0');
  if (minor > MINOR_MAX) return undefined;
  return amount.startsWith('-') ? -minor : minor;
}

/** Prints minor units as the API's decimal string with the currency's full scale: 123450 EUR -> `"1234.50"`. */
export function formatMinor(amountMinor: bigint, currency: string): string {
  const digits = minorUnitDigits(currency);
  const sign = amountMinor < 0n ? '-' : '';
  const text = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const A_DECIMAL = 'a decimal number in a string, such as "1234.50"';
const A_CURRENCY = 'an ISO 4217 code, such as "EUR"';

/** Money on the wire: `{"amount":"1234.50","currency":"EUR"}`; the scale is checked against the currency. */
export const Money = z
  .strictObject({
    amount: z.string().max(21, { error: A_DECIMAL, abort: true }).regex(DECIMAL, A_DECIMAL),
    currency: z
      .string()
      .max(3, { error: A_CURRENCY, abort: true })
      .regex(/^[A-Z]{3}$/, A_CURRENCY),
  })
  .superRefine((money, context) => {
    if (parseMinor(money.amount, money.currency) === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['amount'],
        message: `${money.currency} has ${minorUnitDigits(money.currency)} decimals`,
      });
    }
  })
  .meta({
    id: 'Money',
    description: 'An amount as a decimal string with the scale of its currency, and the ISO 4217 code.',
  });
export type Money = z.infer<typeof Money>;

/** Money that is owed, paid or budgeted: above zero. */
export const PositiveMoney = Money.refine((money) => !/^(-|0(\.0+)?$)/.test(money.amount), {
  path: ['amount'],
  message: 'must be above zero',
});

/** Money that may be nothing, but no less. */
export const NonNegativeMoney = Money.refine((money) => !money.amount.startsWith('-'), {
  path: ['amount'],
  message: 'must not be below zero',
});

export function toMinor(money: Money): MoneyMinor {
  const amountMinor = parseMinor(money.amount, money.currency);
  if (amountMinor === undefined) throw new RangeError(`unparsed money ${money.amount} ${money.currency}`);
  return { amountMinor, currency: money.currency };
}

export function toMoney(amountMinor: bigint, currency: string): Money {
  return { amount: formatMinor(amountMinor, currency), currency };
}
