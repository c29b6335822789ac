import { randomUUID } from 'node:crypto';
import type { RequestInputOf } from '#contracts';
import {
  cancelRegistration,
  changeEvent,
  checkInRegistration,
  createEvent,
  eventChanged,
  eventPostponed,
  eventSettled,
  type EventView,
  getEvent,
  getRegistration,
  listEvents,
  postponeEvent,
  previewEventChange,
  publishEvent,
  type RegistrationView,
  settleEvent,
} from '#contracts/events';
import { caller, eventually, FixedClock, startTestService, type TestService } from '#testing';
import { eventsDataSource } from '../data-source';
import { EventsModule } from '../events.module';
import { ADVISER, aPublishedEvent, BEFORE_DEADLINE, eventRequest, register } from '../factories/event.factory';
import { SweepService } from '../sweeps/sweep.service';

const clock = new FixedClock(BEFORE_DEADLINE);
let service: TestService;

beforeAll(async () => {
  service = await startTestService({ module: EventsModule, dataSource: eventsDataSource, clock });
});
afterAll(() => service.close());
beforeEach(() => clock.set(BEFORE_DEADLINE));

type Change = Omit<RequestInputOf<typeof changeEvent>, 'eventId' | 'reason'>;

const read = (eventId: string): Promise<EventView> => service.rpc(getEvent, { eventId }, ADVISER);
const version = async (eventId: string) => ({ expectedVersion: (await read(eventId)).version });
const change = async ({ id: eventId }: EventView, changes: Change) =>
  service.rpc(changeEvent, { eventId, reason: 'the hall is smaller', ...changes }, ADVISER, await version(eventId));
const preview = ({ id: eventId }: EventView, changes: Change) =>
  service.rpc(previewEventChange, { eventId, ...changes }, ADVISER);
const postpone = async ({ id: eventId }: EventView) =>
  service.rpc(postponeEvent, { eventId, reason: 'a storm' }, ADVISER, await version(eventId));
const publish = async (eventId: string) => service.rpc(publishEvent, { eventId }, ADVISER, await version(eventId));
const registered = (registrationId: string) => service.rpc(getRegistration, { registrationId }, ADVISER);
const statuses = async (...registrations: readonly RegistrationView[]) =>
  Promise.all(registrations.map(async ({ id }) => (await registered(id)).status));
const onlineAndOnSite = async (changes: Change = {}) => {
  const event = await aPublishedEvent(service, changes);
  const people = [await register(service, event.id), await register(service, event.id, { attendanceMode: 'ONLINE' })];
  return { event, people };
};

describe('a change of an event', () => {
  it('is kept with its reason, told to others, and shows whom it affects before it is made', async () => {
    const { event } = await onlineAndOnSite({ capacity: 2 });
    await register(service, event.id);
    const changes = { venue: 'Arusha', startsAt: '2027-03-01T08:00:00Z' };
    expect(await preview(event, changes)).toEqual({
      fields: ['venue', 'startsAt'],
      registrations: 3,
      seats: 3,
      waiting: 1,
      refusal: null,
    });
    expect((await read(event.id)).venue).toBe('Moshi');
    expect(await change(event, changes)).toMatchObject({ venue: 'Arusha', changeReason: 'the hall is smaller' });
    await eventually(async () => {
      const told = (await service.published(eventChanged)).filter(({ eventId }) => eventId === event.id);
      expect(told).toEqual([
        {
          eventId: event.id,
          fields: ['venue', 'startsAt'],
          startsAt: '2027-03-01T08:00:00.000Z',
          endsAt: '2027-03-02T15:00:00.000Z',
        },
      ]);
    });
  });

  it.each<[string, Change, object]>([
    ['seats than are taken', { capacity: 1 }, { capacity: 1, taken: 2 }],
    ['seats in a quota than are taken', { quotas: [{ group: 'EXPERTS', capacity: 1 }] }, { capacity: 1, taken: 2 }],
    ['modes than are booked', { mode: 'ON_SITE' }, { attendanceMode: 'ONLINE', taken: 1 }],
  ])('to fewer %s is refused with the numbers, and foretold', async (_, changes, details) => {
    const { event, people } = await onlineAndOnSite();
    expect((await preview(event, changes)).refusal?.code).toBe('EVENTS_SEATS_TAKEN');
    await expect(change(event, changes)).rejects.toMatchObject({ code: 'EVENTS_SEATS_TAKEN', details });
    expect(await statuses(...people)).toEqual(['CONFIRMED', 'CONFIRMED']);
  });

  it('to more seats is offered to those who wait, and its new quotas count who came before', async () => {
    const event = await aPublishedEvent(service, { capacity: 1 });
    const people = [await register(service, event.id), await register(service, event.id)];
    await change(event, { capacity: 3, quotas: [{ group: 'EXPERTS', capacity: 2 }] });
    expect(await statuses(...people)).toEqual(['CONFIRMED', 'OFFERED']);
    expect(await register(service, event.id)).toMatchObject({ status: 'WAITLISTED' });
  });

  it('of its dates keeps the rules of dates, and of its quotas those of quotas', async () => {
    const event = await aPublishedEvent(service);
    const past = { startsAt: '2027-01-01T08:00:00Z', registrationDeadlineAt: '2027-01-01T08:00:00Z' };
    await expect(change(event, past)).rejects.toMatchObject({ code: 'EVENTS_EVENT_PERIOD_INVALID' });
    const large = { quotas: [{ group: 'EXPERTS' as const, capacity: 11 }] };
    await expect(change(event, large)).rejects.toMatchObject({ code: 'EVENTS_QUOTA_INVALID' });
  });

  it('is not for those who attend, nor against another version', async () => {
    const event = await aPublishedEvent(service);
    const request = { eventId: event.id, reason: 'x', venue: 'Arusha' };
    const forbidden = service.rpc(changeEvent, request, caller('expert', { expertId: randomUUID() }), {
      expectedVersion: event.version,
    });
    await expect(forbidden).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    const stale = service.rpc(changeEvent, request, ADVISER, { expectedVersion: event.version + 1 });
    await expect(stale).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
  });
});

