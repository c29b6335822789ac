import { addDays, addMonths, ageOn, daysBetween, firstOfNextMonth, fullMonths } from './calendar-days';

describe('counting months', () => {
  it.each([
    ['2027-01-01', 24, '2029-01-01'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
  ])('from %s by %i months reaches %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });
});

describe('counting days', () => {
  it('goes over the ends of months and years, and back', () => {
    expect(addDays('2027-12-31', 1)).toBe('2028-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysBetween('2028-02-01', '2028-03-01')).toBe(29);
    expect(daysBetween('2028-03-01', '2028-02-29')).toBe(-1);
    expect(firstOfNextMonth('2027-12-15')).toBe('2028-01-01');
  });

  it('counts only months that are full', () => {
    expect(fullMonths({ from: '2027-01-31', to: '2027-03-30' })).toEqual(['2027-01-31']);
    expect(fullMonths({ from: '2027-01-31', to: '2027-03-31' })).toEqual(['2027-01-31', '2027-02-28']);
  });
});

describe('the age of a person', () => {
  it.each([
    ['2009-01-01', '2026-12-31', 17],
    ['2009-01-01', '2027-01-01', 18],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
  ])('born on %s is on %s %i', (birthDate, on, age) => {
    expect(ageOn(birthDate, on)).toBe(age);
  });
});
