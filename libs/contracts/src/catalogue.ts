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

function hasSubject(it: unknown, prefix: string): boolean {
  return (
    typeof it === 'object' &&
    it !== null &&
    'subject' in it &&
    typeof it.subject === 'string' &&
    it.subject.startsWith(prefix)
  );
}
