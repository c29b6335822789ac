import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '#contracts';
import {
  ATTENDANCE_MODES,
  cancelRegistration,
  type EventView,
  listRegistrations,
  REGISTRANT_GROUPS,
  type RegistrationView,
} from '#contracts/events';
import { eventually, FixedClock, startTestService, type TestService } from '#testing';
import { eventsDataSource } from '../data-source';
import { EventsModule } from '../events.module';
import {
  ADVISER,
  aPublishedEvent,
  BEFORE_DEADLINE,
  delegation,
  register,
  tellOfMunicipality,
} from '../factories/event.factory';
import { SweepService } from '../sweeps/sweep.service';

const PARTIES = 500;
const OFFER_HOURS = 24;
const STEP_HOURS = 4;
const HOUR_MS = 3_600_000;
const clock = new FixedClock(BEFORE_DEADLINE);
let service: TestService;
const towns: Record<string, string> = {};

beforeAll(async () => {
  service = await startTestService({ module: EventsModule, dataSource: eventsDataSource, clock });
  towns['GERMAN_SIDE'] = await tellOfMunicipality(service, { side: 'DE' });
  towns['PARTNER_SIDE'] = await tellOfMunicipality(service, { side: 'PARTNER' });
  await eventually(async () => {
    expect(await service.asServiceRole('SELECT FROM municipality_copy')).toHaveLength(2);
  });
});
afterAll(() => service.close());

/** Seats at most, for whom. Independent of the code under test: plain sums over the registrations. */
interface Ceiling {
  readonly seats: number;
  counts(it: RegistrationView): boolean;
}
const CEILINGS: readonly Ceiling[] = [
  { seats: 600, counts: () => true },
  { seats: 250, counts: ({ group }) => group === 'GERMAN_SIDE' },
  { seats: 200, counts: ({ attendanceMode }) => attendanceMode === 'ON_SITE' },
  { seats: 60, counts: ({ group, attendanceMode }) => group === 'PARTNER_SIDE' && attendanceMode === 'ONLINE' },
];
const holds = ({ status }: RegistrationView) => ['CONFIRMED', 'OFFERED'].includes(status);
const taken = (all: readonly RegistrationView[], { counts }: Ceiling) =>
  all.filter((it) => holds(it) && counts(it)).reduce((sum, { seats }) => sum + seats, 0);
const freeFor = (all: readonly RegistrationView[], one: RegistrationView) =>
  Math.min(...CEILINGS.filter((it) => it.counts(one)).map((it) => it.seats - taken(all, it)));

let seed = 4711;
const random = (max: number): number => (seed = (seed * 48_271) % 2_147_483_647) % max;
const oneOf = <T>(list: readonly T[]): T => list[random(list.length)] as T;

const arriving = (event: EventView): (() => Promise<RegistrationView>) => {
  const group = oneOf(REGISTRANT_GROUPS);
  const [seats, attendanceMode] = [group === 'EXPERTS' ? 1 : 1 + random(12), oneOf(ATTENDANCE_MODES)];
  const town = towns[group];
  const participants = delegation(seats);
  return () =>
    register(service, event.id, {
      kind: seats > 1 ? 'DELEGATION' : 'PERSON',
      group,
      attendanceMode,
      participants,
      ...(town !== undefined && { municipalityId: town }),
    });
};

/** Whoever is turned away at the busy door comes again, as the gateway's Retry-After asks. */
async function insist(event: EventView): Promise<RegistrationView> {
  const party = arriving(event);
  for (;;) {
    try {
      return await party();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'PLATFORM_SERVICE_OVERLOADED') throw error;
      await nextTurn();
    }
  }
}

async function all(eventId: string): Promise<RegistrationView[]> {
  const found: RegistrationView[] = [];
  for (let cursor: string | undefined; ;) {
    const { items, page } = await service.rpc(listRegistrations, { eventId, limit: 200, cursor }, ADVISER);
    found.push(...items);
    if (page.next === null) return found;
    cursor = page.next;
  }
}

