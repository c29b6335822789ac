import { Client } from 'pg';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { SERVICES } from '#contracts';
import { createEmptyDatabase } from '#testing';
import { AUDIT_ROLE, createDataSource, migrate, serviceRole } from './index';

class Facts1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE fact (id int CONSTRAINT pk_fact PRIMARY KEY, name text)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fact');
  }
}

class Later1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE fact ADD COLUMN later int');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE fact DROP COLUMN later');
  }
}

const services = SERVICES.map((service) =>
  createDataSource({
    service,
    entities: [],
    migrations: [Facts1764000000000],
    loadReferenceData: async (tx) => {
      await tx.query('INSERT INTO fact (id, name) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET name = excluded.name', [
        service,
      ]);
    },
  }),
);
// The same as in the other test files: roles belong to the whole server.
const passwords = Object.fromEntries([...SERVICES, AUDIT_ROLE].map((name) => [name, 'test-role-password']));

describe('the migration step', () => {
  let empty: Awaited<ReturnType<typeof createEmptyDatabase>>;

  beforeAll(async () => {
    empty = await createEmptyDatabase();
    await Promise.all([1, 2].map(() => migrate({ adminUrl: empty.adminUrl, services, passwords })));
  });
  afterAll(() => empty.drop());

  async function as(role: string, statement: string): Promise<object[]> {
    const url = new URL(empty.adminUrl);
    Object.assign(url, { username: role, password: 'test-role-password' });
    const client = new Client({ connectionString: url.toString() });
    await client.connect();
    try {
      return (await client.query<object>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  it('succeeds twice at once and may be run again', async () => {
    await migrate({ adminUrl: empty.adminUrl, services, passwords });
    for (const service of SERVICES) {
      expect(await as(serviceRole(service), `SELECT name FROM ${service}.fact`)).toEqual([{ name: service }]);
      expect(await as(serviceRole(service), `SELECT name FROM ${service}.migrations`)).toHaveLength(1);
    }
  });

  it('says that a later version was here, and leaves what it made', async () => {
    const { adminUrl, drop } = await createEmptyDatabase();
    try {
      const later = createDataSource({
        service: 'finance',
        entities: [],
        migrations: [Facts1764000000000, Later1764000000001],
      });
      await migrate({ adminUrl, services: [later], passwords });
      const earlier = createDataSource({ service: 'finance', entities: [], migrations: [Facts1764000000000] });
      const lines: string[] = [];
      await migrate({ adminUrl, services: [earlier], passwords, log: (line) => lines.push(line) });
      expect(lines).toContain('finance: the database is of a later version, which migrated it by Later1764000000001');
      const again: string[] = [];
      await migrate({ adminUrl, services: [later], passwords, log: (line) => again.push(line) });
      // Of the databases of other test files on the same server it may have something to say.
      expect(again.filter((line) => line.startsWith('finance: '))).toEqual([]);
    } finally {
      await drop();
    }
  });

  it.each([
    ['read another schema', 'SELECT * FROM staffing.fact'],
    ['change a table', 'ALTER TABLE finance.fact ADD COLUMN more int'],
    ['make a table', 'CREATE TABLE finance.more (id int)'],
    ['make a table for all', 'CREATE TABLE public.more (id int)'],
    ['make a temporary table', 'CREATE TEMP TABLE more (id int)'],
    ['empty a table', 'TRUNCATE finance.fact'],
    ['forge a migration', `INSERT INTO finance.migrations (timestamp, name) VALUES (1, 'x')`],
    ['become the owner', 'SET ROLE own_finance'],
  ])('leaves a service unable to %s', async (_, statement) => {
    await expect(as('svc_finance', statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('lets a service read and write its own rows', async () => {
    await as('svc_finance', `INSERT INTO finance.fact VALUES (2, 'x')`);
    await as('svc_finance', `UPDATE finance.fact SET name = 'y' WHERE id = 2`);
    expect(await as('svc_finance', 'DELETE FROM finance.fact WHERE id = 2 RETURNING name')).toEqual([{ name: 'y' }]);
  });

  it('has the extensions at hand', async () => {
    expect(await as('svc_events', `SELECT extensions.unaccent('Zürich') AS name`)).toEqual([{ name: 'Zurich' }]);
  });
});
