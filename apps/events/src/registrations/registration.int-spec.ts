import { randomUUID } from 'node:crypto';
import {
  attendanceRecorded,
  cancelRegistration,
  checkInRegistration,
  confirmRegistration,
  createEvent,
  createRegistration,
  getRegistration,
  listAccessibilityNeeds,
  listEventParticipants,
  listRegistrationActions,
  listRegistrations,
  listWaitingList,
  registrationConfirmed,
  registrationExpired,
  registrationOffered,
  type RegistrationView,
  registrationWaitlisted,
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
  eventRequest,
  register,
  tellOfMunicipality,
} from '../factories/event.factory';
import { SweepService } from '../sweeps/sweep.service';

const HOUR_MS = 3_600_000;
const clock = new FixedClock(BEFORE_DEADLINE);
let service: TestService;

beforeAll(async () => {
  service = await startTestService({ module: EventsModule, dataSource: eventsDataSource, clock });
});
afterAll(() => service.close());
beforeEach(() => {
  clock.set(BEFORE_DEADLINE);
});

const expert = (): ReturnType<typeof caller> => caller('expert', { subject: randomUUID(), expertId: randomUUID() });

const read = (registrationId: string): Promise<RegistrationView> =>
  service.rpc(getRegistration, { registrationId }, ADVISER);

const statuses = async (...registrations: readonly RegistrationView[]): Promise<string[]> =>
  Promise.all(registrations.map(async ({ id }) => (await read(id)).status));

const cancel = async ({ id }: RegistrationView, as = ADVISER): Promise<RegistrationView> =>
  service.rpc(cancelRegistration, { registrationId: id }, as, { expectedVersion: (await read(id)).version });

const accept = async ({ id }: RegistrationView): Promise<RegistrationView> =>
  service.rpc(confirmRegistration, { registrationId: id }, ADVISER, { expectedVersion: (await read(id)).version });

const checkIn = async ({ id }: RegistrationView, seatsAttended?: number, as = ADVISER): Promise<RegistrationView> =>
  service.rpc(checkInRegistration, { registrationId: id, seatsAttended }, as, {
    expectedVersion: (await read(id)).version,
  });

const seatsTaken = (eventId: string): Promise<{ taken: number; counted: number }[]> =>
  service.asServiceRole(
    `SELECT taken, (SELECT coalesce(sum(seats), 0)::int FROM registration r
        WHERE r.event_id = pool.event_id AND status IN ('CONFIRMED', 'OFFERED', 'ATTENDED')) AS counted
       FROM seat_pool pool WHERE event_id = $1 AND registrant_group IS NULL AND attendance_mode IS NULL`,
    [eventId],
  );

