import { Logger } from '@nestjs/common';
import type { ClientBase, Pool } from 'pg';
import { createTestDatabase, eventually, type TestDatabase } from '#testing';
import { createDataSource, Database, databaseConfigSchema, isDatabaseAway } from './index';

const factory = createDataSource({ service: 'finance', entities: [], migrations: [] });

describe('a database that cannot do its work now', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    Logger.overrideLogger(false);
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
  const terminate = (pid: number | undefined) => test.asAdmin('SELECT pg_terminate_backend($1)', [pid]);

  it('ends no process when it cuts a connection that is lent out and asked nothing', async () => {
    const { pool } = database as unknown as { pool: Pool };
    const client = await pool.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    // Without a listener of the client's own, the error event would now end this process.
    const ended = endOf(client);
    await terminate(rows[0]?.pid);
    await ended;
    client.release();
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('ends no process when it cuts a connection of its own purpose', async () => {
    const client = await database.connectDedicated('test');
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = endOf(client);
    await terminate(rows[0]?.pid);
    await ended;
  });

  it('is asked again on another connection when it cut the one that a read ran on', async () => {
    // Sleeps for the first who asks, less long than a statement may take.
    await test.asAdmin('CREATE SEQUENCE finance.asked');
    await test.asAdmin('GRANT ALL ON SEQUENCE finance.asked TO svc_finance');
    const read = database.query<{ name: string }>(
      `SELECT 'cut once' AS name FROM pg_sleep(CASE WHEN nextval('asked') = 1 THEN 4 ELSE 0 END)`,
    );
    const [running] = await eventually(async () => {
      const found = await test.asAdmin<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT ''cut once''%' AND wait_event = 'PgSleep'`,
      );
      expect(found).toHaveLength(1);
      return found;
    });
    await terminate(running?.pid);
    expect(await read).toEqual([{ name: 'cut once' }]);
  });

  it.each([
    ['53100', 'could not extend file', 'PLATFORM_STORAGE_FULL'],
    ['58030', 'could not write to file: No space left on device', 'PLATFORM_STORAGE_FULL'],
    ['58030', 'could not read block 7', 'PLATFORM_SERVICE_UNAVAILABLE'],
    ['53200', 'out of memory', 'PLATFORM_SERVICE_UNAVAILABLE'],
    ['53300', 'too many connections', 'PLATFORM_SERVICE_UNAVAILABLE'],
    ['53400', 'a limit of the configuration', 'PLATFORM_SERVICE_UNAVAILABLE'],
    ['57P01', 'the administrator ends this session', 'PLATFORM_SERVICE_UNAVAILABLE'],
    ['57P03', 'starting up', 'PLATFORM_SERVICE_UNAVAILABLE'],
  ])('refuses a write with SQLSTATE %s (%s) as %s', async (state, message, code) => {
    const raise = `DO $$ BEGIN RAISE EXCEPTION '${message}' USING ERRCODE = '${state}'; END $$`;
    const refused = database.transaction((tx) => tx.query(raise));
    await expect(refused).rejects.toMatchObject({
      code,
      ...(code === 'PLATFORM_STORAGE_FULL' && { details: { retryAfterSeconds: 30 } }),
    });
    await expect(refused.catch(isDatabaseAway)).resolves.toBe(true);
    await expect(database.query(raise)).rejects.toMatchObject({ code });
  });

  it('refuses a write as unavailable while it takes none, and looks for one that does by a new connection', async () => {
    const pids = new Set<number>();
    const write = () =>
      database.transaction(async (tx) => {
        const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        pids.add(row?.pid ?? 0);
        await tx.query('SET TRANSACTION READ ONLY');
        await tx.query('CREATE TABLE t ()');
      });
    await expect(write()).rejects.toMatchObject({ code: 'PLATFORM_SERVICE_UNAVAILABLE' });
    await expect(write()).rejects.toMatchObject({ code: 'PLATFORM_SERVICE_UNAVAILABLE' });
    expect(pids.size).toBe(2);
  });

  it('leaves an error that waiting does not cure as it is', async () => {
    const wrong = database.query('SELECT 1 / 0');
    await expect(wrong).rejects.toMatchObject({ code: '22012' });
    await expect(wrong.catch(isDatabaseAway)).resolves.toBe(false);
  });
});

/** Not `once`, which would listen to the error as well. */
function endOf(client: ClientBase): Promise<void> {
  return new Promise((resolve) => client.once('end', () => resolve()));
}
