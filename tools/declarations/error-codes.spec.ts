import type { ErrorCode, Operation } from '#contracts';
import { createEvent, listEvents } from '#contracts/events';
import { ErrorCodes } from './error-codes';
import { programOf } from './source-program-spec';

const PREAMBLE = `
  declare class AppError extends Error { constructor(code: string); code: string }
  declare function Handle(operation: object): (target: object, name: string) => void;
  declare const createEvent: object;
  declare const listEvents: object;`;

/** What is said of one code when a service looks like this and its operation createEvent declares these. */
function faultsOf(errors: readonly ErrorCode[], service: string, code: ErrorCode = 'EVENTS_OFFER_EXPIRED'): string[] {
  const operations = new Map<string, Operation>([
    ['createEvent', { ...createEvent, errors }],
    ['listEvents', listEvents],
  ]);
  const program = programOf(
    new Map([['/house/apps/events/src/event.service.ts', `${PREAMBLE}${service}\nexport {};`]]),
  );
  return new ErrorCodes(program, operations).faults().filter((fault) => fault.includes(code));
}

const handler = (body: string) => `class Events { @Handle(createEvent) create() { ${body} } }`;
const THROW = `throw new AppError('EVENTS_OFFER_EXPIRED');`;

it('a code that is thrown and declared is in order', () => {
  expect(faultsOf(['EVENTS_OFFER_EXPIRED'], handler(THROW))).toEqual([]);
});

it.each([
  ['a function', `function check() { ${THROW} } ${handler('check();')}`],
  ['a callback', `function check() { ${THROW} } ${handler('[1].forEach(check);')}`],
  ['a field', `class Rule { check = () => { ${THROW} } } const rule = new Rule(); ${handler('rule.check();')}`],
  ['a constant', `const CODE = 'EVENTS_OFFER_EXPIRED'; ${handler('throw new AppError(CODE);')}`],
  [
    'what a constructor makes',
    `class Events { run: () => void; constructor() { this.run = () => this.check(); } check() { ${THROW} }
       @Handle(createEvent) create() { this.run(); } }`,
  ],
])('a code is thrown by its operation through %s', (_, service) => {
  expect(faultsOf(['EVENTS_OFFER_EXPIRED'], service)).toEqual([]);
});

it('a code that no operation declares is named with its place', () => {
  expect(faultsOf([], handler(THROW))).toEqual([
    'no operation declares EVENTS_OFFER_EXPIRED',
    'apps/events/src/event.service.ts:5 throws EVENTS_OFFER_EXPIRED, which no operation of events declares',
  ]);
});

it.each([
  ['nothing', handler('')],
  ['a comparison', handler(`const e = new AppError(''); return e.code === 'EVENTS_OFFER_EXPIRED';`)],
  ['a set', `const LATE = new Set(['EVENTS_OFFER_EXPIRED']); ${handler(`return LATE.has('');`)}`],
  ['a type', `type Late = 'EVENTS_OFFER_EXPIRED'; ${handler('return null as Late | null;')}`],
])('a code that is only in %s is thrown by nothing', (_, service) => {
  expect(faultsOf(['EVENTS_OFFER_EXPIRED'], service)).toEqual([
    'nothing throws EVENTS_OFFER_EXPIRED',
    'rpc.events.event.create declares EVENTS_OFFER_EXPIRED, which nothing throws that it calls',
  ]);
});

it('a code that only another handler throws is not thrown by this one', () => {
  const other = `class Others { @Handle(listEvents) list() { ${THROW} } }`;
  expect(faultsOf(['EVENTS_OFFER_EXPIRED'], `${handler('')} ${other}`)).toEqual([
    'rpc.events.event.create declares EVENTS_OFFER_EXPIRED, which nothing throws that it calls',
  ]);
});

it('a code that any route can answer is not declared', () => {
  const code = 'PLATFORM_CURSOR_INVALID';
  expect(faultsOf([code], handler(`throw new AppError('${code}');`), code)).toEqual([
    'rpc.events.event.create declares PLATFORM_CURSOR_INVALID, which any route can answer',
  ]);
});
