/** The day `months` later; the last day of the month where that day does not exist (31 August + 6 -> 28 or 29 February). */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = partsOf(day);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dayText(new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))));
}

/** Completed years of life on a day; who is born on 29 February completes a year on 1 March of other years (§ 187, 188 BGB). */
export function ageOn(birthDate: string, on: string): number {
  const [birthYear] = partsOf(birthDate);
  const [year] = partsOf(on);
  return year - birthYear - (on.slice(5) < birthDate.slice(5) ? 1 : 0);
}

function partsOf(day: string): [year: number, month: number, date: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function dayText(date: Date): string {
  return date.toISOString().slice(0, 10);
}
