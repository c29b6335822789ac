import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import {
  type AccessibilityNeedView,
  type EventParticipantView,
  type AttendeeView,
  getRegistration,
  listAccessibilityNeeds,
  listAttendees,
  listEventParticipants,
  listRegistrations,
  listRegistrationsOfAllEvents,
  listWaitingList,
  type RegistrationView,
  type WaitingListEntryView,
} from '#contracts/events';
import { Database, Filters, refuseForeign, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { EventService } from '../events/event.service';
import { REGISTRATION_OWNERSHIP } from './registration.act';
import { Registration } from './registration.entity';
import {
  type AccessibilityNeedRow,
  accessibilityNeedView,
  type AttendeeRow,
  attendeeView,
  type ParticipantRow,
  participantView,
  type RegistrationRow,
  registrationView,
  type WaitingRow,
  waitingListEntryView,
} from './registration.messages';
import { SeatingService } from './seating.service';

const COLUMNS = `registration.id, registration.version, registration.case_number, registration.event_id, kind, registrant_group,
  attendance_mode, municipality_id, seats, status, queue_number, registered_at, offer_expires_at, confirmed_at, cancelled_at,
  checked_in_at, seats_attended, late_reason, change_reason, registration.address_confirmed_at, seats_held_until, seats_given_back_at`;
const REGISTRATION = `SELECT ${COLUMNS} FROM registration`;
const ATTENDEE = `SELECT participant.id AS participant_id, participant.version AS participant_version, name, email, language,
  participant.address_confirmed_at AS own_address_confirmed_at, address_taken_at, confirmation_requested_at, ${COLUMNS}
  FROM registration JOIN participant ON participant.registration_id = registration.id`;

// Positions count everyone who waits, also those whom the caller may not see.
const WAITING = `SELECT id, version, case_number, position, registrant_group, attendance_mode, seats, status, queue_number,
  registered_at, offer_expires_at
  FROM (SELECT *, row_number() OVER (PARTITION BY event_id ORDER BY queue_number)::int AS position
          FROM registration WHERE status IN ('WAITLISTED', 'OFFERED')) AS registration`;

const BY_ARRIVAL = [{ key: 'queueNumber', column: 'queue_number', type: 'int4' }] as const;

/** Reads registrations, waiting lists and, for those who may, the people behind them. */
@Injectable()
export class RegistrationReader {
  constructor(
    private readonly database: Database,
    private readonly events: EventService,
    private readonly seating: SeatingService,
  ) {}

  @Handle(getRegistration)
  async get({ registrationId }: RequestOf<typeof getRegistration>, call: Call): Promise<RegistrationView> {
    return registrationView(await this.findVisible(registrationId, call));
  }

  @Handle(listRegistrations)
  async list(request: RequestOf<typeof listRegistrations>, call: Call): Promise<Page<RegistrationView>> {
    const { limit, cursor, eventId, caseNumber, status, group } = request;
    await this.events.findVisible(this.database, eventId, call);
    const parameters: unknown[] = [eventId];
    const where = ['event_id = $1', ...visibleTo(call, REGISTRATION_OWNERSHIP, parameters)];
    if (caseNumber) where.push(`case_number = $${parameters.push(caseNumber)}`);
    if (status) where.push(`status = ANY ($${parameters.push(status)})`);
    if (group) where.push(`registrant_group = ANY ($${parameters.push(group)})`);
    return this.database.page<RegistrationRow, RegistrationView>({
      select: REGISTRATION,
      where,
      parameters,
      sort: BY_ARRIVAL,
      idColumn: 'id',
      limit,
      cursor,
      filterHash: { eventId, caseNumber, status, group },
      items: (rows) => rows.map(registrationView),
    });
  }

  @Handle(listRegistrationsOfAllEvents)
  listAll(
    { limit, cursor, caseNumber, status }: RequestOf<typeof listRegistrationsOfAllEvents>,
    call: Call,
  ): Promise<Page<RegistrationView>> {
    const filters = new Filters().add('case_number = ?', caseNumber).add('status = ANY (?)', status);
    return this.database.page<RegistrationRow, RegistrationView>({
      select: REGISTRATION,
      where: [...filters.conditions, ...visibleTo(call, REGISTRATION_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: [],
      idColumn: 'id',
      limit,
      cursor,
      filterHash: { caseNumber, status, scope: call.scope },
      items: (rows) => rows.map(registrationView),
    });
  }

  @Handle(listAttendees)
  async listAttendees({
    eventId,
    limit,
    cursor,
    status,
  }: RequestOf<typeof listAttendees>): Promise<Page<AttendeeView>> {
    await this.events.find(this.database, eventId);
    const filters = new Filters().add('registration.event_id = ?', eventId).add('status = ANY (?)', status);
    return this.database.page<AttendeeRow, AttendeeView>({
      select: ATTENDEE,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: BY_ARRIVAL,
      idColumn: 'participant.id',
      limit,
      cursor,
      filterHash: { eventId, status },
      items: (rows) => rows.map(attendeeView),
    });
  }

  @Handle(listWaitingList)
  async listWaiting(request: RequestOf<typeof listWaitingList>, call: Call): Promise<Page<WaitingListEntryView>> {
    const { limit, cursor, eventId } = request;
    await this.events.findVisible(this.database, eventId, call);
    const waits = await this.seating.waitsOf(this.database, eventId);
    const parameters: unknown[] = [eventId];
    return this.database.page<WaitingRow, WaitingListEntryView>({
      select: WAITING,
      where: ['event_id = $1', ...visibleTo(call, REGISTRATION_OWNERSHIP, parameters)],
      parameters,
      sort: BY_ARRIVAL,
      idColumn: 'id',
      limit,
      cursor,
      filterHash: { eventId },
      items: (rows) => rows.map((row) => waitingListEntryView(row, waits.get(row.id))),
    });
  }

  @Handle(listEventParticipants)
  async listParticipants(
    request: RequestOf<typeof listEventParticipants>,
    call: Call,
  ): Promise<Page<EventParticipantView>> {
    const { limit, cursor, ...filters } = request;
    await this.findVisible(request.registrationId, call);
    return this.database.page<ParticipantRow, EventParticipantView>({
      select: `SELECT id, version, registration_id, name, email, language, address_confirmed_at, address_taken_at,
        confirmation_requested_at FROM participant`,
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

  @Handle(listAccessibilityNeeds)
  async listNeeds(request: RequestOf<typeof listAccessibilityNeeds>): Promise<Page<AccessibilityNeedView>> {
    const { limit, cursor, ...filters } = request;
    await this.events.find(this.database, request.eventId);
    return this.database.page<AccessibilityNeedRow, AccessibilityNeedView>({
      select: `SELECT need.id, need.version, participant_id, attendance_mode, need.kind, note
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
    await refuseForeign(this.database, call, { ownership: REGISTRATION_OWNERSHIP, id: registrationId });
    return this.database.findOrFail(Registration, registrationId);
  }
}
