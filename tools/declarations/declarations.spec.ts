import { CALLS, MESSAGES, OPERATIONS, SERVICES, type ServiceName, SUBSCRIPTIONS } from '#contracts';
import * as events from '#contracts/events';
import * as finance from '#contracts/finance';
import * as partnership from '#contracts/partnership';
import * as staffing from '#contracts/staffing';
import { repositoryRoot } from '#testing/embedded';
import { ErrorCodes } from './error-codes';
import { fileRoleFaults } from './file-roles';
import { foreignDoors } from './foreign-doors';
import { unreadMembers } from './request-members';
import { rowNameFaults } from './row-names';
import { readSources } from './source-program';
import { READS_PAST_OWNERS, SHARED_TABLES } from './table-exceptions';
import { ownerFaults, tableUses, writersOf } from './table-uses';
import { yearsIn } from './years';

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
    // A replay is the same whatever the reason; the audit trail takes it from the request.
    const reasons = /^replay\w+DeadLetter declares the request member reason,/;
    expect(unreadMembers(program, SERVICES, routes).filter((fault) => !reasons.test(fault))).toEqual([]);
  });

  it('have the codes that are thrown, and no others', () => {
    const codes = new ErrorCodes(program, operations);
    // What libs handle for every service alike is not followed.
    const followed = new Set(codes.followed);
    const left = [...operations].filter(([name]) => !followed.has(name)).map(([, { subject }]) => subject);
    expect(
      left.filter(
        (subject) =>
          !/\.(list-actions|audit-record\.list|service\.get|(recheck|rule|rule-proposal|dead-letter)\.\w+)$/.test(
            subject,
          ),
      ),
    ).toEqual([]);
    expect(codes.faults()).toEqual([]);
  });
});

it('every table has one owner, who writes it and is asked for it; the exceptions are listed with the reason, and no others', () => {
  const uses = tableUses(program);
  expect(writersOf(uses).size).toBeGreaterThan(60);
  const listed = new Map(
    READS_PAST_OWNERS.flatMap(({ of }) =>
      Object.entries(of).map(([file, tables]) => {
        const [service = ''] = file.split('/');
        return [file, new Set(tables.split(' ').map((table) => `${service}.${table}`))] as const;
      }),
    ),
  );
  expect(ownerFaults(uses, SHARED_TABLES, listed)).toEqual([]);
});

it('every file of a service does what its name says, and no more', () => {
  expect(fileRoleFaults(program)).toEqual([]);
});

it('no statement gives a column the name that its row has anyway', () => {
  expect(rowNameFaults(program)).toEqual([]);
});

it('every service takes from the contracts of others only what it consumes or calls', () => {
  // One search over all services, one list of what waits, and the public pages are the gateway's: they name what they ask.
  const sources =
    /^apps\/gateway\/src\/(search\/search-sources|waiting\/(finance-waiting|waiting-sources)|public-pages\/published\.reader)\.ts:/;
  expect(foreignDoors(program, mayName).filter((fault) => !sources.test(fault))).toEqual([]);
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

it('no year stands in the code of a service: what changes with time is a row of a shipped file', () => {
  expect(yearsIn(program)).toEqual([]);
});
