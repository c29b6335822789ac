import { sumOf } from './sum-of';

describe('a sum of amounts', () => {
  it('is exact, and one for each currency', () => {
    const sums = sumOf([
      { amount: '0.10', currency: 'EUR' },
      { amount: '0.20', currency: 'EUR' },
      { amount: '5000', currency: 'XOF' },
    ]);
    expect(sums).toEqual([
      { amount: '0.30', currency: 'EUR' },
      { amount: '5000', currency: 'XOF' },
    ]);
  });
});
