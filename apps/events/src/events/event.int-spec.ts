import { randomUUID } from 'node:crypto';
import {
  cancelEvent,
  createEvent,
  eventCancelled,
  eventPublished,
  type EventView,
  getEvent,
  getEventFreeSeats,
  getProgrammeEvent,
  getRegistration,
  listEvents,
  listProgramme,
  listRegistrations,
  publishEvent,
  registrationCancelled,
} from '#contracts/events';
import { caller, eventually, FixedClock, startTestService, type TestService } from '#testing';
import { eventsDataSource } from '../data-source';
import { EventsModule } from '../events.module';
import { SweepService } from '../sweeps/sweep.service';
import { ADVISER, aPublishedEvent, BEFORE_DEADLINE, eventRequest, register } from '../factories/event.factory';

const EXPERT = caller('expert', { expertId: randomUUID() });
const clock = new FixedClock(BEFORE_DEADLINE);
let service: TestService;

beforeAll(async () => {
  service = await startTestService({ module: EventsModule, dataSource: eventsDataSource, clock });
});
afterAll(() => service.close());
beforeEach(() => {
  clock.set(BEFORE_DEADLINE);
});

const read = (eventId: string): Promise<EventView> => service.rpc(getEvent, { eventId }, ADVISER);

describe('drafting an event', () => {
  it('takes the id that the client chose, once', async () => {
    const id = randomUUID();
    expect(await service.rpc(createEvent, eventRequest({ id }), ADVISER)).toMatchObject({
      id,
      status: 'DRAFT',
      version: 1,
    });
    await expect(service.rpc(createEvent, eventRequest({ id }), ADVISER)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_EXISTS',
    });
  });

  it('refuses a time zone that IANA does not know', async () => {
    await expect(service.rpc(createEvent, eventRequest({ timeZone: '+02:00' }), ADVISER)).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [{ pointer: '#/timeZone' }],
    });
  });

  it('refuses an end before the start, with a pointer', async () => {
    const request = eventRequest({ endsAt: '2027-02-28T00:00:00Z' });
    await expect(service.rpc(createEvent, request, ADVISER)).rejects.toMatchObject({
      code: 'EVENTS_EVENT_PERIOD_INVALID',
      errors: [{ pointer: '#/endsAt' }],
    });
  });

  it('is for the offices: an expert is refused', async () => {
    await expect(service.rpc(createEvent, eventRequest(), EXPERT)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});

describe('publishing an event', () => {
  it('makes it visible to experts, and says so to the other services', async () => {
    const draft = await service.rpc(createEvent, eventRequest(), ADVISER);
    await expect(service.rpc(getEvent, { eventId: draft.id }, EXPERT)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    await service.rpc(publishEvent, { eventId: draft.id }, ADVISER, { expectedVersion: 1 });
    expect(await service.rpc(getEvent, { eventId: draft.id }, EXPERT)).toMatchObject({ status: 'PUBLISHED' });
    await eventually(async () => {
      const sent = await service.published(eventPublished);
      expect(sent.filter((data) => data.eventId === draft.id)).toHaveLength(1);
    });
  });

  it('refuses a version that is not the latest', async () => {
    const draft = await service.rpc(createEvent, eventRequest(), ADVISER);
    await expect(
      service.rpc(publishEvent, { eventId: draft.id }, ADVISER, { expectedVersion: 7 }),
    ).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
  });

  it('refuses to do it twice', async () => {
    const event = await aPublishedEvent(service);
    await expect(
      service.rpc(publishEvent, { eventId: event.id }, ADVISER, { expectedVersion: event.version }),
    ).rejects.toMatchObject({ code: 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED' });
  });
});

describe('listing events', () => {
  it('shows experts no drafts, and pages in the order of their start', async () => {
    const fieldOfAction = 'tourism';
    for (const day of ['03', '01', '02']) {
      await aPublishedEvent(service, {
        startsAt: `2027-03-${day}T08:00:00Z`,
        endsAt: '2027-03-09T00:00:00Z',
        fieldsOfAction: [fieldOfAction],
      });
    }
    await service.rpc(createEvent, eventRequest({ fieldsOfAction: [fieldOfAction] }), ADVISER);
    const first = await service.rpc(listEvents, { fieldOfAction, limit: 2 }, EXPERT);
    const second = await service.rpc(listEvents, { fieldOfAction, limit: 2, cursor: first.page.next ?? '' }, EXPERT);
    const days = [...first.items, ...second.items].map((event) => event.startsAt.slice(8, 10));
    expect(days).toEqual(['01', '02', '03']);
    expect(second.page.next).toBeNull();
  });
});

describe('time', () => {
  it('closes the registration, starts the event and ends it', async () => {
    const event = await aPublishedEvent(service);
    for (const [instant, status] of [
      ['2027-02-20T21:00:01Z', 'REGISTRATION_CLOSED'],
      ['2027-03-01T07:00:00Z', 'RUNNING'],
      ['2027-03-02T15:00:00Z', 'HELD'],
    ] as const) {
      clock.set(instant);
      await service.app.get(SweepService).sweep();
      expect((await read(event.id)).status).toBe(status);
    }
  });
});

describe('cancelling an event', () => {
  it('cancels every open registration with it and takes no new ones', async () => {
    const event = await aPublishedEvent(service, { capacity: 1 });
    const seated = await register(service, event.id);
    const waiting = await register(service, event.id);
    const cancelled = await service.rpc(cancelEvent, { eventId: event.id, reason: 'the host city withdrew' }, ADVISER, {
      expectedVersion: event.version,
    });
    expect(cancelled).toMatchObject({ status: 'CANCELLED', cancellationReason: 'the host city withdrew' });
    const { items } = await service.rpc(listRegistrations, { eventId: event.id }, ADVISER);
    expect(items.map((it) => it.status)).toEqual(['CANCELLED', 'CANCELLED']);
    await expect(register(service, event.id)).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_CLOSED' });
    await eventually(async () => {
      const ids = (await service.published(registrationCancelled)).map((data) => data.registrationId);
      expect(ids).toEqual(expect.arrayContaining([seated.id, waiting.id]));
      expect((await service.published(eventCancelled)).map((data) => data.eventId)).toContain(event.id);
    });
  });

  it('refuses an event that runs, and leaves its registrations', async () => {
    const event = await aPublishedEvent(service);
    const { id } = await register(service, event.id);
    clock.set('2027-03-01T08:00:00Z');
    await service.app.get(SweepService).sweep();
    const running = await read(event.id);
    expect(running.status).toBe('RUNNING');
    await expect(
      service.rpc(cancelEvent, { eventId: event.id, reason: 'too late' }, ADVISER, {
        expectedVersion: running.version,
      }),
    ).rejects.toMatchObject({ code: 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED' });
    expect((await service.rpc(getRegistration, { registrationId: id }, ADVISER)).status).toBe('CONFIRMED');
  });
});

describe('the programme', () => {
  it('shows whoever comes what was published, and nothing of a draft', async () => {
    const draft = await service.rpc(createEvent, eventRequest(), ADVISER);
    const event = await aPublishedEvent(service, { municipalitySeatsMax: 3 });
    const { items } = await service.rpc(listProgramme, { limit: 200 }, undefined);
    const ids = items.map(({ id }) => id);
    expect([ids.includes(event.id), ids.includes(draft.id)]).toEqual([true, false]);
    await expect(service.rpc(getProgrammeEvent, { eventId: draft.id }, undefined)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('keeps reasons and limits to those who are signed in', async () => {
    const event = await aPublishedEvent(service, { municipalitySeatsMax: 3 });
    await service.rpc(cancelEvent, { eventId: event.id, reason: 'The speaker is ill' }, ADVISER, {
      expectedVersion: event.version,
    });
    const shown = await service.rpc(getProgrammeEvent, { eventId: event.id }, undefined);
    expect(shown).toMatchObject({ id: event.id, status: 'CANCELLED', capacity: event.capacity });
    expect(Object.keys(shown)).not.toEqual(expect.arrayContaining(['cancellationReason']));
    expect(JSON.stringify(shown)).not.toContain('ill');
  });

  it('is not the way to anything else: a list of the offices wants a token', async () => {
    await expect(service.rpc(listEvents, {}, undefined)).rejects.toMatchObject({ code: 'PLATFORM_TOKEN_INVALID' });
  });
});

describe('the seats of an event', () => {
  it('are counted for all and for each quota, with those who wait', async () => {
    const quotas = [{ group: 'EXPERTS' as const, attendanceMode: null, capacity: 1 }];
    const event = await aPublishedEvent(service, { capacity: 5, quotas });
    for (let count = 0; count < 2; count++) await register(service, event.id);
    expect(await service.rpc(getEventFreeSeats, { eventId: event.id }, EXPERT)).toEqual({
      id: event.id,
      pools: [
        { group: null, attendanceMode: null, capacity: 5, taken: 1 },
        { group: 'EXPERTS', attendanceMode: null, capacity: 1, taken: 1 },
      ],
      waiting: 1,
    });
  });

  it('of a draft are not told to an expert', async () => {
    const { id } = await service.rpc(createEvent, eventRequest(), ADVISER);
    await expect(service.rpc(getEventFreeSeats, { eventId: id }, EXPERT)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });
});
