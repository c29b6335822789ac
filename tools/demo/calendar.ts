/** First day of the month that lies `offset` months from today. */
export function monthStart(offset: number, day = 1): string {
  const today = new Date();
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + offset, day)).toISOString().slice(0, 10);
}

export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date());
}

/** Every calendar year that the half-open periods touch. */
export function yearsOf(periods: readonly { from: string; to: string }[]): number[] {
  const years = new Set<number>();
  for (const { from, to } of periods) {
    const last = new Date(Date.parse(to) - 86_400_000).getUTCFullYear();
    for (let year = Number(from.slice(0, 4)); year <= last; year += 1) years.add(year);
  }
  return [...years].sort((a, b) => a - b);
}
