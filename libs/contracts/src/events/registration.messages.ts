import { z } from 'zod';
import { message } from '../message';
import { Id, Instant } from '../values';

const registration = { registrationId: Id, eventId: Id, municipalityId: Id.nullable() };

/** A registration has its seats, at once or by accepting an offer. */
export const registrationConfirmed = message({
  subject: 'evt.events.registration.confirmed.v1',
  summary: 'A registration got its seats',
  data: z.object(registration),
});

/** The event was full; the registration waits in the order of arrival. */
export const registrationWaitlisted = message({
  subject: 'evt.events.registration.waitlisted.v1',
  summary: 'A registration was put on the waiting list',
  data: z.object(registration),
});

/** Seats are held for a registration from the waiting list until `offerExpiresAt`. */
export const registrationOffered = message({
  subject: 'evt.events.registration.offered.v1',
  summary: 'A registration on the waiting list was offered its seats',
  data: z.object({ ...registration, offerExpiresAt: Instant }),
});

/** The offer was not accepted in time; the seats went on to the next. */
export const registrationExpired = message({
  subject: 'evt.events.registration.expired.v1',
  summary: 'The offer to a registration expired',
  data: z.object(registration),
});

/** A registration was cancelled, by its owner or with the event. */
export const registrationCancelled = message({
  subject: 'evt.events.registration.cancelled.v1',
  summary: 'A registration was cancelled',
  data: z.object(registration),
});

/** Someone came: the fact that timelines and results are made from. */
export const attendanceRecorded = message({
  subject: 'evt.events.attendance.recorded.v1',
  summary: 'Attendance was recorded by check-in',
  data: z.object(registration),
});

/** What was recorded of who came is different now: 0 for one that was undone, or to which nobody came. */
export const attendanceCorrected = message({
  subject: 'evt.events.attendance.corrected.v1',
  summary: 'Attendance was corrected',
  data: z.object({ ...registration, seatsAttended: z.int().min(0) }),
});
