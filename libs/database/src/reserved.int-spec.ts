import { createTestDatabase, type TestDatabase } from '#testing';
import { createDataSource, Database, databaseConfigSchema } from './index';

const factory = createDataSource({ service: 'finance', entities: [], migrations: [] });

describe('the reserved connections of a database', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase(factory);
    const config = databaseConfigSchema.parse({
      DATABASE_URL: test.serviceUrl,
      CURSOR_SECRET: 'a secret of this test',
      DATABASE_POOL_SIZE: '2',
    });
    database = await Database.open(factory, config);
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  const connections = async (name: string): Promise<number> => {
    const [row] = await test.asAdmin<{ count: number }>(
      'SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()',
      [name],
    );
    return row?.count ?? -1;
  };

  it('are opened when they are needed, answer while requests have the whole pool, and stay two', async () => {
    expect(await connections('finance-reserved')).toBe(0);
    const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
    const transactions = Array.from({ length: 5 }, () => database.transaction(() => released));
    const waiting = database.query<{ one: number }>('SELECT 1 AS one');
    expect(await database.health()).toBeUndefined();
    const asked = Array.from({ length: 20 }, () => database.reserved.query<{ two: number }>('SELECT 2 AS two'));
    expect(await Promise.all(asked)).toEqual(Array(20).fill([{ two: 2 }]));
    expect(await connections('finance-reserved')).toBe(2);
    release(undefined);
    await Promise.all(transactions);
    expect(await waiting).toEqual([{ one: 1 }]);
  });

  it('are made anew when they were cut', async () => {
    await database.reserved.query('SELECT 1');
    await test.asAdmin(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'finance-reserved' AND datname = current_database()`,
    );
    expect(await database.health()).toBeUndefined();
  });
});
