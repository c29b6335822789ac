import fc from 'fast-check';
import { ANSWER_BYTES_MAX, PAYLOAD_BYTES_MAX } from '#contracts';
import {
  type Answer,
  type CallRow,
  CALLS_PER_FRAME_MAX,
  decodeAnswers,
  decodeRequests,
  encodeAnswers,
  FRAME_BYTES_MAX,
  framedCall,
  RequestFrameWriter,
} from './frame';

const row = (request: unknown): CallRow => [0, 'rpc.x.y.z', 3000, 'c', null, 4, null, request];
const answerOf = (bytes: number, callId = 0): Answer => ({
  callId,
  isError: false,
  isReplayed: false,
  version: null,
  body: Buffer.alloc(bytes, 32),
});

describe('answers in frames', () => {
  it('come back unchanged, bytes for bytes', () => {
    const answer: fc.Arbitrary<Answer> = fc.record({
      callId: fc.nat(),
      isError: fc.boolean(),
      isReplayed: fc.boolean(),
      version: fc.option(fc.nat()),
      body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 20 }), (answers) => {
        expect(encodeAnswers(answers).flatMap(decodeAnswers)).toEqual(answers);
      }),
    );
  });

  it('fit a message each, whatever their sizes', () => {
    const bytes = fc.oneof(fc.nat(2000), fc.integer({ min: ANSWER_BYTES_MAX - 5, max: ANSWER_BYTES_MAX }));
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 12 }), (sizes) => {
        const messages = encodeAnswers(sizes.map((size, index) => answerOf(size, index)));
        expect(Math.max(0, ...messages.map((message) => message.length))).toBeLessThanOrEqual(PAYLOAD_BYTES_MAX);
        expect(messages.flatMap(decodeAnswers).map(({ body }) => body.length)).toEqual(sizes);
      }),
      { numRuns: 20 },
    );
  });

  it('travel together as long as they are small, and a large one travels alone', () => {
    const sizes = [10, 10, FRAME_BYTES_MAX, 10].map((size, index) => answerOf(size, index));
    expect(encodeAnswers(sizes).map((message) => decodeAnswers(message).map(({ callId }) => callId))).toEqual([
      [0, 1],
      [2],
      [3],
    ]);
  });

  it('are refused when bytes are missing or none are meant', () => {
    const [message] = encodeAnswers([answerOf(10)]);
    for (const bytes of [Buffer.from(''), Buffer.from('x'), Buffer.from('{}\n'), message?.subarray(0, -1)])
      expect(() => decodeAnswers(bytes ?? Buffer.alloc(0))).toThrow();
  });
});

describe('calls in frames', () => {
  it('carry text of any language, and name a token once', () => {
    const writer = new RequestFrameWriter();
    const request = { name: 'Tübingen – ዲላ' };
    for (const token of ['s', 't', 's']) writer.add(framedCall(token, row(request)));
    const frame = decodeRequests(writer.encode(12.7));
    expect(frame).toMatchObject({ openedAt: 12, tokens: ['s', 't'] });
    expect(frame.calls.map(([token, ...rest]) => [token, rest.at(-1)])).toEqual([
      [0, request],
      [1, request],
      [0, request],
    ]);
  });

  /** A call that makes an empty frame so many bytes large. */
  const callOf = (bytes: number) => {
    const writer = new RequestFrameWriter();
    writer.add(framedCall('t', row('')));
    // Two digits of an index and a comma each for token and call are reserved, and not used by the first.
    const reserved = 4;
    return framedCall('t', row('x'.repeat(bytes - writer.encode(0).length - reserved)));
  };

  it('may be as large as a message, and not a byte larger', () => {
    const writer = new RequestFrameWriter();
    expect(writer.add(callOf(PAYLOAD_BYTES_MAX))).toBe(0);
    expect(writer.encode(0).length).toBe(PAYLOAD_BYTES_MAX - 4);
    expect(() => new RequestFrameWriter().add(callOf(PAYLOAD_BYTES_MAX + 1))).toThrow('PLATFORM_BODY_TOO_LARGE');
  });

  it('never make a frame larger than a message together', () => {
    const size = fc.oneof(fc.nat(3000), fc.integer({ min: PAYLOAD_BYTES_MAX - 2000, max: PAYLOAD_BYTES_MAX }));
    fc.assert(
      fc.property(fc.array(fc.tuple(size, fc.nat(30)), { maxLength: 200 }), (calls) => {
        const writer = new RequestFrameWriter();
        for (const [length, caller] of calls) {
          const call = framedCall(`token-${caller}`, row('ü'.repeat(length / 3)));
          if (writer.add(call) === undefined) break;
        }
        expect(writer.encode(Number.MAX_SAFE_INTEGER).length).toBeLessThanOrEqual(PAYLOAD_BYTES_MAX);
      }),
      { numRuns: 30 },
    );
  });

  it('leave a frame that is full for the next, by bytes and by number', () => {
    const half = framedCall('t', row('x'.repeat(FRAME_BYTES_MAX / 2)));
    const large = new RequestFrameWriter();
    expect([large.add(half), large.add(half)]).toEqual([0, undefined]);
    const many = new RequestFrameWriter();
    for (let id = 0; id < CALLS_PER_FRAME_MAX; id += 1) expect(many.add(framedCall('t', row(null)))).toBe(id);
    expect(many.add(framedCall('t', row(null)))).toBeUndefined();
  });

  it('are refused when the bytes are no frame', () => {
    const calls = Array.from({ length: CALLS_PER_FRAME_MAX + 1 }, () => [0, 's', 1]);
    const texts = ['', '{}', '[]', 'null', '{"tokens":[]}', '{"openedAt":"1","tokens":[],"calls":[]}'];
    for (const text of [
      ...texts,
      '{"openedAt":1,"tokens":[],"calls":[[0,"s"]]}',
      JSON.stringify({ openedAt: 1, tokens: [], calls }),
    ])
      expect(() => decodeRequests(Buffer.from(text))).toThrow();
  });
});
