import { z } from 'zod';
import { caseNumberQuery } from '../case-number';
import { operation } from '../operation';
import { READ_ALL_OR_OWN, grant } from '../roles';
import { Id, csv, pageOf, pageQuery } from '../values';
import { EventParticipantView, RegistrationView } from './registration.operations';
import { RegistrationStatus } from './registration.values';

export const listRegistrationsOfAllEvents = operation({
  subject: 'rpc.events.registration.list-all',
  http: { method: 'GET', path: '/registrations' },
  summary: 'List registrations, whatever the event',
  description:
    'Municipalities and experts see their own: what they registered for, and offers that they have to answer.',
  request: z.strictObject({ ...pageQuery, ...caseNumberQuery, status: csv(RegistrationStatus).optional() }),
  reply: pageOf(RegistrationView),
  allow: READ_ALL_OR_OWN,
});

export const AttendeeView = EventParticipantView.extend({ registration: RegistrationView }).meta({
  id: 'AttendeeView',
  description: 'A person with the registration to which the seat belongs, as the desk at the door needs it.',
});
export type AttendeeView = z.infer<typeof AttendeeView>;

export const listAttendees = operation({
  subject: 'rpc.events.attendee.list',
  http: { method: 'GET', path: '/events/{eventId}/attendees' },
  summary: 'List the people who registered for an event',
  description: 'Personal data: for organisers, at the desk and for the attendance list. In the order of arrival.',
  request: z.strictObject({ eventId: Id, ...pageQuery, status: csv(RegistrationStatus).optional() }),
  reply: pageOf(AttendeeView),
  allow: grant('any', 'adviser', 'programme-officer'),
});
