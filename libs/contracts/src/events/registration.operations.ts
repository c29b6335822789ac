import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { type Allow, READ_ALL_OR_OWN, grant } from '../roles';
import { Id, Instant, Line, Version, csv, pageOf, pageQuery, Written } from '../values';
import {
  AccessibilityNeedKind,
  AttendanceMode,
  RegistrantGroup,
  RegistrationKind,
  RegistrationStatus,
} from './registration.values';

const Seats = z.int().min(1).max(20);

const ParticipantEntry = z
  .strictObject({
    name: Line(200),
    email: z.email().max(254),
    accessibilityNeeds: z
      .array(z.strictObject({ kind: AccessibilityNeedKind, note: Line(300).nullable().default(null) }))
      .max(8)
      .default([])
      .meta({ description: 'Kept apart from the registration, shown to organisers only, deleted after the event' }),
  })
  .meta({ id: 'ParticipantEntry' });
export type ParticipantEntry = z.infer<typeof ParticipantEntry>;

export const RegistrationView = z
  .strictObject({
    id: Id,
    version: Version,
    eventId: Id,
    kind: RegistrationKind,
    group: RegistrantGroup,
    attendanceMode: AttendanceMode,
    municipalityId: Id.nullable(),
    seats: Seats.meta({ description: 'Seats asked for; a delegation gets all of them or none' }),
    status: RegistrationStatus,
    queueNumber: z
      .int()
      .positive()
      .meta({ description: 'Order of arrival at this event; the waiting list goes by it' }),
    registeredAt: Instant,
    offerExpiresAt: Instant.nullable().meta({ description: 'While OFFERED: until when the seat is held' }),
    confirmedAt: Instant.nullable(),
    cancelledAt: Instant.nullable(),
    checkedInAt: Instant.nullable(),
    seatsAttended: z.int().nullable(),
  })
  .meta({ id: 'RegistrationView', description: 'Without personal data; the people are under /participants.' });
export type RegistrationView = z.infer<typeof RegistrationView>;

export const WaitingListEntryView = z
  .strictObject({
    id: Id.meta({ description: 'Of the registration' }),
    version: Version,
    position: z.int().positive().meta({ description: 'Place in the fair order, 1 is next' }),
    group: RegistrantGroup,
    attendanceMode: AttendanceMode,
    seats: Seats,
    status: RegistrationStatus,
    queueNumber: z.int().positive(),
    registeredAt: Instant,
    offerExpiresAt: Instant.nullable(),
  })
  .meta({ id: 'WaitingListEntryView' });
export type WaitingListEntryView = z.infer<typeof WaitingListEntryView>;

export const EventParticipantView = z
  .strictObject({ id: Id, version: Version, registrationId: Id, name: Written(200), email: Written(254) })
  .meta({ id: 'EventParticipantView' });
export type EventParticipantView = z.infer<typeof EventParticipantView>;

export const AccessibilityNeedView = z
  .strictObject({
    id: Id,
    version: Version,
    participantId: Id,
    attendanceMode: AttendanceMode,
    kind: AccessibilityNeedKind,
    note: Written(300).nullable(),
  })
  .meta({ id: 'AccessibilityNeedView' });
export type AccessibilityNeedView = z.infer<typeof AccessibilityNeedView>;

const ORGANISERS = grant('any', 'adviser', 'programme-officer');
const ORGANISERS_OR_OWN: Allow = {
  ...ORGANISERS,
  ...grant('own', 'municipality-de', 'municipality-partner', 'expert'),
};

export const createRegistration = operation({
  subject: 'rpc.events.registration.create',
  http: {
    method: 'POST',
    path: '/events/{eventId}/registrations',
    success: 201,
    location: '/registrations/{id}',
  },
  summary: 'Register a person or a delegation for an event',
  description:
    'CONFIRMED while there are seats in the capacity and in every matching quota, else WAITLISTED in the order of arrival. ' +
    'A delegation gets all its seats or none. A person (known by the e-mail address) has one open registration per event. ' +
    'Municipalities and experts register for themselves; the municipality is then taken from the caller.',
  request: z
    .strictObject({
      eventId: Id,
      kind: RegistrationKind,
      group: RegistrantGroup,
      attendanceMode: AttendanceMode,
      municipalityId: Id.optional().meta({ description: 'Needed when an organiser registers a delegation' }),
      participants: z.array(ParticipantEntry).min(1).max(20),
    })
    .refine((request) => request.kind === 'DELEGATION' || request.participants.length === 1, {
      path: ['participants'],
      message: 'exactly one for a person',
    }),
  reply: RegistrationView,
  errors: [
    'EVENTS_REGISTRATION_CLOSED',
    'EVENTS_REGISTRATION_EXISTS',
    'EVENTS_REGISTRATION_GROUP_NOT_ALLOWED',
    'EVENTS_REGISTRATION_MUNICIPALITY_UNKNOWN',
    'EVENTS_ATTENDANCE_MODE_NOT_OFFERED',
    'EVENTS_WAITING_LIST_FULL',
  ],
  allow: ORGANISERS_OR_OWN,
  idempotency: 'optional',
  // A rush for the seats of one event is served one after the other.
  deadlineMs: 5000,
});

