import { randomUUID } from 'node:crypto';
import type { Operation, RequestInputOf } from '#contracts';
import {
  admitWalkIn,
  attendanceCorrected,
  attendanceRecorded,
  cancelRegistration,
  changeRegistration,
  checkInRegistration,
  correctAttendance,
  type EventView,
  getEvent,
  getRegistration,
  listAttendees,
  listEventParticipants,
  listParticipantDeletions,
  listRegistrations,
  listRegistrationsOfAllEvents,
  listWaitingList,
  type RegistrationView,
  replaceParticipant,
  settleEvent,
  undoCheckIn,
} from '#contracts/events';
import { caller, eventually, FixedClock, startTestService, type TestService } from '#testing';
import { eventsDataSource } from '../data-source';
import { EventsModule } from '../events.module';
import {
  ADVISER,
  aParticipant,
  aPublishedEvent,
  BEFORE_DEADLINE,
  delegation,
  register,
  tellOfMunicipality,
} from '../factories/event.factory';
import { SweepService } from '../sweeps/sweep.service';

const clock = new FixedClock(BEFORE_DEADLINE);
const EVENT_DAY = '2027-03-01T08:00:00Z';
let service: TestService;
let town: string;

beforeAll(async () => {
  service = await startTestService({ module: EventsModule, dataSource: eventsDataSource, clock });
  town = await tellOfMunicipality(service, { side: 'PARTNER' });
  await eventually(async () => {
    const known = await service.asServiceRole('SELECT FROM municipality_copy WHERE id = $1', [town]);
    expect(known).toHaveLength(1);
  });
});
afterAll(() => service.close());
beforeEach(() => clock.set(BEFORE_DEADLINE));

const townUser = () => caller('municipality-partner', { municipalityId: town });
const party = (event: EventView, seats: number, changes: Parameters<typeof register>[2] = {}) =>
  register(service, event.id, {
    kind: 'DELEGATION',
    group: 'PARTNER_SIDE',
    municipalityId: town,
    participants: delegation(seats),
    ...changes,
  });
const read = (registrationId: string) => service.rpc(getRegistration, { registrationId }, ADVISER);
const people = async ({ id }: RegistrationView) =>
  (await service.rpc(listEventParticipants, { registrationId: id }, ADVISER)).items;

type Doing<O extends Operation> = Omit<RequestInputOf<O>, 'registrationId'>;
async function change({ id }: RegistrationView, request: Partial<Doing<typeof changeRegistration>>, as = ADVISER) {
  const options = { expectedVersion: (await read(id)).version };
  return service.rpc(changeRegistration, { registrationId: id, reason: 'plans changed', ...request }, as, options);
}
async function replace(
  { id }: RegistrationView,
  request: Omit<Doing<typeof replaceParticipant>, 'reason'>,
  as = ADVISER,
) {
  const options = { expectedVersion: (await read(id)).version };
  return service.rpc(replaceParticipant, { registrationId: id, reason: 'is ill', ...request }, as, options);
}

describe('a party that can never fit', () => {
  it.each([
    ['the event', { capacity: 10 }, 12, { capacity: 10, group: null }],
    [
      'its quota',
      { quotas: [{ group: 'PARTNER_SIDE' as const, capacity: 2 }] },
      3,
      { capacity: 2, group: 'PARTNER_SIDE' },
    ],
    [
      'its mode',
      { quotas: [{ attendanceMode: 'ON_SITE' as const, capacity: 2 }] },
      3,
      { capacity: 2, attendanceMode: 'ON_SITE' },
    ],
  ])('into %s is refused with the numbers, and takes no seat from others', async (_, changes, seats, details) => {
    const event = await aPublishedEvent(service, changes);
    await expect(party(event, seats)).rejects.toMatchObject({
      code: 'EVENTS_PARTY_TOO_LARGE',
      details: { seats, ...details },
      errors: [{ pointer: '#/participants' }],
    });
    expect(await party(event, 1)).toMatchObject({ status: 'CONFIRMED' });
  });
});

