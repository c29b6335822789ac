import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { createEvent, type EventView } from '#contracts/events';
import { Database, refuseForeign, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { SeatService } from '../seats/seat.service';
import { EVENT_OWNERSHIP } from './event.act';
import { Event } from './event.entity';
import { eventView } from './event.messages';

/** Drafts events, finds them, and takes the steps that time brings. What people change stands in event-change.service.ts. */
@Injectable()
export class EventService {
  constructor(
    private readonly commands: Commands,
    private readonly database: Database,
    private readonly seats: SeatService,
    private readonly clock: Clock,
  ) {}

  @Handle(createEvent)
  create(request: RequestOf<typeof createEvent>, call: Call): Promise<EventView> {
    return this.commands.run(call, async (tx) => {
      const event = Event.draft(
        {
          ...request,
          id: request.id ?? newId(),
          startsAt: new Date(request.startsAt),
          endsAt: new Date(request.endsAt),
          registrationDeadlineAt: new Date(request.registrationDeadlineAt),
        },
        this.clock.now(),
      );
      await tx.insert(event);
      await this.seats.open(tx, event);
      return eventView(event);
    });
  }

  /** The event as the caller may see it. */
  async findVisible(tx: Pick<Tx, 'findOrFail' | 'query'>, eventId: string, call: Call): Promise<Event> {
    await this.refuseInvisible(tx, eventId, call);
    return this.find(tx, eventId);
  }

  /** For features that hang on an event, whoever asks. */
  find(tx: Pick<Tx, 'findOrFail'>, eventId: string): Promise<Event> {
    return tx.findOrFail(Event, eventId);
  }

  refuseInvisible(tx: Pick<Tx, 'query'>, eventId: string, call: Call): Promise<void> {
    return refuseForeign(tx, call, { ownership: EVENT_OWNERSHIP, id: eventId });
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
