import * as contracts from '#contracts';
import { repositoryRoot } from '#testing/embedded';
import { ErrorCodes } from './error-codes';
import { unreadMembers } from './request-members';
import { readSources } from './source-program';

const { OPERATIONS, SERVICES } = contracts;
const operations = new Map(
  Object.entries(contracts).flatMap(([name, it]) =>
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
    // What libs/messaging handles for every service alike is not followed.
    const followed = new Set(codes.followed);
    const left = [...operations].filter(([name]) => !followed.has(name)).map(([, { subject }]) => subject);
    expect(left.filter((subject) => !/\.(list-actions|audit-record\.list|recheck\.\w+)$/.test(subject))).toEqual([]);
    expect(codes.faults()).toEqual([]);
  });
});
