const LENGTH_MAX = 2000;
const HERE = 'http://here.invalid';

/**
 * Where the browser goes after signing in: a path of ours as it was asked for, or the start page where it is none. `//host`, `/\host` and
 * their like lead elsewhere; back into the sign-in leads nowhere.
 */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > LENGTH_MAX || !wanted.startsWith('/')) return '/';
  if (!URL.canParse(wanted, HERE)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, HERE);
  if (origin !== HERE || pathname.startsWith('//') || /^\/auth(\/|$)/.test(pathname)) return '/';
  return `${pathname}${search}${hash}`;
}
