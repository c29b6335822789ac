import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { EventQuota } from '#contracts/events';
import type { Tx } from '#database';
import { newId } from '#platform';
import { poolsFor, type SeatPool, type Wish } from './allocation';

const POOLS = `SELECT id, registrant_group AS "group", attendance_mode, capacity, capacity - taken AS free FROM seat_pool`;

type Seating = { id: string; capacity: number; quotas: readonly EventQuota[] };

/**
 * The seat counters of the events. One event's counters are locked together and first of all, so registrations, offers and
 * cancellations of an event happen one after the other; the database's check keeps `taken` between zero and the capacity.
 */
@Injectable()
export class SeatService {
  async open(tx: Tx, event: Seating): Promise<void> {
    await this.write(tx, event.id, poolsOf(event, []));
  }

  /**
   * Makes the counters anew for an event whose capacity or quotas were changed; the caller holds the lock. EVENTS_SEATS_TAKEN when
   * more seats are taken than there would be.
   */
  async reopen(tx: Tx, event: Seating, taken: readonly Wish[]): Promise<void> {
    const pools = poolsOf(event, taken);
    refuseOverfull(pools);
    await tx.execute('DELETE FROM seat_pool WHERE event_id = $1', [event.id]);
    await this.write(tx, event.id, pools);
  }

  private async write(tx: Tx, eventId: string, pools: readonly SeatPool[]): Promise<void> {
    await tx.query(
      `INSERT INTO seat_pool (id, event_id, registrant_group, attendance_mode, capacity, taken)
       SELECT id, $2, registrant_group, attendance_mode, capacity, taken
         FROM unnest($1::uuid[], $3::text[], $4::text[], $5::int[], $6::int[])
           AS pool (id, registrant_group, attendance_mode, capacity, taken)`,
      [
        pools.map((pool) => pool.id),
        eventId,
        pools.map((pool) => pool.group),
        pools.map((pool) => pool.attendanceMode),
        pools.map((pool) => pool.capacity),
        pools.map((pool) => pool.capacity - pool.free),
      ],
    );
  }

  /** Locks the counters of an event until the transaction ends. */
  async lock(tx: Tx, eventId: string): Promise<SeatPool[]> {
    const pools = await tx.query<SeatPool>(`${POOLS} WHERE event_id = $1 ORDER BY id FOR UPDATE`, [eventId]);
    if (pools.length === 0) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return pools;
  }

  /** As they are now, without waiting for anybody. */
  read(tx: Pick<Tx, 'query'>, eventId: string): Promise<SeatPool[]> {
    return tx.query(`${POOLS} WHERE event_id = $1`, [eventId]);
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

/** The counters that an event has for these registrations. */
export function poolsOf({ capacity, quotas }: Omit<Seating, 'id'>, taken: readonly Wish[]): SeatPool[] {
  const pools = [{ group: null, attendanceMode: null, capacity }, ...quotas].map((pool) => ({
    id: newId(),
    ...pool,
    free: pool.capacity,
  }));
  for (const wish of taken) for (const pool of poolsFor(pools, wish)) pool.free -= wish.seats;
  return pools;
}

export function refuseOverfull(pools: readonly SeatPool[]): void {
  const overfull = pools.find((pool) => pool.free < 0);
  if (!overfull) return;
  const { group, attendanceMode, capacity, free } = overfull;
  throw new AppError('EVENTS_SEATS_TAKEN', { group, attendanceMode, capacity, taken: capacity - free });
}
