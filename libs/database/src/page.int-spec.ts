import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner } from 'typeorm';
import * as fc from 'fast-check';
import type { Page } from '#contracts';
import { type JsonReply, newId } from '#platform';
import { createTestDatabase, type TestDatabase } from '#testing';
import {
  createDataSource,
  Database,
  databaseConfigSchema,
  jsonOf,
  jsonText,
  PAGE_BYTES_MAX,
  type PageOptions,
  type SortColumn,
} from './index';

@Entity({ name: 'entry' })
class Entry {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('timestamptz') happenedAt!: Date;
}

class Entries1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE entry (id uuid CONSTRAINT pk_entry PRIMARY KEY, name text NOT NULL, happened_at timestamptz NOT NULL)',
    );
    await runner.query('CREATE INDEX ix_entry_happened_at ON entry (happened_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE entry');
  }
}

interface Row {
  id: string;
  name: string;
}

const NAME: SortColumn = { key: 'name', column: 'e.name', type: 'text' };
const TIME: SortColumn = { key: 'happenedAt', column: 'e.happened_at', type: 'timestamptz' };
const ORDERS: SortColumn[][] = [
  [],
  [NAME],
  [{ ...NAME, descending: true }],
  [NAME, { ...TIME, descending: true }],
  [{ ...TIME, descending: true }, NAME],
];

