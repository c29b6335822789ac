import { setTimeout as delay } from 'node:timers/promises';
import { type Client, escapeIdentifier } from 'pg';
import { EntityChanges } from './entity-changes';
import { EntityStatements } from './entity-statements';
import type { ServiceName } from '#contracts';
import { databaseFault } from '#platform';
import { connectionExtras, type ConnectionSettings, type DataSourceFactory } from './data-source';
import { migrationDrift } from './migration-drift';
import { PostgresClient } from './postgres-client';
import { bootstrap, ownerRole, type RolePasswords, serviceRole } from './roles';
import { sqlState } from './sql-error';
import { Tx } from './transaction';

export interface MigrateOptions {
  /** Connects as an administrator who may make roles and schemas in this database. */
  readonly adminUrl: string;
  readonly services: readonly DataSourceFactory[];
  /** Passwords of the services' roles; roles without one keep what they have. */
  readonly passwords?: RolePasswords;
  readonly log?: (line: string) => void;
}

/** Any two runs of the step on one database wait for each other here. */
const MIGRATION_LOCK = 4_711_200_501n;
const BOOTSTRAP_ATTEMPTS_MAX = 20;
const NOT_ALLOWED = '42501';
const SETTING = 'DATABASE_ADMIN_URL';

/**
 * The migration step: roles, schemas, extensions, then each service's migrations and reference data. Runs before the services
 * start, never in them; may run any number of times, and two at once both succeed.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const log = options.log ?? (() => undefined);
  const admin = await connectAsAdmin(options.adminUrl);
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await bootstrapRetried(admin, options.passwords ?? {}, log).catch((error: unknown) => {
      // An administrator who is none, or a server that lacks what the schemas need.
      throw sqlState(error) === NOT_ALLOWED ? databaseFault(error, { url: options.adminUrl, setting: SETTING }) : error;
    });
    for (const factory of options.services) await migrateService(factory, options.adminUrl, log);
  } finally {
    await admin.end();
  }
}

const CONNECT_LIMIT_MS = 5_000;

async function connectAsAdmin(url: string): Promise<Client> {
  const admin = new PostgresClient({
    connectionString: url,
    application_name: 'migrate',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
  });
  try {
    await admin.connect();
    return admin;
  } catch (error) {
    throw databaseFault(error, { url, setting: SETTING });
  }
}

/** Roles belong to the whole cluster, the lock to one database: steps of two databases can still meet at a role. */
async function bootstrapRetried(admin: Client, passwords: RolePasswords, log: (line: string) => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await bootstrap(admin, passwords, log);
    } catch (error) {
      // 42710, 23505: made by the other just now; XX000: "tuple concurrently updated".
      const isRace = ['42710', '23505', 'XX000', '40P01'].includes(sqlState(error) ?? '');
      if (!isRace || attempt === BOOTSTRAP_ATTEMPTS_MAX) throw error;
      await delay(Math.random() * 100);
    }
  }
}

async function migrateService(factory: DataSourceFactory, url: string, log: (line: string) => void): Promise<void> {
  const { service, constraints, loadReferenceData } = factory.declaration;
  const connection = { url, role: ownerRole(service), applicationName: `migrate-${service}` };
  const dataSource = factory.create({ ...connection, poolSize: 2 });
  await dataSource.initialize();
  try {
    const done = await dataSource.runMigrations({ transaction: 'each' });
    for (const migration of done) log(`${service}: ${migration.name}`);
    // This version runs on it: a migration suits the version before its own (deploy/runbooks/upgrade.md).
    const { foreign } = await migrationDrift({ query: <Row>(sql: string) => dataSource.query<Row[]>(sql) }, factory);
    if (foreign.length > 0) {
      log(`${service}: the database is of a later version, which migrated it by ${foreign.join(', ')}`);
    }
    await dataSource.query(
      `REVOKE INSERT, UPDATE, DELETE ON migrations FROM ${escapeIdentifier(serviceRole(service))}`,
    );
    if (!loadReferenceData) return;
    await inTransaction(service, connection, async (client) => {
      const tx = new Tx(client, new EntityStatements(dataSource), constraints ?? {}, new EntityChanges(dataSource));
      await loadReferenceData(tx);
      await tx.runBeforeCommit();
    });
    log(`${service}: reference data loaded`);
  } finally {
    await dataSource.destroy();
  }
}

/** A connection that ends before COMMIT leaves nothing of its transaction. */
async function inTransaction(
  service: ServiceName,
  settings: ConnectionSettings,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new PostgresClient({
    connectionString: settings.url,
    application_name: settings.applicationName,
    ...connectionExtras(service, settings),
  });
  await client.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
