import type { Role } from '#contracts';
import { createRegistration } from '#contracts/events';

/** Whether somebody registers others, with all that belongs to the desk. */
export function isOrganiser(roles: readonly Role[]): boolean {
  return roles.some((role) => createRegistration.allow[role] === 'any');
}

/** Whether somebody registers for themselves or their own town. */
export function isRegistrant(roles: readonly Role[]): boolean {
  return !isOrganiser(roles) && roles.some((role) => createRegistration.allow[role] === 'own');
}