describe('registering', () => {
  it('confirms while there are seats and then puts on the waiting list', async () => {
    const event = await aPublishedEvent(service, { capacity: 1 });
    const first = await register(service, event.id);
    const second = await register(service, event.id);
    expect([first, second]).toMatchObject([
      { status: 'CONFIRMED', queueNumber: 1, confirmedAt: '2027-02-01T12:00:00.000Z' },
      { status: 'WAITLISTED', queueNumber: 2, confirmedAt: null },
    ]);
    await eventually(async () => {
      const confirmed = (await service.published(registrationConfirmed)).map((data) => data.registrationId);
      const waitlisted = (await service.published(registrationWaitlisted)).map((data) => data.registrationId);
      expect([confirmed.includes(first.id), waitlisted.includes(second.id)]).toEqual([true, true]);
    });
  });

  it('confirms exactly 50 of 200 who ask at the same time for 50 seats', async () => {
    const event = await aPublishedEvent(service, { capacity: 50 });
    const answers = await Promise.allSettled(Array.from({ length: 200 }, () => register(service, event.id)));
    expect(answers.filter((answer) => answer.status === 'rejected')).toEqual([]);
    const rows = await service.asServiceRole<{ status: string; amount: number; last: number }>(
      'SELECT status, count(*)::int AS amount, max(queue_number) AS last FROM registration WHERE event_id = $1 GROUP BY status ORDER BY status',
      [event.id],
    );
    expect(rows).toEqual([
      { status: 'CONFIRMED', amount: 50, last: 50 },
      { status: 'WAITLISTED', amount: 150, last: 200 },
    ]);
    expect(await seatsTaken(event.id)).toEqual([{ taken: 50, counted: 50 }]);
  }, 30_000);

  it('keeps a quota full while others still get seats', async () => {
    const event = await aPublishedEvent(service, { quotas: [{ attendanceMode: 'ON_SITE', capacity: 1 }] });
    const [first, second, online] = [
      await register(service, event.id),
      await register(service, event.id),
      await register(service, event.id, { attendanceMode: 'ONLINE' }),
    ];
    expect(await statuses(first, second, online)).toEqual(['CONFIRMED', 'WAITLISTED', 'CONFIRMED']);
  });

  it('refuses a person who is registered already, however the address is written, until they cancel', async () => {
    const event = await aPublishedEvent(service);
    const first = await register(service, event.id, { participants: [aParticipant({ email: 'asha@example.org' })] });
    const again = { participants: [aParticipant({ email: 'Asha@Example.org' })] };
    await expect(register(service, event.id, again)).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_EXISTS' });
    await cancel(first);
    expect(await register(service, event.id, again)).toMatchObject({ status: 'CONFIRMED', queueNumber: 2 });
  });

  it('refuses drafts, late comers and a mode that is not offered', async () => {
    const draft = await service.rpc(createEvent, eventRequest(), ADVISER);
    await expect(register(service, draft.id)).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_CLOSED' });
    await expect(register(service, draft.id, { as: expert() })).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    const event = await aPublishedEvent(service, { mode: 'ONLINE' });
    await expect(register(service, event.id)).rejects.toMatchObject({ code: 'EVENTS_ATTENDANCE_MODE_NOT_OFFERED' });
    clock.set('2027-02-20T21:00:01Z');
    await expect(register(service, event.id, { attendanceMode: 'ONLINE' })).rejects.toMatchObject({
      code: 'EVENTS_REGISTRATION_CLOSED',
    });
  });

  it('gives the stored answer when the request is repeated with its key', async () => {
    const event = await aPublishedEvent(service);
    const request = { eventId: event.id, kind: 'PERSON', group: 'EXPERTS', attendanceMode: 'ONLINE' } as const;
    const send = (): Promise<RegistrationView> =>
      service.rpc(createRegistration, { ...request, participants: [person] }, ADVISER, { idempotencyKey: key });
    const [key, person] = [randomUUID(), aParticipant()];
    expect((await send()).id).toBe((await send()).id);
  });
});

describe('a delegation', () => {
  it('gets its municipality from the caller and its group from the side of the municipality', async () => {
    const event = await aPublishedEvent(service);
    const municipalityId = await tellOfMunicipality(service, { side: 'PARTNER' });
    const as = caller('municipality-partner', { municipalityId });
    const request = { as, kind: 'DELEGATION', participants: delegation(3) } as const;
    await eventually(async () => {
      await expect(register(service, event.id, { ...request, group: 'GERMAN_SIDE' })).rejects.toMatchObject({
        code: 'EVENTS_REGISTRATION_GROUP_NOT_ALLOWED',
      });
    });
    expect(await register(service, event.id, { ...request, group: 'PARTNER_SIDE' })).toMatchObject({
      municipalityId,
      seats: 3,
      status: 'CONFIRMED',
    });
  });

  it('is refused for a municipality that nobody recorded, and for somebody else’s', async () => {
    const event = await aPublishedEvent(service);
    const request = { kind: 'DELEGATION', group: 'PARTNER_SIDE', municipalityId: randomUUID() } as const;
    const refusal = { code: 'EVENTS_REGISTRATION_MUNICIPALITY_UNKNOWN' };
    await expect(register(service, event.id, request)).rejects.toMatchObject(refusal);
    const as = caller('municipality-partner', { municipalityId: randomUUID() });
    await expect(register(service, event.id, { ...request, as })).rejects.toMatchObject(refusal);
  });

  it('keeps the newest word on a municipality when an older message comes late', async () => {
    const municipalityId = await tellOfMunicipality(service, { side: 'PARTNER', version: 2 });
    await tellOfMunicipality(service, { side: 'DE', version: 1, municipalityId });
    const marker = await tellOfMunicipality(service, { side: 'DE' });
    await eventually(async () => {
      const rows = await service.asServiceRole(
        'SELECT id, version, side FROM municipality_copy WHERE id = ANY($1::uuid[]) ORDER BY version DESC',
        [[municipalityId, marker]],
      );
      expect(rows).toEqual([
        { id: municipalityId, version: 2, side: 'PARTNER' },
        { id: marker, version: 1, side: 'DE' },
      ]);
    });
  });
});

