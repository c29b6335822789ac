import { OPERATION_ROUTES } from './operation-controllers';

const PATTERNS = OPERATION_ROUTES.map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^/v1${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
}));

/** The methods that a path has; empty where the path itself is unknown. */
export function allowedMethods(url: string): string[] {
  const path = url.split('?')[0] ?? '';
  return [...new Set(PATTERNS.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort();
}
