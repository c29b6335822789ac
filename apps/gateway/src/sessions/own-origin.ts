import type { FastifyRequest } from 'fastify';
import { AppError } from '#contracts';

/** What the web client always sends; no form, image or script of another site can. */
const CLIENT = 'fund-web';
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser sends the cookie of a session whoever made it ask: so a change by cookie has to come from a page of ours, as the browser
 * says itself (Fetch Metadata, or Origin where that is missing), and with a header that another site can send after a preflight only,
 * which nobody answers. PLATFORM_ORIGIN_NOT_ALLOWED otherwise.
 */
export function checkOwnOrigin({ method, headers }: FastifyRequest, publicUrl: string): void {
  if (READING.has(method)) return;
  const site = headers['sec-fetch-site'];
  if (site === undefined ? headers.origin !== publicUrl : site !== 'same-origin') throw foreign('of another origin');
  if (headers['x-requested-with'] !== CLIENT) throw foreign(`without X-Requested-With: ${CLIENT}`);
}

function foreign(reason: string): AppError {
  return new AppError('PLATFORM_ORIGIN_NOT_ALLOWED', undefined, { reason: `a change by cookie ${reason}` });
}