describe('the waiting list', () => {
  it('offers a freed seat to whoever came first, and confirms on acceptance', async () => {
    const event = await aPublishedEvent(service, { capacity: 1, offerHours: 24 });
    const [seated, next, later] = [
      await register(service, event.id),
      await register(service, event.id),
      await register(service, event.id),
    ];
    await cancel(seated);
    expect(await statuses(seated, next, later)).toEqual(['CANCELLED', 'OFFERED', 'WAITLISTED']);
    expect((await read(next.id)).offerExpiresAt).toBe('2027-02-02T12:00:00.000Z');
    expect(await accept(next)).toMatchObject({ status: 'CONFIRMED', offerExpiresAt: null });
    await expect(accept(later)).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED' });
  });

  it('passes an offer that expires on to the next, and takes no late acceptance', async () => {
    const event = await aPublishedEvent(service, { capacity: 1, offerHours: 24 });
    const [seated, sleepy, awake] = [
      await register(service, event.id),
      await register(service, event.id),
      await register(service, event.id),
    ];
    await cancel(seated);
    clock.advance(24 * HOUR_MS);
    await expect(accept(sleepy)).rejects.toMatchObject({ code: expect.stringMatching(/OFFER_EXPIRED|NOT_ALLOWED/) });
    await service.app.get(SweepService).sweep();
    expect(await statuses(sleepy, awake)).toEqual(['OFFER_EXPIRED', 'OFFERED']);
    expect(await accept(awake)).toMatchObject({ status: 'CONFIRMED' });
    expect(await seatsTaken(event.id)).toEqual([{ taken: 1, counted: 1 }]);
    await eventually(async () => {
      expect((await service.published(registrationExpired)).map((data) => data.registrationId)).toContain(sleepy.id);
      expect((await service.published(registrationOffered)).map((data) => data.registrationId)).toEqual(
        expect.arrayContaining([sleepy.id, awake.id]),
      );
    });
  });

  it('expires an offer once when two replicas sweep at the same time', async () => {
    const event = await aPublishedEvent(service, { capacity: 1, offerHours: 1 });
    const [seated, next] = [await register(service, event.id), await register(service, event.id)];
    await cancel(seated);
    clock.advance(HOUR_MS);
    const sweeps = service.app.get(SweepService);
    await Promise.all([sweeps.sweep(), sweeps.sweep(), sweeps.sweep()]);
    expect(await statuses(next)).toEqual(['OFFER_EXPIRED']);
    expect(await seatsTaken(event.id)).toEqual([{ taken: 0, counted: 0 }]);
  });

  it('lets nobody overtake a delegation, and lets them in when it gives up', async () => {
    const municipalityId = await tellOfMunicipality(service, { side: 'DE' });
    const event = await aPublishedEvent(service, { capacity: 3 });
    const seated = await register(service, event.id);
    const group = { kind: 'DELEGATION', group: 'GERMAN_SIDE', municipalityId, participants: delegation(3) } as const;
    const waiting = await eventually(() => register(service, event.id, group));
    const person = await register(service, event.id);
    expect(await statuses(seated, waiting, person)).toEqual(['CONFIRMED', 'WAITLISTED', 'WAITLISTED']);
    await cancel(waiting);
    expect(await statuses(person)).toEqual(['OFFERED']);
  });

  it('shows everyone their true position and staff the whole order', async () => {
    const event = await aPublishedEvent(service, { capacity: 1 });
    await register(service, event.id);
    await register(service, event.id);
    const as = expert();
    const mine = await register(service, event.id, { as });
    const own = await service.rpc(listWaitingList, { eventId: event.id }, as);
    expect(own.items).toMatchObject([{ id: mine.id, position: 2 }]);
    const all = await service.rpc(listWaitingList, { eventId: event.id }, ADVISER);
    expect(all.items.map((entry) => entry.position)).toEqual([1, 2]);
  });
});

