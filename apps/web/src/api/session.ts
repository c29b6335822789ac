import { queryOptions } from '@tanstack/react-query';
import type { Role } from '#contracts';
import { OURS, send } from './call';
import { Problem } from './problem';
import { get, lock, put, unlock } from './vault';

/** Who is signed in, as `GET /v1/me` says. */
export interface Session {
  readonly subject: string;
  readonly name?: string;
  readonly roles: readonly Role[];
  readonly municipalityId?: string;
  readonly expertId?: string;
}

const PLACE = 'session';

/** The session, or null for whoever is not signed in. Without a line it is who was signed in here last. */
export const session = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const response = await send('/v1/me', { headers: { accept: 'application/json' }, signal });
      const known = (await response.json()) as Session;
      await ifKept(() => keep(known));
      return known;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.isSignedOut) {
        await ifKept(lock);
        return null;
      }
      const kept = error.status === 0 && (await ifKept(() => get<Session>(PLACE)));
      if (kept) return kept;
      throw error;
    }
  },
});

async function keep(known: Session): Promise<void> {
  await unlock(known.subject);
  await put(PLACE, known);
}

/** A browser may keep nothing for anybody: then there is no work without a line, and all else goes on. */
async function ifKept<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

export function signInAddress(returnTo: string): string {
  return `/auth/sign-in?${new URLSearchParams({ returnTo }).toString()}`;
}

/** Where a person confirms who they are, for acts that ask for more than the sign-in of the session. */
export function stepUpAddress(returnTo: string): string {
  return `${signInAddress(returnTo)}&stepUp=1`;
}

/** Ends the session here and at the provider, then goes where the provider's sign-out or our start page is. */
export async function signOut(): Promise<void> {
  const response = await send('/auth/sign-out', { method: 'POST', headers: OURS });
  await ifKept(lock);
  const body: unknown = response.status === 204 ? undefined : await response.json();
  const redirect =
    typeof body === 'object' && body !== null && 'redirect' in body && typeof body.redirect === 'string'
      ? body.redirect
      : '/';
  location.assign(redirect);
}
