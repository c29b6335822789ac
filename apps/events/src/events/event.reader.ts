import { Injectable } from '@nestjs/common';
import type { EventSummary, EventView, getEvent, listEvents, Page, RequestOf } from '#contracts';
import { Database } from '#database';
import type { Call } from '#platform';
import { type EventRow, eventSummary, eventView } from './event.messages';
import { EventService } from './event.service';

const SELECT = `SELECT id, version, status, kind, mode, title, venue, time_zone AS "timeZone",
  starts_at AS "startsAt", ends_at AS "endsAt", registration_deadline_at AS "registrationDeadlineAt", capacity, quotas,
  offer_hours AS "offerHours", fields_of_action AS "fieldsOfAction", published_at AS "publishedAt",
  cancelled_at AS "cancelledAt", cancellation_reason AS "cancellationReason" FROM event`;

/** Reads events for the API. */
@Injectable()
export class EventReader {
  constructor(
    private readonly database: Database,
    private readonly events: EventService,
  ) {}

  async get({ eventId }: RequestOf<typeof getEvent>, call: Call): Promise<EventView> {
    return eventView(await this.events.findVisible(this.database, eventId, call.scope));
  }

  async list(request: RequestOf<typeof listEvents>, call: Call): Promise<Page<EventSummary>> {
    const { limit, cursor, sort, ...filters } = request;
    return this.database.page<Omit<EventRow, 'description'>, EventSummary>({
      select: SELECT,
      where: [
        '$1 OR published_at IS NOT NULL',
        '$2::text[] IS NULL OR status = ANY($2)',
        '$3::text[] IS NULL OR kind = ANY($3)',
        '$4::text[] IS NULL OR mode = ANY($4)',
        '$5::text IS NULL OR $5 = ANY(fields_of_action)',
        '$6::timestamptz IS NULL OR starts_at >= $6',
        '$7::timestamptz IS NULL OR starts_at < $7',
      ],
      parameters: [
        call.scope === 'any',
        filters.status,
        filters.kind,
        filters.mode,
        filters.fieldOfAction,
        filters.startsAtFrom,
        filters.startsAtTo,
      ],
      sort: [
        { key: 'startsAt', column: 'starts_at', type: 'timestamptz', descending: sort?.includes('-startsAt') ?? false },
      ],
      idColumn: 'id',
      limit,
      cursor,
      filterHash: { ...filters, scope: call.scope },
      items: (rows) => rows.map(eventSummary),
    });
  }
}
