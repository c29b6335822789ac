import fc from 'fast-check';
import { type Answer, decodeAnswers, decodeRequests, encodeAnswers, encodeRequests } from './frame';

describe('frames', () => {
  it('carry any answers back unchanged, bytes for bytes', () => {
    const answer: fc.Arbitrary<Answer> = fc.record({
      callId: fc.nat(),
      isError: fc.boolean(),
      isReplayed: fc.boolean(),
      version: fc.option(fc.nat()),
      body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 20 }), (answers) => {
        expect(decodeAnswers(encodeAnswers(answers))).toEqual(answers);
      }),
    );
  });

  it('carry requests with text of any language', () => {
    const frame = {
      tokens: ['t'],
      calls: [[1, 'rpc.x.y.z', 0, 3000, 'c', null, 4, null, { name: 'Tübingen – ዲላ' }] as never],
    };
    expect(decodeRequests(encodeRequests(frame))).toEqual(frame);
  });

  it('refuse bytes that are no frame', () => {
    for (const text of ['', '{}', '[]', 'null', '{"tokens":[]}'])
      expect(() => decodeRequests(Buffer.from(text))).toThrow();
  });
});