const leave = ({ id, version }: RegistrationView) =>
  service.rpc(cancelRegistration, { registrationId: id }, ADVISER, { expectedVersion: version });

/**
 * The same rule, thought through one by one: who fits sits, unless an earlier party needs more of the seats that are free; and whoever
 * waits and fits because of that is offered its seats before the next one comes. Answers who has which status in the end.
 */
function modelled(arrivals: readonly RegistrationView[]): [string, string][] {
  const statuses = new Map<RegistrationView, RegistrationView['status']>();
  const now = () => [...statuses].map(([it, status]) => ({ ...it, status }));
  const isFree = (one: RegistrationView) => {
    const waiting = [...statuses].filter(([it, status]) => status === 'WAITLISTED' && it.queueNumber < one.queueNumber);
    const blocks = waiting.some(([earlier]) => {
      const free = freeFor(now(), earlier);
      if (free === 0 || free >= earlier.seats) return false;
      return CEILINGS.some((it) => it.counts(earlier) && it.counts(one) && it.seats - taken(now(), it) < earlier.seats);
    });
    return !blocks && freeFor(now(), one) >= one.seats;
  };
  for (const one of arrivals) {
    const isSeated = isFree(one);
    statuses.set(one, isSeated ? 'CONFIRMED' : 'WAITLISTED');
    const next = () => [...statuses].find(([it, status]) => status === 'WAITLISTED' && isFree(it))?.[0];
    for (let it = isSeated ? next() : undefined; it; it = next()) statuses.set(it, 'OFFERED');
  }
  return [...statuses].map(([{ id }, status]) => [id, status]);
}

it(`seats ${PARTIES} parties of 1 to 12 who come at once as the model does, and never stands still before a seat for longer than the rule says`, async () => {
  clock.set(BEFORE_DEADLINE);
  const event = await aPublishedEvent(service, {
    capacity: 600,
    offerHours: OFFER_HOURS,
    quotas: [
      { group: 'GERMAN_SIDE', capacity: 250 },
      { attendanceMode: 'ON_SITE', capacity: 200 },
      { group: 'PARTNER_SIDE', attendanceMode: 'ONLINE', capacity: 60 },
    ],
  });
  await Promise.all(Array.from({ length: PARTIES }, () => insist(event)));
  const arrived = await all(event.id);
  expect(arrived.map(({ queueNumber }) => queueNumber)).toEqual(Array.from({ length: PARTIES }, (_, i) => i + 1));
  expect(arrived.map(({ id, status }) => [id, status])).toEqual(modelled(arrived));

  let standsSince: number | undefined;
  let longest = 0;
  let offered = new Set<string>();
  for (let step = 0; step < 24; step += 1) {
    const seated = (await all(event.id)).filter(holds);
    // Some leave, and most of those who are offered a seat forget to accept it.
    if (step % 2 === 0) await Promise.all([...new Set(Array.from({ length: 3 }, () => oneOf(seated)))].map(leave));
    clock.advance(STEP_HOURS * HOUR_MS);
    await service.app.get(SweepService).sweep();
    const now = await all(event.id);
    for (const ceiling of CEILINGS) expect(taken(now, ceiling)).toBeLessThanOrEqual(ceiling.seats);
    const isSeatFor = now.some((it) => it.status === 'WAITLISTED' && freeFor(now, it) >= it.seats);
    const holding = new Set(now.filter(({ status }) => status === 'OFFERED').map(({ id }) => id));
    const moved = [...holding].some((id) => !offered.has(id));
    offered = holding;
    if (!isSeatFor) standsSince = undefined;
    else if (moved) standsSince = step;
    else standsSince ??= step;
    longest = Math.max(longest, standsSince === undefined ? 0 : (step - standsSince) * STEP_HOURS);
  }
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(OFFER_HOURS);
}, 120_000);
