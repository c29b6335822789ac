import * as fc from 'fast-check';
import { lastDayOfQuarter, type MoneyFact, publicSums, quarterOf } from './public-money';

const fact = (changes: Partial<MoneyFact>): MoneyFact => ({
  kind: 'DISBURSEMENT',
  quarter: '2027-Q1',
  currency: 'EUR',
  minor: 100n,
  assignmentId: 'a',
  partnershipId: 'p',
  country: 'TZ',
  ...changes,
});

describe('sums for the public', () => {
  it('are told for a partnership from three assignments on', () => {
    const three = ['a', 'b', 'c'].map((assignmentId) => fact({ assignmentId }));
    expect(publicSums(three, 3)).toEqual({
      withheld: 0,
      sums: [
        {
          ...{ place: { level: 'PARTNERSHIP', id: 'p' }, kind: 'DISBURSEMENT', quarter: '2027-Q1', currency: 'EUR' },
          ...{ minor: 300n, assignments: 3 },
        },
      ],
    });
  });

  it('do not come about by many payments of two', () => {
    const two = ['a', 'b', 'a', 'b'].map((assignmentId) => fact({ assignmentId }));
    expect(publicSums(two, 3)).toEqual({ sums: [], withheld: 4 });
  });

  it('are told for the country, or the fund, where a partnership has too few', () => {
    const facts = ['p', 'q', 'r'].map((id) => fact({ assignmentId: id, partnershipId: id }));
    expect(publicSums(facts, 3).sums).toMatchObject([{ place: { level: 'COUNTRY', id: 'TZ' }, minor: 300n }]);
    const apart = ['TZ', 'ZA', null].map((country, index) =>
      fact({ assignmentId: String(index), partnershipId: null, country }),
    );
    expect(publicSums(apart, 3).sums).toMatchObject([{ place: { level: 'FUND' }, assignments: 3 }]);
  });

  const facts = fc.array(
    fc.record({
      kind: fc.constantFrom('COMMITMENT' as const, 'DISBURSEMENT' as const),
      quarter: fc.constantFrom('2027-Q1' as const, '2027-Q2' as const),
      currency: fc.constantFrom('EUR', 'XOF'),
      minor: fc.bigInt(-500n, 5000n),
      assignmentId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      partnershipId: fc.constantFrom('p', 'q', null),
      country: fc.constantFrom('TZ', 'ZA', null),
    }),
    { maxLength: 60 },
  );

  it('hold each amount once, and never of fewer assignments than the rule asks for', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 1, max: 4 }), (all, min) => {
        const { sums, withheld } = publicSums(all, min);
        expect(sums.every(({ assignments }) => assignments >= min)).toBe(true);
        const total = (of: readonly { minor: bigint }[]) => of.reduce((sum, { minor }) => sum + minor, 0n);
        if (withheld === 0) expect(total(sums)).toBe(total(all));
        if (min === 1) expect(withheld).toBe(0);
      }),
    );
  });

  it('are dated by the last day of their quarter', () => {
    expect(['2027-01-31', '2027-12-31'].map(quarterOf)).toEqual(['2027-Q1', '2027-Q4']);
    expect(lastDayOfQuarter('2027-Q2')).toBe('2027-06-30');
  });
});
