import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { randomUUID } from 'node:crypto';
import { AppError, type ErrorCode } from '#contracts';
import { newTraceparent, traceIdOf } from '#platform';
import { PROBLEM_MEDIA_TYPE, problemOf } from '../problems/problem';
import { URL_LENGTH_MAX } from './request-form';

/** What Node says about it; Fastify's own type has another form of the packet. */
interface ClientError extends Error {
  readonly code?: string;
  readonly rawPacket?: unknown;
}

type Headers = Readonly<Record<string, string>>;

/** For the access log. */
interface Answered {
  readonly status: number;
  readonly traceId: string;
}

const CODE_OF_FAULT: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'PLATFORM_REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'PLATFORM_HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'PLATFORM_BODY_TOO_LARGE',
};

/** Answers what is no HTTP, or not in time: no request exists for it, so the problem is written to the connection, which then ends. */
export function answerMalformed(error: ClientError, socket: Socket, headers: Headers): Answered | undefined {
  const isGone = error.code === 'ECONNRESET' || socket.destroyed || !socket.writable;
  if (isGone || hasBegunToAnswer(socket)) {
    socket.destroy();
    return undefined;
  }
  const code = CODE_OF_FAULT[error.code ?? ''] ?? 'PLATFORM_REQUEST_INVALID';
  const isTarget = code === 'PLATFORM_HEADERS_TOO_LARGE' && isTargetTooLong(error);
  return writeProblem(socket, isTarget ? 'PLATFORM_URI_TOO_LONG' : code, headers);
}

/** CONNECT asks for a tunnel; here is none. */
export function refuseTunnel(socket: Duplex, headers: Headers): Answered {
  return writeProblem(socket, 'PLATFORM_METHOD_NOT_ALLOWED', { ...headers, allow: '' });
}

function writeProblem(socket: Duplex, code: ErrorCode, more: Headers): Answered {
  const trace = newTraceparent();
  const traceId = traceIdOf(trace) ?? '';
  const problem = problemOf(new AppError(code), { instance: '/', traceId, language: 'en' });
  const body = JSON.stringify(problem);
  const headers = Object.entries({
    ...more,
    'content-type': PROBLEM_MEDIA_TYPE,
    'content-language': 'en',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    traceparent: trace,
    'x-request-id': randomUUID(),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n`;
  socket.end(`${status}${headers.join('')}\r\n${body}`, () => socket.destroy());
  return { status: problem.status, traceId };
}

/** Whether a request is on its way there: its head has been read, and it is not answered. */
export function isInRequest(socket: Duplex): boolean {
  return answerOn(socket) !== undefined;
}

/** Bytes of an answer on the wire: more of another one would be taken for its rest. */
function hasBegunToAnswer(socket: Socket): boolean {
  const answer = answerOn(socket);
  return answer !== undefined && 'headersSent' in answer && answer.headersSent === true;
}

/** Node keeps the answer that is being made there. */
function answerOn(socket: Duplex): object | undefined {
  const answer: unknown = Reflect.get(socket, '_httpMessage');
  return typeof answer === 'object' && answer !== null ? answer : undefined;
}

/** Whether it is the request line that is too long, and not the headers after it. */
function isTargetTooLong({ rawPacket }: ClientError): boolean {
  if (!Buffer.isBuffer(rawPacket)) return false;
  const line = /^[A-Z]+ [^\r\n]*/.exec(rawPacket.toString('latin1'))?.[0] ?? '';
  return line.length > URL_LENGTH_MAX;
}
