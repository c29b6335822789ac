import { burnDown } from './burn-down';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const month = (name: string, spent: string, expected: string) => ({
  month: name,
  spent: eur(spent),
  expected: eur(expected),
});

describe('the burn-down of a budget year', () => {
  it('knows what was left until now and expects the rest, to the cent', () => {
    const months = [
      month('2026-10', '100.10', '0.00'),
      month('2026-11', '50.05', '20.00'),
      month('2026-12', '0.00', '30.02'),
    ];
    const course = { fundId: 'fund', year: 2026, asOf: '2026-11-27', months };
    expect(burnDown(course, eur('1000.00')).map(({ actual, expected }) => [actual?.amount, expected?.amount])).toEqual([
      ['899.90', undefined],
      ['849.85', '829.85'],
      [undefined, '799.83'],
    ]);
  });

  it('of a future year is expected from its first month on', () => {
    const course = { fundId: 'fund', year: 2027, asOf: '2026-11-27', months: [month('2027-01', '0.00', '10.00')] };
    expect(burnDown(course, eur('5.00'))).toMatchObject([{ actual: undefined, expected: eur('-5.00') }]);
  });
});
