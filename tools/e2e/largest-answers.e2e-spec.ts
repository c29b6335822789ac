import { randomUUID } from 'node:crypto';
import {
  ANSWER_BYTES_MAX,
  type FieldError,
  type Operation,
  OPERATIONS,
  PAGE_ROWS_MAX,
  pathParameters,
  type Role,
} from '#contracts';
import { caller, eventually, type TestCaller } from '#testing';
import { filled, type Filled, LONGEST, type Making } from './longest';
import { startTestPlatform, type TestPlatform } from './platform';

let platform: TestPlatform;
let world: Filled;

beforeAll(async () => {
  platform = await startTestPlatform();
  world = await filled(platform.fleet);
}, 600_000);
afterAll(() => platform?.close());

interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly body: {
    items: { id?: string }[];
    page: { next: string | null; prev: string | null };
    code?: string;
    errors?: FieldError[];
  };
}

async function ask(method: string, path: string, as: TestCaller, body?: unknown): Promise<Answer> {
  const response = await fetch(`${platform.url}/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await platform.fleet.issuer.token(as)}`,
      'idempotency-key': randomUUID(),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, bytes: Buffer.byteLength(text), body: JSON.parse(text) as Answer['body'] };
}

/** Somebody who sees all of it. */
function readerOf({ allow }: Operation): TestCaller {
  const role = (Object.keys(allow) as Role[]).find((name) => allow[name] === 'any');
  if (!role) throw new Error('nobody sees all');
  return caller(role);
}

function pathOf({ http }: Operation, values: Readonly<Record<string, string>>): string {
  return http.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? randomUUID());
}

const isList = ({ http, reply }: Operation) =>
  http.method === 'GET' && 'shape' in reply && 'page' in (reply.shape as object);
const LISTS = OPERATIONS.filter(isList);
/** Below an assignment that departed, a payout and its holds, a run: their items are small, and their services' own tests have them. */
const WITHOUT_PARENT = new Set([
  'rpc.staffing.report.list-by-assignment',
  'rpc.finance.payout-block.list',
  'rpc.finance.payment-run.list-transfers',
]);

/** All pages from the first on, and back again from the last. */
async function walk(path: string, as: TestCaller) {
  const page = async (cursor: string | null): Promise<Answer> => {
    const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await ask('GET', `${path}?limit=${PAGE_ROWS_MAX}${query}`, as);
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    expect(answer.bytes).toBeLessThanOrEqual(ANSWER_BYTES_MAX);
    return answer;
  };
  const forward = [await page(null)];
  for (let next = forward[0]?.body.page.next; next; next = forward.at(-1)?.body.page.next)
    forward.push(await page(next));
  const backward: Answer[] = [];
  for (let prev = forward.at(-1)?.body.page.prev; prev; prev = backward[0]?.body.page.prev)
    backward.unshift(await page(prev));
  const items = (pages: readonly Answer[]) => pages.flatMap(({ body }) => body.items);
  const last = forward.at(-1);
  return {
    pages: forward.length,
    forward: items(forward),
    backward: items(last ? [...backward, last] : backward),
    bytes: forward.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

describe(`each of the ${LISTS.length} lists at ${PAGE_ROWS_MAX} rows`, () => {
  it.each(LISTS.filter((operation) => !WITHOUT_PARENT.has(operation.subject)).map((it) => [it.http.path, it] as const))(
    '%s answers every item once, forwards and backwards, and no answer is too large',
    async (_path, operation) => {
      const { forward, backward, pages, bytes } = await walk(pathOf(operation, world.parents), readerOf(operation));
      expect(backward).toEqual(forward);
      const ids = forward.map(({ id }, index) => id ?? index);
      expect(new Set(ids).size).toBe(ids.length);
      const made = world.made[operation.subject] ?? [];
      expect(ids).toEqual(expect.arrayContaining([...made]));
      // What was made at its longest does not fit one answer: the page ended by bytes.
      if (made.length > 0 && made.length <= PAGE_ROWS_MAX && bytes > ANSWER_BYTES_MAX) expect(pages).toBeGreaterThan(1);
    },
  );

  it('hold what people filled with the longest texts, and end early by bytes', async () => {
    const early = [];
    for (const operation of LISTS.filter(({ subject }) => (world.made[subject]?.length ?? 0) > 0)) {
      const { pages, forward } = await walk(pathOf(operation, world.parents), readerOf(operation));
      if (pages > 1 && forward.length <= PAGE_ROWS_MAX) early.push(operation.subject);
    }
    expect(early).toEqual(
      expect.arrayContaining([
        'rpc.partnership.municipality.list',
        'rpc.partnership.partnership.list',
        'rpc.staffing.expert-request.list',
        'rpc.staffing.expert.list',
        'rpc.events.event.list',
      ]),
    );
  });

  it.each(LISTS.filter(({ http }) => pathParameters(http.path).length > 0).map((it) => [it.http.path, it] as const))(
    '%s of an unknown parent is not there',
    async (_path, operation) => {
      const { status, body } = await ask('GET', pathOf(operation, {}), readerOf(operation));
      expect({ status, code: body.code }).toEqual({ status: 404, code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    },
  );
});

describe('a resource at its longest', () => {
  it('is answered whole', async () => {
    for (const [subject, id] of Object.entries(world.longest)) {
      const operation = OPERATIONS.find((it) => it.subject === subject);
      if (!operation) throw new Error(`${subject} is not declared`);
      const path = pathOf(operation, Object.fromEntries(pathParameters(operation.http.path).map((name) => [name, id])));
      const { status, bytes } = await ask('GET', path, readerOf(operation));
      expect({ subject, status }).toEqual({ subject, status: 200 });
      expect(bytes).toBeGreaterThan(20_000);
    }
  });

  it.each(LONGEST.map((making) => [making.operation.subject, making] as const))(
    '%s refuses each text that is one character longer, with a pointer to it',
    async (_subject, { operation, body, as }: Making) => {
      const request = body(world.ground, 'k777');
      const faults = longTexts(request);
      expect(faults.length).toBeGreaterThan(0);
      for (const { pointer, longer } of faults) {
        const answer = await ask('POST', pathOf(operation, world.parents), as, longer);
        expect({ pointer, status: answer.status, at: answer.body.errors?.map((it) => it.pointer) }).toEqual({
          pointer,
          status: 400,
          at: [pointer],
        });
      }
    },
  );

  it('waits for nobody: the services answer as before', async () => {
    await eventually(async () => expect((await fetch(`${platform.url}/health/ready`)).status).toBe(200));
  });
});

/** The request once for each long text in it, with that text one character longer. */
function longTexts(request: unknown, path: readonly string[] = []): { pointer: string; longer: unknown }[] {
  if (typeof request === 'string') {
    const isLong = /^.{70}/su.test(request);
    return isLong ? [{ pointer: ['#', ...path].join('/'), longer: `${request}x` }] : [];
  }
  if (typeof request !== 'object' || request === null) return [];
  // One element of a list stands for all.
  const members = Object.entries(request).slice(0, Array.isArray(request) ? 1 : undefined);
  return members.flatMap(([name, member]) =>
    longTexts(member, [...path, name]).map(({ pointer, longer }) => {
      const copy: unknown = Array.isArray(request) ? [...(request as unknown[])] : { ...request };
      (copy as Record<string, unknown>)[name] = longer;
      return { pointer, longer: copy };
    }),
  );
}
