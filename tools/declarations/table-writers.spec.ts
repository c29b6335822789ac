import { programOf } from './source-program-spec';
import { tableWriters } from './table-writers';

const PREAMBLE = `
  declare function Entity(options: { name: string }): (target: object) => void;
  declare function actsOn(on: { entity: object }): void;
  interface Transition<E> { readonly entity: new () => E }
  declare class Tx { moveAll<E>(how: Transition<E>): void; query(sql: string): void; insert(entity: object): void; insertAll(entities: readonly object[]): void; update(entity: object): void }
  @Entity({ name: 'thing' }) class Thing { id = ''; }`;

/** The tables that this code of the feature `shelves` writes. */
function written(code: string): string[] {
  const text = `${PREAMBLE} export function f<E extends object>(tx: Tx, e: E, name: string) { ${code} }`;
  return [...tableWriters(programOf(new Map([['/house/apps/events/src/shelves/shelf.service.ts', text]])))].map(
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
