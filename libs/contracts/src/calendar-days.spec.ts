import {
  addDays,
  addMonths,
  ageOn,
  daysBetween,
  firstOfNextMonth,
  fullMonths,
  lengthOfTerms,
  termEnd,
} from './calendar-days';

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

describe('the end of a term of months (BGB 187, 188)', () => {
  it.each([
    ['2027-01-01', 12, '2028-01-01', 'one year from New Year ends with New Year’s Eve'],
    ['2028-02-29', 12, '2029-03-01', 'a year from the leap day ends with 28 February'],
    ['2028-02-29', 48, '2032-02-29', 'four years from a leap day end before the next one'],
    ['2028-02-29', 1, '2028-03-29', 'a month from the leap day'],
    ['2027-01-31', 1, '2027-03-01', 'a month from 31 January is all of February'],
    ['2027-01-29', 1, '2027-03-01', 'from 29 January as well, in a year without a leap day'],
    ['2028-01-29', 1, '2028-02-29', 'but not in a leap year'],
    ['2027-01-28', 1, '2027-02-28', 'a month from 28 January ends with 27 February'],
    ['2027-08-31', 6, '2028-03-01', 'half a year from 31 August'],
  ])('from %s for %i months is %s: %s', (from, months, end) => {
    expect(termEnd(from, months)).toBe(end);
  });
});

describe('the length of several terms', () => {
  const length = (...terms: [string, string][]) => lengthOfTerms(terms.map(([from, to]) => ({ from, to })));

  it('is months and the days beyond them', () => {
    expect(length(['2027-01-01', '2028-01-01'])).toEqual({ months: 12, days: 0 });
    expect(length(['2027-01-15', '2027-03-20'])).toEqual({ months: 2, days: 5 });
    expect(length(['2028-02-29', '2029-03-01'])).toEqual({ months: 12, days: 0 });
    expect(length(['2028-02-29', '2029-02-28'])).toEqual({ months: 11, days: 30 });
  });

  it('adds up, and counts a day once', () => {
    expect(length(['2028-01-01', '2030-01-01'], ['2032-01-01', '2034-01-01'])).toEqual({ months: 48, days: 0 });
    expect(length(['2027-06-15', '2028-01-15'], ['2027-01-15', '2027-06-15'])).toEqual({ months: 12, days: 0 });
    expect(length(['2027-01-01', '2029-01-01'], ['2027-01-01', '2028-01-01'])).toEqual({ months: 24, days: 0 });
    expect(length()).toEqual({ months: 0, days: 0 });
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
