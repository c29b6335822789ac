import { CALLS, MESSAGES, OPERATIONS, SERVICES, type ServiceName, SUBSCRIPTIONS } from '#contracts';
import * as events from '#contracts/events';
import * as finance from '#contracts/finance';
import * as partnership from '#contracts/partnership';
import * as staffing from '#contracts/staffing';
import { repositoryRoot } from '#testing/embedded';
import { ErrorCodes } from './error-codes';
import { foreignDoors } from './foreign-doors';
import { unreadMembers } from './request-members';
import { SHARED_TABLES } from './shared-tables';
import { readSources } from './source-program';
import { tableWriters } from './table-writers';

const doors = { partnership, staffing, finance, events };
const operations = new Map(
  Object.values(doors)
    .flatMap((door): [string, unknown][] => Object.entries(door))
    .flatMap(([name, it]) =>
      OPERATIONS.filter((operation) => operation === it).map((operation) => [name, operation] as const),
    ),
);
const program = readSources(repositoryRoot());

describe(`the declarations of ${OPERATIONS.length} operations`, () => {
  it('are all known by name', () => {
    expect(operations.size).toBe(OPERATIONS.length);
  });

  it('have no request member that nobody reads', () => {
    const routes = new Map([...operations].map(([name, { http }]) => [name, http.path]));
    expect(unreadMembers(program, SERVICES, routes)).toEqual([]);
  });

  it('have the codes that are thrown, and no others', () => {
    const codes = new ErrorCodes(program, operations);
    // What libs handle for every service alike is not followed.
    const followed = new Set(codes.followed);
    const left = [...operations].filter(([name]) => !followed.has(name)).map(([, { subject }]) => subject);
    expect(
      left.filter((subject) => !/\.(list-actions|audit-record\.list|(recheck|rule|rule-proposal)\.\w+)$/.test(subject)),
    ).toEqual([]);
    expect(codes.faults()).toEqual([]);
  });
});

it('every table is written by one feature, or stands with the reason in the list of those that are shared', () => {
  const writers = tableWriters(program);
  expect(writers.size).toBeGreaterThan(60);
  const faults = [...writers].flatMap(([table, features]) => {
    const listed = SHARED_TABLES[table]?.writers ?? [];
    // What a table is called must be known to say who owns it.
    const isOwned = features.size === 1 && /\w$/.test(table);
    return isOwned || [...features].every((feature) => listed.includes(feature))
      ? []
      : [`${table} is written by ${[...features].join(' and ')}: a table has one owner, or stands in shared-tables.ts`];
  });
  expect(faults).toEqual([]);
});

it('every service takes from the contracts of others only what it consumes or calls', () => {
  expect(foreignDoors(program, mayName)).toEqual([]);
});

/** A message it consumes, an operation of a service it calls, and the words that these are made of. */
function mayName(service: ServiceName, other: ServiceName, name: string): boolean {
  const declared = Object.entries(doors[other]).find(([key]) => key === name)?.[1];
  const message = MESSAGES.find((each) => each === declared);
  if (message) return SUBSCRIPTIONS[service].includes(message);
  const isCalled = CALLS[service].includes(other);
  if (OPERATIONS.some((each) => each === declared)) return isCalled;
  return isCalled || SUBSCRIPTIONS[service].some((each) => each.service === other);
}
