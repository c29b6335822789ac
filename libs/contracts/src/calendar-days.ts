import type { Period } from './values';

/** The day so many months later; the last day of the month where it has no such day (31 August + 6 = 28 or 29 February). */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = numbers(day);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return format(Date.UTC(year, month - 1 + months, Math.min(date, lastDay)));
}

/**
 * The end of a half-open term of so many months whose first day counts (BGB 187 (2), 188 (2) and (3)): the day of the same number, or
 * the first of the next month where the last one has no such day. A year from 29 February ends with 28 February, so its end is 1 March.
 */
export function termEnd(from: string, months: number): string {
  const end = addMonths(from, months);
  return end.slice(8) === from.slice(8) ? end : firstOfNextMonth(end);
}

/** How long terms are together: full months (BGB 188) and the days beyond them. Terms that touch or overlap count as one. */
export function lengthOfTerms(terms: readonly Period[]): { months: number; days: number } {
  const joined: Period[] = [];
  for (const term of terms.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = joined.at(-1);
    if (!last || last.to < term.from) joined.push({ ...term });
    else if (last.to < term.to) last.to = term.to;
  }
  const length = { months: 0, days: 0 };
  for (const { from, to } of joined) {
    let months = 0;
    while (termEnd(from, months + 1) <= to) months += 1;
    length.months += months;
    length.days += daysBetween(termEnd(from, months), to);
  }
  return length;
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
