/**
 * The wire form of requests between gateway and services. All calls that one process makes to one service within a tick travel in
 * one NATS message (a frame), and so do the answers that are ready within a tick: the hop is not what makes services slow, one
 * message per request is (performance.md). Calls of a frame stay independent: own caller, deadline, trace, transaction and error.
 */

/** One call within a frame; the token is an index into the frame's list, because many calls share a caller. */
export type CallRow = [
  callId: number,
  subject: string,
  tokenIndex: number,
  timeoutMs: number,
  correlationId: string,
  idempotencyKey: string | null,
  expectedVersion: number | null,
  traceparent: string | null,
  request: unknown,
];

export interface RequestFrame {
  tokens: string[];
  calls: CallRow[];
}

/** `version` is the reply's own version member, so that the gateway can set an ETag without parsing the body. */
export interface Answer {
  callId: number;
  isError: boolean;
  isReplayed: boolean;
  version: number | null;
  body: Buffer;
}

/** Leaves room below the broker's max_payload of 8 MiB for the last item that is added. */
export const FRAME_BYTES_MAX = 512 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeRequests(frame: RequestFrame): Uint8Array {
  return encoder.encode(JSON.stringify(frame));
}

/** Throws on bytes that are no frame; only our own processes may publish on a frame subject. */
export function decodeRequests(bytes: Uint8Array): RequestFrame {
  const frame = JSON.parse(decoder.decode(bytes)) as Partial<RequestFrame>;
  if (!Array.isArray(frame.tokens) || !Array.isArray(frame.calls)) throw new TypeError('not a request frame');
  return { tokens: frame.tokens, calls: frame.calls };
}

type AnswerRow = [callId: number, flags: number, version: number | null, length: number];
const ERROR_FLAG = 1;
const REPLAYED_FLAG = 2;

/** A line of JSON that describes the answers, then their bodies back to back: a body is never parsed or copied on its way. */
export function encodeAnswers(answers: readonly Answer[]): Buffer {
  const rows = answers.map((answer): AnswerRow => {
    const flags = (answer.isError ? ERROR_FLAG : 0) | (answer.isReplayed ? REPLAYED_FLAG : 0);
    return [answer.callId, flags, answer.version, answer.body.length];
  });
  return Buffer.concat([Buffer.from(`${JSON.stringify(rows)}\n`), ...answers.map((answer) => answer.body)]);
}

export function decodeAnswers(bytes: Uint8Array): Answer[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerEnd = buffer.indexOf(10);
  const rows = JSON.parse(buffer.toString('utf8', 0, headerEnd)) as AnswerRow[];
  let offset = headerEnd + 1;
  return rows.map(([callId, flags, version, length]) => {
    const body = buffer.subarray(offset, offset + length);
    offset += length;
    return { callId, isError: (flags & ERROR_FLAG) !== 0, isReplayed: (flags & REPLAYED_FLAG) !== 0, version, body };
  });
}

export function frameSubject(service: string): string {
  return `rpc.${service}.frame`;
}

export function healthSubject(service: string): string {
  return `rpc.${service}.health`;
}
