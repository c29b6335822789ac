const A_DAY_MS = 86_400_000;

export function now(): Date {
  return new Date(performance.timeOrigin + performance.now());
}

/** Midnight (UTC) so many days ago: the same all day long, so that a list is read once. */
export function midnightBefore(days: number): string {
  return new Date((Math.floor(now().getTime() / A_DAY_MS) - days) * A_DAY_MS).toISOString();
}
