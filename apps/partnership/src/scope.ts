import { AppError } from '#contracts';
import type { Call } from '#platform';

/** The municipality to which the caller is restricted, null for the offices. A user without one owns nothing and sees nothing. */
export function ownMunicipality({ scope, caller }: Call): string | null {
  if (scope === 'any') return null;
  if (!caller.municipalityId) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  return caller.municipalityId;
}
