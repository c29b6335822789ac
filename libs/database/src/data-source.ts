import { z } from 'zod';
import { DataSource, type MigrationInterface } from 'typeorm';
import type { ServiceName } from '#contracts';
import { databaseUrl } from '#platform';
import { columnTypes, SnakeCaseNaming } from './column-types';
import { LastingClient } from './postgres-client';
import type { ConstraintCodes } from './sql-error';
import type { Tx } from './transaction';

/** What a service's process must know about its database. */
export const databaseConfigSchema = z.object({
  DATABASE_URL: databaseUrl().describe("The service's own role: `postgres://svc_finance:password@host:5432/fund`"),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10).describe('Connections at once'),
  DATABASE_STATEMENT_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(5000)
    .describe('A statement that takes longer is ended by the server'),
  DATABASE_LOCK_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(10)
    .default(2000)
    .describe('So long a statement waits for a lock'),
  DATABASE_IDLE_TRANSACTION_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(10_000)
    .describe('A transaction in which nothing happens for so long is ended by the server'),
  DATABASE_WORK_LIMIT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(30_000)
    .describe(
      'A transaction or read that takes longer has its connection cut: the link is dead or the work is unbounded',
    ),
  DATABASE_START_WAIT_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(60_000)
    .describe('How long the start waits for a database that is not there yet'),
  CURSOR_SECRET: z.string().min(16).describe('Signs list cursors; the same for all replicas of a service'),
});
export type DatabaseConfig = z.output<typeof databaseConfigSchema>;

type EntityClass = new (...parameters: never[]) => object;

export interface DataSourceDeclaration {
  readonly service: ServiceName;
  readonly entities: readonly EntityClass[];
  /** In order; messaging's own come first. Each class name ends with a 13-digit timestamp. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Which code a refused constraint answers; a unique one that is not listed answers PLATFORM_RESOURCE_EXISTS. */
  readonly constraints?: ConstraintCodes;
  /** Fills tables of reference data that ship with the product; runs after the migrations as the owner, in one transaction, each time. */
  readonly loadReferenceData?: (tx: Tx) => Promise<void>;
}

/** Where to connect and as whom; migrations run with the owner's role and without time limits. */
export interface ConnectionSettings {
  readonly url: string;
  readonly poolSize?: number;
  readonly role?: string;
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  readonly idleTransactionTimeoutMs?: number;
  readonly applicationName?: string;
}

/** Declares a service's database once; the process, the migration step and the tests open it from here. */
export interface DataSourceFactory {
  readonly declaration: DataSourceDeclaration;
  create(settings: ConnectionSettings): DataSource;
}

export function createDataSource(declaration: DataSourceDeclaration): DataSourceFactory {
  return { declaration, create: (settings) => build(declaration, settings) };
}

function build(declaration: DataSourceDeclaration, settings: ConnectionSettings): DataSource {
  const dataSource = new DataSource({
    type: 'postgres',
    url: settings.url,
    schema: declaration.service,
    entities: [...declaration.entities],
    migrations: [...declaration.migrations],
    migrationsTableName: 'migrations',
    namingStrategy: new SnakeCaseNaming(),
    synchronize: false,
    installExtensions: false,
    poolSize: settings.poolSize ?? 10,
    connectTimeoutMS: 5000,
    applicationName: settings.applicationName ?? declaration.service,
    logging: false,
    extra: { ...connectionExtras(declaration.service, settings), Client: LastingClient },
  });
  if (dataSource.options.synchronize) throw new Error('the schema is made by migrations only');
  return dataSource;
}

/**
 * Limits are the server's: a client-side `query_timeout` would leave the transaction open on a connection that goes back to the
 * pool, and the next COMMIT would commit the failed one's rows (docs/reliability.md#limits-are-the-servers).
 */
export function connectionExtras(service: string, settings: Omit<ConnectionSettings, 'url'>): Record<string, unknown> {
  const parameters = {
    search_path: `${service},extensions`,
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    ...(settings.role && { role: settings.role }),
    // A peer that vanished is noticed within half a minute, so that its locks are free again.
    tcp_keepalives_idle: 10,
    tcp_keepalives_interval: 5,
    tcp_keepalives_count: 3,
  };
  return {
    types: columnTypes,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: Object.entries(parameters)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    ...(settings.statementTimeoutMs && { statement_timeout: settings.statementTimeoutMs }),
    ...(settings.lockTimeoutMs && { lock_timeout: settings.lockTimeoutMs }),
    ...(settings.idleTransactionTimeoutMs && {
      idle_in_transaction_session_timeout: settings.idleTransactionTimeoutMs,
    }),
  };
}
