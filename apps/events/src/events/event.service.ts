import { Injectable } from '@nestjs/common';
import {
  AppError,
  type cancelEvent,
  type createEvent,
  type EventView,
  type publishEvent,
  type RequestOf,
} from '#contracts';
import { Database, type Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { SeatService } from '../seats/seat.service';
import { Event } from './event.entity';
import { cancelledMessage, eventView, publishedMessage } from './event.messages';

/** Runs in the transaction that cancels the event, after its seats were locked. */
export type CancellationReaction = (tx: Tx, event: Event) => Promise<void>;

/** Use cases of events. Seats are always locked before the event itself, so that nobody registers while it is being cancelled. */
@Injectable()
export class EventService {
  private readonly whenCancelled: CancellationReaction[] = [];

  constructor(
    private readonly commands: Commands,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly seats: SeatService,
    private readonly clock: Clock,
  ) {}

  /** For features that hang on an event and must end with it. */
  onCancelled(reaction: CancellationReaction): void {
    this.whenCancelled.push(reaction);
  }

  async create(request: RequestOf<typeof createEvent>, call: Call): Promise<EventView> {
    return this.commands.run(call, async (tx) => {
      const event = Event.draft({
        ...request,
        id: request.id ?? newId(),
        startsAt: new Date(request.startsAt),
        endsAt: new Date(request.endsAt),
        registrationDeadlineAt: new Date(request.registrationDeadlineAt),
      });
      await tx.insert(event);
      await this.seats.open(tx, event);
      return eventView(event);
    });
  }

  async publish(request: RequestOf<typeof publishEvent>, call: Call): Promise<EventView> {
    return this.commands.run(call, async (tx) => {
      const event = await tx.lockOrFail(Event, request.eventId, call.expectedVersion);
      event.publish(this.clock.now());
      await tx.update(event);
      this.outbox.append(tx, publishedMessage(event));
      return eventView(event);
    });
  }

  async cancel(request: RequestOf<typeof cancelEvent>, call: Call): Promise<EventView> {
    return this.commands.run(call, async (tx) => {
      await this.seats.lock(tx, request.eventId);
      const event = await tx.lockOrFail(Event, request.eventId, call.expectedVersion);
      const wasPublic = event.isPublic;
      event.cancel(request.reason, this.clock.now());
      await tx.update(event);
      for (const react of this.whenCancelled) await react(tx, event);
      if (wasPublic) this.outbox.append(tx, cancelledMessage(event));
      return eventView(event);
    });
  }

  /** The event as the caller may see it: drafts exist for the offices only. */
  async findVisible(tx: Pick<Tx, 'findOrFail'>, eventId: string, scope: Call['scope']): Promise<Event> {
    const event = await tx.findOrFail(Event, eventId);
    if (scope === 'own' && !event.isPublic) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return event;
  }

  /** Takes the steps that time brings to one event. Safe to run on several replicas at once. */
  async advance(eventId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const event = await tx.lockOrFail(Event, eventId);
      if (event.advance(this.clock.now())) await tx.update(event);
    });
  }

  /** Events that time should have moved on, oldest first. */
  async dueForAdvance(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM event
        WHERE (status = 'PUBLISHED' AND registration_deadline_at < $1)
           OR (status = 'REGISTRATION_CLOSED' AND starts_at <= $1)
           OR (status = 'RUNNING' AND ends_at <= $1)
        ORDER BY starts_at LIMIT $2`,
      [this.clock.now(), limit],
    );
    return rows.map((row) => row.id);
  }
}