describe('an event that is postponed', () => {
  it('keeps its registrations, takes none, and offers what became free once it is published with new dates', async () => {
    const event = await aPublishedEvent(service, { capacity: 1 });
    const [seated, next] = [await register(service, event.id), await register(service, event.id)];
    expect(await postpone(event)).toMatchObject({ status: 'POSTPONED', changeReason: 'a storm' });
    await expect(register(service, event.id)).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_CLOSED' });
    await service.rpc(cancelRegistration, { registrationId: seated.id }, ADVISER, { expectedVersion: seated.version });
    expect(await statuses(next)).toEqual(['WAITLISTED']);
    await change(event, {
      startsAt: '2027-05-01T07:00:00Z',
      endsAt: '2027-05-02T15:00:00Z',
      registrationDeadlineAt: '2027-04-20T21:00:00Z',
    });
    expect(await publish(event.id)).toMatchObject({ status: 'PUBLISHED' });
    expect(await statuses(next)).toEqual(['OFFERED']);
    await eventually(async () => {
      expect((await service.published(eventPostponed)).map(({ eventId }) => eventId)).toContain(event.id);
    });
  });

  it('is not postponed before it was published', async () => {
    const draft = await service.rpc(createEvent, eventRequest(), ADVISER);
    await expect(postpone(draft)).rejects.toMatchObject({ code: 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED' });
  });
});

describe('an event that is settled', () => {
  it('records who did not come, and how many seats were used', async () => {
    const { event, people } = await onlineAndOnSite();
    const settle = async () => service.rpc(settleEvent, { eventId: event.id }, ADVISER, await version(event.id));
    await expect(settle()).rejects.toMatchObject({ code: 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED' });
    clock.set('2027-03-01T08:00:00Z');
    const [came] = people;
    await service.rpc(checkInRegistration, { registrationId: came?.id ?? '' }, ADVISER, {
      expectedVersion: came?.version,
    });
    clock.set('2027-03-02T15:00:00Z');
    await service.app.get(SweepService).sweep();
    const waiting = async () =>
      (await service.rpc(listEvents, { status: ['HELD'] }, ADVISER)).items.map(({ id }) => id);
    expect(await waiting()).toContain(event.id);
    expect(await settle()).toMatchObject({ status: 'SETTLED' });
    expect(await waiting()).not.toContain(event.id);
    expect(await statuses(...people)).toEqual(['ATTENDED', 'NO_SHOW']);
    await eventually(async () => {
      expect(await service.published(eventSettled)).toContainEqual({ eventId: event.id, seatsAttended: 1 });
    });
  });
});

it.each(['EST', 'CET', '+02:00', 'Etc/GMT-2', 'Moshi'])('refuses %s as a time zone', async (timeZone) => {
  await expect(service.rpc(createEvent, eventRequest({ timeZone }), ADVISER)).rejects.toMatchObject({
    code: 'PLATFORM_REQUEST_INVALID',
    errors: [{ pointer: '#/timeZone' }],
  });
});
