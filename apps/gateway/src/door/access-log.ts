import { Injectable } from '@nestjs/common';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '#contracts';
import { declareCounter, declareHistogram, lineLogger, PlatformConfig, traceIdOf } from '#platform';
import { isInRequest } from './malformed-request';

const requestsTotal = declareCounter({
  name: 'http_requests_total',
  help: 'Requests that were answered, health probes left out',
  where: 'gateway',
  labels: {
    method: 'of HTTP',
    route: 'as declared, `/v1/payouts/{payoutId}`; `none` where nothing is, `malformed` for what is no HTTP',
    status: '2xx, 3xx, 4xx, 5xx; `aborted` where the client went away before its answer',
  },
});
const requestSeconds = declareHistogram(
  {
    name: 'http_request_duration_seconds',
    help: 'From the head of a request to the last byte of its answer; long polls wait on purpose',
    where: 'gateway',
    labels: { method: 'of HTTP', route: 'as declared' },
  },
  [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
);

/** nginx's word for a client that did not wait. */
const CLIENT_CLOSED = 499;

declare module 'fastify' {
  interface FastifyRequest {
    /** What was answered as a problem, with the reason that only the log may know. */
    refusal: AppError | undefined;
  }
  interface FastifyInstance {
    accessLog: AccessLog;
  }
}

/** One request when it has ended; never a path, a query, a subject or a token. */
interface Line {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly roles: readonly string[] | undefined;
  readonly traceId: string | undefined;
  readonly refusal: AppError | undefined;
}

/**
 * One line and one count for every request that ends, however it does. Here, and nowhere else, stands why a caller was refused: services
 * send the reason along with the refusal. `warn` for what operators may want to see (401, 403, 5xx), `info` for all else. Health probes
 * are left out.
 */
@Injectable()
export class AccessLog {
  private logger: ReturnType<typeof lineLogger>;
  private readonly cutShort = new WeakMap<Duplex, number>();

  constructor(private readonly config: PlatformConfig) {
    this.logger = lineLogger(config);
  }

  /** Sends the lines elsewhere: a test reads them. */
  writeTo(output: { write(line: string): void }): void {
    this.logger = lineLogger(this.config, output);
  }

  /** Fastify's hook, before any other. */
  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    this.follow(request, reply);
    done();
  };

  /** Notes the request when its connection has done with it: answered, or given up by the client. */
  follow(request: FastifyRequest, reply: FastifyReply): void {
    if (request.routeOptions.config.access?.kind === 'free') return;
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      const { method, admission, refusal, headers } = request;
      this.note({
        method,
        route: templateOf(request.routeOptions.url),
        status: reply.raw.writableFinished
          ? reply.statusCode
          : (this.cutShort.get(request.raw.socket) ?? CLIENT_CLOSED),
        durationMs: performance.now() - startedAt,
        roles: admission?.caller.roles,
        traceId: traceIdOf(String(headers.traceparent)),
        refusal,
      });
    });
  }

  /** What was answered past Fastify: bytes that are no HTTP, or that came too late. A request that they belong to ends with that status. */
  noteMalformed(socket: Duplex, { status, traceId }: { status: number; traceId: string }): void {
    if (isInRequest(socket)) {
      this.cutShort.set(socket, status);
      return;
    }
    const unknown = { method: 'none', route: 'malformed', durationMs: 0, roles: undefined, refusal: undefined };
    this.note({ ...unknown, status, traceId });
  }

  private note(line: Line): void {
    const { method, route, status, durationMs, refusal } = line;
    requestsTotal.inc({ method, route, status: classOf(status) });
    requestSeconds.observe({ method, route }, durationMs / 1000);
    const level = status === 401 || status === 403 || status >= 500 ? 'warn' : 'info';
    if (!this.logger.isLevelEnabled(level)) return;
    const { roles, traceId } = line;
    const base = { method, route, status, durationMs: Math.round(durationMs * 10) / 10, roles, traceId };
    this.logger[level](refusal ? { ...base, ...told(refusal) } : base, 'request');
  }
}

/** `dependency`: who did not answer, where that is known. */
function told({ code, reason, details, cause }: AppError): object {
  const service = details?.service;
  return {
    code,
    ...(typeof service === 'string' && { dependency: service }),
    ...(reason !== undefined ? { reason } : cause instanceof Error && { reason: cause.message }),
  };
}

function classOf(status: number): string {
  return status === CLIENT_CLOSED ? 'aborted' : `${Math.floor(status / 100)}xx`;
}

const templates = new Map<string, string>();

/** `/v1/payouts/:payoutId` -> `/v1/payouts/{payoutId}`, as everywhere else. There are as many as routes. */
function templateOf(url: string | undefined): string {
  if (url === undefined) return 'none';
  const known = templates.get(url) ?? url.replaceAll(/:(\w+)/g, '{$1}');
  templates.set(url, known);
  return known;
}
