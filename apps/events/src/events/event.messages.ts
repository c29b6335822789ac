import type { OutgoingMessage } from '#contracts';
import { eventCancelled, eventPublished, type EventSummary, type EventView } from '#contracts/events';
import type { Event } from './event.entity';

/** The columns of an event, as an entity or as a row of a list. */
export type EventRow = Omit<
  { [K in keyof Event as Event[K] extends (...parameters: never[]) => unknown ? never : K]: Event[K] },
  'isPublic'
>;

export function eventView(event: EventRow): EventView {
  return { ...eventSummary(event), description: event.description };
}

export function eventSummary(event: Omit<EventRow, 'description'>): EventSummary {
  return {
    id: event.id,
    version: event.version,
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
    fieldsOfAction: event.fieldsOfAction,
    publishedAt: event.publishedAt?.toISOString() ?? null,
    cancelledAt: event.cancelledAt?.toISOString() ?? null,
    cancellationReason: event.cancellationReason,
  };
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

export function cancelledMessage(event: Event): OutgoingMessage {
  return eventCancelled.of({
    aggregateId: event.id,
    aggregateVersion: event.version,
    data: { eventId: event.id },
  });
}
