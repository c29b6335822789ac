import { type Role, STAFF } from '#contracts';
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
import {
  caller,
  cellsOf,
  FixedClock,
  startTestService,
  type TestCaller,
  type TestService,
  toldCells,
  walkActions,
} from '#testing';
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
import { EVENT_MATRIX, REGISTRATION_MATRIX } from './act-matrix';

const clock = new FixedClock(BEFORE_DEADLINE);
let service: TestService;

beforeAll(async () => {
  service = await startTestService({ module: EventsModule, dataSource: eventsDataSource, clock });
}, 60_000);
afterAll(() => service.close());

const OFFICES = Object.fromEntries(STAFF.map((role) => [role, caller(role)])) as Partial<Record<Role, TestCaller>>;
const TOWN = { municipalityId: newId() };
const OTHERS = {
  'municipality-de': caller('municipality-de', TOWN),
  'municipality-partner': caller('municipality-partner', TOWN),
};
const EXPERT = caller('expert', { expertId: newId() });
const CALLERS: Readonly<Record<string, TestCaller>> = {
  ...OFFICES,
  ...OTHERS,
  expert: EXPERT,
  'payout-consumer': caller('payout-consumer'),
};
/** Those who could own a registration, and do not own this one. */
const STRANGERS = Object.fromEntries(
  Object.entries({ ...OTHERS, expert: EXPERT }).map(([role, stranger]) => [`another ${role}`, stranger]),
);
const reason = () => ({ reason: 'A reason.' });
const on = async (instant: string) => {
  clock.set(instant);
  await service.app.get(SweepService).sweep();
};

it('tells of an event what its acts do, in every state and for every role', async () => {
  const walked = await walkActions({
    app: service,
    actions: listEventActions,
    walks: 10,
    async start() {
      clock.set(BEFORE_DEADLINE);
      const { id } = await service.rpc(createEvent, eventRequest(), ADVISER);
      return { id, callers: CALLERS };
    },
    async status(eventId) {
      const { status } = await service.rpc(getEvent, { eventId }, ADVISER);
      // Published again after its deadline, it would be closed by the next sweep, in the middle of a step.
      if (status === 'POSTPONED') clock.set(BEFORE_DEADLINE);
      return status;
    },
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
  expect(walked.faults).toEqual([]);
  const expected = cellsOf(EVENT_MATRIX, Object.keys(CALLERS));
  expect(toldCells(walked)).toEqual(expected);
  expect(Object.keys(EVENT_MATRIX.states).sort()).toEqual([...EVENT_STATUSES].sort());
  // 8 states x 5 acts x callers.
  expect(Object.keys(expected)).toHaveLength(8 * 5 * Object.keys(CALLERS).length);
}, 120_000);

it('tells of a registration what its acts do, in every state and for every role', async () => {
  let starts = 0;
  const walked = await walkActions({
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
      return { id, callers: { ...OFFICES, ...STRANGERS, expert: owner } };
    },
    status: async (registrationId) => (await service.rpc(getRegistration, { registrationId }, ADVISER)).status,
    requests: {
      registration_confirm: () => ({}),
      registration_cancel: () => ({}),
      registration_change: () => ({ ...reason(), attendanceMode: 'ONLINE' }),
      'registration_replace-participant': () => ({ ...reason(), participantId: newId(), substitute: aParticipant() }),
      'registration_request-address-confirmation': () => ({}),
      'registration_check-in': () => ({}),
      'registration_correct-attendance': () => ({ ...reason(), seatsAttended: 0 }),
      'registration_undo-check-in': reason,
    },
    outside: {
      CONFIRMED: () => on('2027-03-01T07:00:00Z'),
      OFFERED: () => on('2027-02-01T13:00:00Z'),
    },
  });
  expect(walked.faults).toEqual([]);
  const callers = Object.keys({ ...OFFICES, ...STRANGERS, expert: EXPERT });
  const expected = cellsOf(REGISTRATION_MATRIX, callers);
  expect(toldCells(walked)).toEqual(expected);
  expect(Object.keys(REGISTRATION_MATRIX.states).sort()).toEqual([...REGISTRATION_STATUSES].sort());
  // 7 states x 8 acts x callers.
  expect(Object.keys(expected)).toHaveLength(7 * 8 * callers.length);
}, 120_000);

it('lists nothing of a registration to others', async () => {
  clock.set(BEFORE_DEADLINE);
  const event = await aPublishedEvent(service);
  await register(service, event.id);
  const stranger = caller('expert', { subject: newId(), expertId: newId() });
  expect((await service.rpc(listRegistrations, { eventId: event.id }, stranger)).items).toEqual([]);
});
