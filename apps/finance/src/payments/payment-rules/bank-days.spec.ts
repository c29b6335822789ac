import { SHIPPED_BANK_DAYS as DAYS } from '../../../test/shipped-rules';
import { easterSunday, isClosingDay } from './bank-days';

describe('Easter Sunday', () => {
  it.each([
    [1961, '1961-04-02'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2024, '2024-03-31'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ])('of %i is %s', (year, day) => expect(easterSunday(year)).toBe(day));
});

describe('the days on which banks work', () => {
  it.each([
    ['2026-11-27', '2026-11-27', 'a Friday'],
    ['2026-11-28', '2026-11-30', 'a Saturday'],
    ['2026-12-25', '2026-12-28', 'Christmas, then a weekend'],
    ['2026-12-31', '2026-12-31', 'the last day of the year is none of the closing days'],
    ['2027-01-01', '2027-01-04', 'New Year'],
    ['2027-03-26', '2027-03-30', 'Good Friday to Easter Monday'],
    ['2028-05-01', '2028-05-02', 'Labour Day'],
    ['2026-10-03', '2026-10-05', 'a Saturday; a German holiday on a weekday is open'],
    ['2028-10-03', '2028-10-03', 'a German holiday that TARGET does not know'],
  ])('from %s on: %s (%s)', (asked, executed) => expect(DAYS.onOrAfter(asked)).toBe(executed));
});

describe('a key of the calendar', () => {
  it('names a day of every year, of one year, or beside Easter', () => {
    for (const key of ['day-12-25', 'day-2028-06-30', 'easter-2-before', 'easter-1-after'])
      expect([key, isClosingDay(key)]).toEqual([key, true]);
  });

  it('names nothing else', () => {
    for (const key of ['day-13-01', 'day-02-30', '12-25', 'easter', 'easter-2', 'day-2027-02-29', 'SUNDAY'])
      expect([key, isClosingDay(key)]).toEqual([key, false]);
  });
});
