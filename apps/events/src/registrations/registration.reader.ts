import { Injectable } from '@nestjs/common';
import type {
  AccessibilityNeedView,
  EventParticipantView,
  getRegistration,
  listAccessibilityNeeds,
  listEventParticipants,
  listRegistrations,
  listWaitingList,
  Page,
  RegistrationView,
  RequestOf,
  WaitingListEntryView,
} from '#contracts';
import { Database } from '#database';
import type { Call } from '#platform';
import { EventService } from '../events/event.service';
import { OWN_CONDITION, ownParameters, refuseUnlessOwn } from './registration-ownership';
import { Registration } from './registration.entity';
import {
  type AccessibilityNeedRow,
  accessibilityNeedView,
  type ParticipantRow,
  participantView,
  type RegistrationRow,
  registrationView,
  type WaitingRow,
  waitingListEntryView,
} from './registration.messages';

const REGISTRATION = `SELECT id, version, event_id AS "eventId", kind, registrant_group AS "registrantGroup",
  attendance_mode AS "attendanceMode", municipality_id AS "municipalityId", seats, status, queue_number AS "queueNumber",
  registered_at AS "registeredAt", offer_expires_at AS "offerExpiresAt", confirmed_at AS "confirmedAt",
  cancelled_at AS "cancelledAt", checked_in_at AS "checkedInAt", seats_attended AS "seatsAttended" FROM registration`;

// Positions count everyone who waits, also those whom the caller may not see.
const WAITING = `SELECT id, version, position, registrant_group AS "registrantGroup", attendance_mode AS "attendanceMode",
  seats, status, queue_number AS "queueNumber", registered_at AS "registeredAt", offer_expires_at AS "offerExpiresAt"
  FROM (SELECT *, row_number() OVER (PARTITION BY event_id ORDER BY queue_number)::int AS position
          FROM registration WHERE status IN ('WAITLISTED', 'OFFERED')) AS waiting`;

const BY_ARRIVAL = [{ key: 'queueNumber', column: 'queue_number', type: 'int4' }] as const;

/** Reads registrations, waiting lists and, for those who may, the people behind them. */
@Injectable()
export class RegistrationReader {
  constructor(
    private readonly database: Database,
    private readonly events: EventService,
  ) {}

  async get({ registrationId }: RequestOf<typeof getRegistration>, call: Call): Promise<RegistrationView> {
    return registrationView(await this.findVisible(registrationId, call));
  }

  async list(request: RequestOf<typeof listRegistrations>, call: Call): Promise<Page<RegistrationView>> {
    const { limit, cursor, ...filters } = request;
    await this.events.findVisible(this.database, request.eventId, call.scope);
    return this.database.page<RegistrationRow, RegistrationView>({
      select: REGISTRATION,
      where: [
        OWN_CONDITION,
        'event_id = $4',
        '$5::text[] IS NULL OR status = ANY($5)',
        '$6::text[] IS NULL OR registrant_group = ANY($6)',
      ],
      parameters: [...ownParameters(call), filters.eventId, filters.status, filters.group],
      sort: BY_ARRIVAL,
      idColumn: 'id',
      limit,
      cursor,
      filterHash: filters,
      items: (rows) => rows.map(registrationView),
    });
  }

  async listWaiting(request: RequestOf<typeof listWaitingList>, call: Call): Promise<Page<WaitingListEntryView>> {
    const { limit, cursor, ...filters } = request;
    await this.events.findVisible(this.database, request.eventId, call.scope);
    return this.database.page<WaitingRow, WaitingListEntryView>({
      select: WAITING,
      where: [OWN_CONDITION, 'event_id = $4'],
      parameters: [...ownParameters(call), filters.eventId],
      sort: BY_ARRIVAL,
      idColumn: 'id',
      limit,
      cursor,
      filterHash: filters,
      items: (rows) => rows.map(waitingListEntryView),
    });
  }

  async listParticipants(
    request: RequestOf<typeof listEventParticipants>,
    call: Call,
  ): Promise<Page<EventParticipantView>> {
    const { limit, cursor, ...filters } = request;
    await this.findVisible(request.registrationId, call);
    return this.database.page<ParticipantRow, EventParticipantView>({
      select: 'SELECT id, version, registration_id AS "registrationId", name, email FROM participant',
      where: ['registration_id = $1'],
      parameters: [filters.registrationId],
      sort: [],
      idColumn: 'id',
      limit,
      cursor,
      filterHash: filters,
      items: (rows) => rows.map(participantView),
    });
  }

  async listNeeds(request: RequestOf<typeof listAccessibilityNeeds>): Promise<Page<AccessibilityNeedView>> {
    const { limit, cursor, ...filters } = request;
    await this.events.findVisible(this.database, request.eventId, 'any');
    return this.database.page<AccessibilityNeedRow, AccessibilityNeedView>({
      select: `SELECT need.id, need.version, participant_id AS "participantId", attendance_mode AS "attendanceMode", need.kind, note
        FROM accessibility_need need
        JOIN participant ON participant.id = need.participant_id
        JOIN registration ON registration.id = participant.registration_id`,
      where: ['need.event_id = $1'],
      parameters: [filters.eventId],
      sort: [],
      idColumn: 'need.id',
      limit,
      cursor,
      filterHash: filters,
      items: (rows) => rows.map(accessibilityNeedView),
    });
  }

  private async findVisible(registrationId: string, call: Call): Promise<Registration> {
    const registration = await this.database.findOrFail(Registration, registrationId);
    refuseUnlessOwn(registration, call);
    return registration;
  }
}