describe('seats that are kept for a party that needs more', () => {
  const waiting = async (event: EventView) =>
    (await service.rpc(listWaitingList, { eventId: event.id }, ADVISER)).items;

  it('go to those behind it after the hours of an offer, and the place explains it', async () => {
    const event = await aPublishedEvent(service, { capacity: 5, offerHours: 24 });
    await party(event, 3);
    const [large, person] = [await party(event, 4), await register(service, event.id)];
    const until = '2027-02-02T12:00:00.000Z';
    expect(await waiting(event)).toMatchObject([
      { id: large.id, waitsFor: 'TOO_FEW_SEATS_FREE', freeSeats: 2, seatsKeptUntil: until },
      { id: person.id, waitsFor: 'SEATS_KEPT_FOR_EARLIER_PARTY', freeSeats: 2, seatsKeptUntil: until },
    ]);
    clock.set('2027-02-02T11:59:59Z');
    await service.app.get(SweepService).sweep();
    expect((await read(person.id)).status).toBe('WAITLISTED');
    clock.set(until);
    await service.app.get(SweepService).sweep();
    expect((await read(person.id)).status).toBe('OFFERED');
    expect(await waiting(event)).toMatchObject([
      { id: large.id, waitsFor: 'TOO_FEW_SEATS_FREE', freeSeats: 1, seatsKeptUntil: null },
      { id: person.id, waitsFor: null, seatsKeptUntil: null },
    ]);
    expect(await register(service, event.id)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('are offered at once when another quota of that party is full, before anybody who comes in the same moment', async () => {
    const quotas = [{ attendanceMode: 'ONLINE' as const, capacity: 4 }];
    const event = await aPublishedEvent(service, {
      capacity: 20,
      quotas: [...quotas, { group: 'PARTNER_SIDE', capacity: 9 }],
    });
    const online = { attendanceMode: 'ONLINE' as const };
    await Promise.all([register(service, event.id, online), party(event, 5)]);
    const [large, behind] = [await party(event, 4, online), await register(service, event.id, online)];
    expect([large.status, behind.status]).toEqual(['WAITLISTED', 'WAITLISTED']);
    const [fills, newcomers] = await Promise.all([
      party(event, 4),
      Promise.all(Array.from({ length: 3 }, () => register(service, event.id, online))),
    ]);
    expect(fills.status).toBe('CONFIRMED');
    expect((await read(behind.id)).status).toBe('OFFERED');
    const all = (await service.rpc(listRegistrations, { eventId: event.id }, ADVISER)).items;
    const came = newcomers.map(({ id }) => all.find((it) => it.id === id)?.status);
    expect(came.filter((status) => status === 'WAITLISTED')).toHaveLength(1);
  });
});

describe('a municipality', () => {
  it('has no more seats than the event allows one, waiting ones counted', async () => {
    const event = await aPublishedEvent(service, { capacity: 4, municipalitySeatsMax: 5 });
    const [first] = [await party(event, 3), await party(event, 2)];
    await expect(party(event, 1)).rejects.toMatchObject({
      code: 'EVENTS_MUNICIPALITY_LIMIT_EXCEEDED',
      details: { limit: 5, held: 5, seats: 1 },
    });
    await expect(change(first, { addParticipants: [aParticipant()] })).rejects.toMatchObject({
      code: 'EVENTS_MUNICIPALITY_LIMIT_EXCEEDED',
    });
    expect(await register(service, event.id)).toMatchObject({ status: 'WAITLISTED' });
  });
});

describe('a registration that is changed', () => {
  it('gives seats back to the next, keeps its place, and says why', async () => {
    const event = await aPublishedEvent(service, { capacity: 3 });
    const [town3, next] = [await party(event, 3), await register(service, event.id)];
    const [one] = await people(town3);
    expect(await change(town3, { removeParticipantIds: [one?.id ?? ''] }, townUser())).toMatchObject({
      seats: 2,
      queueNumber: 1,
      changeReason: 'plans changed',
    });
    expect((await read(next.id)).status).toBe('OFFERED');
    expect((await people(town3)).map(({ id }) => id)).not.toContain(one?.id);
  });

  it('moves into another mode and grows only where seats are free that nobody waits for', async () => {
    const event = await aPublishedEvent(service, { capacity: 10, quotas: [{ attendanceMode: 'ONLINE', capacity: 2 }] });
    const moving = await party(event, 2);
    expect(await change(moving, { attendanceMode: 'ONLINE' })).toMatchObject({ attendanceMode: 'ONLINE', seats: 2 });
    await expect(change(moving, { addParticipants: [aParticipant()] })).rejects.toMatchObject({
      code: 'EVENTS_PARTY_TOO_LARGE',
    });
    await register(service, event.id, { attendanceMode: 'ONLINE' });
    const onSite = await party(event, 1);
    await expect(change(onSite, { attendanceMode: 'ONLINE' })).rejects.toMatchObject({ code: 'EVENTS_SEATS_NOT_FREE' });
    expect(await change(onSite, { addParticipants: [aParticipant()] })).toMatchObject({ seats: 2 });
    const waiting = await register(service, event.id, { attendanceMode: 'ONLINE' });
    expect(await change(waiting, { attendanceMode: 'ON_SITE' })).toMatchObject({ attendanceMode: 'ON_SITE' });
    expect((await read(waiting.id)).status).toBe('OFFERED');
  });

  it('refuses strangers, an empty registration, a second person for one, and a mode that is not offered', async () => {
    const event = await aPublishedEvent(service, { mode: 'ON_SITE' });
    const [ours, person] = [await party(event, 1), await register(service, event.id)];
    const invalid = { code: 'EVENTS_PARTICIPANTS_INVALID' };
    await expect(
      change(ours, { removeParticipantIds: [randomUUID()], addParticipants: [aParticipant()] }),
    ).rejects.toMatchObject(invalid);
    const [one] = await people(ours);
    await expect(change(ours, { removeParticipantIds: [one?.id ?? ''] })).rejects.toMatchObject(invalid);
    await expect(change(person, { addParticipants: [aParticipant()] })).rejects.toMatchObject(invalid);
    await expect(change(ours, { attendanceMode: 'ONLINE' })).rejects.toMatchObject({
      code: 'EVENTS_ATTENDANCE_MODE_NOT_OFFERED',
    });
    await expect(
      change(ours, {}, caller('municipality-partner', { municipalityId: randomUUID() })),
    ).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    clock.set(EVENT_DAY);
    await expect(change(ours, {}, townUser())).rejects.toMatchObject({ code: 'EVENTS_EVENT_ALREADY_STARTED' });
  });

  it('sends somebody else instead, whose address may be written in any script but comes once', async () => {
    const event = await aPublishedEvent(service);
    const ours = await party(event, 1);
    const [one] = await people(ours);
    const substitute = { name: 'Jürgen', email: 'juergen@bücher.example' };
    await replace(ours, { participantId: one?.id ?? '', substitute }, townUser());
    expect(await people(ours)).toMatchObject([substitute]);
    const again = party(event, 1, { participants: [{ name: 'J', email: 'Juergen@xn--bcher-kva.example' }] });
    await expect(again).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_EXISTS' });
    await expect(replace(ours, { participantId: one?.id ?? '', substitute })).rejects.toMatchObject({
      code: 'EVENTS_PARTICIPANTS_INVALID',
    });
    clock.set(EVENT_DAY);
    const [two] = await people(ours);
    const late = { participantId: two?.id ?? '', substitute: aParticipant() };
    await expect(replace(ours, late, townUser())).rejects.toMatchObject({ code: 'EVENTS_EVENT_ALREADY_STARTED' });
    await replace(ours, late);
  });

  it('keeps its people once the event was settled, for an organiser too', async () => {
    const event = await aPublishedEvent(service);
    const ours = await party(event, 1);
    const [before] = await people(ours);
    clock.set('2027-03-02T15:00:00Z');
    await service.app.get(SweepService).sweep();
    const late = { participantId: before?.id ?? '', substitute: aParticipant() };
    await replace(ours, late);
    const [one] = await people(ours);
    const { version } = await service.rpc(getEvent, { eventId: event.id }, ADVISER);
    await service.rpc(settleEvent, { eventId: event.id }, ADVISER, { expectedVersion: version });
    await expect(replace(ours, { ...late, participantId: one?.id ?? '' })).rejects.toMatchObject({
      code: 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED',
    });
    expect(await people(ours)).toEqual([one]);
  });
});

describe('the people of an event', () => {
  it('are listed for organisers with the registration that they belong to, and for nobody else', async () => {
    const event = await aPublishedEvent(service);
    const ours = await party(event, 2);
    const cancelled = await register(service, event.id);
    await service.rpc(cancelRegistration, { registrationId: cancelled.id }, ADVISER, {
      expectedVersion: cancelled.version,
    });
    const all = await service.rpc(listAttendees, { eventId: event.id }, ADVISER);
    expect(all.items).toHaveLength(3);
    const open = await service.rpc(listAttendees, { eventId: event.id, status: ['CONFIRMED'] }, ADVISER);
    expect(open.items).toMatchObject([1, 2].map(() => ({ name: 'Asha Mushi', registration: ours })));
    await expect(service.rpc(listAttendees, { eventId: event.id }, townUser())).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });

  it('see what they registered for, whatever the event, and nothing of others', async () => {
    const [first, second] = [await aPublishedEvent(service), await aPublishedEvent(service)];
    const mine = [await party(first, 1), await party(second, 1)].map(({ id }) => id);
    const strange = await register(service, second.id);
    const seen = await service.rpc(listRegistrationsOfAllEvents, { status: ['CONFIRMED'], limit: 200 }, townUser());
    expect(seen.items.map(({ id }) => id)).toEqual(expect.arrayContaining(mine));
    expect(seen.items.map(({ id }) => id)).not.toContain(strange.id);
    const waiting = await service.rpc(listRegistrationsOfAllEvents, { status: ['OFFERED'] }, townUser());
    expect(waiting.items).toEqual([]);
  });
});

describe('after the deadline', () => {
  it('an organiser takes somebody with a reason, and nobody else does', async () => {
    const event = await aPublishedEvent(service);
    clock.set('2027-02-21T00:00:00Z');
    await service.app.get(SweepService).sweep();
    await expect(register(service, event.id)).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_CLOSED' });
    const lateReason = 'named by the embassy';
    expect(await register(service, event.id, { lateReason })).toMatchObject({ status: 'CONFIRMED', lateReason });
    await expect(party(event, 1, { as: townUser(), lateReason })).rejects.toMatchObject({
      code: 'EVENTS_LATE_ENTRY_NOT_ALLOWED',
    });
    clock.set(EVENT_DAY);
    await expect(register(service, event.id, { lateReason })).rejects.toMatchObject({
      code: 'EVENTS_REGISTRATION_CLOSED',
    });
  });

  it('people at the door get a free seat on the days of the event, and are checked in', async () => {
    const event = await aPublishedEvent(service, { capacity: 3 });
    const walkIn = (seats: number) =>
      service.rpc(
        admitWalkIn,
        {
          eventId: event.id,
          group: 'PARTNER_SIDE',
          attendanceMode: 'ON_SITE',
          municipalityId: town,
          participants: delegation(seats),
        },
        ADVISER,
      );
    await expect(walkIn(1)).rejects.toMatchObject({ code: 'EVENTS_ENTRY_NOT_ON_EVENT_DAY' });
    clock.set(EVENT_DAY);
    expect(await walkIn(2)).toMatchObject({ status: 'ATTENDED', seatsAttended: 2, queueNumber: 1 });
    await expect(walkIn(2)).rejects.toMatchObject({ code: 'EVENTS_SEATS_NOT_FREE', details: { freeSeats: 1 } });
    const listed = await service.rpc(listRegistrations, { eventId: event.id }, ADVISER);
    expect(listed.items).toHaveLength(1);
  });
});

describe('attendance', () => {
  const options = async (registrationId: string) => ({ expectedVersion: (await read(registrationId)).version });

  it('is corrected and undone with a reason, and nobody is 0', async () => {
    const event = await aPublishedEvent(service);
    const { id: registrationId } = await party(event, 3);
    clock.set(EVENT_DAY);
    const absent = { registrationId, seatsAttended: 0 };
    expect(await service.rpc(checkInRegistration, absent, ADVISER, await options(registrationId))).toMatchObject({
      status: 'NO_SHOW',
      seatsAttended: 0,
    });
    const reason = 'counted again';
    const correction = { registrationId, seatsAttended: 2, reason };
    expect(await service.rpc(correctAttendance, correction, ADVISER, await options(registrationId))).toMatchObject({
      status: 'ATTENDED',
      seatsAttended: 2,
      changeReason: reason,
    });
    await expect(
      service.rpc(correctAttendance, { ...correction, seatsAttended: 4 }, ADVISER, await options(registrationId)),
    ).rejects.toMatchObject({ code: 'EVENTS_CHECK_IN_SEATS_EXCEEDED' });
    const undone = await service.rpc(undoCheckIn, { registrationId, reason }, ADVISER, await options(registrationId));
    expect(undone).toMatchObject({ status: 'CONFIRMED', seatsAttended: null, checkedInAt: null });
    await eventually(async () => {
      const told = (await service.published(attendanceCorrected)).filter((it) => it.registrationId === registrationId);
      expect(told.map(({ seatsAttended }) => seatsAttended)).toEqual([2, 0]);
      const recorded = (await service.published(attendanceRecorded)).map((it) => it.registrationId);
      expect(recorded).not.toContain(registrationId);
    });
  });
});

describe('names and addresses', () => {
  it('are deleted six months after the event, which the data protection officer sees', async () => {
    const event = await aPublishedEvent(service);
    const ours = await party(event, 2);
    const officer = caller('data-protection-officer');
    const deletions = () => service.rpc(listParticipantDeletions, { eventId: event.id }, officer);
    clock.set('2027-09-02T14:59:59Z');
    await service.app.get(SweepService).sweep();
    expect([await people(ours), (await deletions()).items]).toMatchObject([{ length: 2 }, { length: 0 }]);
    clock.set('2027-09-02T15:00:00Z');
    await service.app.get(SweepService).sweep();
    await service.app.get(SweepService).sweep();
    expect(await people(ours)).toEqual([]);
    expect((await deletions()).items).toMatchObject([
      { eventId: event.id, people: 2, dueAt: '2027-09-02T15:00:00.000Z', deletedAt: '2027-09-02T15:00:00.000Z' },
    ]);
  });
});

it.each(['nobody', 'a@b', 'a@@example.org', 'a@exa mple.org', 'a\u200b@example.org', 'a@exam\u202eple.org'])(
  'refuses %j as an address',
  async (email) => {
    const event = await aPublishedEvent(service);
    await expect(register(service, event.id, { participants: [aParticipant({ email })] })).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [{ pointer: '#/participants/0/email' }],
    });
  },
);
