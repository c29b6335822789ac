import { rowNameFaults } from './row-names';
import { programOf } from './source-program-spec';

const DATABASE = 'declare class Tx { query<Row>(sql: string): Row[]; other<Row>(sql: string): Row[] }';

function faultsOf(code: string): string[] {
  const text = `${DATABASE} export function f(tx: Tx, alias: string): unknown { return ${code}; }`;
  return rowNameFaults(programOf(new Map([['/house/apps/events/src/things/thing.service.ts', text]])));
}
const AT = 'apps/events/src/things/thing.service.ts:1: ';

it.each([
  [
    'an alias',
    'tx.query(`SELECT created_at AS "createdAt" FROM thing`)',
    'AS "createdAt" is written by hand; a row has the column as createdAt already',
  ],
  [
    'an alias of what is put in',
    'tx.query(`SELECT ${alias} AS "paidOn" FROM thing`)',
    'AS "paidOn" is written by hand; a row has the column as paidOn already',
  ],
  ['a member', 'tx.query<{ created_at: Date; id: string }>(`SELECT`)', 'no row has created_at; it is in camelCase'],
])('%s with a name that rows do not have that way is refused', (_, code, fault) => {
  expect(faultsOf(code)).toEqual([`${AT}${fault}`]);
});

it.each([
  ['a reserved word as a name', 'tx.query<{ from: string }>(`SELECT changed_from AS "from" FROM thing`)'],
  ['a name for an expression', 'tx.query<{ paidMinor: bigint }>(`SELECT sum(paid) AS paid_minor FROM thing`)'],
  ['what is no row', 'tx.other<{ created_at: Date }>(`SELECT`)'],
])('%s may stand', (_, code) => {
  expect(faultsOf(code)).toEqual([]);
});
