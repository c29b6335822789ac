import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { type EventSummary, type EventView, getEvent, listEvents } from '#contracts/events';
import { Database, Filters, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { EVENT_OWNERSHIP } from './event.act';
import { type EventRow, eventSummary, eventView } from './event.messages';
import { EventService } from './event.service';

const SELECT = `SELECT id, version, status, kind, mode, title, venue, time_zone, starts_at, ends_at,
  registration_deadline_at, capacity, quotas, offer_hours, municipality_seats_max, change_reason, fields_of_action,
  published_at, cancelled_at, cancellation_reason FROM event`;

/** Reads events for the API. */
@Injectable()
export class EventReader {
  constructor(
    private readonly database: Database,
    private readonly events: EventService,
  ) {}

  @Handle(getEvent)
  async get({ eventId }: RequestOf<typeof getEvent>, call: Call): Promise<EventView> {
    return eventView(await this.events.findVisible(this.database, eventId, call));
  }

  @Handle(listEvents)
  async list(request: RequestOf<typeof listEvents>, call: Call): Promise<Page<EventSummary>> {
    const { limit, cursor, sort, ...filter } = request;
    const filters = new Filters()
      .add('status = ANY (?)', filter.status)
      .add('kind = ANY (?)', filter.kind)
      .add('mode = ANY (?)', filter.mode)
      .add('? = ANY (fields_of_action)', filter.fieldOfAction)
      .add('starts_at >= ?', filter.startsAtFrom)
      .add('starts_at < ?', filter.startsAtTo);
    return this.database.page<Omit<EventRow, 'description'>, EventSummary>({
      select: SELECT,
      where: [...filters.conditions, ...visibleTo(call, EVENT_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: [
        { key: 'startsAt', column: 'starts_at', type: 'timestamptz', descending: sort?.includes('-startsAt') ?? false },
      ],
      idColumn: 'id',
      limit,
      cursor,
      filterHash: { ...filter, scope: call.scope },
      items: (rows) => rows.map(eventSummary),
    });
  }
}
