import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { AttendanceMode, EventQuota, RegistrantGroup } from '#contracts/events';
import type { Tx } from '#database';
import { newId } from '#platform';
import { poolsFor, type SeatPool, type SeatRequest } from './allocation';

type Wish = Pick<SeatRequest, 'group' | 'attendanceMode' | 'seats'>;

/**
 * The seat counters of the events. One event's counters are locked together and first of all, so registrations, offers and
 * cancellations of an event happen one after the other; the database's check keeps `taken` between zero and the capacity.
 */
@Injectable()
export class SeatService {
  async open(tx: Tx, event: { id: string; capacity: number; quotas: readonly EventQuota[] }): Promise<void> {
    const pools = [{ group: null, attendanceMode: null, capacity: event.capacity }, ...event.quotas];
    await tx.query(
      `INSERT INTO seat_pool (id, event_id, registrant_group, attendance_mode, capacity, taken)
       SELECT id, $2, registrant_group, attendance_mode, capacity, 0
         FROM unnest($1::uuid[], $3::text[], $4::text[], $5::int[]) AS pool (id, registrant_group, attendance_mode, capacity)`,
      [
        pools.map(() => newId()),
        event.id,
        pools.map((pool) => pool.group),
        pools.map((pool) => pool.attendanceMode),
        pools.map((pool) => pool.capacity),
      ],
    );
  }

  /** Locks the counters of an event until the transaction ends. */
  async lock(tx: Tx, eventId: string): Promise<SeatPool[]> {
    const pools = await tx.query<PoolRow>(
      `SELECT id, registrant_group, attendance_mode, capacity - taken AS free
         FROM seat_pool WHERE event_id = $1 ORDER BY id FOR UPDATE`,
      [eventId],
    );
    if (pools.length === 0) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return pools.map((row) => ({
      id: row.id,
      group: row.registrantGroup,
      attendanceMode: row.attendanceMode,
      free: row.free,
    }));
  }

  /** Takes the seats in every matching pool; the caller holds the lock and has asked `allocate`. */
  async take(tx: Tx, pools: readonly SeatPool[], ...wishes: readonly Wish[]): Promise<void> {
    await this.move(tx, pools, wishes);
  }

  async release(tx: Tx, pools: readonly SeatPool[], wish: Wish): Promise<void> {
    await this.move(tx, pools, [{ ...wish, seats: -wish.seats }]);
  }

  /** For an event that will not happen. */
  async releaseAll(tx: Tx, eventId: string): Promise<void> {
    await tx.execute('UPDATE seat_pool SET taken = 0 WHERE event_id = $1', [eventId]);
  }

  private async move(tx: Tx, pools: readonly SeatPool[], wishes: readonly Wish[]): Promise<void> {
    const seats = new Map<string, number>();
    for (const wish of wishes)
      for (const { id } of poolsFor(pools, wish)) seats.set(id, (seats.get(id) ?? 0) + wish.seats);
    if (seats.size === 0) return;
    const moved = await tx.execute(
      `UPDATE seat_pool SET taken = taken + moved.seats FROM unnest($1::uuid[], $2::int[]) AS moved (id, seats)
        WHERE seat_pool.id = moved.id AND taken + moved.seats BETWEEN 0 AND capacity`,
      [[...seats.keys()], [...seats.values()]],
    );
    assert.equal(moved, seats.size, 'seats were counted without holding the lock');
  }
}

interface PoolRow {
  id: string;
  registrantGroup: RegistrantGroup | null;
  attendanceMode: AttendanceMode | null;
  free: number;
}
