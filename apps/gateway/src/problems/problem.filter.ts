import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type ErrorCode } from '#contracts';
import { traceIdOf } from '#platform';
import { allowedMethods } from '../http/allowed-methods';
import { sendProblem } from './problem-reply';

/** Turns everything that goes wrong, wherever it was thrown, into problem+json. No stack trace leaves the process. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    sendProblem(request, reply, refusalOf(thrown, request) ?? this.unexpected(thrown, request));
  }

  private unexpected(thrown: unknown, request: FastifyRequest): AppError {
    const traceId = traceIdOf(String(request.headers.traceparent));
    this.logger.error({ err: thrown, traceId, method: request.method }, 'unexpected error');
    return new AppError('PLATFORM_INTERNAL_ERROR');
  }
}

/** The refusal that an error stands for; undefined where it is a fault of ours. */
export function refusalOf(thrown: unknown, request: FastifyRequest): AppError | undefined {
  if (thrown instanceof AppError) return thrown;
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusCodeOf(thrown);
  if (status === 404 && allowedMethods(request.url).length > 0) return new AppError('PLATFORM_METHOD_NOT_ALLOWED');
  if (status === undefined || status < 400 || status >= 500) return undefined;
  return new AppError(CODE_OF_STATUS[status] ?? 'PLATFORM_REQUEST_INVALID', undefined, { cause: thrown });
}

/** What Fastify refuses before a route runs: bad JSON, a body too large, a foreign media type, an unknown path. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  403: 'PLATFORM_RESOURCE_NOT_FOUND',
  404: 'PLATFORM_RESOURCE_NOT_FOUND',
  405: 'PLATFORM_METHOD_NOT_ALLOWED',
  408: 'PLATFORM_REQUEST_TIMEOUT',
  413: 'PLATFORM_BODY_TOO_LARGE',
  414: 'PLATFORM_URI_TOO_LONG',
  415: 'PLATFORM_MEDIA_TYPE_UNSUPPORTED',
  431: 'PLATFORM_HEADERS_TOO_LARGE',
};

function statusCodeOf(thrown: unknown): number | undefined {
  return typeof thrown === 'object' &&
    thrown !== null &&
    'statusCode' in thrown &&
    typeof thrown.statusCode === 'number'
    ? thrown.statusCode
    : undefined;
}
