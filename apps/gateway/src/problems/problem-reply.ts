import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '#contracts';
import { traceIdOf } from '#platform';
import { identify } from '../http/identification';
import { allowedMethods } from '../http/allowed-methods';
import { etag } from '../http/headers';
import { languageOf, PROBLEM_MEDIA_TYPE, problemOf } from './problem';
import { retryAfterSeconds } from './retry-after';

/** Answers a refusal as problem+json with all the headers that belong to it; nothing when an answer is on its way already. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: AppError): void {
  request.refusal = error;
  if (reply.sent || reply.raw.headersSent) return;
  // The router refuses some requests before any hook has run.
  if (!reply.hasHeader('traceparent')) identify(request, reply);
  const language = languageOf(request.headers['accept-language']);
  const traceId = traceIdOf(String(request.headers.traceparent)) ?? '';
  const problem = problemOf(error, { instance: request.url, traceId, language });
  const retryAfter = retryAfterSeconds(error, problem.status);
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (problem.status === 401) reply.header('www-authenticate', challenge(request, error));
  if (problem.status === 405) reply.header('allow', allowedMethods(request.url).join(', '));
  const current = error.details?.currentVersion;
  if (problem.status === 412 && typeof current === 'number') reply.header('etag', etag(current));
  void reply
    .code(problem.status)
    .headers(request.server.securityHeaders)
    .header('content-type', PROBLEM_MEDIA_TYPE)
    .header('content-language', language)
    .header('vary', 'accept-language')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem));
}

/** RFC 6750 3.1: no error code for who brought no token. RFC 9470 3: what a sign-in that is not good enough lacks. */
function challenge(request: FastifyRequest, { code, details }: AppError): string {
  if (code === 'PLATFORM_AUTHENTICATION_INSUFFICIENT') {
    const asked = Object.entries(details ?? {}).map(([name, value]) => `, ${name}="${String(value)}"`);
    return `Bearer error="insufficient_user_authentication"${asked.join('')}`;
  }
  return request.headers.authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
}
