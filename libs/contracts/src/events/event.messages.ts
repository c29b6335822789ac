import { z } from 'zod';
import { message } from '../message';
import { Id, Instant } from '../values';
import { EventKind, EventMode } from './event.operations';

/** An event takes registrations from now on. */
export const eventPublished = message({
  subject: 'evt.events.event.published.v1',
  summary: 'An event was published',
  data: z.object({
    eventId: Id,
    kind: EventKind,
    mode: EventMode,
    startsAt: Instant,
    endsAt: Instant,
    fieldsOfAction: z.array(z.string().max(50)).max(10),
  }),
});

/** What was announced of an event is different now; who registered has to be told. */
export const eventChanged = message({
  subject: 'evt.events.event.changed.v1',
  summary: 'A published event was changed',
  data: z.object({
    eventId: Id,
    fields: z.array(z.string().max(40)).max(20),
    startsAt: Instant,
    endsAt: Instant,
  }),
});

/** An event will happen on another day, which is not known yet; its registrations stay. */
export const eventPostponed = message({
  subject: 'evt.events.event.postponed.v1',
  summary: 'An event was postponed',
  data: z.object({ eventId: Id }),
});

/** An event was held and everything about it is recorded. */
export const eventSettled = message({
  subject: 'evt.events.event.settled.v1',
  summary: 'An event was settled',
  data: z.object({ eventId: Id, seatsAttended: z.int().min(0) }),
});

/** An event will not happen; its registrations are cancelled by messages of their own. */
export const eventCancelled = message({
  subject: 'evt.events.event.cancelled.v1',
  summary: 'An event was cancelled',
  data: z.object({ eventId: Id }),
});
