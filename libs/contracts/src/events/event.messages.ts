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

/** An event will not happen; its registrations are cancelled by messages of their own. */
export const eventCancelled = message({
  subject: 'evt.events.event.cancelled.v1',
  summary: 'An event was cancelled',
  data: z.object({ eventId: Id }),
});
