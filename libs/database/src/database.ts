import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Client, Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { AppError, type Page } from '#contracts';
import type { JsonReply } from '#platform';
import { CursorSeal } from './cursor';
import { connectionExtras, type DatabaseConfig, type DataSourceFactory } from './data-source';
import { EntityChanges } from './entity-changes';
import type { EntityClass } from './entity-class';
import { EntityStatements } from './entity-statements';
import { type JsonRow, type PageOptions, readJsonPage, readPage } from './page';
import { PostgresClient, PostgresPool } from './postgres-client';
import {
  type ConstraintCodes,
  isConnectionLost,
  isConnectionUseless,
  isRetryable,
  sqlState,
  translateSqlError,
  unavailability,
} from './sql-error';
import { Tx } from './transaction';

const ATTEMPTS_MAX = 5;
const READ_ATTEMPTS_MAX = 3;
/** A link that went silent is cut after far longer; then nobody waits for the answer any more. */
const READ_REPEATED_WITHIN_MS = 2000;
const HEALTH_LIMIT_MS = 1500;
const RESERVED_CONNECTIONS = 2;
const RESERVED_IDLE_MS = 60_000;
const STORAGE_FULL_SAID_EVERY_MS = 60_000;
/** A prepared statement whose table changed its shape under it; a fresh connection prepares it anew. */
const STALE_PLAN = '0A000';

/** Statements outside a transaction. */
export type Queries = Pick<Database, 'query' | 'statement'>;

