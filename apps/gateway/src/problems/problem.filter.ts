import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type ErrorCode } from '#contracts';
import { newTraceparent, traceIdOf } from '#platform';
import { allowedMethods } from '../operations/allowed-methods';
import { etag } from '../operations/headers';
import { languageOf, PROBLEM_MEDIA_TYPE, problemOf } from './problem';
import { retryAfterSeconds } from './retry-after';

/** Turns everything that goes wrong, wherever it was thrown, into problem+json. No stack trace leaves the process. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const traceId = traceIdOf(request.headers.traceparent as string | undefined) ?? traceIdOf(newTraceparent()) ?? '';
    const error = this.translate(thrown, request, traceId);
    const problem = problemOf(error, {
      instance: request.url,
      traceId,
      language: languageOf(request.headers['accept-language']),
    });
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    if (problem.status === 405) reply.header('allow', allowedMethods(request.url).join(', '));
    const retryAfter = retryAfterSeconds(error, problem.status);
    if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
    const current = error.details?.currentVersion;
    if (problem.status === 412 && typeof current === 'number') reply.header('etag', etag(current));
    void reply
      .code(problem.status)
      .header('content-type', PROBLEM_MEDIA_TYPE)
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem));
  }

  private translate(thrown: unknown, request: FastifyRequest, traceId: string): AppError {
    if (thrown instanceof AppError) return thrown;
    const status = thrown instanceof HttpException ? thrown.getStatus() : statusCodeOf(thrown);
    if (status === 404 && allowedMethods(request.url).length > 0) return new AppError('PLATFORM_METHOD_NOT_ALLOWED');
    const code = status === undefined ? undefined : CODE_OF_STATUS[status];
    if (code) return new AppError(code, undefined, { cause: thrown });
    this.logger.error({ err: thrown, traceId, method: request.method }, 'unexpected error');
    return new AppError('PLATFORM_INTERNAL_ERROR');
  }
}

/** What Fastify refuses before a route runs: bad JSON, a body too large, a foreign media type, an unknown path. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'PLATFORM_REQUEST_INVALID',
  404: 'PLATFORM_RESOURCE_NOT_FOUND',
  413: 'PLATFORM_BODY_TOO_LARGE',
  414: 'PLATFORM_REQUEST_INVALID',
  415: 'PLATFORM_MEDIA_TYPE_UNSUPPORTED',
};

function statusCodeOf(thrown: unknown): number | undefined {
  return typeof thrown === 'object' &&
    thrown !== null &&
    'statusCode' in thrown &&
    typeof thrown.statusCode === 'number'
    ? thrown.statusCode
    : undefined;
}