describe('pages of a list', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    const factory = createDataSource({ service: 'events', entities: [Entry], migrations: [Entries1764000000000] });
    test = await createTestDatabase(factory);
    database = await Database.open(
      factory,
      databaseConfigSchema.parse({ DATABASE_URL: test.serviceUrl, CURSOR_SECRET: 'a secret of this test' }),
    );
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });
  beforeEach(() => database.query('DELETE FROM entry'));

  const insert = async (count: number, random: () => number): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => newId());
    // Few names and times that differ in microseconds only: ties and digits that a Date would lose.
    await database.query(
      `INSERT INTO entry SELECT id, name, '2027-01-01T00:00:00Z'::timestamptz + make_interval(secs => micros / 1000000.0)
       FROM unnest($1::uuid[], $2::text[], $3::int[]) AS t (id, name, micros)`,
      [
        ids,
        ids.map(() => ['Ärzte', 'Abfall', 'zebra'][Math.floor(random() * 3)]),
        ids.map(() => Math.floor(random() * 4)),
      ],
    );
    return ids;
  };
  const read = (options: Partial<PageOptions<Row>>): Promise<Page<Row>> =>
    database.page<Row>({
      select: 'SELECT e.id, e.name FROM entry e',
      sort: [NAME],
      idColumn: 'e.id',
      limit: 3,
      filterHash: {},
      ...options,
    });

  it('show every row once, forward and back, in every order', async () => {
    for (const sort of ORDERS) {
      await database.query('DELETE FROM entry');
      await insert(11, Math.random);
      const id = { column: 'e.id', descending: sort.at(-1)?.descending } as SortColumn;
      const order = [...sort, id].map((it) => `${it.column} ${it.descending ? 'DESC' : 'ASC'}`);
      const expected = await database.query<Row>(`SELECT id, name FROM entry e ORDER BY ${order.join(', ')}`);
      const forward: Page<Row>[] = [await read({ sort })];
      for (let next = forward[0]?.page.next; next; next = forward.at(-1)?.page.next)
        forward.push(await read({ sort, cursor: next }));
      expect(forward.flatMap((page) => page.items)).toEqual(expected);
      expect(forward[0]?.page.prev).toBeNull();
      const backward: Page<Row>[] = [];
      for (let prev = forward.at(-1)?.page.prev; prev; prev = backward[0]?.page.prev)
        backward.unshift(await read({ sort, cursor: prev }));
      expect([...backward.flatMap((page) => page.items), ...(forward.at(-1)?.items ?? [])]).toEqual(expected);
    }
  });

  it('count what the filters find instead of reading it, at a limit of 0', async () => {
    await insert(11, () => 0);
    await expect(read({ limit: 0, where: ['e.name = $1'], parameters: ['Ärzte'] })).resolves.toEqual({
      items: [],
      page: { limit: 0, next: null, prev: null, total: 11 },
    });
    const none = await read({ limit: 0, where: ['e.name = $1'], parameters: ['zebra'] });
    expect(none.page.total).toBe(0);
    expect((await read({ limit: 3 })).page).not.toHaveProperty('total');
  });

  describe('whose items are large', () => {
    // UTF-8 bytes of the items: some pages hold several, two items are larger than a whole page.
    const SIZES = [0.1, 0.3, 1.2, 0.2, 0.5, 0.49, 0.01, 0.9, 2, 0.3, 0.3, 0.3].map((share) => share * PAGE_BYTES_MAX);
    const texts = SIZES.map((bytes) => `語"😀`.repeat(bytes / (Buffer.byteLength(JSON.stringify(`語"😀`)) - 2)));
    const asText = (rows: readonly Row[]) => rows.map(({ id, name }) => ({ id, text: texts[Number(name)] ?? '' }));
    const readTexts = (cursor?: string) =>
      database.page({
        select: 'SELECT e.id, e.name FROM entry e',
        sort: [{ key: 'number', column: 'e.name::int4', type: 'int4' }],
        idColumn: 'e.id',
        limit: 200,
        filterHash: {},
        cursor,
        items: asText,
      });

    beforeEach(() =>
      database.query('INSERT INTO entry SELECT id, name, now() FROM unnest($1::uuid[], $2::text[]) AS t (id, name)', [
        texts.map(() => newId()),
        texts.map((_text, number) => String(number)),
      ]),
    );

    it('end early and go on at their cursor, forward and back, without losing or repeating one', async () => {
      const forward = [await readTexts()];
      for (let next = forward[0]?.page.next; next; next = forward.at(-1)?.page.next)
        forward.push(await readTexts(next));
      expect(forward.flatMap((page) => page.items).map(({ text }) => text)).toEqual(texts);
      const backward: typeof forward = [];
      for (let prev = forward.at(-1)?.page.prev; prev; prev = backward[0]?.page.prev)
        backward.unshift(await readTexts(prev));
      expect([...backward, forward.at(-1)].flatMap((page) => page?.items ?? []).map(({ text }) => text)).toEqual(texts);
      for (const { items } of [...forward, ...backward]) {
        expect(items.length).toBeGreaterThan(0);
        if (items.length > 1) expect(Buffer.byteLength(JSON.stringify(items))).toBeLessThanOrEqual(PAGE_BYTES_MAX + 1);
      }
      expect(forward.map(({ items }) => items.length)).toEqual([2, 1, 2, 2, 1, 1, 3]);
    });
  });

  it('cost as many rows read wherever they lie, however long the list is', async () => {
    const statements: [string, readonly unknown[]][] = [];
    const query = jest.spyOn(database, 'query').mockImplementation((sql, parameters = []) => {
      statements.push([sql, parameters]);
      return database.statement('', sql, parameters);
    });
    const readSome = (limit: number, cursor?: string | null) =>
      read({ sort: [TIME], limit, cursor: cursor ?? undefined });
    const readIn = async (rows: number): Promise<number[]> => {
      await database.transaction((tx) =>
        tx.query(
          `INSERT INTO entry SELECT gen_random_uuid(), n, now() - n * interval '1 s' FROM generate_series($1::int, 1, -1) AS n
           ON CONFLICT DO NOTHING`,
          [rows],
        ),
      );
      const first = await readSome(50);
      const second = await readSome(200, first.page.next);
      const { page } = await readSome(200, second.page.next);
      statements.length = 0;
      for (const cursor of [null, page.next, page.prev]) await readSome(50, cursor);
      return Promise.all(statements.map((statement) => rowsRead(database, ...statement)));
    };
    try {
      expect(await readIn(1000)).toEqual([51, 51, 51]);
      expect(await readIn(10_000)).toEqual([51, 51, 51]);
    } finally {
      query.mockRestore();
    }
  });

  it('are the same where Postgres writes the JSON of their items, and end early as well', async () => {
    const names = [
      '"quoted" \\',
      'a\u0001b\nc',
      '語 😀',
      'x'.repeat(0.6 * PAGE_BYTES_MAX),
      'y'.repeat(0.6 * PAGE_BYTES_MAX),
    ];
    await database.query(
      'INSERT INTO entry SELECT id, name, now() FROM unnest($1::uuid[], $2::text[]) AS t (id, name)',
      [names.map(() => newId()), names],
    );
    const written = (cursor?: string): Promise<JsonReply<Page<Row>>> =>
      database.jsonPage({
        select: `SELECT ${jsonText({ id: jsonOf.plain('e.id'), name: jsonOf.any('e.name') })} AS json FROM entry e`,
        sort: [NAME],
        idColumn: 'e.id',
        limit: 4,
        filterHash: {},
        cursor,
      });
    const first = JSON.parse((await written()).json) as Page<Row>;
    expect(first).toEqual(await read({ limit: 4 }));
    const rest: string[] = [];
    for (let cursor = first.page.next; cursor;) {
      const page = JSON.parse((await written(cursor)).json) as Page<Row>;
      expect(page).toEqual(await read({ limit: 4, cursor }));
      rest.push(...page.items.map(({ name }) => name));
      cursor = page.page.next;
    }
    expect([...first.items.map(({ name }) => name), ...rest].sort()).toEqual([...names].sort());
    expect(first.items.length).toBeLessThan(4);
  });

  it('show each row that stays exactly once while others come and go', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom(...ORDERS),
        fc.integer({ min: 1, max: 4 }),
        async (seed, sort, limit) => {
          let state = seed + 1;
          const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
          await database.query('DELETE FROM entry');
          const staying = await insert(10, random);
          let leaving = await insert(10, random);
          const seen: string[] = [];
          let cursor: string | undefined;
          for (let pages = 0; pages < 60; pages++) {
            const page = await read({ sort, limit, cursor });
            seen.push(...page.items.map((row) => row.id));
            await insert(Math.floor(random() * 2), random);
            const gone = leaving.splice(0, Math.floor(random() * 3));
            // Often the very row that the cursor was made from.
            const last = page.items.at(-1)?.id;
            if (last && leaving.includes(last)) gone.push(last);
            leaving = leaving.filter((id) => id !== last);
            await database.query('DELETE FROM entry WHERE id = ANY ($1::uuid[])', [gone]);
            if (page.page.next === null) break;
            cursor = page.page.next;
          }
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen).toEqual(expect.arrayContaining(staying));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lead back to the rows when a page has become empty', async () => {
    await insert(5, Math.random);
    const first = await read({});
    await database.query('DELETE FROM entry WHERE id <> ALL ($1::uuid[])', [first.items.map((row) => row.id)]);
    const empty = await read({ cursor: first.page.next ?? '' });
    expect(empty).toMatchObject({ items: [], page: { next: null } });
    expect((await read({ cursor: empty.page.prev ?? '' })).items).toEqual(first.items);
  });

  it('lead to the start when everything before was deleted', async () => {
    await insert(5, Math.random);
    const first = await read({});
    const second = await read({ cursor: first.page.next ?? '' });
    await database.query('DELETE FROM entry WHERE id = ANY ($1::uuid[])', [first.items.map((row) => row.id)]);
    expect(await read({ cursor: second.page.prev ?? '' })).toMatchObject({
      items: second.items,
      page: { prev: null, next: null },
    });
  });

  it('keep to their conditions and refuse a cursor of other filters', async () => {
    await insert(30, Math.random);
    const filtered = await read({ where: ['e.name = $1'], parameters: ['Abfall'], filterHash: { name: 'Abfall' } });
    expect(filtered.items.every((row) => row.name === 'Abfall')).toBe(true);
    await expect(read({ filterHash: { name: 'zebra' }, cursor: filtered.page.next ?? '' })).rejects.toThrow(
      'PLATFORM_CURSOR_INVALID',
    );
  });
});

interface Plan {
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Rows that Postgres takes from the table for a statement, those that it drops again included. */
async function rowsRead(database: Database, sql: string, parameters: readonly unknown[]): Promise<number> {
  const rows = await database.transaction(async (tx) => {
    // The planner may know the table as it was before the rows came.
    await tx.query('SET LOCAL enable_seqscan = off');
    await tx.query('SET LOCAL enable_sort = off');
    return tx.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, parameters);
  });
  let plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  while (plan?.Plans?.[0]) [plan] = plan.Plans;
  return (plan?.['Actual Rows'] ?? Number.NaN) + (plan?.['Rows Removed by Filter'] ?? 0);
}
