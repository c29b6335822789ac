import type { OutgoingMessage } from '#contracts';
import {
  type AccessibilityNeedView,
  attendanceCorrected,
  attendanceRecorded,
  type AttendanceMode,
  type AttendeeView,
  type EventParticipantView,
  registrationCancelled,
  registrationConfirmed,
  registrationExpired,
  registrationOffered,
  type RegistrationView,
  registrationWaitlisted,
  type WaitingListEntryView,
} from '#contracts/events';
import type { Wait } from '../seats/allocation';
import type { AccessibilityNeed, Participant } from './participant.entity';
import type { Registration } from './registration.entity';

/** The columns of a registration, as an entity or as a row of a list. */
export type RegistrationRow = Omit<
  {
    [
      K in keyof Registration as Registration[K] extends (...parameters: never[]) => unknown ? never : K
    ]: Registration[K];
  },
  'holdsSeats' | 'wish' | 'registeredBy' | 'seatsKeptUntil' | 'isPassedOver'
>;

export function registrationView(registration: RegistrationRow): RegistrationView {
  return {
    id: registration.id,
    version: registration.version,
    caseNumber: registration.caseNumber,
    eventId: registration.eventId,
    kind: registration.kind,
    group: registration.registrantGroup,
    attendanceMode: registration.attendanceMode,
    municipalityId: registration.municipalityId,
    seats: registration.seats,
    status: registration.status,
    queueNumber: registration.queueNumber,
    registeredAt: registration.registeredAt.toISOString(),
    offerExpiresAt: registration.offerExpiresAt?.toISOString() ?? null,
    confirmedAt: registration.confirmedAt?.toISOString() ?? null,
    cancelledAt: registration.cancelledAt?.toISOString() ?? null,
    checkedInAt: registration.checkedInAt?.toISOString() ?? null,
    seatsAttended: registration.seatsAttended,
    lateReason: registration.lateReason,
    changeReason: registration.changeReason,
    addressConfirmedAt: registration.addressConfirmedAt?.toISOString() ?? null,
    seatsHeldUntil: registration.seatsHeldUntil?.toISOString() ?? null,
    seatsGivenBackAt: registration.seatsGivenBackAt?.toISOString() ?? null,
  };
}

export type WaitingRow = Pick<
  Registration,
  | 'id'
  | 'version'
  | 'caseNumber'
  | 'registrantGroup'
  | 'attendanceMode'
  | 'seats'
  | 'status'
  | 'queueNumber'
  | 'registeredAt'
  | 'offerExpiresAt'
> & { position: number };

/** `wait`: why it has no seats; undefined for one that holds an offer. */
export function waitingListEntryView(
  row: WaitingRow,
  wait: (Wait & { readonly keptUntil: Date | null }) | undefined,
): WaitingListEntryView {
  return {
    id: row.id,
    version: row.version,
    caseNumber: row.caseNumber,
    position: row.position,
    group: row.registrantGroup,
    attendanceMode: row.attendanceMode,
    seats: row.seats,
    status: row.status,
    queueNumber: row.queueNumber,
    registeredAt: row.registeredAt.toISOString(),
    offerExpiresAt: row.offerExpiresAt?.toISOString() ?? null,
    waitsFor: wait?.reason ?? null,
    freeSeats: wait?.freeSeats ?? 0,
    seatsKeptUntil: wait?.keptUntil?.toISOString() ?? null,
  };
}

export type ParticipantRow = Omit<Participant, 'eventId' | 'addressKey' | 'registrant' | 'isOpen'>;
export type AttendeeRow = RegistrationRow &
  Pick<Participant, 'name' | 'email' | 'language' | 'addressTakenAt' | 'confirmationRequestedAt'> & {
    participantId: string;
    participantVersion: number;
    ownAddressConfirmedAt: Date | null;
  };
export type AccessibilityNeedRow = Omit<AccessibilityNeed, 'eventId'> & { attendanceMode: AttendanceMode };

export function participantView(row: ParticipantRow): EventParticipantView {
  const { id, version, registrationId, name, email, language } = row;
  return {
    id,
    version,
    registrationId,
    name,
    email,
    language,
    addressConfirmedAt: row.addressConfirmedAt?.toISOString() ?? null,
    addressTakenAt: row.addressTakenAt?.toISOString() ?? null,
    confirmationRequestedAt: row.confirmationRequestedAt?.toISOString() ?? null,
  };
}

export function attendeeView({
  participantId,
  participantVersion,
  ownAddressConfirmedAt,
  ...row
}: AttendeeRow): AttendeeView {
  const registration = registrationView(row);
  const person = {
    ...row,
    id: participantId,
    version: participantVersion,
    registrationId: registration.id,
    addressConfirmedAt: ownAddressConfirmedAt,
  };
  return { ...participantView(person), registration };
}

export function accessibilityNeedView(row: AccessibilityNeedRow): AccessibilityNeedView {
  const { id, version, participantId, attendanceMode, kind, note } = row;
  return { id, version, participantId, attendanceMode, kind, note };
}

/** What messages tell of a registration. */
type Told = Pick<Registration, 'id' | 'version' | 'eventId' | 'municipalityId'>;

export function confirmedMessage(registration: Registration): OutgoingMessage {
  return registrationConfirmed.of(content(registration));
}

export function waitlistedMessage(registration: Told): OutgoingMessage {
  return registrationWaitlisted.of(content(registration));
}

export function offeredMessage(registration: Registration, offerExpiresAt: Date): OutgoingMessage {
  const { data, ...rest } = content(registration);
  return registrationOffered.of({ ...rest, data: { ...data, offerExpiresAt: offerExpiresAt.toISOString() } });
}

export function expiredMessage(registration: Registration): OutgoingMessage {
  return registrationExpired.of(content(registration));
}

export function cancelledMessage(registration: Told): OutgoingMessage {
  return registrationCancelled.of(content(registration));
}

/** Nobody came: no attendance is recorded. */
export function attendedMessage(registration: Registration): OutgoingMessage | undefined {
  return registration.status === 'ATTENDED' ? attendanceRecorded.of(content(registration)) : undefined;
}

export function correctedMessage(registration: Registration): OutgoingMessage {
  const { data, ...rest } = content(registration);
  return attendanceCorrected.of({ ...rest, data: { ...data, seatsAttended: registration.seatsAttended ?? 0 } });
}

function content(registration: Told) {
  return {
    aggregateId: registration.id,
    aggregateVersion: registration.version,
    data: {
      registrationId: registration.id,
      eventId: registration.eventId,
      municipalityId: registration.municipalityId,
    },
  };
}
