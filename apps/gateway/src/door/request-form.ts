import type { FastifyRequest } from 'fastify';
import { AppError, fieldError } from '#contracts';

/** The longest request target: room for a list's cursor and filters, and what proxies commonly take. */
export const URL_LENGTH_MAX = 6144;
/** Stands for a target that is no path; no route has it. */
export const NO_PATH = '/*';
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;
/** Two of these could mean one thing to a proxy and another to us. */
const SINGLE_HEADERS: ReadonlySet<string> = new Set(['host', 'authorization', 'content-type', 'content-length']);

/** What is wrong with a request before anybody asks what it wants: its target and the headers that must stand alone. */
export function faultOfForm(request: FastifyRequest): AppError | undefined {
  const { url = '', rawHeaders, headers, httpVersion } = request.raw;
  if (url.length > URL_LENGTH_MAX) return new AppError('PLATFORM_URI_TOO_LONG', { lengthMax: URL_LENGTH_MAX });
  // `*` and `http://host/path` are targets too, but not of a server that is no proxy.
  if (url[0] !== '/' || url === NO_PATH)
    return fieldError('PLATFORM_REQUEST_INVALID', '#target', 'is no path of this server');
  if (url.includes('.') || url.includes('%')) {
    const path = url.split('?')[0] ?? '';
    if (DOT_SEGMENT.test(path)) return fieldError('PLATFORM_REQUEST_INVALID', '#target', 'has dot segments');
  }
  // The router takes an empty segment for an empty parameter; no path of ours has one.
  if (/^[^?]*\/\/|^[^?]+\/(?:\?|$)/.test(url)) return new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  if (headers.host === undefined && httpVersion === '1.1')
    return fieldError('PLATFORM_REQUEST_INVALID', '#header/Host', 'is missing');
  const twice = repeatedHeader(rawHeaders);
  return twice === undefined
    ? undefined
    : fieldError('PLATFORM_REQUEST_INVALID', `#header/${twice}`, 'is given more than once');
}

function repeatedHeader(rawHeaders: readonly string[]): string | undefined {
  let seen = '';
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (!SINGLE_HEADERS.has(name)) continue;
    if (seen.includes(`${name},`)) return name;
    seen += `${name},`;
  }
  return undefined;
}
