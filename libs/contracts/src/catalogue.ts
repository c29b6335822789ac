import * as events from './events/index';
import * as finance from './finance/index';
import type { Message } from './message';
import type { Operation } from './operation';
import * as partnership from './partnership/index';
import * as staffing from './staffing/index';

const declarations = [partnership, staffing, finance, events].flatMap((module): unknown[] => Object.values(module));

/** Every operation of the platform; exporting one from its service's folder is all it takes to be listed. */
export const OPERATIONS: readonly Operation[] = declarations.filter((it): it is Operation => hasSubject(it, 'rpc.'));

/** Every message of the platform. */
export const MESSAGES: readonly Message[] = declarations.filter((it): it is Message => hasSubject(it, 'evt.'));

/** What every service has alike is told apart by the service. */
const SHARED = new Set(OPERATIONS.map(tailOf).filter((tail, index, all) => all.indexOf(tail) !== index));

/** The name of an operation in the OpenAPI document and in lists of actions, such as `assignment_confirm`. */
export function operationId(operation: Operation): string {
  const tail = tailOf(operation);
  return SHARED.has(tail) ? `${operation.service}_${tail}` : tail;
}

function tailOf({ subject }: Operation): string {
  return subject.split('.').slice(2).join('_');
}

function hasSubject(it: unknown, prefix: string): boolean {
  return (
    typeof it === 'object' &&
    it !== null &&
    'subject' in it &&
    typeof it.subject === 'string' &&
    it.subject.startsWith(prefix)
  );
}
