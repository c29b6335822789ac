import { Injectable } from '@nestjs/common';
import { AppError, ERRORS, type RequestOf } from '#contracts';
import {
  cancelEvent,
  changeEvent,
  type EventChangePreview,
  type EventView,
  postponeEvent,
  previewEventChange,
  publishEvent,
  settleEvent,
} from '#contracts/events';
import { Database, type Tx } from '#database';
import { type Act, Outbox } from '#messaging';
import { Clock, Handle } from '#platform';
import { poolsOf, refuseOverfull, SeatService } from '../seats/seat.service';
import type { Wish } from '../seats/allocation';
import { act } from './event.act';
import type { Event } from './event.entity';
import {
  cancelledMessage,
  changedMessage,
  eventView,
  postponedMessage,
  publishedMessage,
  settledMessage,
} from './event.messages';
import { EventService } from './event.service';

type Change = Omit<RequestOf<typeof previewEventChange>, 'eventId'>;

/** What is taken or waited for in one group and mode. */
export interface Demand extends Wish {
  readonly isWaiting: boolean;
  readonly registrations: number;
}

/** What an event has to know of those who registered, and what happens to them with it; registrations carry it out. */
export abstract class Attendance {
  /** Open registrations by what they take or wait for. */
  abstract demand(tx: Pick<Tx, 'query'>, eventId: string): Promise<Demand[]>;
  /** Offers what is free to whoever is next and fits. */
  abstract offerFreeSeats(tx: Tx, eventId: string): Promise<void>;
  /** Whoever has seats and was not checked in did not come; answers how many seats were used. */
  abstract recordAbsent(tx: Tx, eventId: string): Promise<number>;
  /** With the event; its seats are free again. */
  abstract cancelAll(tx: Tx, eventId: string): Promise<void>;
}

/**
 * What an organiser does with an event and, by it, with those who registered. The seats are always locked before the event itself,
 * so that nobody registers meanwhile.
 */
@Injectable()
export class EventChangeService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly events: EventService,
    private readonly seats: SeatService,
    private readonly attendance: Attendance,
    private readonly clock: Clock,
  ) {}

  /** A postponed event offers the seats that became free meanwhile. */
  @act(publishEvent, {
    first: (self: EventChangeService, { eventId }, { tx }) => self.seats.lock(tx, eventId),
    possible: (event, { now }) => event.assertCanPublish(now),
    message: publishedMessage,
  })
  async publish(event: Event, _: RequestOf<typeof publishEvent>, { tx }: Act<undefined, unknown>): Promise<void> {
    event.publish(this.clock.now());
    await tx.update(event);
    await this.attendance.offerFreeSeats(tx, event.id);
  }

  @act(changeEvent, {
    first: (self: EventChangeService, { eventId }, { tx }) => self.seats.lock(tx, eventId),
    possible: (event, { now }) => event.assertCanChange(now),
  })
  async change(
    event: Event,
    { eventId, reason, ...change }: RequestOf<typeof changeEvent>,
    { tx }: Act<undefined, unknown>,
  ): Promise<void> {
    const demand = await this.attendance.demand(tx, eventId);
    const fields = event.change(contentOf(change), reason, this.clock.now());
    refuseUnlessSeated(event, demand);
    await this.seats.reopen(tx, event, seatedOf(demand));
    await tx.update(event);
    if (event.isPublic && fields.length > 0) this.outbox.append(tx, changedMessage(event, fields));
    await this.attendance.offerFreeSeats(tx, eventId);
  }

  @Handle(previewEventChange)
  async preview({ eventId, ...change }: RequestOf<typeof previewEventChange>): Promise<EventChangePreview> {
    const [event, demand] = [
      await this.events.find(this.database, eventId),
      await this.attendance.demand(this.database, eventId),
    ];
    const before = Object.assign(Object.create(Object.getPrototypeOf(event) as object) as Event, event);
    const refusal = refusalOf(() => {
      event.change(contentOf(change), '', this.clock.now());
      refuseUnlessSeated(event, demand);
    });
    return {
      fields: before.differencesTo(contentOf(change)),
      registrations: sum(demand, ({ registrations }) => registrations),
      seats: sum(demand, ({ seats }) => seats),
      waiting: sum(
        demand.filter(({ isWaiting }) => isWaiting),
        ({ registrations }) => registrations,
      ),
      refusal,
    };
  }

  @act(postponeEvent, {
    first: (self: EventChangeService, { eventId }, { tx }) => self.seats.lock(tx, eventId),
    possible: (event) => event.assertCanBecome('POSTPONED'),
    message: postponedMessage,
  })
  postpone(event: Event, { reason }: RequestOf<typeof postponeEvent>): void {
    event.postpone(reason);
  }

  @act(settleEvent, {
    first: (self: EventChangeService, { eventId }, { tx }) => self.seats.lock(tx, eventId),
    possible: (event) => event.assertCanBecome('SETTLED'),
  })
  async settle(event: Event, _: RequestOf<typeof settleEvent>, { tx }: Act<undefined, unknown>): Promise<void> {
    event.settle();
    await tx.update(event);
    this.outbox.append(tx, settledMessage(event, await this.attendance.recordAbsent(tx, event.id)));
  }

  @act(cancelEvent, {
    first: (self: EventChangeService, { eventId }, { tx }) => self.seats.lock(tx, eventId),
    possible: (event) => event.assertCanBecome('CANCELLED'),
    message: (event) => (event.isPublic ? cancelledMessage(event) : undefined),
  })
  async cancel(
    event: Event,
    { reason }: RequestOf<typeof cancelEvent>,
    { tx }: Act<undefined, unknown>,
  ): Promise<void> {
    event.cancel(reason, this.clock.now());
    await tx.update(event);
    await this.attendance.cancelAll(tx, event.id);
  }

  view(event: Event): EventView {
    return eventView(event);
  }
}

function contentOf({ startsAt, endsAt, registrationDeadlineAt, ...rest }: Change): Parameters<Event['change']>[0] {
  return {
    ...rest,
    ...(startsAt !== undefined && { startsAt: new Date(startsAt) }),
    ...(endsAt !== undefined && { endsAt: new Date(endsAt) }),
    ...(registrationDeadlineAt !== undefined && { registrationDeadlineAt: new Date(registrationDeadlineAt) }),
  };
}

/** Who has seats, and who holds an offer of them. */
function seatedOf(demand: readonly Demand[]): Demand[] {
  return demand.filter(({ isWaiting }) => !isWaiting);
}

/** Nobody loses a seat by a change, and nobody is left waiting for a mode that there is no more. */
function refuseUnlessSeated(event: Event, demand: readonly Demand[]): void {
  const lost = demand.find(({ attendanceMode }) => !event.offers(attendanceMode));
  if (lost)
    throw new AppError('EVENTS_SEATS_TAKEN', { attendanceMode: lost.attendanceMode, capacity: 0, taken: lost.seats });
  refuseOverfull(poolsOf(event, seatedOf(demand)));
}

function refusalOf(ask: () => void): EventChangePreview['refusal'] {
  try {
    ask();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { en, de } = ERRORS[error.code];
    return { code: error.code, en, de };
  }
}

function sum(demand: readonly Demand[], of: (it: Demand) => number): number {
  return demand.reduce((total, it) => total + of(it), 0);
}
