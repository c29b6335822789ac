import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { Database, transition, type Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import type { Event } from '../events/event.act';
import type { Attendance, Demand } from '../events/event-change.service';
import { EventService } from '../events/event.service';
import {
  Allocation,
  poolsFor,
  poolTooSmallFor,
  SeatLine,
  type SeatPool,
  type Wait,
  type WaitingParty,
  type Wish,
} from '../seats/allocation';
import { SeatService } from '../seats/seat.service';
import { closeParticipants } from './participant.rows';
import { Registration } from './registration.entity';
import { cancelledMessage, expiredMessage, offeredMessage } from './registration.messages';

/** Bounds the list and the work that one freed seat causes. */
const WAITING_MAX = 1000;

/** Who comes to an event whose seats are locked. */
export interface Arrivals {
  readonly event: Event;
  readonly queue: Queue;
}
const CANCEL = transition(Registration, { to: 'CANCELLED' });
const RECORD_ABSENT = transition(Registration, { from: ['CONFIRMED'], to: 'NO_SHOW' });

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
export class SeatingService implements Attendance {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly events: EventService,
    private readonly seats: SeatService,
    private readonly clock: Clock,
  ) {}

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
   * or for ever, for which nothing is stored. Whoever waits and fits because of one of them is offered its seats before the next one,
   * so that it makes no difference who shares a transaction.
   */
  async admit(
    tx: Tx,
    { event, queue }: Arrivals,
    arrivals: readonly Registration[],
  ): Promise<Map<Registration, AppError>> {
    const refused = new Map<Registration, AppError>();
    const limits = await this.limitsOf(tx, event);
    const line = new SeatLine(queue.pools, await this.waiting(tx, event.id));
    let { nextNumber } = queue;
    for (const registration of arrivals) {
      const refusal = refusalOf(registration, queue.pools, line.waiting.length) ?? limits.refusalOf(registration);
      if (refusal) {
        refused.set(registration, refusal);
        continue;
      }
      if (line.arrive(partyOf(registration))) registration.seatAtOnce();
      registration.queueNumber = nextNumber++;
    }
    const admitted = arrivals.filter((registration) => !refused.has(registration));
    const seated = admitted.filter(({ holdsSeats }) => holdsSeats);
    await this.seats.take(tx, queue.pools, ...seated.map(({ wish }) => wish));
    await tx.insertAll(admitted);
    await this.offerTo(tx, { event, pools: queue.pools, line }, admitted);
    return refused;
  }

  /** Seats somebody who is there, before whoever waits. EVENTS_SEATS_NOT_FREE when nobody has left enough seats. */
  async seat(tx: Tx, registration: Registration, { pools, nextNumber }: Queue): Promise<void> {
    const freeSeats = Math.min(...poolsFor(pools, registration.wish).map((pool) => pool.free));
    if (freeSeats < registration.seats) throw seatsNotFree(freeSeats);
    registration.queueNumber = nextNumber;
    registration.seatAtOnce();
    await this.seats.take(tx, pools, registration.wish);
  }

  /** Those who wait for an event whose seats are locked. */
  async lineOf(tx: Tx, eventId: string): Promise<readonly WaitingParty[]> {
    return this.waiting(tx, eventId);
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

  /**
   * Moves the seats of a registration to another wish, smaller, larger or in another mode, and stores it. EVENTS_SEATS_NOT_FREE when
   * that takes seats that are not free, or are kept for somebody who waits; one that waits does not grow, as others came before its guests.
   */
  async reseat(
    tx: Tx,
    registration: Registration,
    { pools, wish }: { pools: readonly SeatPool[]; wish: Wish },
  ): Promise<void> {
    const before = registration.wish;
    if (registration.holdsSeats) {
      const { allocation } = new SeatLine(pools, await this.waiting(tx, registration.eventId));
      for (const pool of poolsFor(pools, wish)) {
        const more = wish.seats - (poolsFor([pool], before).length > 0 ? before.seats : 0);
        if (more > 0 && allocation.available(pool) < more) throw seatsNotFree(allocation.available(pool));
      }
      await this.seats.release(tx, pools, before);
      await this.seats.take(tx, pools, wish);
    } else if (wish.seats > before.seats) throw seatsNotFree(0);
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

  /** Events where free seats were kept for a party as long as the rule allows; those behind it go first now. */
  async eventsWithSeatsKeptTooLong(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT event_id AS id FROM registration WHERE status = 'WAITLISTED' AND seats_kept_until <= $1
        GROUP BY event_id ORDER BY min(seats_kept_until) LIMIT $2`,
      [this.clock.now(), limit],
    );
    return rows.map((row) => row.id);
  }

  async passOver(eventId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.seats.lock(tx, eventId);
      await tx.execute(
        `UPDATE registration SET seats_kept_until = NULL, is_passed_over = true
          WHERE event_id = $1 AND status = 'WAITLISTED' AND seats_kept_until <= $2`,
        [eventId, this.clock.now()],
      );
      await this.offerFreeSeats(tx, eventId);
    });
  }

  /** Offers what is free to whoever is next and fits. */
  async offerFreeSeats(tx: Tx, eventId: string): Promise<void> {
    const event = await this.events.find(tx, eventId);
    if (!event.offerExpiryFrom(this.clock.now())) return;
    const pools = await this.seats.lock(tx, eventId);
    await this.offerTo(tx, { event, pools, line: new SeatLine(pools, await this.waiting(tx, eventId)) });
  }

  /**
   * Offers seats to those whom the line called, and keeps seats for those who wait on. Who arrives in this transaction is told by
   * whoever admits it, after its arrival.
   */
  private async offerTo(
    tx: Tx,
    { event, pools, line }: { event: Event; pools: readonly SeatPool[]; line: SeatLine<QueuedParty> },
    arrivals: readonly Registration[] = [],
  ): Promise<void> {
    const expiresAt = event.offerExpiryFrom(this.clock.now());
    const arriving = new Map(arrivals.map((registration) => [registration.id, registration]));
    // After the last moment for offers those who were called wait on, and nobody takes their seats.
    for (const { id } of expiresAt ? line.called : []) {
      const registration = arriving.get(id) ?? (await tx.lockOrFail(Registration, id));
      registration.offer(expiresAt as Date);
      await this.seats.take(tx, pools, registration.wish);
      await tx.update(registration);
      if (!arriving.has(id)) this.outbox.append(tx, offeredMessage(registration, expiresAt as Date));
    }
    await this.keepSeats(tx, event, { allocation: line.allocation, left: line.waiting });
  }

  /** What those who wait for an event are told, and until when seats are kept for whom. */
  async waitsOf(
    tx: Pick<Tx, 'query'>,
    eventId: string,
  ): Promise<ReadonlyMap<string, Wait & { keptUntil: Date | null }>> {
    const allocation = new Allocation(await this.seats.read(tx, eventId));
    const parties = await this.waiting(tx, eventId);
    const until = new Map(parties.map((party) => [party.id, party.seatsKeptUntil]));
    return new Map(
      parties.flatMap((party) => {
        const wait = allocation.serve(party);
        return wait ? [[party.id, { ...wait, keptUntil: until.get(wait.keptFor ?? '') ?? null }]] : [];
      }),
    );
  }

  /** Open registrations of an event by what they take or wait for. */
  demand(tx: Pick<Tx, 'query'>, eventId: string): Promise<Demand[]> {
    return tx.query(
      `SELECT registrant_group AS "group", attendance_mode, status = 'WAITLISTED' AS is_waiting,
              count(*)::int AS registrations, sum(seats)::int AS seats
         FROM registration WHERE event_id = $1 AND status IN ('CONFIRMED', 'WAITLISTED', 'OFFERED')
        GROUP BY 1, 2, 3`,
      [eventId],
    );
  }

  /** Begins to keep free seats for parties that need more of them, and ends it where none is free any more. */
  private async keepSeats(
    tx: Tx,
    event: Event,
    { allocation, left }: { allocation: Allocation; left: readonly QueuedParty[] },
  ): Promise<void> {
    const until = event.seatsKeptFrom(this.clock.now());
    const changes = left.flatMap((party): { id: string; until: Date | null }[] => {
      const keeps = allocation.keepsSeats(party);
      if (!keeps) return party.seatsKeptUntil || party.isPassedOver ? [{ id: party.id, until: null }] : [];
      return party.seatsKeptUntil || party.isPassedOver ? [] : [{ id: party.id, until }];
    });
    if (changes.length === 0) return;
    await tx.execute(
      `UPDATE registration SET seats_kept_until = kept.until, is_passed_over = false
         FROM unnest($1::uuid[], $2::timestamptz[]) AS kept (id, until) WHERE registration.id = kept.id`,
      [changes.map(({ id }) => id), changes.map((change) => change.until)],
    );
  }

  /** The seats that municipalities have or wait for, where the event limits them; each that is asked about is counted. */
  async limitsOf(tx: Tx, { id, municipalitySeatsMax: max }: Event): Promise<MunicipalityLimits> {
    if (max === null) return new MunicipalityLimits(null, new Map());
    const rows = await tx.query<{ municipalityId: string; seats: number }>(
      `SELECT municipality_id, sum(seats)::int AS seats FROM registration
        WHERE event_id = $1 AND municipality_id IS NOT NULL AND status NOT IN ('CANCELLED', 'OFFER_EXPIRED')
        GROUP BY municipality_id`,
      [id],
    );
    return new MunicipalityLimits(max, new Map(rows.map(({ municipalityId, seats }) => [municipalityId, seats])));
  }

  private waiting(tx: Pick<Tx, 'query'>, eventId: string): Promise<QueuedParty[]> {
    return tx.query(
      `SELECT id, registrant_group AS "group", attendance_mode, seats, seats_kept_until, is_passed_over
         FROM registration WHERE event_id = $1 AND status = 'WAITLISTED' ORDER BY queue_number`,
      [eventId],
    );
  }

  private expired(tx: Tx, eventId: string): Promise<{ id: string }[]> {
    return tx.query(
      `SELECT id FROM registration WHERE event_id = $1 AND status = 'OFFERED' AND offer_expires_at <= $2
        ORDER BY queue_number FOR UPDATE`,
      [eventId, this.clock.now()],
    );
  }

  /** Whoever has seats and was not checked in did not come; answers how many seats were used. */
  async recordAbsent(tx: Tx, eventId: string): Promise<number> {
    await tx.moveAll(RECORD_ABSENT, { where: 'event_id = $1', parameters: [eventId], set: { seatsAttended: 0 } });
    const [row] = await tx.query<{ seats: number }>(
      'SELECT coalesce(sum(seats_attended), 0)::int AS seats FROM registration WHERE event_id = $1',
      [eventId],
    );
    return row?.seats ?? 0;
  }

  /** With the event; its seats are free again. */
  async cancelAll(tx: Tx, eventId: string): Promise<void> {
    const cancelled = await tx.moveAll(CANCEL, {
      where: 'event_id = $1',
      parameters: [eventId],
      set: { cancelledAt: this.clock.now(), offerExpiresAt: null },
    });
    await this.seats.releaseAll(tx, eventId);
    await closeParticipants(
      tx,
      cancelled.map((row) => row.id),
    );
    for (const row of cancelled) this.outbox.append(tx, cancelledMessage(row));
  }
}

/** How many seats of an event one municipality may have. */
class MunicipalityLimits {
  constructor(
    private readonly max: number | null,
    private readonly seatsOf: Map<string, number>,
  ) {}

  /** Refuses more than the limit; what is not refused counts from now on. */
  refusalOf({ municipalityId, seats }: Pick<Registration, 'municipalityId' | 'seats'>): AppError | undefined {
    if (this.max === null || municipalityId === null) return undefined;
    const held = this.seatsOf.get(municipalityId) ?? 0;
    if (held + seats > this.max) {
      return new AppError('EVENTS_MUNICIPALITY_LIMIT_EXCEEDED', { limit: this.max, held, seats });
    }
    this.seatsOf.set(municipalityId, held + seats);
    return undefined;
  }
}

/** A party in the queue. */
export type QueuedParty = WaitingParty & { readonly seatsKeptUntil: Date | null };

function partyOf({ id, wish, isPassedOver, seatsKeptUntil }: Registration): QueuedParty {
  return { id, ...wish, isPassedOver, seatsKeptUntil };
}

function refusalOf({ wish }: Registration, pools: readonly SeatPool[], waiting: number): AppError | undefined {
  const tooSmall = poolTooSmallFor(pools, wish);
  if (tooSmall) return partyTooLarge(tooSmall, wish.seats);
  return waiting < WAITING_MAX ? undefined : new AppError('EVENTS_WAITING_LIST_FULL', { waiting });
}

export function partyTooLarge({ group, attendanceMode, capacity }: SeatPool, seats: number): AppError {
  const [code, detail] = ['EVENTS_PARTY_TOO_LARGE', `${seats} people, ${capacity} seats at most`] as const;
  const details = { seats, capacity, group, attendanceMode };
  return new AppError(code, details, { errors: [{ pointer: '#/participants', code, detail }] });
}

function seatsNotFree(freeSeats: number): AppError {
  return new AppError('EVENTS_SEATS_NOT_FREE', { freeSeats });
}
