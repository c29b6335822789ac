import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { CaseNumber, caseNumberQuery } from '../case-number';
import { operation } from '../operation';
import { type Allow, READ_ALL_OR_OWN, grant } from '../roles';
import { EmailAddress, Id, Instant, Line, Version, csv, pageOf, pageQuery, Written } from '../values';
import {
  AccessibilityNeedKind,
  AttendanceMode,
  MailLanguage,
  RegistrantGroup,
  RegistrationKind,
  RegistrationStatus,
  WaitingReason,
} from './registration.values';

/** People of one registration at most. */
export const REGISTRATION_SEATS_MAX = 20;
const Seats = z.int().min(1).max(REGISTRATION_SEATS_MAX);

const ParticipantEntry = z
  .strictObject({
    name: Line(200),
    email: EmailAddress,
    language: MailLanguage.optional().meta({ description: 'Of the mails to this person; else one of the event' }),
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
    caseNumber: CaseNumber,
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
    seatsAttended: z.int().nullable().meta({ description: '0: nobody came' }),
    lateReason: Written(500).nullable().meta({ description: 'Why an organiser took it after the deadline' }),
    changeReason: Written(500).nullable().meta({ description: 'Of the last change or correction' }),
    addressConfirmedAt: Instant.nullable().meta({
      description: 'Since when the address of one of its people is known to be theirs; of whom, is under /participants',
    }),
    seatsHeldUntil: Instant.nullable().meta({
      description:
        'While no address is confirmed: until when its seats are held in any case. After that they go to whoever waits for them. ' +
        'Null when an address was confirmed, or an organiser registered it',
    }),
    seatsGivenBackAt: Instant.nullable().meta({
      description: 'When it was cancelled, as no address was confirmed and others waited for its seats',
    }),
  })
  .meta({ id: 'RegistrationView', description: 'Without personal data; the people are under /participants.' });
export type RegistrationView = z.infer<typeof RegistrationView>;

export const WaitingListEntryView = z
  .strictObject({
    id: Id.meta({ description: 'Of the registration' }),
    version: Version,
    caseNumber: CaseNumber,
    position: z.int().positive().meta({ description: 'Place in the fair order, 1 is next' }),
    group: RegistrantGroup,
    attendanceMode: AttendanceMode,
    seats: Seats,
    status: RegistrationStatus,
    queueNumber: z.int().positive(),
    registeredAt: Instant,
    offerExpiresAt: Instant.nullable(),
    waitsFor: WaitingReason.nullable().meta({ description: 'Null for one that holds an offer' }),
    freeSeats: z.int().min(0).meta({ description: 'Seats that are free now for its group and attendance mode' }),
    seatsKeptUntil: Instant.nullable().meta({
      description:
        'While free seats are kept for a party that needs more of them, this one or an earlier one: until when; then they go to whoever fits',
    }),
  })
  .meta({
    id: 'WaitingListEntryView',
    description:
      'Seats go to whoever came first. A party gets all of its seats or none: those that are free are kept for it for the hours of an offer, then those behind it go first and it keeps its place.',
  });
export type WaitingListEntryView = z.infer<typeof WaitingListEntryView>;

export const EventParticipantView = z
  .strictObject({
    id: Id,
    version: Version,
    registrationId: Id,
    name: Written(200),
    email: Written(254),
    language: MailLanguage.nullable(),
    addressConfirmedAt: Instant.nullable().meta({ description: 'Since when the address is known to be theirs' }),
    addressTakenAt: Instant.nullable().meta({
      description: 'Since when it is known to belong to somebody of another registration: name somebody else',
    }),
    confirmationRequestedAt: Instant.nullable().meta({
      description: 'When a mail with the link was asked for last; null where the address had too many of them in a day',
    }),
  })
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

