import { newId } from '#platform';
import { createTestDatabase, type TestDatabase } from '#testing';
import { createDataSource, Database, databaseConfigSchema, RowsById } from './index';

const SQL = "SELECT id, 1 AS version FROM unnest($1::uuid[]) AS id WHERE id::text NOT LIKE '%dead'";
const GONE = '0192d4e0-0000-7000-8000-00000000dead';

describe('rows by id', () => {
  let test: TestDatabase;
  let database: Database;
  /** The ids of each statement that was asked. */
  let asked: string[][];
  let hold: Promise<unknown> | undefined;

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
  beforeEach(() => {
    asked = [];
    hold = undefined;
  });

  const rows = (sql = SQL) =>
    new RowsById<{ id: string }>(
      {
        statement: async (name, text, parameters) => {
          asked.push(parameters?.[0] as string[]);
          await hold;
          return database.statement(name, text, parameters);
        },
      },
      `rows_${newId()}`,
      sql,
    );

  it('that are asked for in one tick are read by one statement, each once, and each asker gets its own', async () => {
    const byId = rows();
    const ids = [newId(), newId(), newId()];
    const found = await Promise.all([...ids, ids[0] ?? '', GONE].map((id) => byId.find(id)));
    expect(found.map((row) => row?.id)).toEqual([...ids, ids[0], undefined]);
    expect(asked).toEqual([[...ids, GONE]]);
  });

  it('are found by an id in capitals', async () => {
    const id = newId();
    expect(await rows().find(id.toUpperCase())).toMatchObject({ id });
  });

  it('wait while two statements are out, and then go together', async () => {
    const { promise, resolve } = Promise.withResolvers();
    hold = promise;
    const byId = rows();
    const ids = Array.from({ length: 6 }, () => newId());
    const reads: Promise<unknown>[] = [];
    for (const id of ids) {
      reads.push(byId.find(id));
      await new Promise((done) => setImmediate(done));
    }
    expect(asked).toEqual([[ids[0]], [ids[1]]]);
    resolve(undefined);
    expect(await Promise.all(reads)).toMatchObject(ids.map((id) => ({ id })));
    expect(asked).toEqual([[ids[0]], [ids[1]], ids.slice(2)]);
  });

  it('are not held back by statements that hang', async () => {
    const { promise, resolve } = Promise.withResolvers();
    hold = promise;
    const byId = rows();
    const hanging = [byId.find(newId())];
    await new Promise((done) => setImmediate(done));
    hanging.push(byId.find(newId()));
    await new Promise((done) => setImmediate(done));
    hold = undefined;
    const id = newId();
    expect(await byId.find(id)).toMatchObject({ id });
    resolve(undefined);
    expect(await Promise.all(hanging)).toHaveLength(2);
  });

  it('fail for all who asked by a statement that fails, and for nobody after them', async () => {
    const byId = rows("SELECT id, 1 / (id::text NOT LIKE '%dead')::int AS version FROM unnest($1::uuid[]) AS id");
    const outcomes = await Promise.allSettled([byId.find(newId()), byId.find(GONE)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const id = newId();
    expect(await byId.find(id)).toMatchObject({ id });
  });
});