describe('a registration', () => {
  it('exists only for its owner and the offices', async () => {
    const event = await aPublishedEvent(service);
    const [owner, stranger] = [expert(), expert()];
    const mine = await register(service, event.id, { as: owner });
    await expect(cancel(mine, stranger)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    await expect(service.rpc(listEventParticipants, { registrationId: mine.id }, stranger)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    expect((await service.rpc(listRegistrations, { eventId: event.id }, stranger)).items).toEqual([]);
    expect((await service.rpc(listRegistrations, { eventId: event.id }, owner)).items).toHaveLength(1);
    expect(await cancel(mine, owner)).toMatchObject({ status: 'CANCELLED' });
  });

  it('stays with the municipality when its user changes to another', async () => {
    const event = await aPublishedEvent(service);
    const municipalityId = await tellOfMunicipality(service, { side: 'PARTNER' });
    const user = caller('municipality-partner', { subject: randomUUID(), municipalityId });
    const { id: registrationId } = await eventually(() =>
      register(service, event.id, { as: user, group: 'PARTNER_SIDE' }),
    );
    const colleague = caller('municipality-partner', { subject: randomUUID(), municipalityId });
    const elsewhere = { ...user, municipalityId: await tellOfMunicipality(service, { side: 'PARTNER' }) };
    expect(await service.rpc(getRegistration, { registrationId }, colleague)).toMatchObject({ municipalityId });
    const gone = { code: 'PLATFORM_RESOURCE_NOT_FOUND' };
    await expect(service.rpc(getRegistration, { registrationId }, elsewhere)).rejects.toMatchObject(gone);
    await expect(service.rpc(listRegistrationActions, { registrationId }, elsewhere)).rejects.toMatchObject(gone);
  });

  it('cannot be cancelled twice, nor after the start', async () => {
    const event = await aPublishedEvent(service);
    const [first, second] = [await register(service, event.id), await register(service, event.id)];
    await cancel(first);
    await expect(cancel(first)).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED' });
    clock.set('2027-03-01T07:00:00Z');
    await expect(cancel(second)).rejects.toMatchObject({ code: 'EVENTS_EVENT_ALREADY_STARTED' });
  });
});

describe('checking in', () => {
  it('records who came, on the day of the event only', async () => {
    const event = await aPublishedEvent(service);
    const registration = await register(service, event.id);
    await expect(checkIn(registration)).rejects.toMatchObject({ code: 'EVENTS_CHECK_IN_NOT_ON_EVENT_DAY' });
    clock.set('2027-03-01T08:00:00Z');
    await expect(checkIn(registration, 2)).rejects.toMatchObject({ code: 'EVENTS_CHECK_IN_SEATS_EXCEEDED' });
    await expect(checkIn(registration, 1, caller('programme-officer'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    expect(await checkIn(registration)).toMatchObject({ status: 'ATTENDED', seatsAttended: 1 });
    await expect(checkIn(registration)).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED' });
    await eventually(async () => {
      const came = (await service.published(attendanceRecorded)).filter((data) => data.eventId === event.id);
      expect(came).toEqual([{ registrationId: registration.id, eventId: event.id, municipalityId: null }]);
    });
  });
});

describe('personal data', () => {
  const needs = [{ kind: 'SIGN_LANGUAGE', note: 'DGS' } as const];

  it('of accessibility is for organisers and is deleted after the event', async () => {
    const event = await aPublishedEvent(service);
    await register(service, event.id, { participants: [aParticipant({ accessibilityNeeds: needs })] });
    const list = () => service.rpc(listAccessibilityNeeds, { eventId: event.id }, ADVISER);
    expect((await list()).items).toMatchObject(needs);
    await expect(service.rpc(listAccessibilityNeeds, { eventId: event.id }, caller('auditor'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    clock.set('2027-03-02T15:00:00Z');
    await service.app.get(SweepService).sweep();
    expect((await list()).items).toEqual([]);
  });

  it('never leaves the service in messages nor in the audit record', async () => {
    const event = await aPublishedEvent(service);
    const email = `${randomUUID()}@example.org`;
    await register(service, event.id, { participants: [aParticipant({ email, accessibilityNeeds: needs })] });
    const [row] = await service.asServiceRole<{ traces: number }>(
      `SELECT (SELECT count(*) FROM outbox_message m WHERE m::text LIKE $1)::int
            + (SELECT count(*) FROM audit_record a WHERE a::text LIKE $1)::int AS traces`,
      [`%${email}%`],
    );
    expect(row).toEqual({ traces: 0 });
  });
});

describe('the database', () => {
  it('refuses more seats than there are, whatever the code says', async () => {
    const event = await aPublishedEvent(service);
    await expect(
      service.asServiceRole('UPDATE seat_pool SET taken = capacity + 1 WHERE event_id = $1', [event.id]),
    ).rejects.toMatchObject({ constraint: 'ck_seat_pool_taken' });
  });
});
