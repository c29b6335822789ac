import { z } from 'zod';
import { MESSAGES, OPERATIONS } from './catalogue';
import { jsonSize } from './json-size';
import type { Operation } from './operation';
import { ANSWER_BYTES_MAX, PAYLOAD_BYTES_MAX, REQUEST_BYTES_MAX } from './payload-limit';
import { Code, Line, PAGE_ROWS_MAX, PageInfo, Text, Written } from './values';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('the largest JSON of a schema', () => {
  it('is what the dearest characters of a text cost', () => {
    expect(jsonSize(Line(100)).bytes).toBe(bytesOf('😀'.repeat(100)));
    expect(jsonSize(Text(100)).bytes).toBe(bytesOf('😀'.repeat(100)));
    expect(jsonSize(Code(2, /^[A-Z]{2}$/)).bytes).toBe(bytesOf('TZ'));
    expect(jsonSize(z.string().max(100)).bytes).toBe(bytesOf('\u0001'.repeat(100)));
  });

  it('counts every member, element and key', () => {
    const schema = z.strictObject({
      id: z.uuid(),
      names: z.array(Written(10)).max(3),
      texts: z.partialRecord(z.enum(['de', 'en']), Written(5)).nullable(),
      kind: z.enum(['SHORT', 'LONGEST']).optional(),
    });
    const largest = {
      id: '00000000-0000-0000-0000-000000000000',
      names: ['😀'.repeat(10), '😀'.repeat(10), '😀'.repeat(10)],
      texts: { de: '😀'.repeat(5), en: '😀'.repeat(5) },
      kind: 'LONGEST',
    };
    expect(schema.safeParse(largest).success).toBe(true);
    const { bytes, unbounded } = jsonSize(schema);
    expect(unbounded).toEqual([]);
    expect(bytes).toBeGreaterThanOrEqual(bytesOf(largest));
    expect(bytes).toBeLessThan(bytesOf(largest) + 10);
  });

  it('names what has no end', () => {
    const schema = z.strictObject({
      text: z.string(),
      list: z.array(z.int()),
      open: z.record(z.string(), z.int()),
      any: z.unknown(),
      nested: z.strictObject({ lines: z.array(z.strictObject({ note: z.string() })).max(2) }),
    });
    expect(jsonSize(schema).unbounded).toEqual([
      '#/text',
      '#/list[]',
      '#/open/*',
      '#/any (unknown)',
      '#/nested/lines/*/note',
    ]);
  });
});

/** A text in a list is a name, a reference or a reason; what people write pages of stands in the answer of the one object. */
const LIST_TEXT_MAX = 1_000;

/** A table of somebody's own: one that is larger than a request may be is refused as that (PLATFORM_BODY_TOO_LARGE). */
const LARGER_REQUESTS = new Set([
  'rpc.partnership.partnership-import.create',
  'rpc.partnership.partnership-import.repair',
]);
/** Owed: at their very longest these fit no answer, which then fails. Each is to be paged or shortened; nothing is to be added. */
const LARGER_ANSWERS = new Set([
  'rpc.finance.bank-entry.get',
  'rpc.finance.bank-entry.match',
  'rpc.finance.bank-entry.take-back-match',
  'rpc.partnership.partnership-import.group-problems',
  'rpc.partnership.result-total.list',
]);
/** The feed hands over the messages themselves; a figure that is a text is the item of its list. */
const LONG_TEXTS = new Set(['rpc.finance.payout-feed.read', 'rpc.partnership.result-figure.list']);

/** The item of a reply that goes on in a next one, and ends early where its items are large. */
function listItem({ reply }: Operation): z.ZodType | undefined {
  const shape = reply instanceof z.ZodObject ? (reply.shape as Record<string, unknown>) : {};
  const { items } = shape;
  const goesOn = 'page' in shape || 'next' in shape;
  return goesOn && items instanceof z.ZodArray ? (items.element as z.ZodType) : undefined;
}

const lists = OPERATIONS.filter((operation) => listItem(operation));
const files = OPERATIONS.filter(({ http }) => http.file);
const texts = OPERATIONS.flatMap(({ request, reply }) => [...jsonSize(request).texts, ...jsonSize(reply).texts]);

describe(`the sizes of ${OPERATIONS.length} operations, ${lists.length} lists and ${files.length} files of them, ${texts.length} texts, and ${MESSAGES.length} messages`, () => {
  it('are walked in full', () => {
    expect(lists.length).toBeGreaterThanOrEqual(39);
    expect(files.length).toBeGreaterThanOrEqual(5);
    expect(texts.length).toBeGreaterThan(2_000);
  });

  describe.each(OPERATIONS.map((operation) => [operation.subject, operation] as const))('%s', (subject, operation) => {
    const item = listItem(operation);

    it('states the end of every text, list and record', () => {
      expect({
        request: jsonSize(operation.request).unbounded,
        reply: jsonSize(operation.reply).unbounded,
      }).toEqual({ request: [], reply: [] });
    });

    it('has requests that fit one message', () => {
      const { bytes } = jsonSize(operation.request);
      expect({ bytes, fits: bytes <= REQUEST_BYTES_MAX }).toEqual({ bytes, fits: !LARGER_REQUESTS.has(subject) });
    });

    it('has answers that fit one message', () => {
      const { bytes } = item
        ? jsonSize(z.strictObject({ items: z.array(item).max(1), page: PageInfo }))
        : jsonSize(operation.reply);
      expect({ bytes, fits: bytes <= ANSWER_BYTES_MAX }).toEqual({ bytes, fits: !LARGER_ANSWERS.has(subject) });
    });

    if (item) {
      it('lists without long texts', () => {
        const long = jsonSize(item).texts.filter(({ length }) => length > LIST_TEXT_MAX);
        expect(LONG_TEXTS.has(subject) ? [] : long).toEqual([]);
      });
    }
  });

  it.each(MESSAGES.map((message) => [message.subject, message] as const))(
    'of %s fit one message',
    (_subject, message) => {
      const { bytes, unbounded } = jsonSize(message.data);
      expect(unbounded).toEqual([]);
      expect(bytes).toBeLessThanOrEqual(PAYLOAD_BYTES_MAX / 2);
    },
  );

  it(`give a list ${PAGE_ROWS_MAX} rows at most, or as many as fit`, () => {
    const product = Object.fromEntries(
      lists.map((operation) => [
        operation.subject,
        (listItem(operation) ? jsonSize(listItem(operation) as z.ZodType).bytes : 0) * PAGE_ROWS_MAX,
      ]),
    );
    const endEarly = Object.entries(product).filter(([, bytes]) => bytes > ANSWER_BYTES_MAX);
    // Without pages that end by bytes these lists could not be answered: see page.int-spec.ts.
    expect(endEarly.map(([subject]) => subject)).toContain('rpc.staffing.expert-request.list');
  });
});
