import { eurMinorOf } from './conversion';

describe('conversion to EUR', () => {
  it.each([
    ['XOF', 655_957n, '655.957', 100_000n],
    ['TND', 3_350n, '3.35', 100n],
    ['TZS', 100_000n, '2650.123456789', 38n],
    ['XOF', 1_000n, '655.957', 152n],
  ])('of %s %s at %s gives %s cents', (currency, amountMinor, rate, cents) => {
    expect(eurMinorOf({ amountMinor, currency }, rate)).toBe(cents);
  });

  it('rounds half a cent up, once', () => {
    expect(eurMinorOf({ amountMinor: 1n, currency: 'USD' }, '2')).toBe(1n);
    expect(eurMinorOf({ amountMinor: 1n, currency: 'USD' }, '2.0000000001')).toBe(0n);
  });
});
