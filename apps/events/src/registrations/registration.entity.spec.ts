import type { AppError } from '#contracts';
import { REGISTRATION_STATUSES, type RegistrationStatus } from '#contracts/events';
import { Registration } from './registration.entity';

const NOW = new Date('2027-02-01T12:00:00Z');
const NOT_ALLOWED = 'EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED';

function aRegistration(status: RegistrationStatus): Registration {
  const registration = Registration.arriving({
    id: '019a0000-0000-7000-8000-000000000002',
    eventId: '019a0000-0000-7000-8000-000000000001',
    kind: 'DELEGATION',
    registrantGroup: 'PARTNER_SIDE',
    attendanceMode: 'ON_SITE',
    municipalityId: '019a0000-0000-7000-8000-000000000003',
    registeredBy: 'coordinator',
    seats: 3,
    registeredAt: new Date('2027-01-01T12:00:00Z'),
    lateReason: null,
    addressConfirmedAt: null,
    seatsHeldUntil: null,
  });
  const offerExpiresAt = status === 'OFFERED' ? new Date('2027-02-02T12:00:00Z') : null;
  return Object.assign(registration, { status, offerExpiresAt });
}

function codeOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return (error as AppError).code;
  }
  return 'no refusal';
}

describe('a registration', () => {
  it.each(REGISTRATION_STATUSES)('accepts only an offer: %s', (status) => {
    const code = codeOf(() => {
      aRegistration(status).accept(NOW);
    });
    expect(code).toBe(status === 'OFFERED' ? 'no refusal' : NOT_ALLOWED);
  });

  it('cannot accept an offer that is over', () => {
    const late = new Date('2027-02-02T12:00:00Z');
    expect(
      codeOf(() => {
        aRegistration('OFFERED').accept(late);
      }),
    ).toBe('EVENTS_OFFER_EXPIRED');
  });

  it.each(REGISTRATION_STATUSES)('is checked in only when confirmed: %s', (status) => {
    const code = codeOf(() => {
      aRegistration(status).checkIn(NOW);
    });
    expect(code).toBe(status === 'CONFIRMED' ? 'no refusal' : NOT_ALLOWED);
  });

  it('cannot bring more people than it has seats', () => {
    expect(
      codeOf(() => {
        aRegistration('CONFIRMED').checkIn(NOW, 4);
      }),
    ).toBe('EVENTS_CHECK_IN_SEATS_EXCEEDED');
  });

  it.each(REGISTRATION_STATUSES)('is cancelled only while it is open: %s', (status) => {
    const code = codeOf(() => {
      aRegistration(status).cancel(NOW);
    });
    expect(code).toBe(['CONFIRMED', 'WAITLISTED', 'OFFERED'].includes(status) ? 'no refusal' : NOT_ALLOWED);
  });

  it.each(REGISTRATION_STATUSES)('holds its seats from offer or confirmation to the end: %s', (status) => {
    expect(aRegistration(status).holdsSeats).toBe(['CONFIRMED', 'OFFERED', 'ATTENDED', 'NO_SHOW'].includes(status));
  });

  it.each(REGISTRATION_STATUSES)('has an attendance to correct or undo only once it was told: %s', (status) => {
    const corrected = codeOf(() => aRegistration(status).correctAttendance(1, 'counted again', NOW));
    const undone = codeOf(() => aRegistration(status).undoCheckIn('the wrong one'));
    const expected = ['ATTENDED', 'NO_SHOW'].includes(status) ? 'no refusal' : NOT_ALLOWED;
    expect([corrected, undone]).toEqual([expected, expected]);
  });

  it.each([
    [0, 'NO_SHOW', null],
    [1, 'ATTENDED', NOW],
    [3, 'ATTENDED', NOW],
  ])('to which %s of 3 came is %s', (came, status, checkedInAt) => {
    const registration = aRegistration('CONFIRMED');
    registration.checkIn(NOW, came);
    expect(registration).toMatchObject({ status, seatsAttended: came, checkedInAt });
    registration.correctAttendance(2, 'counted again', NOW);
    expect(registration).toMatchObject({ status: 'ATTENDED', seatsAttended: 2, checkedInAt: NOW });
    registration.undoCheckIn('the wrong one');
    expect(registration).toMatchObject({ status: 'CONFIRMED', seatsAttended: null, checkedInAt: null });
  });
});
