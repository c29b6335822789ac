import { leverageOf } from './leverage';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('leverage', () => {
  it('is what was secured for each unit of what the expert costs, rounded half up', () => {
    const bound = [
      { year: 2027, amount: eur('30000.00') },
      { year: 2028, amount: eur('10000.00') },
    ];
    expect(leverageOf({ secured: eur('970000.00'), bound })).toEqual({
      expertCost: eur('40000.00'),
      byYear: bound,
      ratio: '24.3',
      gap: null,
    });
    expect(leverageOf({ secured: eur('0.00'), bound }).ratio).toBe('0.0');
  });

  it('is not told where an input is missing or another currency, and says which', () => {
    expect(leverageOf({ secured: eur('1.00'), bound: null }).gap).toBe('NO_ASSIGNMENT');
    expect(leverageOf({ secured: eur('1.00'), bound: [] })).toMatchObject({ ratio: null, gap: 'NOTHING_BOUND' });
    const bound = [{ year: 2027, amount: { amount: '100', currency: 'XOF' } }];
    expect(leverageOf({ secured: eur('1.00'), bound })).toMatchObject({ ratio: null, gap: 'OTHER_CURRENCY' });
  });
});
