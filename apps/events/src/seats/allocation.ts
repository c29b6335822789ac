import type { AttendanceMode, RegistrantGroup } from '#contracts/events';

/** Seats of one event for a group, an attendance mode, both, or (null, null) for everyone. */
export interface SeatPool {
  readonly id: string;
  readonly group: RegistrantGroup | null;
  readonly attendanceMode: AttendanceMode | null;
  readonly free: number;
}

export interface SeatRequest {
  readonly id: string;
  readonly group: RegistrantGroup;
  readonly attendanceMode: AttendanceMode;
  readonly seats: number;
}

/** The pools a request draws from: the capacity of the event and each quota that counts it. */
export function poolsFor<P extends SeatPool>(pools: readonly P[], request: Omit<SeatRequest, 'id' | 'seats'>): P[] {
  return pools.filter(
    (pool) =>
      (pool.group === null || pool.group === request.group) &&
      (pool.attendanceMode === null || pool.attendanceMode === request.attendanceMode),
  );
}

/**
 * Who gets seats, in the order of arrival. All or nothing per request. Whoever does not fit is not overtaken: the pools that are
 * too small for the request are closed for everyone behind it, so that a delegation is not starved by single persons. Those who
 * draw from other pools go on.
 */
export function allocate(pools: readonly SeatPool[], waiting: readonly SeatRequest[]): string[] {
  const free = new Map(pools.map((pool) => [pool.id, pool.free]));
  const granted: string[] = [];
  for (const request of waiting) {
    const needed = poolsFor(pools, request);
    const short = needed.filter((pool) => (free.get(pool.id) ?? 0) < request.seats);
    for (const pool of short) free.set(pool.id, 0);
    if (short.length > 0) continue;
    for (const pool of needed) free.set(pool.id, (free.get(pool.id) ?? 0) - request.seats);
    granted.push(request.id);
  }
  return granted;
}
