import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '#testing';
import { createDataSource, Database, databaseConfigSchema, jsonOf, jsonText } from './index';

interface Values {
  readonly id: string;
  readonly count: number;
  readonly name: string;
  readonly tags: readonly string[];
  readonly parts: unknown;
  readonly at: string;
  readonly until: string | null;
}

const MEMBERS = {
  id: jsonOf.plain('v.id'),
  count: jsonOf.asItIs('v.count'),
  name: jsonOf.any('v.name'),
  tags: jsonOf.any('v.tags'),
  parts: jsonOf.asItIs('v.parts'),
  at: jsonOf.instant('v.at'),
  until: jsonOf.orNull('v.until', jsonOf.plain('v.until')),
  nested: jsonText({ count: jsonOf.asItIs('v.count') }),
};

describe('JSON that Postgres writes', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    const factory = createDataSource({ service: 'events', entities: [], migrations: [] });
    test = await createTestDatabase(factory);
    const settings = { DATABASE_URL: test.serviceUrl, CURSOR_SECRET: 'a secret of this test' };
    database = await Database.open(factory, databaseConfigSchema.parse(settings));
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  const written = async ({ id, count, name, tags, parts, at, until }: Values): Promise<unknown> => {
    const [row] = await database.query<{ json: string }>(
      `SELECT ${jsonText(MEMBERS)} AS json
       FROM (SELECT $1::uuid AS id, $2::int AS count, $3::text AS name, $4::text[] AS tags, $5::json AS parts, $6::timestamptz AS at,
         $7::date AS until) AS v`,
      [id, count, name, tags, JSON.stringify(parts), at, until],
    );
    return JSON.parse(row?.json ?? '');
  };

  it('says what JavaScript would say, whatever the text', async () => {
    // Postgres has no text with a zero in it, nor half a character.
    const text = fc.string({ unit: 'grapheme' }).map((it) => it.replaceAll('\0', '').toWellFormed());
    const values: fc.Arbitrary<Values> = fc.record({
      id: fc.uuid(),
      count: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      name: fc.oneof(text, fc.constantFrom('"', '\\', '\n', '\u0001', '\u2028', "'", '{}')),
      tags: fc.array(text),
      parts: fc.array(fc.record({ name: text })),
      at: fc
        .date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
        .map((it) => it.toISOString()),
      until: fc.option(fc.constant('2026-02-28')),
    });
    await fc.assert(
      fc.asyncProperty(values, async (it) => {
        expect(await written(it)).toEqual({ ...it, nested: { count: it.count } });
      }),
    );
  });

  it('cuts an instant off below the millisecond, as a Date does', async () => {
    const values = {
      id: '0192d4e0-0000-7000-8000-000000000001',
      count: 1,
      name: '',
      tags: [],
      parts: null,
      until: null,
    };
    for (const at of ['2026-11-27 01:02:03.9999995+01', '2026-11-27 01:02:03.1239+00', '2026-11-27 01:02:03+00']) {
      const [row] = await database.query<{ at: Date }>('SELECT $1::timestamptz AS at', [at]);
      expect(await written({ ...values, at })).toMatchObject({ at: row?.at.toISOString() });
    }
  });
});
