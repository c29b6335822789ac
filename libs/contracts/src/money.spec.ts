import fc from 'fast-check';
import { formatMinor, minorUnitDigits, Money, parseMinor, PositiveMoney, toMinor, toMoney } from './money';

const CURRENCIES = ['EUR', 'XOF', 'TND', 'TZS'] as const;

describe('money on the wire', () => {
  it('keeps every amount through formatting and parsing, in every scale', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.constantFrom(...CURRENCIES),
        (minor, currency) => {
          expect(parseMinor(formatMinor(minor, currency), currency)).toBe(minor);
        },
      ),
    );
  });

  it.each([
    ['0.05', 'EUR', 5n],
    ['1234.5', 'EUR', 123450n],
    ['655', 'XOF', 655n],
    ['-0.001', 'TND', -1n],
  ])('reads %s %s as %s minor units', (amount, currency, minor) => {
    expect(toMinor({ amount, currency }).amountMinor).toBe(minor);
  });

  it.each([
    ['1.234', 'EUR'],
    ['1.5', 'XOF'],
    ['1e3', 'EUR'],
    ['01.00', 'EUR'],
    ['1,00', 'EUR'],
    ['', 'EUR'],
    ['NaN', 'EUR'],
    ['10000000000000000000', 'EUR'],
    ['9999999999999999.999', 'TND'],
    ['1.00', '__proto__'],
    ['1.00', 'constructor'],
  ])('refuses %s %s', (amount, currency) => {
    expect(Money.safeParse({ amount, currency }).success).toBe(false);
  });

  it('takes no name of a language for a currency with other decimals', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) expect(minorUnitDigits(name)).toBe(2);
  });

  it('keeps what a column of 64 bits holds, to the last unit', () => {
    expect(parseMinor('9223372036854775.807', 'TND')).toBe(2n ** 63n - 1n);
    expect(parseMinor('9223372036854775.808', 'TND')).toBeUndefined();
  });

  it('refuses a number, an unknown member and a currency that is no code', () => {
    expect(Money.safeParse({ amount: 12.5, currency: 'EUR' }).success).toBe(false);
    expect(Money.safeParse({ amount: '1.00', currency: 'EUR', cents: 3 }).success).toBe(false);
    expect(Money.safeParse({ amount: '1.00', currency: 'euro' }).success).toBe(false);
    for (const currency of ['__proto__', 'constructor', 'toString'])
      expect(Money.safeParse({ amount: '1.00', currency }).success).toBe(false);
  });

  it('demands more than nothing where money is owed', () => {
    for (const amount of ['0', '0.00', '-1.00'])
      expect(PositiveMoney.safeParse({ amount, currency: 'EUR' }).success).toBe(false);
    expect(PositiveMoney.safeParse(toMoney(1n, 'EUR')).success).toBe(true);
  });
});
