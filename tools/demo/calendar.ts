/** First day of the month that lies `offset` months from today. */
export function monthStart(offset: number, day = 1): string {
  const start = beginOfToday();
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + offset, day)).toISOString().slice(0, 10);
}

/** Today as the platform counts it: late in the evening UTC it is tomorrow already. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date());
}

/** The same as a moment to count from: midnight UTC of that day. */
export function beginOfToday(): Date {
  return new Date(`${today()}T00:00:00Z`);
}
