import { type BudgetOfYear, freeFor, newPlan, takenBack } from './budget-of-year';

const YEAR: BudgetOfYear = {
  year: 2027,
  status: 'OPEN',
  isProvisional: false,
  planMinor: 1_000n,
  releasedMinor: 700n,
  availableMinor: 200n,
  blockedMinor: 50n,
};

const currency = 'EUR';
const refusal = (expected: object): Error => expect.objectContaining(expected) as Error;

describe('what is free of a year', () => {
  it('is for a cut what was not released and what of the releases nobody has bound', () => {
    expect(freeFor('CUT', YEAR)).toBe(500n);
  });

  it('does not count money for a cut that was carried over from another year', () => {
    expect(freeFor('CUT', { ...YEAR, releasedMinor: 0n, availableMinor: 5_000n })).toBe(1_000n);
  });

  it('is for a block what is available, for its end what is blocked', () => {
    expect(freeFor('BLOCK', YEAR)).toBe(200n);
    expect(freeFor('BLOCK_LIFTING', YEAR)).toBe(50n);
  });
});

describe('the plan after a change', () => {
  it.each([
    ['SUPPLEMENT', 10n, 1_010n],
    ['CUT', 500n, 500n],
    ['BLOCK', 200n, 1_000n],
    ['BLOCK_LIFTING', 50n, 1_000n],
  ] as const)('is by %s of %s: %s', (kind, amountMinor, plan) => {
    expect(newPlan({ kind, amountMinor, currency }, YEAR)).toBe(plan);
  });

  it.each([
    ['CUT', 501n, '500'],
    ['BLOCK', 201n, '200'],
    ['BLOCK_LIFTING', 51n, '50'],
  ] as const)('is refused by %s of %s, and the refusal says that %s is free', (kind, amountMinor, freeMinor) => {
    expect(() => newPlan({ kind, amountMinor, currency }, YEAR)).toThrow(
      refusal({ code: 'FINANCE_BUDGET_FREE_EXCEEDED', details: { year: 2027, freeMinor } }),
    );
  });

  it('is refused in a closed year, and its entry into force where it is in force', () => {
    const closed = { ...YEAR, status: 'CLOSED' as const };
    expect(() => newPlan({ kind: 'SUPPLEMENT', amountMinor: 1n, currency }, closed)).toThrow(
      refusal({ code: 'FINANCE_BUDGET_YEAR_CLOSED' }),
    );
    expect(() => newPlan({ kind: 'ENACTMENT', amountMinor: null, currency }, YEAR)).toThrow(
      refusal({ code: 'FINANCE_BUDGET_YEAR_IN_FORCE' }),
    );
    expect(newPlan({ kind: 'ENACTMENT', amountMinor: null, currency }, { ...YEAR, isProvisional: true })).toBe(1_000n);
  });
});

it('a cut takes what was not released first', () => {
  expect([299n, 300n, 301n, 500n].map((cut) => takenBack(cut, YEAR))).toEqual([0n, 0n, 1n, 200n]);
});
