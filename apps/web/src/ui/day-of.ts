/** `27.11.2026`, `27/11/26`, `27-11-2026` or `2026-11-27` as `2026-11-27`; anything else stays as it is, for the check to refuse. */
export function dayOf(text: string): string {
  const [, day = '', month = '', year = ''] =
    /^\s*(\d{1,2})[./\s-]+(\d{1,2})[./\s-]+(\d{4}|\d{2})\s*$/.exec(text) ?? [];
  if (year === '') return text.trim();
  const iso = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDay(iso) ? iso : text.trim();
}

function isCalendarDay(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
