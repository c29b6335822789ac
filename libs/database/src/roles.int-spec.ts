import { Client } from 'pg';
import { SERVICES } from '#contracts';
import { startPostgres, type TestPostgres } from '#testing';
import { AUDIT_ROLE, createDataSource, databaseConfigSchema, migrate, openDatabase, serviceRole } from './index';

const PASSWORD = 'a-password-of-this-test';
const finance = createDataSource({ service: 'finance', entities: [], migrations: [] });
const passwords = Object.fromEntries([...SERVICES, AUDIT_ROLE].map((name) => [name, PASSWORD]));

// Passwords, settings and rights on other databases belong to the whole server: this file has one of its own.
let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres('embedded');
  await as('postgres', (admin) => admin.query('CREATE DATABASE fund'));
  await as('postgres', (admin) => admin.query('CREATE DATABASE of_others'));
  await migrated();
}, 60_000);
afterAll(() => server?.stop());

async function migrated(): Promise<string[]> {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  await migrate({ adminUrl: url('fund'), services: [finance], passwords, log });
  return lines;
}

function url(database: string, role?: string, password = PASSWORD): string {
  const address = new URL(server.adminUrl);
  address.pathname = `/${database}`;
  if (role) Object.assign(address, { username: role, password });
  return address.toString();
}

async function as<T>(role: string, work: (client: Client) => Promise<T>, database = 'fund', password?: string) {
  const isAdmin = role === 'postgres';
  const client = new Client(
    isAdmin ? { connectionString: server.adminUrl } : { connectionString: url(database, role, password) },
  );
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const logins = [...SERVICES.map(serviceRole), AUDIT_ROLE];

describe.each(logins)('%s', (role) => {
  it('enters its database, and neither of those that come with the server', async () => {
    await expect(as(role, (client) => client.query('SELECT 1'))).resolves.toMatchObject({ rowCount: 1 });
    for (const database of ['postgres', 'template1']) {
      const entering = as(role, (client) => client.query('SELECT 1'), database);
      await expect(entering).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('the migration step', () => {
  it('names a database of others that is open to all, and leaves it alone', async () => {
    expect(await migrated()).toEqual([expect.stringContaining('may also connect to the database of_others')]);
    await expect(as('svc_finance', (client) => client.query('SELECT 1'), 'of_others')).resolves.toBeDefined();
  });

  it('takes away what a role set for itself, and says so', async () => {
    await as('svc_finance', (client) => client.query(`ALTER ROLE svc_finance SET search_path = 'elsewhere'`));
    await as('svc_finance', (client) =>
      client.query(`ALTER ROLE svc_finance IN DATABASE fund SET default_transaction_read_only = on`),
    );
    const lines = await migrated();
    expect(lines).toContain('svc_finance had settings of its own (search_path=elsewhere); they are gone');
    expect(lines).toContain('svc_finance had settings of its own (default_transaction_read_only=on); they are gone');
    expect(await migrated()).toHaveLength(1);
  });

  it('gives back the password that a role changed for itself, and says so', async () => {
    await as('svc_finance', (client) => client.query(`ALTER ROLE svc_finance PASSWORD 'of a thief'`));
    await expect(as('svc_finance', (client) => client.query('SELECT 1'))).rejects.toMatchObject({ code: '28P01' });
    expect(await migrated()).toContain('svc_finance had another password; it has the configured one again');
    await expect(as('svc_finance', (client) => client.query('SELECT 1'))).resolves.toBeDefined();
    await expect(as('svc_finance', (client) => client.query('SELECT 1'), 'fund', 'of a thief')).rejects.toMatchObject({
      code: '28P01',
    });
  });
});

describe('a service', () => {
  const open = () =>
    openDatabase(
      finance,
      databaseConfigSchema.parse({ DATABASE_URL: url('fund', 'svc_finance'), CURSOR_SECRET: 'a secret of this test' }),
    );

  it('does not start while its role has settings of its own', async () => {
    await as('svc_finance', (client) => client.query('ALTER ROLE svc_finance SET row_security = off'));
    await expect(open()).rejects.toThrow('it has settings of its own');
    await migrated();
    const database = await open();
    await database.close();
  });

  it('uses its own schema whatever its role has set for itself', async () => {
    const database = await open();
    await as('svc_finance', (client) => client.query(`ALTER ROLE svc_finance SET search_path = 'elsewhere'`));
    try {
      const client = await database.connectDedicated('test');
      const { rows } = await client.query<{ schema: string }>('SELECT current_schema() AS schema');
      await client.end();
      expect(rows).toEqual([{ schema: 'finance' }]);
    } finally {
      await database.close();
      await migrated();
    }
  });
});
