import { programOf } from './source-program-spec';
import { ownerFaults, tableUses, writersOf } from './table-uses';

const PREAMBLE = `
  declare function Entity(options: { name: string }): (target: object) => void;
  declare function actsOn(on: { entity: object }): void;
  interface Transition<E> { readonly entity: new () => E }
  declare class Tx { moveAll<E>(how: Transition<E>): void; query(sql: string): void; insert(entity: object): void; insertAll(entities: readonly object[]): void; update(entity: object): void }
  @Entity({ name: 'thing' }) class Thing { id = ''; }`;

/** The tables that this code of the feature `shelves` writes. */
function written(code: string): string[] {
  const text = `${PREAMBLE} export function f<E extends object>(tx: Tx, e: E, name: string) { ${code} }`;
  return [...writersOf(tableUses(programOf(new Map([['/house/apps/events/src/shelves/shelf.service.ts', text]]))))].map(
    ([table, features]) => `${table} by ${[...features].join(', ')}`,
  );
}

it.each([
  ['SQL', 'tx.query(`WITH gone AS (DELETE FROM thing RETURNING id) SELECT * FROM gone`)', 'thing'],
  ['SQL of several lines', 'tx.query(`INSERT\n  INTO thing (id) SELECT 1`)', 'thing'],
  ['SQL with something put in', "tx.query(`UPDATE thing SET name = 'a' WHERE ${name}`)", 'thing'],
  ['SQL whose table is put in', 'tx.query(`UPDATE ${name} SET a = 1`)', '$'],
  ['an entity', 'tx.insert(new Thing())', 'thing'],
  ['an entity that was put together', 'tx.insert(Object.assign(new Thing(), { name }))', 'thing'],
  ['a list of entities', 'tx.insertAll([new Thing()])', 'thing'],
  ['a move of many', 'tx.moveAll({ entity: Thing } as Transition<Thing>)', 'thing'],
  ['an entity of any kind', 'tx.update(e)', '?'],
  ['acts', 'actsOn({ entity: Thing })', 'thing'],
])('a table is written by %s', (_, code, table) => {
  expect(written(code)).toEqual([`events.${table} by shelves`]);
});

it.each([
  ['a lock', 'tx.query(`SELECT 1 FROM thing FOR UPDATE OF thing`)'],
  ['a comment', '// UPDATE thing'],
  ['a reading', 'tx.query(`SELECT * FROM thing`)'],
  ['something else that is updated', 'new Map<object, object>().set(new Thing(), {})'],
])('a table is not written by %s', (_, code) => {
  expect(written(code)).toEqual([]);
});

const SHELVES = '/house/apps/events/src/shelves/shelf.service.ts';
const BOOKS = '/house/apps/events/src/books/book.service.ts';
const FILE = 'events/src/shelves/shelf.service.ts';
const TWO = { 'events.book': { writers: ['books', 'shelves'] } };

interface Lists {
  readonly shared?: Parameters<typeof ownerFaults>[1];
  readonly read?: string;
}

/** What is said of a statement of the feature `shelves`; the table `book` is that of the feature `books`. */
function faults(sql: string, { shared = {}, read }: Lists): string[] {
  const texts = new Map([
    [BOOKS, "export const book = 'INSERT INTO book (id) VALUES ($1)';"],
    [SHELVES, `export const shelf = ${JSON.stringify(sql)};`],
  ]);
  const listed = new Map(read === undefined ? [] : [[FILE, new Set([read])]]);
  return ownerFaults(tableUses(programOf(texts)), shared, listed);
}

it.each<[string, string, Lists, string]>([
  ['a foreign write', 'DELETE FROM book', {}, 'events.book is written by books and shelves: a table has one owner'],
  ['a foreign read', 'SELECT id FROM book', {}, `${FILE} reads events.book, which books owns: ask its reader`],
  [
    'a foreign join',
    'SELECT 1 FROM s JOIN book b ON b.id = s.id',
    {},
    `${FILE} reads events.book, which books owns: ask its reader`,
  ],
  [
    'a table listed as shared that is not',
    'SELECT 1',
    { shared: TWO },
    'events.book is listed as shared, and has one owner',
  ],
  [
    'a listed read that is gone',
    'SELECT 1',
    { read: 'events.book' },
    `${FILE} is listed as reading events.book, and does not`,
  ],
])('%s is said', (_, sql, lists, fault) => {
  expect(faults(sql, lists)).toEqual([fault]);
});

it.each<[string, string, Lists]>([
  ['a listed read', 'SELECT id FROM book', { read: 'events.book' }],
  ['a write of what is shared', 'DELETE FROM book', { shared: TWO }],
  [
    'a read of what is made on the spot or shipped',
    'WITH found AS (SELECT 1) SELECT * FROM found JOIN country ON true',
    {},
  ],
])('%s is not', (_, sql, lists) => {
  expect(faults(sql, lists)).toEqual([]);
});
