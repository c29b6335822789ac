import fc from 'fast-check';
import { addDays, AppError } from '#contracts';
import { PERIODS_SHOWN } from '#contracts/finance';
import { type DayCount, interestOn, type Principal } from './interest';

const RATES = [
  { validFrom: '2016-07-01', percent: '-0.88' },
  { validFrom: '2023-01-01', percent: '1.62' },
  { validFrom: '2023-07-01', percent: '3.12' },
  { validFrom: '2024-01-01', percent: '3.62' },
  { validFrom: '2024-07-01', percent: '3.37' },
];

function interest(principals: readonly Principal[], dayCount: DayCount = 'ACT_365') {
  return interestOn(principals, { rates: RATES, rules: { points: '5', dayCount }, currency: 'EUR' });
}

describe('interest at five points above the base rate', () => {
  it('is computed by hand across a change of the base rate', () => {
    // 10,000.00 for 30 days at 8.12 % and 31 days at 8.62 %: 66.7397... + 73.2109... = 139.9506...
    const result = interest([{ amountMinor: 1_000_000n, from: '2023-12-02', to: '2024-02-01' }]);
    expect(result.periods.map(({ from, to, days, ratePercent }) => [from, to, days, ratePercent])).toEqual([
      ['2023-12-02', '2024-01-01', 30, '8.1200'],
      ['2024-01-01', '2024-02-01', 31, '8.6200'],
    ]);
    expect(result).toMatchObject({ amount: { amount: '139.95', currency: 'EUR' }, isProvisional: false });
  });

  it('takes a negative base rate off the points', () => {
    // 36,500.00 for 100 days at 4.12 % = 412.00
    expect(interest([{ amountMinor: 3_650_000n, from: '2022-02-01', to: '2022-05-12' }]).amount.amount).toBe('412.00');
  });

  it.each<[DayCount, string]>([
    ['ACT_365', '236.16'],
    ['ACT_360', '239.44'],
    ['ACT_ACT', '235.52'],
  ])('counts days by %s', (dayCount, amount) => {
    // 10,000.00 for 100 days of a leap year at 8.62 %
    const result = interest([{ amountMinor: 1_000_000n, from: '2024-01-01', to: '2024-04-10' }], dayCount);
    expect(result.amount.amount).toBe(amount);
  });

  it('rounds once: many small principals bear what one large one bears', () => {
    const range = { from: '2023-03-01', to: '2024-03-01' };
    const parts = Array.from({ length: 1000 }, () => ({ amountMinor: 33n, ...range }));
    expect(interest(parts).amount).toEqual(interest([{ amountMinor: 33_000n, ...range }]).amount);
  });

  it('shows the first half-years of many, and computes with all of them', () => {
    const range = { from: '2023-03-01', to: '2024-03-01' };
    const parts = Array.from({ length: PERIODS_SHOWN }, () => ({ amountMinor: 33n, ...range }));
    const result = interest(parts);
    expect(result.periods).toHaveLength(PERIODS_SHOWN);
    expect(result.amount).toEqual(interest([{ amountMinor: 33n * BigInt(PERIODS_SHOWN), ...range }]).amount);
  });

  it('is provisional in a half-year whose base rate is not known yet', () => {
    const amountMinor = 100_00n;
    expect(interest([{ amountMinor, from: '2024-07-01', to: '2025-01-01' }]).isProvisional).toBe(false);
    expect(interest([{ amountMinor, from: '2024-07-01', to: '2025-01-02' }]).isProvisional).toBe(true);
  });

  it('is refused before the first known base rate', () => {
    expect(() => interest([{ amountMinor: 1n, from: '2016-01-01', to: '2017-01-01' }])).toThrow(AppError);
  });

  it('is the sum of single days, whatever the range', () => {
    const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2021-01-01', days));
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 500 }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (from, days, minor) => {
          const whole = [{ amountMinor: minor, from, to: addDays(from, days) }];
          const singly = Array.from({ length: days }, (_, index) => ({
            amountMinor: minor,
            from: addDays(from, index),
            to: addDays(from, index + 1),
          }));
          expect(interest(whole, 'ACT_ACT').amount).toEqual(interest(singly, 'ACT_ACT').amount);
        },
      ),
      { numRuns: 200 },
    );
  });
});
