import { foreignDoors } from './foreign-doors';
import { programOf } from './source-program-spec';

const CONTRACTS = `declare module '#contracts/events' { export interface EventView { id: string } }
  declare module '#contracts/staffing' { export interface ReportView { id: string } }`;

/** What the check says of a file; in this house staffing knows events. */
function faultsOf(path: string, code: string): string[] {
  const texts = new Map([
    ['/house/contracts.d.ts', CONTRACTS],
    [`/house/${path}`, `${code} export {};`],
  ]);
  return foreignDoors(programOf(texts), (service, other) => service === 'staffing' && other === 'events');
}

const EVENTS = `import type { EventView } from '#contracts/events'; export type A = EventView;`;
const STAFFING = `import type { ReportView } from '#contracts/staffing'; export type A = ReportView;`;

it.each([
  ['its own', 'apps/staffing/src/a.ts', STAFFING],
  ['that of a service it knows', 'apps/staffing/src/a.ts', EVENTS],
])('a service opens the door that is %s', (_, path, code) => {
  expect(faultsOf(path, code)).toEqual([]);
});

it.each([
  ['service', 'apps/events/src/a.ts', 'events neither consumes its messages nor calls it'],
  ['gateway', 'apps/gateway/src/a.ts', 'only the services know each other'],
])('a %s does not open the door of a service it does not know', (_, path, why) => {
  expect(faultsOf(path, STAFFING)).toEqual([`${path}:1 opens #contracts/staffing: ${why}`]);
});

it('a door is opened by passing on as well', () => {
  const code = `export type { ReportView } from '#contracts/staffing';`;
  expect(faultsOf('apps/events/src/a.ts', code)).toHaveLength(1);
});
