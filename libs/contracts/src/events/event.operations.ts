import { z } from 'zod';
import { actionsOf, Refusal } from '../action.operations';
import { CaseNumber, caseNumberQuery } from '../case-number';
import { operation } from '../operation';
import { FieldOfActionKey } from '../partnership/reference.operations';
import { EVERY_PERSON, READ_ALL_OR_OWN, grant } from '../roles';
import {
  Id,
  Instant,
  Language,
  Line,
  LocalizedText,
  Text,
  Version,
  csv,
  pageOf,
  pageQuery,
  sortQuery,
  MachineText,
  Written,
} from '../values';
import { AttendanceMode, RegistrantGroup } from './registration.values';

/** Formats of dialogue and networking. Source: docs/domain.md#events. */
export const EVENT_KINDS = [
  'CONFERENCE',
  'DIALOGUE_EVENT',
  'PEER_EXCHANGE',
  'STUDY_TOUR',
  'WEBINAR',
  'WORKING_GROUP',
  'ALUMNI_MEETING',
  'WORKSHOP',
] as const;
export const EventKind = z.enum(EVENT_KINDS).meta({ id: 'EventKind' });
export type EventKind = z.infer<typeof EventKind>;

export const EVENT_MODES = ['ON_SITE', 'ONLINE', 'HYBRID'] as const;
export const EventMode = z.enum(EVENT_MODES).meta({ id: 'EventMode' });
export type EventMode = z.infer<typeof EventMode>;

export const EVENT_STATUSES = [
  'DRAFT',
  'PUBLISHED',
  'REGISTRATION_CLOSED',
  'RUNNING',
  'HELD',
  'SETTLED',
  'CANCELLED',
  'POSTPONED',
] as const;
export const EventStatus = z.enum(EVENT_STATUSES).meta({ id: 'EventStatus' });
export type EventStatus = z.infer<typeof EventStatus>;

export const TimeZone = MachineText(64)
  .refine(isTimeZone, 'an IANA time zone, such as "Africa/Dar_es_Salaam"')
  .meta({ description: 'IANA time zone of the place where the event happens; its days are counted in it' });

const Capacity = z.int().min(1).max(5000);

export const EventQuota = z
  .strictObject({
    group: RegistrantGroup.nullable().default(null).meta({ description: 'Null: every group counts' }),
    attendanceMode: AttendanceMode.nullable().default(null).meta({ description: 'Null: both modes count' }),
    capacity: Capacity.meta({ description: 'Seats at most for those who match' }),
  })
  .meta({ id: 'EventQuota', description: 'A ceiling inside the capacity, per group, attendance mode or both.' });
export type EventQuota = z.infer<typeof EventQuota>;

const LocalizedDescription = z
  .partialRecord(Language, Text(5000))
  .refine((texts) => Object.keys(texts).length > 0, 'needs at least one language');

const eventContent = {
  kind: EventKind,
  mode: EventMode,
  title: LocalizedText,
  description: LocalizedDescription.nullable(),
  venue: Line(200).nullable().meta({ description: 'Where it happens; null for an online event' }),
  timeZone: TimeZone,
  startsAt: Instant,
  endsAt: Instant,
  registrationDeadlineAt: Instant.meta({ description: 'Last instant for a registration; not after the start' }),
  capacity: Capacity.meta({ description: 'Seats in total' }),
  quotas: z.array(EventQuota).max(12),
  offerHours: z.int().min(1).max(336).meta({
    description:
      'How long a seat offered from the waiting list is held, in hours, never beyond the start; and how long free seats are kept for a party that needs more of them',
  }),
  municipalitySeatsMax: Capacity.nullable().meta({
    description: 'Seats at most that one municipality has or waits for; null: no limit',
  }),
  fieldsOfAction: z.array(FieldOfActionKey).max(10).meta({ description: 'Keys of the reference list' }),
};

export const EventView = z
  .strictObject({
    id: Id,
    version: Version,
    caseNumber: CaseNumber,
    status: EventStatus,
    ...eventContent,
    publishedAt: Instant.nullable(),
    cancelledAt: Instant.nullable(),
    cancellationReason: Written(500).nullable(),
    changeReason: Written(500).nullable().meta({ description: 'Of the last change or postponement' }),
  })
  .meta({ id: 'EventView' });
export type EventView = z.infer<typeof EventView>;

export const EventSummary = EventView.omit({ description: true }).meta({
  id: 'EventSummary',
  description: 'An event in a list: all but its description.',
});
export type EventSummary = z.infer<typeof EventSummary>;

const WRITE = grant('any', 'adviser', 'programme-officer');

