import type { Period } from './values';

/** The day so many months later; the last day of the month where it has no such day (31 August + 6 = 28 or 29 February). */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = numbers(day);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return format(Date.UTC(year, month - 1 + months, Math.min(date, lastDay)));
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  return format(Date.parse(day) + days * 86_400_000);
}

/** The calendar year of a day, which is its budget year as well (BHO 4). */
export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** Starts of the full months of service since the first day: an allowance that accrues per full month counts them. */
export function fullMonths({ from, to }: Period): string[] {
  const starts: string[] = [];
  for (let count = 1; addMonths(from, count) <= to; count++) starts.push(addMonths(from, count - 1));
  return starts;
}

/** The first day of the month after the day's. */
export function firstOfNextMonth(day: string): string {
  const [year, month] = numbers(day);
  return format(Date.UTC(year, month, 1));
}

/** Completed years of life on a day; who is born on 29 February completes a year on 1 March of other years (§ 187, 188 BGB). */
export function ageOn(birthDate: string, on: string): number {
  return yearOf(on) - yearOf(birthDate) - (on.slice(5) < birthDate.slice(5) ? 1 : 0);
}

/** How many days later the second is; negative where it is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function numbers(day: string): [number, number, number] {
  const [year, month, date] = day.split('-').map(Number);
  return [year ?? 0, month ?? 0, date ?? 0];
}

function format(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
