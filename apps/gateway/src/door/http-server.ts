import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError } from '#contracts';
import { GatewayConfig } from '../gateway-config';
import { MERGE_PATCH } from '../http/headers';
import { securityHeaders } from '../http/security-headers';
import { UPLOAD_MEDIA_TYPES } from '../http/upload-body';
import { refusalOf } from '../problems/problem.filter';
import { sendProblem } from '../problems/problem-reply';
import { AccessLog } from './access-log';
import { BodyPace } from './body-pace';
import { Door } from './door';
import { requestId } from '../http/identification';
import { answerMalformed, refuseTunnel } from './malformed-request';
import { NO_PATH } from './request-form';
import { TrustedProxies } from './trusted-proxies';

const BODY_BYTES_MAX = 1024 * 1024;
const HEADER_BYTES_MAX = 16 * 1024;
const FORM = 'application/x-www-form-urlencoded';
const FORM_BYTES_MAX = 16 * 1024;
/** Silence on a connection that ends it, in both directions: longer than the longest poll (30 s). */
const SILENCE_MS_MAX = 75_000;
/** How often slow requests are looked for. */
const CHECK_MS = 1000;

/** Node's HTTP server with a bound on everything that a client may send or keep waiting. */
export function httpAdapter({ values }: GatewayConfig): FastifyAdapter {
  const { TRUSTED_PROXIES, HEADERS_SECONDS_MAX, REQUEST_SECONDS_MAX, CONNECTIONS_MAX } = values;
  const proxies = new TrustedProxies(TRUSTED_PROXIES);
  proxies.watch();
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: REQUEST_SECONDS_MAX * 1000,
    connectionTimeout: SILENCE_MS_MAX,
    trustProxy: TRUSTED_PROXIES.length === 0 ? false : proxies.trusts,
    genReqId: requestId,
    rewriteUrl: targetOf,
    clientErrorHandler: answerAndNote,
    frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply) {
      // No hook has run for it.
      request.server.accessLog.follow(request, reply);
      sendProblem(request, reply, refusalOf(error, request) ?? new AppError('PLATFORM_INTERNAL_ERROR'));
    },
    http: {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: HEADERS_SECONDS_MAX * 1000,
      requestTimeout: REQUEST_SECONDS_MAX * 1000,
      connectionsCheckingInterval: CHECK_MS,
      // Asked for by the door, which answers a problem; Node's own answer is an empty 400.
      requireHostHeader: false,
    },
  });
  adapter.getInstance().server.maxConnections = CONNECTIONS_MAX;
  acceptMediaTypes(adapter);
  return adapter;
}

/** `OPTIONS *` and its like: the router would answer them past every hook. */
function targetOf({ url = '' }: { url?: string | undefined }): string {
  return url.startsWith('*') ? NO_PATH : url;
}

// Fastify binds it to itself.
function answerAndNote(this: FastifyInstance, error: Error, socket: Socket): void {
  const answered = answerMalformed(error, socket, this.securityHeaders);
  // A client that went away in the middle of its request has ended it, whatever is still written to nobody.
  if (answered && Reflect.get(error, 'code') !== 'HPE_INVALID_EOF_STATE')
    this.accessLog.noteMalformed(socket, answered);
}

/** Puts the door before every route, and before every body. */
export function guard(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const accessLog = app.get(AccessLog);
  fastify.decorate('accessLog', accessLog);
  fastify.decorate('securityHeaders', securityHeaders(app.get(GatewayConfig)));
  fastify.decorateRequest('admission', undefined);
  fastify.decorateRequest('refusal', undefined);
  fastify.addHook('onRequest', accessLog.onRequest);
  fastify.addHook('onRequest', app.get(Door).onRequest);
  fastify.addHook('onResponse', app.get(BodyPace).onResponse);
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    // Only whoever has come this far is asked for the body.
    if (request.headers.expect !== undefined) reply.raw.writeContinue();
    done(null, payload);
  });
  const server = fastify.server;
  const ask = (request: IncomingMessage, response: ServerResponse) => server.emit('request', request, response);
  server.on('checkContinue', ask).on('checkExpectation', ask);
  closeUnused(fastify);
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    accessLog.noteMalformed(socket, refuseTunnel(socket, fastify.securityHeaders));
  });
}

/** Browsers open connections in advance. Node takes one that has sent nothing for no idle one, and would wait for it when it stops. */
function closeUnused(fastify: FastifyInstance): void {
  const unused = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  fastify.server.on('request', ({ socket }: IncomingMessage) => unused.delete(socket));
  fastify.addHook('preClose', (done) => {
    for (const socket of unused) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
}

/** JSON, merge patches in JSON (RFC 7396), a form, and files that an operation takes; every other media type is refused with 415. */
function acceptMediaTypes(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(MERGE_PATCH, { parseAs: 'string' }, fastify.getDefaultJsonParser('error', 'error'));
  // A provider tells of a sign-out so; the door refuses it for every operation.
  fastify.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: FORM_BYTES_MAX }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  // Left unread here: who may send it, and how large it may be, is decided before.
  fastify.addContentTypeParser([...UPLOAD_MEDIA_TYPES], (_request, payload, done) => {
    done(null, payload);
  });
}