export const createEvent = operation({
  subject: 'rpc.events.event.create',
  http: { method: 'POST', path: '/events', success: 201, location: '/events/{id}', putById: true },
  summary: 'Draft an event',
  description: 'The event is a DRAFT, which only the offices see, until it is published.',
  request: z.strictObject({
    id: Id.optional(),
    ...eventContent,
    description: eventContent.description.default(null),
    venue: eventContent.venue.default(null),
    quotas: eventContent.quotas.default([]),
    offerHours: eventContent.offerHours.default(48),
    municipalitySeatsMax: eventContent.municipalitySeatsMax.default(null),
    fieldsOfAction: eventContent.fieldsOfAction.default([]),
  }),
  reply: EventView,
  errors: ['EVENTS_EVENT_PERIOD_INVALID', 'EVENTS_QUOTA_INVALID', 'PLATFORM_RESOURCE_EXISTS'],
  allow: WRITE,
  idempotency: 'optional',
});

const programmeFilters = {
  kind: csv(EventKind).optional(),
  mode: csv(EventMode).optional(),
  fieldOfAction: FieldOfActionKey.optional(),
  startsAtFrom: Instant.optional().meta({ description: 'Included' }),
  startsAtTo: Instant.optional().meta({ description: 'Excluded' }),
};

export const listEvents = operation({
  subject: 'rpc.events.event.list',
  http: { method: 'GET', path: '/events' },
  summary: 'List events',
  description: 'Municipalities and experts see what has been published; drafts are for the offices.',
  request: z.strictObject({
    ...pageQuery,
    ...caseNumberQuery,
    q: Line(100)
      .optional()
      .meta({ description: 'Words of the title in any language; accents ignored, typing errors tolerated' }),
    sort: sortQuery('startsAt'),
    status: csv(EventStatus).optional(),
    ...programmeFilters,
  }),
  reply: pageOf(EventSummary),
  allow: READ_ALL_OR_OWN,
});

export const getEvent = operation({
  subject: 'rpc.events.event.get',
  http: { method: 'GET', path: '/events/{eventId}' },
  summary: 'Read an event',
  request: z.strictObject({ eventId: Id }),
  reply: EventView,
  allow: READ_ALL_OR_OWN,
});

const NOT_PUBLIC = {
  version: true,
  offerHours: true,
  municipalitySeatsMax: true,
  publishedAt: true,
  cancelledAt: true,
  cancellationReason: true,
  changeReason: true,
} as const;

export const ProgrammeEventView = EventView.omit(NOT_PUBLIC).meta({
  id: 'ProgrammeEventView',
  description: 'What everybody may know of an event that was published.',
});
export type ProgrammeEventView = z.infer<typeof ProgrammeEventView>;

export const ProgrammeEntry = ProgrammeEventView.omit({ description: true }).meta({ id: 'ProgrammeEntry' });
export type ProgrammeEntry = z.infer<typeof ProgrammeEntry>;

export const listProgramme = operation({
  subject: 'rpc.events.programme.list',
  http: { method: 'GET', path: '/programme' },
  summary: 'List the events that were published, for everybody',
  description: 'Needs no token. Reasons, limits of a municipality and drafts are for those who are signed in.',
  request: z.strictObject({ ...pageQuery, sort: sortQuery('startsAt'), ...programmeFilters }),
  reply: pageOf(ProgrammeEntry),
  allow: EVERY_PERSON,
  isPublic: true,
});

export const getProgrammeEvent = operation({
  subject: 'rpc.events.programme.get',
  http: { method: 'GET', path: '/programme/{eventId}' },
  summary: 'Read an event that was published, for everybody',
  description: 'Needs no token.',
  request: z.strictObject({ eventId: Id }),
  reply: ProgrammeEventView,
  allow: EVERY_PERSON,
  isPublic: true,
});

export const EventFreeSeatsView = z
  .strictObject({
    id: Id,
    pools: z
      .array(EventQuota.extend({ taken: z.int().min(0).meta({ description: 'Held or offered' }) }))
      .max(13)
      .meta({ description: 'The whole capacity (neither group nor attendance mode) first, then the quotas' }),
    waiting: z.int().min(0).meta({ description: 'Registrations that wait for seats' }),
  })
  .meta({ id: 'EventFreeSeatsView', description: 'Seats that are taken now, of all and of each quota.' });
export type EventFreeSeatsView = z.infer<typeof EventFreeSeatsView>;

export const getEventFreeSeats = operation({
  subject: 'rpc.events.free-seats.get',
  http: { method: 'GET', path: '/events/{eventId}/free-seats' },
  summary: 'See how many seats of an event are free',
  description: 'Counts only; seats may be kept for a party that came earlier.',
  request: z.strictObject({ eventId: Id }),
  reply: EventFreeSeatsView,
  allow: READ_ALL_OR_OWN,
});

