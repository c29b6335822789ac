import type { Operation } from '#contracts';

/** A request as HTTP carries it, made from the declaration of its operation. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: string | undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** Path parameters go into the path, the rest of a read into the query and of a write into the body. */
export function httpRequest({ http }: Operation, input: Members): HttpRequest {
  const named = new Set<string>();
  const path = http.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    named.add(name);
    return encodeURIComponent(String(input[name]));
  });
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !named.has(name)));
  if (http.method === 'GET')
    return { method: 'GET', url: `/v1${path}${queryOf(rest)}`, contentType: undefined, body: undefined };
  const contentType = http.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  return { method: http.method, url: `/v1${path}`, contentType, body: JSON.stringify(rest) };
}

function queryOf(members: Members): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    const text = textOf(value);
    if (text !== '') query.set(name, text);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
