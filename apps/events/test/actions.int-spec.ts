import type { Role } from '#contracts';
import {
  cancelRegistration,
  createEvent,
  EVENT_STATUSES,
  getEvent,
  getRegistration,
  listEventActions,
  listRegistrationActions,
  listRegistrations,
  REGISTRATION_STATUSES,
} from '#contracts/events';
import { newId } from '#platform';
import { caller, FixedClock, startTestService, type TestCaller, type TestService, walkActions } from '#testing';
import { eventsDataSource } from '../src/data-source';
import { EventsModule } from '../src/events.module';
import {
  ADVISER,
  aParticipant,
  aPublishedEvent,
  BEFORE_DEADLINE,
  eventRequest,
  register,
} from '../src/factories/event.factory';
import { SweepService } from '../src/sweeps/sweep.service';

const clock = new FixedClock(BEFORE_DEADLINE);
let service: TestService;

beforeAll(async () => {
  service = await startTestService({ module: EventsModule, dataSource: eventsDataSource, clock });
}, 60_000);
afterAll(() => service.close());

const OFFICES = Object.fromEntries(
  (['adviser', 'programme-officer', 'auditor', 'recruiter'] as const).map((role) => [role, caller(role)]),
) as Partial<Record<Role, TestCaller>>;
const reason = () => ({ reason: 'A reason.' });
const on = async (instant: string) => {
  clock.set(instant);
  await service.app.get(SweepService).sweep();
};

it('tells of an event what its acts do, in every state and for every role', async () => {
  const { cells, statuses, faults } = await walkActions({
    app: service,
    actions: listEventActions,
    walks: 10,
    async start() {
      clock.set(BEFORE_DEADLINE);
      const { id } = await service.rpc(createEvent, eventRequest(), ADVISER);
      return { id, callers: OFFICES };
    },
    status: async (eventId) => (await service.rpc(getEvent, { eventId }, ADVISER)).status,
    requests: {
      event_publish: () => ({}),
      event_change: () => ({ ...reason(), venue: `Hall ${newId()}` }),
      event_postpone: reason,
      event_cancel: reason,
      event_settle: () => ({}),
    },
    outside: {
      PUBLISHED: () => on('2027-02-20T21:00:01Z'),
      REGISTRATION_CLOSED: () => on('2027-03-01T07:00:00Z'),
      RUNNING: () => on('2027-03-02T15:00:00Z'),
    },
  });
  expect(faults).toEqual([]);
  expect([...statuses].sort()).toEqual([...EVENT_STATUSES].sort());
  // 8 states x 5 acts x 4 roles.
  expect(cells.size).toBe(160);
}, 120_000);

it('tells of a registration what its acts do, in every state and for every role', async () => {
  let starts = 0;
  const { cells, statuses, faults } = await walkActions({
    app: service,
    actions: listRegistrationActions,
    walks: 18,
    async start() {
      clock.set(BEFORE_DEADLINE);
      const event = await aPublishedEvent(service, { capacity: 1, offerHours: 1 });
      const owner = caller('expert', { subject: newId(), expertId: newId() });
      const begin = (starts += 1) % 3;
      const seated = begin > 0 ? await register(service, event.id) : undefined;
      const { id } = await register(service, event.id, { as: owner });
      if (begin === 2 && seated)
        await service.rpc(cancelRegistration, { registrationId: seated.id }, ADVISER, {
          expectedVersion: seated.version,
        });
      return { id, callers: { ...OFFICES, expert: owner } };
    },
    status: async (registrationId) => (await service.rpc(getRegistration, { registrationId }, ADVISER)).status,
    requests: {
      registration_confirm: () => ({}),
      registration_cancel: () => ({}),
      registration_change: () => ({ ...reason(), attendanceMode: 'ONLINE' }),
      'registration_replace-participant': () => ({ ...reason(), participantId: newId(), substitute: aParticipant() }),
      'registration_check-in': () => ({}),
      'registration_correct-attendance': () => ({ ...reason(), seatsAttended: 0 }),
      'registration_undo-check-in': reason,
    },
    outside: {
      CONFIRMED: () => on('2027-03-01T07:00:00Z'),
      OFFERED: () => on('2027-02-01T13:00:00Z'),
    },
  });
  expect(faults).toEqual([]);
  expect([...statuses].sort()).toEqual([...REGISTRATION_STATUSES].sort());
  // 7 states x 7 acts x 5 roles.
  expect(cells.size).toBe(245);
}, 120_000);

it('lists nothing of a registration to others', async () => {
  clock.set(BEFORE_DEADLINE);
  const event = await aPublishedEvent(service);
  await register(service, event.id);
  const stranger = caller('expert', { subject: newId(), expertId: newId() });
  expect((await service.rpc(listRegistrations, { eventId: event.id }, stranger)).items).toEqual([]);
});
