import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newTraceparent, traceIdOf } from '#platform';

/** The client's own name for a request, if it is one that can stand in a header and in a log; else a new one. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}

/** Gives the answer its trace (the client's, if it is well formed) and its request id. */
export function identify(request: FastifyRequest, reply: FastifyReply): void {
  const given = request.headers.traceparent;
  const trace = typeof given === 'string' && traceIdOf(given) ? given : newTraceparent();
  // Written back, so that the call to the service and a problem name the same trace.
  request.headers.traceparent = trace;
  reply.header('traceparent', trace).header('x-request-id', request.id);
}
