import { AppError, type Operation, type Scope } from '#contracts';
import type { Caller } from './call';

/**
 * The widest scope that the caller's roles have on an operation; a role that is not listed is refused. `through` is the service that
 * asks for the caller, where one does.
 */
export function authorize(caller: Caller, operation: Operation, through?: string): Scope {
  const { allow, allowThrough = {} } = operation;
  const grants = Object.entries(allowThrough).find(([service]) => service === through)?.[1] ?? {};
  let scope: Scope | undefined;
  for (const role of caller.roles) {
    const granted = allow[role] ?? grants[role];
    if (granted === 'any') return 'any';
    scope ??= granted;
  }
  if (!scope) throw new AppError('PLATFORM_ACTION_NOT_ALLOWED', undefined, { reason: missingRole(caller, operation) });
  return scope;
}

function missingRole({ roles }: Caller, { allow }: Operation): string {
  const had = roles.length === 0 ? 'the token names no role of the fund' : `the caller is ${roles.join(', ')}`;
  return `needs one of ${Object.keys(allow).join(', ')}; ${had}`;
}
