import { queryOptions } from '@tanstack/react-query';
import type { Role } from '#contracts';
import { OURS, send } from './call';
import { Problem } from './problem';

/** Who is signed in, as `GET /v1/me` says. */
export interface Session {
  readonly subject: string;
  readonly name?: string;
  readonly roles: readonly Role[];
  readonly municipalityId?: string;
  readonly expertId?: string;
}

/** The session, or null for whoever is not signed in. */
export const session = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const response = await send('/v1/me', { headers: { accept: 'application/json' }, signal });
      return (await response.json()) as Session;
    } catch (error) {
      if (error instanceof Problem && error.isSignedOut) return null;
      throw error;
    }
  },
});

export function signInAddress(returnTo: string): string {
  return `/auth/sign-in?${new URLSearchParams({ returnTo }).toString()}`;
}

/** Ends the session here and at the provider, then goes where the provider's sign-out or our start page is. */
export async function signOut(): Promise<void> {
  const response = await send('/auth/sign-out', { method: 'POST', headers: OURS });
  sessionStorage.clear();
  const body: unknown = response.status === 204 ? undefined : await response.json();
  const redirect =
    typeof body === 'object' && body !== null && 'redirect' in body && typeof body.redirect === 'string'
      ? body.redirect
      : '/';
  location.assign(redirect);
}
