import { isUseProven } from './proof-gate';

const first = [
  { dueOn: '2027-01-01', amountMinor: 500_000n },
  { dueOn: '2027-01-01', amountMinor: 100_000n },
];
const second = [{ dueOn: '2027-07-01', amountMinor: 600_000n }];
const third = [{ dueOn: '2028-01-01', amountMinor: 1n }];
const plan = [...third, ...first, ...second];
const proven = (provenMinor: bigint) => ({ provenMinor, sharePercent: 80n });

describe('the proof that an instalment waits for', () => {
  it('is none for the first one', () => {
    expect(isUseProven('2027-01-01', plan, proven(0n))).toBe(true);
  });

  it('is the share of the one before, to the cent and over all its categories', () => {
    expect(isUseProven('2027-07-01', plan, proven(479_999n))).toBe(false);
    expect(isUseProven('2027-07-01', plan, proven(480_000n))).toBe(true);
  });

  it('is the share of the last and the whole of those before it', () => {
    expect(isUseProven('2028-01-01', plan, proven(1_079_999n))).toBe(false);
    expect(isUseProven('2028-01-01', plan, proven(1_080_000n))).toBe(true);
  });

  it('loses no cent of an odd amount', () => {
    const odd = [{ dueOn: '2027-01-01', amountMinor: 101n }];
    expect(isUseProven('2027-07-01', odd, proven(80n))).toBe(false);
    expect(isUseProven('2027-07-01', odd, proven(81n))).toBe(true);
  });
});
