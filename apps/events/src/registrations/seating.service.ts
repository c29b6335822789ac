import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppError } from '#contracts';
import type { AttendanceMode, RegistrantGroup } from '#contracts/events';
import { Database, type Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import { EventService } from '../events/event.service';
import { allocate, poolsFor, type SeatPool, type SeatRequest } from '../seats/allocation';
import { SeatService } from '../seats/seat.service';
import { closeParticipants } from './participant.records';
import { Registration } from './registration.entity';
import { cancelledMessage, expiredMessage, offeredMessage } from './registration.messages';

/** Bounds the list and the work that one freed seat causes. */
const WAITING_MAX = 1000;

/** An event's seats, locked for this transaction, and the number of the next arrival. */
export interface Queue {
  readonly eventId: string;
  readonly pools: readonly SeatPool[];
  readonly nextNumber: number;
}

/**
 * Who sits and who waits. Seats go to whoever arrived first and fits; a freed seat is offered to the next for a limited time, and
 * an offer that expires passes on.
 */
@Injectable()
export class SeatingService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly events: EventService,
    private readonly seats: SeatService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.events.onCancelled((tx, event) => this.cancelAll(tx, event.id));
  }

  /** Waits for everyone who came earlier: from here to the end of the transaction nobody else moves a seat of the event. */
  async enterQueue(tx: Tx, eventId: string): Promise<Queue> {
    const pools = await this.seats.lock(tx, eventId);
    const [row] = await tx.statement<{ last: number | null }>(
      'registration_last_queue_number',
      'SELECT max(queue_number) AS last FROM registration WHERE event_id = $1',
      [eventId],
    );
    return { eventId, pools, nextNumber: (row?.last ?? 0) + 1 };
  }

  /**
   * Stores arrivals of one event as CONFIRMED or WAITLISTED, in their order; answers those that would wait behind too many others,
   * for which nothing is stored.
   */
  async admit(tx: Tx, queue: Queue, arrivals: readonly Registration[]): Promise<Map<Registration, AppError>> {
    const refused = new Map<Registration, AppError>();
    const waiting = await this.waiting(tx, queue.eventId);
    const pools = queue.pools.map((pool) => ({ ...pool }));
    let { nextNumber } = queue;
    for (const registration of arrivals) {
      const arrival = { id: registration.id, ...registration.wish };
      // Only when nobody who waits for the same seats came earlier.
      if (allocate(pools, [...waiting, arrival]).includes(arrival.id)) {
        registration.seatAtOnce();
        for (const pool of poolsFor(pools, arrival)) pool.free -= arrival.seats;
      } else if (waiting.length < WAITING_MAX) waiting.push(arrival);
      else {
        refused.set(registration, new AppError('EVENTS_WAITING_LIST_FULL', { waiting: waiting.length }));
        continue;
      }
      registration.queueNumber = nextNumber++;
    }
    const admitted = arrivals.filter((registration) => !refused.has(registration));
    const seated = admitted.filter(({ holdsSeats }) => holdsSeats);
    await this.seats.take(tx, queue.pools, ...seated.map(({ wish }) => wish));
    await tx.insertAll(admitted);
    return refused;
  }

  /** Cancels, and offers what became free. A delegation that stops waiting can free the way for those behind it, too. */
  async leave(tx: Tx, registration: Registration, pools: readonly SeatPool[], at: Date): Promise<void> {
    const { holdsSeats } = registration;
    registration.cancel(at);
    if (holdsSeats) await this.seats.release(tx, pools, registration.wish);
    await tx.update(registration);
    await closeParticipants(tx, [registration.id]);
    this.outbox.append(tx, cancelledMessage(registration));
    await this.offerFreeSeats(tx, registration.eventId);
  }

  /** Ends the offers of an event that were not accepted in time, and passes their seats on. */
  async expireOffers(eventId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const pools = await this.seats.lock(tx, eventId);
      for (const { id } of await this.expired(tx, eventId)) {
        const registration = await tx.lockOrFail(Registration, id);
        if (!registration.isOfferOver(this.clock.now())) continue;
        registration.expire();
        await this.seats.release(tx, pools, registration.wish);
        await tx.update(registration);
        await closeParticipants(tx, [id]);
        this.outbox.append(tx, expiredMessage(registration));
      }
      await this.offerFreeSeats(tx, eventId);
    });
  }

  /** Events with offers that are over, the longest overdue first. */
  async eventsWithExpiredOffers(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT event_id AS id FROM registration WHERE status = 'OFFERED' AND offer_expires_at <= $1
        GROUP BY event_id ORDER BY min(offer_expires_at) LIMIT $2`,
      [this.clock.now(), limit],
    );
    return rows.map((row) => row.id);
  }

  private async offerFreeSeats(tx: Tx, eventId: string): Promise<void> {
    const event = await this.events.find(tx, eventId);
    const expiresAt = event.offerExpiryFrom(this.clock.now());
    if (!expiresAt) return;
    const pools = await this.seats.lock(tx, eventId);
    for (const id of allocate(pools, await this.waiting(tx, eventId))) {
      const registration = await tx.lockOrFail(Registration, id);
      registration.offer(expiresAt);
      await this.seats.take(tx, pools, registration.wish);
      await tx.update(registration);
      this.outbox.append(tx, offeredMessage(registration, expiresAt));
    }
  }

  private async waiting(tx: Tx, eventId: string): Promise<SeatRequest[]> {
    const rows = await tx.statement<WaitingRow>(
      'registration_waiting',
      `SELECT id, registrant_group, attendance_mode, seats FROM registration
        WHERE event_id = $1 AND status = 'WAITLISTED' ORDER BY queue_number`,
      [eventId],
    );
    return rows.map((row) => ({
      id: row.id,
      group: row.registrantGroup,
      attendanceMode: row.attendanceMode,
      seats: row.seats,
    }));
  }

  private expired(tx: Tx, eventId: string): Promise<{ id: string }[]> {
    return tx.query(
      `SELECT id FROM registration WHERE event_id = $1 AND status = 'OFFERED' AND offer_expires_at <= $2
        ORDER BY queue_number FOR UPDATE`,
      [eventId, this.clock.now()],
    );
  }

  private async cancelAll(tx: Tx, eventId: string): Promise<void> {
    const cancelled = await tx.query<CancelledRow>(
      `UPDATE registration SET status = 'CANCELLED', cancelled_at = $2, offer_expires_at = NULL, version = version + 1
        WHERE event_id = $1 AND status IN ('CONFIRMED', 'WAITLISTED', 'OFFERED')
        RETURNING id, version, event_id AS "eventId", municipality_id AS "municipalityId"`,
      [eventId, this.clock.now()],
    );
    await this.seats.releaseAll(tx, eventId);
    await closeParticipants(
      tx,
      cancelled.map((row) => row.id),
    );
    for (const row of cancelled) this.outbox.append(tx, cancelledMessage(row));
  }
}

type CancelledRow = Pick<Registration, 'id' | 'version' | 'eventId' | 'municipalityId'>;

interface WaitingRow {
  id: string;
  registrantGroup: RegistrantGroup;
  attendanceMode: AttendanceMode;
  seats: number;
}
