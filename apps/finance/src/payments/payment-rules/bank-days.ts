import { addDays, Day } from '#contracts';
import { monthAndDay } from '#rules';

const OF_EASTER = /^easter-(\d{1,2})-(before|after)$/;
const EVERY_YEAR = /^day-(\d{2}-\d{2})$/;
const ONCE = /^day-(\d{4}-\d{2}-\d{2})$/;

/** Whether a key of the calendar names a day: of every year, of one year, or by its distance from Easter Sunday. */
export function isClosingDay(key: string): boolean {
  if (OF_EASTER.test(key)) return true;
  return ONCE.test(key) ? Day.safeParse(key.slice(4)).success : isEveryYear(key);
}

function isEveryYear(key: string): boolean {
  return EVERY_YEAR.test(key) && monthAndDay().value.safeParse(key.slice(4)).success;
}

/** The days of a year that the keys name. */
export function closingDaysIn(year: number, keys: readonly string[]): Set<string> {
  return new Set(keys.map((key) => dayOf(key, year)));
}

function dayOf(key: string, year: number): string {
  const [, distance, side] = OF_EASTER.exec(key) ?? [];
  if (distance !== undefined) return addDays(easterSunday(year), Number(distance) * (side === 'before' ? -1 : 1));
  return EVERY_YEAR.test(key) ? `${year}-${key.slice(4)}` : key.slice(4);
}

/** Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
export function easterSunday(year: number): string {
  const century = Math.floor(year / 100);
  const golden = year % 19;
  const leapCenturies = Math.floor(century / 4);
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leapCenturies - moonShift + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * late + 114;
  return new Date(Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1)).toISOString().slice(0, 10);
}
