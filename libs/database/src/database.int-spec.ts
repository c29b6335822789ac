import { connect, createServer, type Server, type Socket } from 'node:net';
import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner } from 'typeorm';
import { AppError } from '#contracts';
import { newId } from '#platform';
import { createTestDatabase, eventually, type TestDatabase } from '#testing';
import { bigintColumn, createDataSource, Database, databaseConfigSchema, openDatabase, type Tx } from './index';

@Entity({ name: 'account' })
class Account {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') name!: string;
  @Column('bigint', { transformer: bigintColumn }) amountMinor!: bigint;
  @Column('date') openedOn!: string;
  @Column('timestamptz', { nullable: true }) closedAt!: Date | null;
  @Column('jsonb') notes!: Record<string, string>;
  @Column('text', { array: true }) tags!: string[];
  @Column({ type: 'timestamptz', update: false }) createdAt!: Date;
}

class Accounts1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE account (
      id uuid NOT NULL CONSTRAINT pk_account PRIMARY KEY, version int NOT NULL, name text NOT NULL CONSTRAINT uq_account_name UNIQUE,
      amount_minor bigint NOT NULL CONSTRAINT ck_account_amount CHECK (amount_minor >= 0), opened_on date NOT NULL,
      closed_at timestamptz, notes jsonb NOT NULL, tags text[] NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE account');
  }
}

const factory = createDataSource({
  service: 'finance',
  entities: [Account],
  migrations: [Accounts1764000000000],
  constraints: { ck_account_amount: 'PLATFORM_REQUEST_IN_PROGRESS' },
});

function account(values: Partial<Account> = {}): Account {
  const made = {
    id: newId(),
    name: newId(),
    amountMinor: 9_007_199_254_740_993n,
    openedOn: '2027-03-28',
    closedAt: null,
  };
  return Object.assign(new Account(), made, { notes: { a: 'b' }, tags: ['x,y', '{}'] }, values);
}

function configFor(url: string, overrides: Record<string, string> = {}) {
  return databaseConfigSchema.parse({
    DATABASE_URL: url,
    CURSOR_SECRET: 'a secret of this test',
    DATABASE_POOL_SIZE: '2',
    ...overrides,
  });
}