export const ORGANISERS = grant('any', 'adviser', 'programme-officer');
export const ORGANISERS_OR_OWN: Allow = {
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
    'A delegation gets all its seats or none; one that could never fit is refused. ' +
    'Each person gets a mail with a link to confirm the address; a confirmed address has one open registration per event, ' +
    'and whoever registers names an address once. ' +
    'Municipalities and experts register for themselves; the municipality is then taken from the caller.',
  request: z
    .strictObject({
      eventId: Id,
      kind: RegistrationKind,
      group: RegistrantGroup,
      attendanceMode: AttendanceMode,
      municipalityId: Id.optional().meta({ description: 'Needed when an organiser registers a delegation' }),
      participants: z.array(ParticipantEntry).min(1).max(REGISTRATION_SEATS_MAX),
      lateReason: Line(500)
        .optional()
        .meta({ description: 'Organisers only: why it is taken after the registration deadline' }),
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
    'EVENTS_PARTY_TOO_LARGE',
    'EVENTS_MUNICIPALITY_LIMIT_EXCEEDED',
    'EVENTS_LATE_ENTRY_NOT_ALLOWED',
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
    ...caseNumberQuery,
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

const changed = { reason: Line(500) };

export const changeRegistration = operation({
  subject: 'rpc.events.registration.change',
  http: { method: 'PATCH', path: '/registrations/{registrationId}' },
  summary: 'Change the attendance mode or the people of a registration',
  description:
    'It keeps its place. One with seats grows or changes its mode only into seats that are free; one that waits may shrink. Seats that become free are offered to the next.',
  request: z.strictObject({
    registrationId: Id,
    ...changed,
    attendanceMode: AttendanceMode.optional(),
    addParticipants: z.array(ParticipantEntry).max(19).optional(),
    removeParticipantIds: z.array(Id).max(19).optional(),
  }),
  reply: RegistrationView,
  errors: [
    'EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED',
    'EVENTS_EVENT_ALREADY_STARTED',
    'EVENTS_ATTENDANCE_MODE_NOT_OFFERED',
    'EVENTS_SEATS_NOT_FREE',
    'EVENTS_PARTY_TOO_LARGE',
    'EVENTS_PARTICIPANTS_INVALID',
    'EVENTS_MUNICIPALITY_LIMIT_EXCEEDED',
    'EVENTS_REGISTRATION_EXISTS',
  ],
  allow: ORGANISERS_OR_OWN,
  ...transition,
});

export const replaceParticipant = operation({
  subject: 'rpc.events.registration.replace-participant',
  http: { method: 'POST', path: '/registrations/{registrationId}/substitutions' },
  summary: 'Send somebody else instead, or correct a name or address',
  description: 'The seat stays. Who registered may do so until the event starts, an organiser until it was settled.',
  request: z.strictObject({ registrationId: Id, ...changed, participantId: Id, substitute: ParticipantEntry }),
  reply: RegistrationView,
  errors: [
    'EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED',
    'EVENTS_EVENT_TRANSITION_NOT_ALLOWED',
    'EVENTS_EVENT_ALREADY_STARTED',
    'EVENTS_PARTICIPANTS_INVALID',
    'EVENTS_REGISTRATION_EXISTS',
  ],
  allow: ORGANISERS_OR_OWN,
  ...transition,
});

export const admitWalkIn = operation({
  subject: 'rpc.events.registration.admit-walk-in',
  http: { method: 'POST', path: '/events/{eventId}/walk-ins', success: 201, location: '/registrations/{id}' },
  summary: 'Let in people at the door who had not registered',
  description: 'On the days of the event, while seats are free that nobody holds. They are checked in at once.',
  request: z.strictObject({
    eventId: Id,
    group: RegistrantGroup,
    attendanceMode: AttendanceMode,
    municipalityId: Id.optional(),
    participants: z.array(ParticipantEntry).min(1).max(REGISTRATION_SEATS_MAX),
  }),
  reply: RegistrationView,
  errors: [
    'EVENTS_ENTRY_NOT_ON_EVENT_DAY',
    'EVENTS_ATTENDANCE_MODE_NOT_OFFERED',
    'EVENTS_SEATS_NOT_FREE',
    'EVENTS_REGISTRATION_EXISTS',
    'EVENTS_REGISTRATION_GROUP_NOT_ALLOWED',
    'EVENTS_REGISTRATION_MUNICIPALITY_UNKNOWN',
  ],
  allow: ORGANISERS,
  idempotency: 'optional',
});

const SeatsAttended = z.int().min(0).max(REGISTRATION_SEATS_MAX);
const ATTENDANCE_ERRORS = ['EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED', 'EVENTS_CHECK_IN_SEATS_EXCEEDED'] as const;

export const checkInRegistration = operation({
  subject: 'rpc.events.registration.check-in',
  http: { method: 'POST', path: '/registrations/{registrationId}/check-ins' },
  summary: 'Check in those who came',
  description: 'Only on the days of the event, counted in its time zone, and only for confirmed registrations.',
  request: z.strictObject({
    registrationId: Id,
    seatsAttended: SeatsAttended.optional().meta({
      description: 'How many of a delegation came; all unless stated; 0: nobody, which is recorded as NO_SHOW',
    }),
  }),
  reply: RegistrationView,
  errors: [...ATTENDANCE_ERRORS, 'EVENTS_CHECK_IN_NOT_ON_EVENT_DAY'],
  allow: grant('any', 'adviser'),
  ...transition,
});

export const correctAttendance = operation({
  subject: 'rpc.events.registration.correct-attendance',
  http: { method: 'POST', path: '/registrations/{registrationId}/attendance-corrections' },
  summary: 'Correct how many came',
  description: 'Of a check-in that was wrong, until the event was settled. 0: nobody came.',
  request: z.strictObject({ registrationId: Id, ...changed, seatsAttended: SeatsAttended }),
  reply: RegistrationView,
  errors: [...ATTENDANCE_ERRORS, 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED'],
  allow: ORGANISERS,
  ...transition,
});

export const undoCheckIn = operation({
  subject: 'rpc.events.registration.undo-check-in',
  http: { method: 'POST', path: '/registrations/{registrationId}/check-in-reversals' },
  summary: 'Undo a check-in',
  description: 'The registration is CONFIRMED again, as if nobody had been checked in; until the event was settled.',
  request: z.strictObject({ registrationId: Id, ...changed }),
  reply: RegistrationView,
  errors: ['EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED', 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED'],
  allow: ORGANISERS,
  ...transition,
});
