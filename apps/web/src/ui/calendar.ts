/** The budget year is the calendar year of whoever looks (BHO 4). */
export function thisYear(): number {
  return now().getFullYear();
}

/** `2026-11` of whoever looks. */
export function thisMonth(): string {
  const at = now();
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}`;
}

export function today(): string {
  return `${thisMonth()}-${String(now().getDate()).padStart(2, '0')}`;
}

function now(): Date {
  return new Date(performance.timeOrigin + performance.now());
}