describe('the database of a service', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase(factory);
    database = await openDatabase(factory, configFor(test.serviceUrl));
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });
  const count = async (name: string): Promise<number> =>
    (await test.asAdmin<{ n: number }>('SELECT count(*)::int AS n FROM account WHERE name = $1', [name]))[0]?.n ?? -1;

  describe('entities', () => {
    it('come back as they were written, with version 1 and the defaults of the table', async () => {
      const made = account();
      await database.transaction((tx) => tx.insert(made));
      expect(made.createdAt).toBeInstanceOf(Date);
      expect(await database.findOrFail(Account, made.id)).toEqual(Object.assign(made, { version: 1 }));
      expect(await database.findOrFail(Account, made.id)).toBeInstanceOf(Account);
    });

    it('are written in bulk as one by one', async () => {
      const many = Array.from({ length: 700 }, (_, index) =>
        account({ amountMinor: BigInt(index), createdAt: new Date(index) }),
      );
      await database.transaction((tx) => tx.insertAll(many));
      for (const one of [many[0], many[699]]) expect(await database.findOrFail(Account, one?.id ?? '')).toEqual(one);
    });

    it('move on by one version with each update', async () => {
      const made = account();
      await database.transaction((tx) => tx.insert(made));
      await database.transaction(async (tx) => {
        const locked = await tx.lockOrFail(Account, made.id, 1);
        locked.closedAt = new Date('2027-01-01T00:00:00Z');
        await tx.update(locked);
        expect(locked.version).toBe(2);
      });
      expect(await database.findOrFail(Account, made.id)).toMatchObject({
        version: 2,
        closedAt: new Date('2027-01-01T00:00:00Z'),
      });
    });

    it('are refused when changed or deleted since they were read', async () => {
      const made = account();
      await database.transaction((tx) => tx.insert(made));
      const stale = await database.findOrFail(Account, made.id);
      await database.transaction(async (tx) => tx.update(await tx.lockOrFail(Account, made.id)));
      await expect(database.transaction((tx) => tx.update(stale))).rejects.toThrow('PLATFORM_VERSION_STALE');
      await expect(database.transaction((tx) => tx.lockOrFail(Account, made.id, 1))).rejects.toMatchObject({
        code: 'PLATFORM_VERSION_STALE',
        details: { currentVersion: 2 },
      });
    });

    it('are not found when there is none', async () => {
      await expect(database.findOrFail(Account, newId())).rejects.toThrow('PLATFORM_RESOURCE_NOT_FOUND');
      await expect(database.transaction((tx) => tx.lockOrFail(Account, newId()))).rejects.toThrow(
        'PLATFORM_RESOURCE_NOT_FOUND',
      );
    });
  });

  it('gives rows members in camelCase, whoever asks, and leaves those of JSON as they are', async () => {
    const sql = `SELECT 1 AS amount_minor, 2 AS "amountMinor2", 3 AS line_3, jsonb_build_object('made_at', 4) AS made_of`;
    const row = { amountMinor: 1, amountMinor2: 2, line3: 3, madeOf: { made_at: 4 } };
    expect(await database.query(sql)).toEqual([row]);
    expect(await database.statement('camel', sql)).toEqual([row]);
    expect(await database.reserved.query(sql)).toEqual([row]);
    expect(await database.transaction((tx) => tx.query(sql))).toEqual([row]);
    const dedicated = await database.connectDedicated('test');
    expect((await dedicated.query(sql)).rows).toEqual([row]);
    await dedicated.end();
  });

  describe('refused constraints', () => {
    it('answer PLATFORM_RESOURCE_EXISTS for a duplicate, and the declared code otherwise', async () => {
      const made = account();
      await database.transaction((tx) => tx.insert(made));
      await expect(database.transaction((tx) => tx.insert(account({ name: made.name })))).rejects.toThrow(
        'PLATFORM_RESOURCE_EXISTS',
      );
      const overdrawn = account({ amountMinor: -1n });
      await expect(database.transaction((tx) => tx.insert(overdrawn))).rejects.toThrow('PLATFORM_REQUEST_IN_PROGRESS');
      await expect(
        database.transaction((tx) => tx.query('UPDATE account SET amount_minor = -1 WHERE id = $1', [made.id])),
      ).rejects.toThrow('PLATFORM_REQUEST_IN_PROGRESS');
    });

    it('undo only their savepoint', async () => {
      const [kept, doubled] = [account(), account()];
      await database.transaction(async (tx) => {
        await tx.insert(kept);
        await expect(tx.savepoint(() => tx.insert(account({ name: kept.name })))).rejects.toBeInstanceOf(AppError);
        await tx.insert(doubled);
      });
      expect(await count(kept.name)).toBe(1);
      expect(await count(doubled.name)).toBe(1);
    });

    it('fail the whole transaction when swallowed without one', async () => {
      const made = account();
      const swallowing = database.transaction(async (tx) => {
        await tx.insert(made);
        await tx.insert(account({ name: made.name })).catch(() => undefined);
      });
      await expect(swallowing).rejects.toThrow('savepoint');
      expect(await count(made.name)).toBe(0);
    });
  });

  describe('a transaction', () => {
    it('runs its closing work inside, and what follows only once committed', async () => {
      const steps: string[] = [];
      const made = account();
      await database.transaction(async (tx) => {
        tx.afterCommit(() => steps.push('after'));
        tx.beforeCommit(async () => {
          steps.push('before');
          await tx.insert(made);
          tx.beforeCommit(() => Promise.resolve(void steps.push('added meanwhile')));
        });
      });
      expect(steps).toEqual(['before', 'added meanwhile', 'after']);
      expect(await count(made.name)).toBe(1);
      const failing = database.transaction((tx) => {
        tx.afterCommit(() => steps.push('never'));
        return Promise.reject(new Error('no'));
      });
      await expect(failing).rejects.toThrow('no');
      expect(steps).not.toContain('never');
    });

    it('runs again after a deadlock, and both sides succeed', async () => {
      const [a, b] = [account({ amountMinor: 0n }), account({ amountMinor: 0n })];
      await database.transaction((tx) => tx.insertAll([a, b]));
      let [runs, held] = [0, 0];
      const bothHoldOne = Promise.withResolvers<undefined>();
      const add = (first: string, second: string): Promise<void> =>
        database.transaction(async (tx) => {
          runs += 1;
          for (const id of [first, second]) {
            const it = await tx.lockOrFail(Account, id);
            it.amountMinor += 1n;
            await tx.update(it);
            if (++held === 2) bothHoldOne.resolve(undefined);
            await bothHoldOne.promise;
          }
        });
      await Promise.all([add(a.id, b.id), add(b.id, a.id)]);
      expect(runs).toBe(3);
      expect((await database.findOrFail(Account, a.id)).amountMinor).toBe(2n);
    });

    it('runs again when its connection dies before COMMIT', async () => {
      let runs = 0;
      const made = account();
      await database.transaction(async (tx) => {
        runs += 1;
        await tx.insert(made);
        if (runs === 1) await killBackend(tx, test);
      });
      expect(runs).toBe(2);
      expect(await count(made.name)).toBe(1);
    });

    it('answers an unknown outcome when the connection dies during COMMIT, and does not run again', async () => {
      const proxy = await startProxy(test.serviceUrl);
      const proxied = await Database.open(factory, configFor(proxy.url));
      let runs = 0;
      const made = account();
      const lost = proxied.transaction(async (tx) => {
        runs += 1;
        await tx.insert(made);
        tx.beforeCommit(() => Promise.resolve(proxy.cutOn('COMMIT')));
      });
      await expect(lost).rejects.toMatchObject({ code: 'PLATFORM_DEADLINE_EXCEEDED', details: { outcome: 'unknown' } });
      expect(runs).toBe(1);
      expect(await proxied.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await proxied.close();
      await proxy.close();
    });

    it('never lets a later transaction commit the rows of one whose ROLLBACK was lost', async () => {
      const proxy = await startProxy(test.serviceUrl);
      const proxied = await Database.open(factory, configFor(proxy.url, { DATABASE_POOL_SIZE: '1' }));
      const [failed, later] = [account(), account()];
      const failing = proxied.transaction(async (tx) => {
        await tx.insert(failed);
        proxy.cutOn('ROLLBACK');
        throw new Error('refused');
      });
      await expect(failing).rejects.toThrow('refused');
      await proxied.transaction((tx) => tx.insert(later));
      expect(await count(failed.name)).toBe(0);
      expect(await count(later.name)).toBe(1);
      await proxied.close();
      await proxy.close();
    });

    it('is ended by the server when a statement or a lock takes too long', async () => {
      const strict = await Database.open(
        factory,
        configFor(test.serviceUrl, { DATABASE_STATEMENT_TIMEOUT_MS: '300', DATABASE_LOCK_TIMEOUT_MS: '100' }),
      );
      await expect(strict.transaction((tx) => tx.query('SELECT pg_sleep(5)'))).rejects.toThrow(
        'PLATFORM_SERVICE_UNAVAILABLE',
      );
      const made = account();
      await database.transaction((tx) => tx.insert(made));
      await database.transaction(async (tx) => {
        await tx.lockOrFail(Account, made.id);
        await expect(strict.transaction((other) => other.lockOrFail(Account, made.id))).rejects.toThrow(
          'PLATFORM_SERVICE_UNAVAILABLE',
        );
      });
      await strict.close();
    });

    it('is cut from this side when the link goes silent', async () => {
      const proxy = await startProxy(test.serviceUrl);
      const proxied = await Database.open(factory, configFor(proxy.url, { DATABASE_WORK_LIMIT_MS: '300' }));
      proxy.goSilent();
      await expect(proxied.query('SELECT 1')).rejects.toThrow('PLATFORM_SERVICE_UNAVAILABLE');
      proxy.speak();
      expect(await eventually(() => proxied.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
      await proxied.close();
      await proxy.close();
    });
  });

  describe('health', () => {
    it('is well, recovers from killed connections, and tells when closed', async () => {
      expect(await database.health()).toBeUndefined();
      await test.asAdmin(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'finance' AND datname = current_database()`,
      );
      await eventually(async () => expect(await database.health()).toBeUndefined());
      const closed = await Database.open(factory, configFor(test.serviceUrl));
      await closed.close();
      expect(await closed.health()).toBeDefined();
    });
  });

  describe('the start', () => {
    it('refuses a role that owns the schema or is a superuser', async () => {
      await expect(openDatabase(factory, configFor(test.adminUrl))).rejects.toThrow('it is a superuser');
    });

    it('refuses a schema that lacks a migration', async () => {
      class Later1764000000001 extends Accounts1764000000000 {}
      const newer = createDataSource({
        ...factory.declaration,
        migrations: [Accounts1764000000000, Later1764000000001],
      });
      await expect(openDatabase(newer, configFor(test.serviceUrl))).rejects.toThrow(
        'lacks migrations: Later1764000000001',
      );
    });
  });

  it('gives int8 as bigint, date as text and timestamptz as Date', async () => {
    const [row] = await database.query(
      `SELECT sum(9007199254740993::bigint) AS s, 9007199254740993::int8 AS i, '2027-03-28'::date AS d, '2027-03-28T02:30Z'::timestamptz AS t`,
    );
    expect(row).toEqual({
      s: '9007199254740993',
      i: 9_007_199_254_740_993n,
      d: '2027-03-28',
      t: new Date('2027-03-28T02:30Z'),
    });
  });
});

async function killBackend(tx: Tx, test: TestDatabase): Promise<void> {
  const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await test.asAdmin('SELECT pg_terminate_backend($1)', [row?.pid]);
  await tx.query('SELECT 1');
}

/** A TCP proxy that can cut the link when a statement passes, or swallow everything. */
async function startProxy(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let trigger: string | undefined;
  let isSilent = false;
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    client.on('data', (chunk) => {
      if (isSilent) return;
      if (trigger !== undefined && chunk.includes(trigger)) {
        trigger = undefined;
        client.destroy();
        return;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (!isSilent) client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const proxied = new URL(url);
  proxied.hostname = '127.0.0.1';
  proxied.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: proxied.toString(),
    cutOn: (statement: string) => void (trigger = statement),
    goSilent: () => void (isSilent = true),
    speak: () => void (isSilent = false),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
