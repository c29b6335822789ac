import { fileRoleFaults } from './file-roles';
import { programOf } from './source-program-spec';

const DATABASE = `declare module '#database' { export class Tx {} export class Database {} }`;
const TX = `import type { Tx } from '#database'; export type A = Tx;`;
const SELECT = 'export const A = `SELECT id\n FROM thing`;';

function faultsOf(name: string, code: string): string[] {
  const texts = new Map([
    ['/house/database.d.ts', DATABASE],
    [`/house/apps/events/src/things/${name}`, code],
  ]);
  return fileRoleFaults(programOf(texts)).map((fault) => fault.replace('apps/events/src/things/', ''));
}

it.each([
  ['thing.ts', TX, 'thing.ts: a file without a role does not reach Tx'],
  ['thing.ts', SELECT, 'thing.ts:1: a file without a role holds no SQL'],
  ['thing.ts', `export const A = 'UPDATE thing SET a = 1';`, 'thing.ts:1: a file without a role holds no SQL'],
  ['thing.entity.ts', SELECT, 'thing.entity.ts:1: *.entity.ts holds no SQL'],
  ['thing.messages.ts', TX, 'thing.messages.ts: *.messages.ts does not reach Tx'],
  ['thing.controller.ts', SELECT, 'thing.controller.ts:1: *.controller.ts holds no SQL'],
  ['thing.store.ts', TX, 'thing.store.ts: "store" is no role of a file'],
])('%s is refused what its name does not promise', (name, code, fault) => {
  expect(faultsOf(name, code)).toEqual([fault]);
});

it.each([
  ['thing.service.ts', TX],
  ['thing.rows.ts', SELECT],
  ['thing.reader.ts', SELECT],
  ['thing.ts', `export const A = 'Select a thing from the list';`],
])('%s may do what its name promises', (name, code) => {
  expect(faultsOf(name, code)).toEqual([]);
});