/** The service's own schema: the only way to read and write it. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly logger = new Logger(Database.name);
  private readonly entities: EntityStatements;
  private readonly entityChanges: EntityChanges;
  private readonly constraints: ConstraintCodes;
  private readonly cursors: CursorSeal;
  private readonly pool: Pool;
  private readonly reserve: Pool;
  private storageFullSaidAt = Number.NEGATIVE_INFINITY;

  /**
   * Connections that no request can take, so that a full pool neither looks like a dead database nor stops what heals: for health,
   * metrics and the messages' own bookkeeping. Few, and opened when they are first needed.
   */
  readonly reserved: Queries = {
    query: (sql, parameters) => this.read(this.reserve, { text: sql, values: [...(parameters ?? [])] }),
    statement: (name, sql, parameters) => this.read(this.reserve, { name, text: sql, values: [...(parameters ?? [])] }),
  };

  private constructor(
    readonly dataSource: DataSource,
    private readonly factory: DataSourceFactory,
    private readonly config: DatabaseConfig,
  ) {
    this.entities = new EntityStatements(dataSource);
    this.entityChanges = new EntityChanges(dataSource);
    this.constraints = factory.declaration.constraints ?? {};
    this.cursors = new CursorSeal(config.CURSOR_SECRET, factory.declaration.service);
    this.pool = new PostgresPool({
      ...this.connectionOf(this.service, {
        statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
        lockTimeoutMs: config.DATABASE_LOCK_TIMEOUT_MS,
      }),
      max: config.DATABASE_POOL_SIZE,
    });
    this.reserve = new PostgresPool({
      ...this.connectionOf(`${this.service}-reserved`),
      max: RESERVED_CONNECTIONS,
      idleTimeoutMillis: RESERVED_IDLE_MS,
    });
  }

  static async open(factory: DataSourceFactory, config: DatabaseConfig): Promise<Database> {
    const dataSource = factory.create({ url: config.DATABASE_URL, poolSize: 1 });
    // It knows its entities only once it was connected; statements run on connections of our own.
    await dataSource.initialize();
    await dataSource.destroy();
    return new Database(dataSource, factory, config);
  }

  get service(): string {
    return this.factory.declaration.service;
  }

  /**
   * The only way to open a transaction. Runs the work again (5 times at most) after a serialization failure, a deadlock or a
   * connection that broke before COMMIT was sent. A COMMIT whose outcome is unknown answers PLATFORM_DEADLINE_EXCEEDED: the
   * caller repeats with the same idempotency key.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isWorthRetry(error) || attempt === ATTEMPTS_MAX) throw this.asRefusal(error);
        await delay(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  /** Several reads of one state of the data, whatever is written meanwhile. */
  snapshot<T>(read: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return read(tx);
    });
  }

  /** Reads outside a transaction: int8 comes as bigint, date as `YYYY-MM-DD`, timestamptz as Date, numeric as text. */
  query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.read(this.pool, { text: sql, values: [...parameters] });
  }

  /** The same, prepared once per connection under a name: for hot paths. One name, one text. */
  statement<Row extends object>(name: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.read(this.pool, { name, text: sql, values: [...parameters] });
  }

  /** PLATFORM_RESOURCE_NOT_FOUND when there is no such row. */
  async findOrFail<E extends object>(entityClass: EntityClass<E>, id: string): Promise<E> {
    const [row] = await this.read(this.pool, this.entities.select(entityClass, id, 'none'));
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return this.entities.hydrate(entityClass, row);
  }

  /** The entities that a query finds: `rest` is what follows `SELECT ... FROM <table>`. */
  async select<E extends object>(
    entityClass: EntityClass<E>,
    rest: string,
    parameters: readonly unknown[] = [],
  ): Promise<E[]> {
    const rows = await this.query(this.entities.selectWhere(entityClass, rest), parameters);
    return rows.map((row) => this.entities.hydrate(entityClass, row));
  }

  /**
   * One page of a list by signed keyset cursor, bounded in rows and in bytes. PLATFORM_CURSOR_INVALID for a cursor that was
   * altered or belongs to other filters.
   */
  page<Row extends object, Item extends object = Row>(options: PageOptions<Row, Item>): Promise<Page<Item>> {
    return readPage(options, this.cursors, (sql, parameters) => this.query(sql, parameters));
  }

  /** The same for a list that many read: `select` gives each item as `json` (docs/adr/0036-postgres-writes-the-json.md). */
  jsonPage<Item>(options: Omit<PageOptions<JsonRow, string>, 'items'>): Promise<JsonReply<Page<Item>>> {
    return readJsonPage(options, this.cursors, (sql, parameters) => this.query(sql, parameters));
  }

  /**
   * A connection outside the pool, for LISTEN and session locks; the caller ends it. It has no statement limit of its own beyond
   * the pool's.
   */
  async connectDedicated(purpose: string): Promise<Client> {
    const client = new PostgresClient(this.connectionOf(`${this.service}-${purpose}`));
    await client.connect();
    return client;
  }

  /** Answers undefined when the database does, else what is wrong. */
  async health(): Promise<string | undefined> {
    const limit = delay(HEALTH_LIMIT_MS, 'no answer in time', { ref: false });
    const probe = this.reserved.query('SELECT 1').then(
      () => undefined,
      (error: unknown) => (error instanceof AppError ? error.code : (sqlState(error) ?? 'not reachable')),
    );
    return Promise.race([probe, limit]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  async close(): Promise<void> {
    if (this.pool.ending) return;
    await this.pool.end();
    await this.reserve.end();
  }

  private connectionOf(name: string, limits: { statementTimeoutMs?: number; lockTimeoutMs?: number } = {}) {
    return {
      connectionString: this.config.DATABASE_URL,
      connectionTimeoutMillis: 5000,
      application_name: name,
      ...connectionExtras(this.service, {
        statementTimeoutMs: this.config.DATABASE_WORK_LIMIT_MS,
        idleTransactionTimeoutMs: this.config.DATABASE_IDLE_TRANSACTION_TIMEOUT_MS,
        ...limits,
      }),
    };
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const watchdog = this.guard(client);
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const tx = new Tx(client, this.entities, this.constraints, this.entityChanges);
      try {
        const result = await work(tx);
        await tx.runBeforeCommit();
        await commit(client);
        tx.runAfterCommit();
        return result;
      } catch (error) {
        broken = await rollback(client, error);
        throw translateSqlError(error, this.constraints);
      }
    } catch (error) {
      if (isConnectionUseless(error) || isStalePlan(error)) broken ??= error as Error;
      throw error;
    } finally {
      clearTimeout(watchdog);
      // Given an error, the pool destroys the connection instead of lending out one whose transaction may still be open.
      client.release(broken);
    }
  }

  /** A read whose connection broke under it is asked again on another one: it changed nothing. */
  private async read<Row extends object>(pool: Pool, statement: Statement): Promise<Row[]> {
    const startedAt = performance.now();
    for (let attempt = 1; ; attempt++) {
      const client = await this.borrow(pool);
      try {
        return await this.readOn<Row>(client, statement);
      } catch (error) {
        const isWorthIt = attempt < READ_ATTEMPTS_MAX && performance.now() - startedAt < READ_REPEATED_WITHIN_MS;
        if (!isWorthIt || !isConnectionLost(error) || !isRead(statement.text)) throw this.asRefusal(error);
      }
    }
  }

  private async readOn<Row extends object>(client: PoolClient, statement: Statement): Promise<Row[]> {
    const watchdog = this.guard(client);
    let broken: Error | undefined;
    try {
      return (await client.query(statement)).rows as Row[];
    } catch (error) {
      if (isConnectionUseless(error) || isStalePlan(error)) broken = error as Error;
      throw error;
    } finally {
      clearTimeout(watchdog);
      client.release(broken);
    }
  }

  private async borrow(pool: Pool): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      throw this.asRefusal(error);
    }
  }

  /** A link that went silent answers nothing, so the server's limits never arrive: cut the connection from this side. */
  private guard(client: PoolClient): NodeJS.Timeout {
    return setTimeout(() => {
      this.logger.error('database work exceeded its limit; connection cut');
      void client.end();
    }, this.config.DATABASE_WORK_LIMIT_MS);
  }

  private asRefusal(error: unknown): unknown {
    if (error instanceof AppError) return error;
    const refusal = unavailability(error);
    if (refusal?.code === 'PLATFORM_STORAGE_FULL') this.sayStorageIsFull(error);
    return refusal ?? error;
  }

  /** Every write would say the same, on a disk that has no room for it. */
  private sayStorageIsFull(error: unknown): void {
    if (performance.now() - this.storageFullSaidAt < STORAGE_FULL_SAID_EVERY_MS) return;
    this.storageFullSaidAt = performance.now();
    this.logger.error({ err: error }, "the database's disk is full: writes are refused until there is room");
  }
}

interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/** Words of changes inside a text only cost it its repetition. */
function isRead(text: string): boolean {
  return /^\s*(SELECT|WITH)\b/i.test(text) && !/\b(INSERT|UPDATE|DELETE|MERGE)\b/i.test(text);
}

/** A definite refusal (deferred constraint, serialization) passes through; a lost answer means the outcome is unknown. */
async function commit(client: PoolClient): Promise<void> {
  let command: string;
  try {
    command = (await client.query('COMMIT')).command;
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    throw new CommitUnknownError(error);
  }
  // Postgres answers a COMMIT after a swallowed error with ROLLBACK, and no error at all.
  assert.equal(command, 'COMMIT', 'an error inside the transaction was caught and the work went on; use tx.savepoint');
}

/** Answers why the connection must not be used again, if so. */
async function rollback(client: PoolClient, cause: unknown): Promise<Error | undefined> {
  if (isConnectionLost(cause) || cause instanceof CommitUnknownError) return cause as Error;
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function isWorthRetry(error: unknown): boolean {
  if (error instanceof CommitUnknownError) return false;
  return isRetryable(error) || isConnectionLost(error) || isStalePlan(error);
}

/** Retrying by itself could apply the change twice, so the caller decides. */
class CommitUnknownError extends AppError {
  constructor(cause: unknown) {
    super('PLATFORM_DEADLINE_EXCEEDED', { outcome: 'unknown' }, { cause });
  }
}

function isStalePlan(error: unknown): boolean {
  return sqlState(error) === STALE_PLAN && error instanceof Error && error.message.includes('cached plan');
}
