import { AppError } from '#contracts';
import type { Call } from '#platform';
import type { Registration } from './registration.entity';

type Owned = Pick<Registration, 'registeredBy' | 'municipalityId'>;

/** A registration outside the caller's scope does not exist for the caller. */
export function refuseUnlessOwn(registration: Owned, call: Call): void {
  if (call.scope === 'any') return;
  const { subject, municipalityId } = call.caller;
  const isOwn =
    registration.registeredBy === subject ||
    (municipalityId !== undefined && registration.municipalityId === municipalityId);
  if (!isOwn) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
}

/** The same rule for a list: takes `$1` (everything is visible), `$2` (subject) and `$3` (municipality). */
export const OWN_CONDITION = '$1 OR registered_by = $2 OR municipality_id = $3::uuid';

export function ownParameters({ scope, caller }: Call): unknown[] {
  return [scope === 'any', caller.subject, caller.municipalityId ?? null];
}