export const listEventActions = actionsOf('rpc.events.event', '/events/{eventId}', READ_ALL_OR_OWN);

export const publishEvent = operation({
  subject: 'rpc.events.event.publish',
  http: { method: 'POST', path: '/events/{eventId}/publications' },
  summary: 'Publish an event and open its registration',
  description:
    'From here on time moves the event: the registration closes at the deadline, the event runs from its start and is held after its end. ' +
    'So is one that was postponed, after its dates were changed.',
  request: z.strictObject({ eventId: Id }),
  reply: EventView,
  errors: ['EVENTS_EVENT_TRANSITION_NOT_ALLOWED', 'EVENTS_EVENT_ALREADY_STARTED'],
  allow: WRITE,
  idempotency: 'optional',
  precondition: 'required',
});

const Change = z.strictObject(eventContent).partial();

export const EventChangePreview = z
  .strictObject({
    fields: z.array(z.string().max(40)).max(20).meta({ description: 'What would be changed' }),
    registrations: z.int().min(0).meta({ description: 'Open registrations that would be told' }),
    seats: z.int().min(0),
    waiting: z.int().min(0).meta({ description: 'Of these registrations, those on the waiting list' }),
    refusal: Refusal.meta({ description: 'Why the change would be refused; null when it would be carried out' }),
  })
  .meta({ id: 'EventChangePreview' });
export type EventChangePreview = z.infer<typeof EventChangePreview>;

export const previewEventChange = operation({
  subject: 'rpc.events.event.preview-change',
  http: { method: 'POST', path: '/events/{eventId}/change-previews', success: 200 },
  summary: 'See whom a change of an event would affect',
  description: 'Changes nothing; says who would be told, and whether the change would be refused.',
  request: z.strictObject({ eventId: Id, ...Change.shape }),
  reply: EventChangePreview,
  allow: WRITE,
});

export const changeEvent = operation({
  subject: 'rpc.events.event.change',
  http: { method: 'PATCH', path: '/events/{eventId}' },
  summary: 'Change an event',
  description:
    'Until it starts. The seats that are taken stay taken: fewer seats, a smaller quota or a mode less than they need is refused with the ' +
    'numbers. More seats are offered to the waiting list at once; a later deadline opens the registration again.',
  request: z.strictObject({ eventId: Id, reason: Line(500), ...Change.shape }),
  reply: EventView,
  errors: [
    'EVENTS_EVENT_TRANSITION_NOT_ALLOWED',
    'EVENTS_EVENT_PERIOD_INVALID',
    'EVENTS_QUOTA_INVALID',
    'EVENTS_SEATS_TAKEN',
  ],
  allow: WRITE,
  idempotency: 'optional',
  precondition: 'required',
});

export const postponeEvent = operation({
  subject: 'rpc.events.event.postpone',
  http: { method: 'POST', path: '/events/{eventId}/postponements' },
  summary: 'Postpone an event to a day that is not known yet',
  description:
    'Registrations keep their seats and nobody new registers. Change its dates and publish it again once they are known.',
  request: z.strictObject({ eventId: Id, reason: Line(500) }),
  reply: EventView,
  errors: ['EVENTS_EVENT_TRANSITION_NOT_ALLOWED'],
  allow: WRITE,
  idempotency: 'optional',
  precondition: 'required',
});

export const settleEvent = operation({
  subject: 'rpc.events.event.settle',
  http: { method: 'POST', path: '/events/{eventId}/settlements' },
  summary: 'Close the books of an event that was held',
  description: 'Who has seats and was not checked in is recorded as NO_SHOW; attendance is not corrected any more.',
  request: z.strictObject({ eventId: Id }),
  reply: EventView,
  errors: ['EVENTS_EVENT_TRANSITION_NOT_ALLOWED'],
  allow: WRITE,
  idempotency: 'optional',
  precondition: 'required',
});

export const cancelEvent = operation({
  subject: 'rpc.events.event.cancel',
  http: { method: 'POST', path: '/events/{eventId}/cancellations' },
  summary: 'Cancel an event',
  description: 'Cancels every open registration with it and frees all seats.',
  request: z.strictObject({ eventId: Id, reason: Line(500) }),
  reply: EventView,
  errors: ['EVENTS_EVENT_TRANSITION_NOT_ALLOWED'],
  allow: WRITE,
  idempotency: 'optional',
  precondition: 'required',
});

function isTimeZone(name: string): boolean {
  // Intl accepts offsets ("+02:00", "Etc/GMT-2") and zones without a place ("EST", "CET") too: they do not know the rules of one.
  return (name === 'UTC' || (/^[A-Z]\w*\//.test(name) && !name.startsWith('Etc/'))) && isKnownToIntl(name);
}

function isKnownToIntl(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
