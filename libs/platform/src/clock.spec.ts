import { dayInBerlin, FixedClock } from './clock';

describe('the legal day', () => {
  it('is the one of Berlin, in summer and in winter', () => {
    expect(dayInBerlin(new Date('2026-12-31T22:59:59Z'))).toBe('2026-12-31');
    expect(dayInBerlin(new Date('2026-12-31T23:00:00Z'))).toBe('2027-01-01');
    expect(dayInBerlin(new Date('2027-06-30T22:00:00Z'))).toBe('2027-07-01');
  });

  it('moves only when a test says so', () => {
    const clock = new FixedClock('2027-01-01T00:00:00Z');
    clock.advance(86_400_000);
    expect(clock.today()).toBe('2027-01-02');
  });
});
