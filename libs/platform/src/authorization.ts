import { AppError, type Operation, type Scope } from '#contracts';
import type { Caller } from './call';

/** Whoever calls an operation for everybody: it is not even asked who. */
export const ANYBODY: Caller = { subject: 'anybody', roles: [] };

/**
 * The widest scope that the caller's roles have on an operation; undefined where none of them is listed. `through` is the service that
 * asks for the caller, where one does.
 */
export function scopeOf(
  caller: Caller,
  { allow, allowThrough = {}, isPublic }: Operation,
  through?: string,
): Scope | undefined {
  if (isPublic) return 'any';
  const grants = Object.entries(allowThrough).find(([service]) => service === through)?.[1] ?? {};
  let scope: Scope | undefined;
  for (const role of caller.roles) {
    const granted = allow[role] ?? grants[role];
    if (granted === 'any') return 'any';
    scope ??= granted;
  }
  return scope;
}

/** The same, and PLATFORM_ACTION_NOT_ALLOWED for who has none. */
export function authorize(caller: Caller, operation: Operation, through?: string): Scope {
  const scope = scopeOf(caller, operation, through);
  if (!scope) throw new AppError('PLATFORM_ACTION_NOT_ALLOWED', undefined, { reason: missingRole(caller, operation) });
  return scope;
}

function missingRole({ roles }: Caller, { allow }: Operation): string {
  const had = roles.length === 0 ? 'the token names no role of the fund' : `the caller is ${roles.join(', ')}`;
  return `needs one of ${Object.keys(allow).join(', ')}; ${had}`;
}