export const listRegistrations = operation({
  subject: 'rpc.events.registration.list',
  http: { method: 'GET', path: '/events/{eventId}/registrations' },
  summary: 'List the registrations for an event',
  description: 'In the order of arrival. Municipalities and experts see their own.',
  request: z.strictObject({
    eventId: Id,
    ...pageQuery,
    status: csv(RegistrationStatus).optional(),
    group: csv(RegistrantGroup).optional(),
  }),
  reply: pageOf(RegistrationView),
  allow: READ_ALL_OR_OWN,
});

export const getRegistration = operation({
  subject: 'rpc.events.registration.get',
  http: { method: 'GET', path: '/registrations/{registrationId}' },
  summary: 'Read a registration',
  request: z.strictObject({ registrationId: Id }),
  reply: RegistrationView,
  allow: READ_ALL_OR_OWN,
});

export const listRegistrationActions = actionsOf(
  'rpc.events.registration',
  '/registrations/{registrationId}',
  READ_ALL_OR_OWN,
);

export const listWaitingList = operation({
  subject: 'rpc.events.waiting-list.list',
  http: { method: 'GET', path: '/events/{eventId}/waiting-list' },
  summary: 'Read the waiting list of an event in its fair order',
  description:
    'Who waits or holds an offer. Municipalities and experts see their own entries with their true position.',
  request: z.strictObject({ eventId: Id, ...pageQuery }),
  reply: pageOf(WaitingListEntryView),
  allow: READ_ALL_OR_OWN,
});

export const listEventParticipants = operation({
  subject: 'rpc.events.participant.list',
  http: { method: 'GET', path: '/registrations/{registrationId}/participants' },
  summary: 'List the people of a registration',
  description: 'Personal data: for organisers, and for those who registered.',
  request: z.strictObject({ registrationId: Id, ...pageQuery }),
  reply: pageOf(EventParticipantView),
  allow: ORGANISERS_OR_OWN,
});

export const listAccessibilityNeeds = operation({
  subject: 'rpc.events.accessibility-need.list',
  http: { method: 'GET', path: '/events/{eventId}/accessibility-needs' },
  summary: 'List what participants need to take part without barriers',
  description: 'Special category of personal data (Art. 9 GDPR): for organisers only, deleted once the event was held.',
  request: z.strictObject({ eventId: Id, ...pageQuery }),
  reply: pageOf(AccessibilityNeedView),
  allow: ORGANISERS,
});

const transition = { idempotency: 'optional', precondition: 'required' } as const;

export const confirmRegistration = operation({
  subject: 'rpc.events.registration.confirm',
  http: { method: 'POST', path: '/registrations/{registrationId}/confirmations' },
  summary: 'Accept a seat offered from the waiting list',
  request: z.strictObject({ registrationId: Id }),
  reply: RegistrationView,
  errors: ['EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED', 'EVENTS_OFFER_EXPIRED'],
  allow: ORGANISERS_OR_OWN,
  ...transition,
});

export const cancelRegistration = operation({
  subject: 'rpc.events.registration.cancel',
  http: { method: 'POST', path: '/registrations/{registrationId}/cancellations' },
  summary: 'Cancel a registration',
  description: 'Frees its seats; whoever is next on the waiting list and fits gets an offer that expires.',
  request: z.strictObject({ registrationId: Id }),
  reply: RegistrationView,
  errors: ['EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED', 'EVENTS_EVENT_ALREADY_STARTED'],
  allow: ORGANISERS_OR_OWN,
  ...transition,
});

export const checkInRegistration = operation({
  subject: 'rpc.events.registration.check-in',
  http: { method: 'POST', path: '/registrations/{registrationId}/check-ins' },
  summary: 'Check in those who came',
  description: 'Only on the days of the event, counted in its time zone, and only for confirmed registrations.',
  request: z.strictObject({
    registrationId: Id,
    seatsAttended: Seats.optional().meta({ description: 'How many of a delegation came; all unless stated' }),
  }),
  reply: RegistrationView,
  errors: [
    'EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED',
    'EVENTS_CHECK_IN_NOT_ON_EVENT_DAY',
    'EVENTS_CHECK_IN_SEATS_EXCEEDED',
  ],
  allow: grant('any', 'adviser'),
  ...transition,
});
