import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  type EventSummary,
  type EventView,
  getEvent,
  getProgrammeEvent,
  listEvents,
  listProgramme,
  type ProgrammeEntry,
  type ProgrammeEventView,
} from '#contracts/events';
import { Database, Filters, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { EVENT_OWNERSHIP } from './event.act';
import { type EventSummaryRow, eventSummary, eventView, programmeEntry, programmeEventView } from './event.messages';
import { EventService } from './event.service';

const SELECT = `SELECT id, version, case_number, status, kind, mode, title, venue, time_zone, starts_at, ends_at,
  registration_deadline_at, capacity, quotas, offer_hours, municipality_seats_max, change_reason, fields_of_action,
  published_at, cancelled_at, cancellation_reason FROM event`;

/** What was published stays readable, also when it was cancelled or postponed since. */
const PUBLIC = EVENT_OWNERSHIP.everybody;

/** The words of the title in any language. */
const TITLED = `lower(unaccent(?)) <% lower(unaccent((SELECT string_agg(value, ' ') FROM jsonb_each_text(title))))`;

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
    const { caseNumber, q, status, ...rest } = request;
    const filters = filtersOf(rest).add(TITLED, q).add('case_number = ?', caseNumber).add('status = ANY (?)', status);
    return this.page(request, {
      where: [...filters.conditions, ...visibleTo(call, EVENT_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      scope: call.scope,
      item: eventSummary,
    });
  }

  @Handle(listProgramme)
  listPublic(request: RequestOf<typeof listProgramme>): Promise<Page<ProgrammeEntry>> {
    const { conditions, parameters } = filtersOf(request);
    return this.page(request, { where: [...conditions, PUBLIC], parameters, scope: 'public', item: programmeEntry });
  }

  @Handle(getProgrammeEvent)
  async getPublic({ eventId }: RequestOf<typeof getProgrammeEvent>): Promise<ProgrammeEventView> {
    const event = await this.events.find(this.database, eventId);
    if (!event.isPublic) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return programmeEventView(event);
  }

  private page<Item extends object>(
    { limit, cursor, sort, ...filter }: RequestOf<typeof listEvents>,
    by: { where: string[]; parameters: unknown[]; scope: string; item: (row: EventSummaryRow) => Item },
  ): Promise<Page<Item>> {
    return this.database.page<EventSummaryRow, Item>({
      select: SELECT,
      where: by.where,
      parameters: by.parameters,
      sort: [
        { key: 'startsAt', column: 'starts_at', type: 'timestamptz', descending: sort?.includes('-startsAt') ?? false },
      ],
      idColumn: 'id',
      limit,
      cursor,
      filterHash: { ...filter, scope: by.scope },
      items: (rows) => rows.map(by.item),
    });
  }
}

type Filter = Pick<RequestOf<typeof listEvents>, 'kind' | 'mode' | 'fieldOfAction' | 'startsAtFrom' | 'startsAtTo'>;

function filtersOf({ kind, mode, fieldOfAction, startsAtFrom, startsAtTo }: Filter): Filters {
  return new Filters()
    .add('kind = ANY (?)', kind)
    .add('mode = ANY (?)', mode)
    .add('? = ANY (fields_of_action)', fieldOfAction)
    .add('starts_at >= ?', startsAtFrom)
    .add('starts_at < ?', startsAtTo);
}
