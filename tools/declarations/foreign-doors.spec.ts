import { foreignDoors } from './foreign-doors';
import { programOf } from './source-program-spec';

const CONTRACTS = `declare module '#contracts/events' { export interface EventView { id: string } export interface SeatView { id: string } }
  declare module '#contracts/staffing' { export interface ReportView { id: string } }`;

/** What the check says of a file; in this house staffing knows the view of an event. */
function faultsOf(path: string, code: string): string[] {
  const texts = new Map([
    ['/house/contracts.d.ts', CONTRACTS],
    [`/house/${path}`, `${code} export {};`],
  ]);
  return foreignDoors(
    programOf(texts),
    (service, other, name) => service === 'staffing' && other === 'events' && name === 'EventView',
  );
}

const EVENT = `import type { EventView } from '#contracts/events'; export type A = EventView;`;
const SEAT = `import type { EventView, SeatView as Seat } from '#contracts/events'; export type A = EventView | Seat;`;
const REPORT = `import type { ReportView } from '#contracts/staffing'; export type A = ReportView;`;
const ALL = `import type * as events from '#contracts/events'; export type A = events.EventView;`;

it.each([
  ['of its own', REPORT],
  ['of a service it knows', EVENT],
])('a service takes what is %s', (_, code) => {
  expect(faultsOf('apps/staffing/src/a.ts', code)).toEqual([]);
});

it.each([
  [
    'a service',
    'apps/events/src/a.ts',
    REPORT,
    'ReportView from #contracts/staffing: events neither consumes nor calls it',
  ],
  [
    'a service',
    'apps/staffing/src/a.ts',
    SEAT,
    'SeatView from #contracts/events: staffing neither consumes nor calls it',
  ],
  ['a service', 'apps/staffing/src/a.ts', ALL, '* from #contracts/events: staffing neither consumes nor calls it'],
  [
    'the gateway',
    'apps/gateway/src/a.ts',
    EVENT,
    'EventView from #contracts/events: only the services know each other',
  ],
  [
    'a service',
    'apps/events/src/a.ts',
    `export type { ReportView } from '#contracts/staffing';`,
    'ReportView from #contracts/staffing: events neither consumes nor calls it',
  ],
])('%s does not take what it has nothing to do with', (_, path, code, fault) => {
  expect(faultsOf(path, code)).toEqual([`${path}:1 takes ${fault}`]);
});
