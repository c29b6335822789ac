import type { Operation, Role } from '#contracts';

/** Whether one of the roles may call an operation at all; what of an object's acts is possible now, its `actions` say. */
export function mayCall({ allow }: Operation, roles: readonly Role[]): boolean {
  return roles.some((role) => allow[role] !== undefined);
}
