import { createHash, randomUUID } from 'node:crypto';
import { type Client, escapeIdentifier, type QueryResultRow } from 'pg';
import {
  AUDIT_ROLE,
  type DataSourceFactory,
  migrate,
  PostgresClient,
  type RolePasswords,
  serviceRole,
} from '#database';
import { SERVICES } from '#contracts';
import { POSTGRES_VARIABLE, RUN_VARIABLE } from './run-environment';

/** A migrated database for one test file. */
export interface TestDatabase {
  readonly name: string;
  /** Connects as the superuser: for what no service may do. */
  readonly adminUrl: string;
  /** Connects as the service's own role, with exactly the rights it has in production. */
  readonly serviceUrl: string;
  /** Runs one statement as the service's role. */
  asService<Row extends QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs one statement as the superuser. */
  asAdmin<Row extends QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

// Roles belong to the whole test server, so all test files that run at the same time use one password for them.
const PASSWORD = 'test-role-password';
const PASSWORDS: RolePasswords = Object.fromEntries([...SERVICES, AUDIT_ROLE].map((name) => [name, PASSWORD]));

/**
 * A database of its own for a test file. The service's migrations run once per test run, into a template that every further
 * database is copied from within a few milliseconds.
 */
export async function createTestDatabase(factory: DataSourceFactory): Promise<TestDatabase> {
  const { service } = factory.declaration;
  const template = await ensureTemplate(factory);
  const name = `test_${run()}_${service}_${randomUUID().slice(0, 8)}`;
  await onServer(async (admin) => {
    await admin.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`);
    // The copy does not carry the template's rights on the database itself.
    await admin.query(
      `GRANT CONNECT ON DATABASE ${escapeIdentifier(name)} TO ${escapeIdentifier(serviceRole(service))}`,
    );
  });
  const adminUrl = urlOf(name);
  const serviceUrl = urlOf(name, { user: serviceRole(service), password: PASSWORD });
  return {
    name,
    adminUrl,
    serviceUrl,
    asService: (sql, parameters) => runAs({ url: serviceUrl, schema: service, sql, parameters }),
    asAdmin: (sql, parameters) => runAs({ url: adminUrl, schema: service, sql, parameters }),
    drop: () => onServer((admin) => admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)),
  };
}

/** An empty database without roles' schemas or tables, for tests of the migration step itself. */
export async function createEmptyDatabase(): Promise<{ name: string; adminUrl: string; drop(): Promise<void> }> {
  const name = `test_${run()}_empty_${randomUUID().slice(0, 8)}`;
  await onServer((admin) => admin.query(`CREATE DATABASE ${escapeIdentifier(name)}`));
  return {
    name,
    adminUrl: urlOf(name),
    drop: () => onServer((admin) => admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)),
  };
}

async function ensureTemplate(factory: DataSourceFactory): Promise<string> {
  const name = `test_${run()}_template_${fingerprint(factory)}`;
  await onServer(async (admin) => {
    // Test files run side by side: the first one migrates, the others wait for it.
    await admin.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return;
    const half = `${name}_half`;
    await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(half)} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${escapeIdentifier(half)}`);
    await migrate({ adminUrl: urlOf(half), services: [factory], passwords: PASSWORDS });
    await admin.query(`ALTER DATABASE ${escapeIdentifier(half)} RENAME TO ${escapeIdentifier(name)}`);
  });
  return name;
}

// Two test files may declare different migrations for the same service, so the name tells them apart by their text.
function fingerprint({ declaration }: DataSourceFactory): string {
  const texts = [...declaration.migrations.map(String), String(declaration.loadReferenceData)];
  return `${declaration.service}_${createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 12)}`;
}

async function onServer(work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new PostgresClient({ connectionString: serverUrl() });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

async function runAs<Row extends QueryResultRow>(statement: {
  url: string;
  schema: string;
  sql: string;
  parameters?: readonly unknown[];
}): Promise<Row[]> {
  const client = new PostgresClient({
    connectionString: statement.url,
    options: `-c search_path=${statement.schema},extensions`,
  });
  await client.connect();
  try {
    return (await client.query<Row>(statement.sql, [...(statement.parameters ?? [])])).rows;
  } finally {
    await client.end();
  }
}

function urlOf(database: string, login?: { user: string; password: string }): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  if (login) Object.assign(url, { username: login.user, password: login.password });
  return url.toString();
}

function serverUrl(): string {
  const url = process.env[POSTGRES_VARIABLE];
  if (!url)
    throw new Error(`${POSTGRES_VARIABLE} is not set: integration tests run under Jest's projects "int" and "e2e"`);
  return url;
}

function run(): string {
  return process.env[RUN_VARIABLE] ?? 'run';
}
