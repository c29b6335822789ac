import type { AttendanceMode, EventFreeSeatsView, RegistrantGroup } from '#contracts/events';

type Pool = EventFreeSeatsView['pools'][number];

interface Party {
  readonly group: RegistrantGroup | '' | undefined;
  readonly attendanceMode: AttendanceMode | '' | undefined;
  readonly seats: number;
}

/** Of the pools that count a party: what is free for it now, and the one that is too small for it even when it is empty. */
export function fitOf(
  pools: readonly Pool[],
  { group, attendanceMode, seats }: Party,
): { free: number; tooSmall?: Pool } {
  const needed = pools.filter(
    (pool) =>
      (pool.group === null || pool.group === group) &&
      (pool.attendanceMode === null || pool.attendanceMode === attendanceMode),
  );
  return {
    free: Math.min(...needed.map(({ capacity, taken }) => capacity - taken)),
    tooSmall: needed.find(({ capacity }) => capacity < seats),
  };
}
