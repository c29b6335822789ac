import { OPERATION_ROUTES } from './operation-routes';
import { OWN_PATHS, OWN_POSTS } from './own-paths';

const PATTERNS = [
  ...OPERATION_ROUTES.map(({ method, path }) => ({ method, path: `/v1${path}` })),
  ...OWN_PATHS.map((path) => ({ method: 'GET', path })),
  ...OWN_POSTS.map((path) => ({ method: 'POST', path })),
].map(({ method, path }) => ({
  // What can be read can be asked for its headers alone.
  methods: method === 'GET' ? ['GET', 'HEAD'] : [method],
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`),
}));

/** The methods that a path has; empty where the path itself is unknown. */
export function allowedMethods(url: string): string[] {
  const path = url.split('?')[0] ?? '';
  const methods = PATTERNS.filter(({ pattern }) => pattern.test(path)).flatMap((known) => known.methods);
  return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])].sort();
}
