import { shareOn, withShare } from './plan-parts';

const change = (from: string, fullTimePercent: number) => ({ from, fullTimePercent, reason: 'PERSONAL' as const });
const changes = [change('2027-04-01', 50), change('2027-09-01', 80)];

describe('the share of full time on a day', () => {
  it.each([
    ['2027-03-31', 100],
    ['2027-04-01', 50],
    ['2027-08-31', 50],
    ['2027-09-01', 80],
    ['2029-01-01', 80],
  ])('is on %s %i', (day, percent) => {
    expect(shareOn(100, changes, day)).toBe(percent);
  });

  it('holds to the end: what was agreed for later days falls', () => {
    expect(withShare(changes, change('2027-06-01', 60)).map((it) => it.from)).toEqual(['2027-04-01', '2027-06-01']);
    expect(withShare(changes, change('2027-04-01', 60)).map((it) => it.fullTimePercent)).toEqual([60]);
  });
});
