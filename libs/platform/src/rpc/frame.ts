import { AppError, PAYLOAD_BYTES_MAX, REQUEST_BYTES_MAX } from '#contracts';
import type { ReadingLanguage } from '../call';

/**
 * The wire form of requests between gateway and services. All calls that one process makes to one replica within a tick travel in
 * one NATS message (a frame), and so do the answers that are ready within a tick: the hop is not what makes services slow, one
 * message per request is (docs/adr/0003). Calls of a frame stay independent: own caller, deadline, trace, transaction and error.
 * Both directions know their exact size, so that one large call or answer never fails its neighbours.
 */

/** One call within a frame; the token is an index into the frame's list, because many calls share a caller. Its id is its place. */
export type CallRow = [
  tokenIndex: number,
  subject: string,
  timeoutMs: number,
  correlationId: string,
  idempotencyKey: string | null,
  expectedVersion: number | null,
  traceparent: string | null,
  request: unknown,
  /** Behind the request, so that a replica of the version before reads the rows as well. */
  language?: ReadingLanguage,
];

export interface RequestFrame {
  /** When the frame was begun, on the clock of the replica that it is sent to: the time-outs of its calls count from here. */
  openedAt: number;
  tokens: string[];
  calls: CallRow[];
}

/** One call as it goes into a frame. */
export interface FramedCall {
  readonly token: string;
  /** The row without its token's index, as JSON. */
  readonly row: string;
}

/** `version` is the reply's own version member, so that the gateway can set an ETag without parsing the body. */
export interface Answer {
  /** The call's place in its frame. */
  callId: number;
  isError: boolean;
  isReplayed: boolean;
  version: number | null;
  body: Buffer;
}

/** From here on a further call or answer opens the next frame; a single one may be as large as a message. */
export const FRAME_BYTES_MAX = PAYLOAD_BYTES_MAX / 2;
/** As many answers may follow one frame, each in a message of its own: the broker's permission to answer is bounded by it. */
export const CALLS_PER_FRAME_MAX = 128;

const OPENED_AT_DIGITS = 16;
const ENVELOPE_BYTES = `{"openedAt":${'0'.repeat(OPENED_AT_DIGITS)},"tokens":[],"calls":[]}`.length;
const INDEX_BYTES = `[${CALLS_PER_FRAME_MAX - 1},`.length;

/** Throws where a request cannot be written down at all. */
export function framedCall(token: string, [, ...row]: CallRow): FramedCall {
  return { token, row: JSON.stringify(row).slice(1) };
}

/** A request frame while it is being filled. */
export class RequestFrameWriter {
  private readonly tokens = new Map<string, number>();
  private readonly rows: string[] = [];
  private bytes = ENVELOPE_BYTES;

  get calls(): number {
    return this.rows.length;
  }

  /** The call's id in this frame; undefined when it has to take the next one. PLATFORM_BODY_TOO_LARGE when it fits none. */
  add({ token, row }: FramedCall): number | undefined {
    const known = this.tokens.get(token);
    // A comma each; the first needs none, which the limit gives away.
    const tokenBytes = known === undefined ? Buffer.byteLength(JSON.stringify(token)) + 1 : 0;
    const added = tokenBytes + INDEX_BYTES + Buffer.byteLength(row) + 1;
    if (ENVELOPE_BYTES + added > PAYLOAD_BYTES_MAX)
      throw new AppError('PLATFORM_BODY_TOO_LARGE', { bytesMax: REQUEST_BYTES_MAX });
    if (this.rows.length > 0 && (this.bytes + added > FRAME_BYTES_MAX || this.rows.length >= CALLS_PER_FRAME_MAX))
      return undefined;
    const index = known ?? this.tokens.size;
    this.tokens.set(token, index);
    this.bytes += added;
    return this.rows.push(`[${index},${row}`) - 1;
  }

  /** Never more than PAYLOAD_BYTES_MAX bytes. */
  encode(openedAt: number): Buffer {
    const instant = String(Math.floor(openedAt)).padStart(OPENED_AT_DIGITS);
    const tokens = JSON.stringify([...this.tokens.keys()]);
    return Buffer.from(`{"openedAt":${instant},"tokens":${tokens},"calls":[${this.rows.join(',')}]}`);
  }
}

const decoder = new TextDecoder();

/** Throws on bytes that are no frame; only our own processes may publish on a frame subject. */
export function decodeRequests(bytes: Uint8Array): RequestFrame {
  const frame = JSON.parse(decoder.decode(bytes)) as Partial<RequestFrame> | null;
  const { openedAt, tokens, calls } = frame ?? {};
  const isFrame = Number.isFinite(openedAt) && Array.isArray(tokens) && Array.isArray(calls) && calls.every(isCallRow);
  if (!isFrame || calls.length > CALLS_PER_FRAME_MAX) throw new TypeError('not a request frame');
  return { openedAt: openedAt as number, tokens, calls };
}

function isCallRow(row: unknown): boolean {
  return Array.isArray(row) && typeof row[1] === 'string' && Number.isFinite(row[2]);
}

type AnswerRow = [callId: number, flags: number, version: number | null, length: number];
const ERROR_FLAG = 1;
const REPLAYED_FLAG = 2;

/**
 * The messages that carry these answers: as few as may be, none above PAYLOAD_BYTES_MAX as long as no body is above
 * ANSWER_BYTES_MAX. In each a line of JSON describes the answers, then their bodies follow back to back: a body is never parsed
 * or copied on its way.
 */
export function encodeAnswers(answers: readonly Answer[]): Buffer[] {
  const messages: Buffer[] = [];
  let [rows, bodies, bytes]: [string[], Buffer[], number] = [[], [], 0];
  const close = () => {
    if (rows.length > 0) messages.push(Buffer.concat([Buffer.from(`[${rows.join(',')}]\n`), ...bodies]));
    [rows, bodies, bytes] = [[], [], 0];
  };
  for (const answer of answers) {
    const row = rowOf(answer);
    const added = row.length + 1 + answer.body.length;
    if (bytes + added > FRAME_BYTES_MAX) close();
    rows.push(row);
    bodies.push(answer.body);
    bytes += added;
  }
  close();
  return messages;
}

function rowOf({ callId, isError, isReplayed, version, body }: Answer): string {
  const flags = (isError ? ERROR_FLAG : 0) | (isReplayed ? REPLAYED_FLAG : 0);
  const row: AnswerRow = [callId, flags, version, body.length];
  return JSON.stringify(row);
}

/** Throws on bytes that are no answers. */
export function decodeAnswers(bytes: Uint8Array): Answer[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerEnd = buffer.indexOf(10);
  const rows = JSON.parse(buffer.toString('utf8', 0, Math.max(0, headerEnd))) as AnswerRow[];
  let offset = headerEnd + 1;
  const answers = rows.map(([callId, flags, version, length]) => {
    const body = buffer.subarray(offset, offset + length);
    offset += length;
    return { callId, isError: (flags & ERROR_FLAG) !== 0, isReplayed: (flags & REPLAYED_FLAG) !== 0, version, body };
  });
  if (offset !== buffer.length) throw new TypeError('not an answer frame');
  return answers;
}
