import type { OutgoingMessage } from '#contracts';
import {
  eventCancelled,
  eventChanged,
  eventPostponed,
  eventPublished,
  eventSettled,
  type EventSummary,
  type EventView,
  type ProgrammeEntry,
  type ProgrammeEventView,
} from '#contracts/events';
import type { Event } from './event.entity';

/** The columns of an event, as an entity or as a row of a list. */
export type EventRow = Omit<
  { [K in keyof Event as Event[K] extends (...parameters: never[]) => unknown ? never : K]: Event[K] },
  'isPublic'
>;

export type EventSummaryRow = Omit<EventRow, 'description'>;

export function eventView(event: EventRow): EventView {
  return { ...eventSummary(event), description: event.description };
}

export function eventSummary(event: EventSummaryRow): EventSummary {
  return {
    id: event.id,
    version: event.version,
    caseNumber: event.caseNumber,
    status: event.status,
    kind: event.kind,
    mode: event.mode,
    title: event.title,
    venue: event.venue,
    timeZone: event.timeZone,
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    registrationDeadlineAt: event.registrationDeadlineAt.toISOString(),
    capacity: event.capacity,
    quotas: event.quotas,
    offerHours: event.offerHours,
    municipalitySeatsMax: event.municipalitySeatsMax,
    fieldsOfAction: event.fieldsOfAction,
    publishedAt: event.publishedAt?.toISOString() ?? null,
    cancelledAt: event.cancelledAt?.toISOString() ?? null,
    cancellationReason: event.cancellationReason,
    changeReason: event.changeReason,
  };
}

/** What everybody may know: written member by member, so that a new one is not public by accident. */
export function programmeEntry(event: EventSummaryRow): ProgrammeEntry {
  return {
    id: event.id,
    caseNumber: event.caseNumber,
    status: event.status,
    kind: event.kind,
    mode: event.mode,
    title: event.title,
    venue: event.venue,
    timeZone: event.timeZone,
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    registrationDeadlineAt: event.registrationDeadlineAt.toISOString(),
    capacity: event.capacity,
    quotas: event.quotas,
    fieldsOfAction: event.fieldsOfAction,
  };
}

export function programmeEventView(event: EventRow): ProgrammeEventView {
  return { ...programmeEntry(event), description: event.description };
}

export function publishedMessage(event: Event): OutgoingMessage {
  return eventPublished.of({
    aggregateId: event.id,
    aggregateVersion: event.version,
    data: {
      eventId: event.id,
      kind: event.kind,
      mode: event.mode,
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt.toISOString(),
      fieldsOfAction: event.fieldsOfAction,
    },
  });
}

export function changedMessage(event: Event, fields: readonly string[]): OutgoingMessage {
  const [startsAt, endsAt] = [event.startsAt.toISOString(), event.endsAt.toISOString()];
  return eventChanged.of({
    aggregateId: event.id,
    aggregateVersion: event.version,
    data: { eventId: event.id, fields: [...fields], startsAt, endsAt },
  });
}

export function postponedMessage({ id, version }: Event): OutgoingMessage {
  return eventPostponed.of({ aggregateId: id, aggregateVersion: version, data: { eventId: id } });
}

export function settledMessage({ id, version }: Event, seatsAttended: number): OutgoingMessage {
  return eventSettled.of({ aggregateId: id, aggregateVersion: version, data: { eventId: id, seatsAttended } });
}

export function cancelledMessage(event: Event): OutgoingMessage {
  return eventCancelled.of({
    aggregateId: event.id,
    aggregateVersion: event.version,
    data: { eventId: event.id },
  });
}
