import assert from 'node:assert/strict';
import type { Client, QueryResult } from 'pg';
import { AppError } from '#contracts';
import type { EntityChanges, ObjectChange } from './entity-changes';
import type { EntityClass } from './entity-class';
import type { EntityStatements, PreparedStatement } from './entity-statements';
import { type ConstraintCodes, translateSqlError } from './sql-error';
import type { Moved, Transition, Stateful } from './transitions';

/** Parameters of one statement are limited to 65535; far fewer keep the plan small. */
const INSERT_PARAMETERS_MAX = 5000;

/**
 * One running transaction. All of it commits or none: state, outbox row, inbox row and audit record. Nothing in it may await the
 * network, and the work may run more than once (serialization failure, lost connection), so it changes only what it reads here.
 */
export class Tx {
  private readonly closing: (() => Promise<void>)[] = [];
  private readonly guards: (() => void)[] = [];
  private readonly closed: (() => void)[] = [];
  /** What became of objects so far, for the audit trail; what is written past the entities is noted by `noteChange`. */
  private readonly noted: ObjectChange[] = [];

  constructor(
    private readonly client: Client,
    private readonly entities: EntityStatements,
    private readonly constraints: ConstraintCodes,
    private readonly entityChanges: EntityChanges,
  ) {}

  get changes(): readonly ObjectChange[] {
    return this.noted;
  }

  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.send({ text: sql, values: [...parameters] })).rows as Row[];
  }

  /** The same, prepared once per connection under a name: for hot paths. One name, one text. */
  async statement<Row extends object>(name: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.send({ name, text: sql, values: [...parameters] })).rows as Row[];
  }

  /** How many rows an INSERT, UPDATE or DELETE touched. */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.send({ text: sql, values: [...parameters] })).rowCount ?? 0;
  }

  /** A plain INSERT; a version that is not set starts at 1, and columns left undefined get the database's default. */
  async insert(entity: object): Promise<void> {
    const { returns, ...statement } = this.entities.insert(entity);
    const { rows } = await this.send(statement);
    if (returns) Object.assign(entity, rows[0]);
    this.noted.push(this.entityChanges.made(entity));
  }

  /** Inserts many of one kind with few statements. */
  async insertAll(entities: readonly object[]): Promise<void> {
    const groups = new Map<string, PreparedStatement[]>();
    for (const entity of entities) {
      const statement = this.entities.insert(entity);
      groups.set(statement.text, [...(groups.get(statement.text) ?? []), statement]);
      this.noted.push(this.entityChanges.made(entity));
    }
    const byId = new Map(entities.map((entity) => [(entity as { id?: unknown }).id, entity]));
    for (const [text, statements] of groups) {
      for (const given of await this.insertRows(text, statements)) Object.assign(byId.get(given.id) ?? {}, given);
    }
  }

  /**
   * Writes all columns, moves the version on by one, in the row and in the entity. PLATFORM_VERSION_STALE when the row is gone
   * or was changed since it was read.
   */
  async update(entity: object): Promise<void> {
    const { rowCount } = await this.send(this.entities.update(entity));
    if (rowCount !== 1) throw new AppError('PLATFORM_VERSION_STALE');
    this.entities.bumpVersion(entity);
    this.noteEntity(entity);
  }

  /** For an entity that was selected here and written with a statement of the service's own. */
  noteEntity(entity: object): void {
    const change = this.entityChanges.changed(entity, this.entities.versionOf(entity));
    if (change) this.noted.push(change);
  }

  /** For rows that are no entities: what the audit trail shall say of them. Never a person's data. */
  noteChange(change: ObjectChange): void {
    this.noted.push(change);
  }

  /**
   * Reads a row and locks it until the end of the transaction. PLATFORM_RESOURCE_NOT_FOUND when there is none;
   * PLATFORM_VERSION_STALE when an expected version (If-Match) is given and the row has another.
   */
  async lockOrFail<E extends object>(entityClass: EntityClass<E>, id: string, expectedVersion?: number): Promise<E> {
    const entity = await this.read(entityClass, id, 'for update');
    if (expectedVersion !== undefined && this.entities.versionOf(entity) !== expectedVersion) {
      throw new AppError('PLATFORM_VERSION_STALE', { currentVersion: this.entities.versionOf(entity) });
    }
    return entity;
  }

  findOrFail<E extends object>(entityClass: EntityClass<E>, id: string): Promise<E> {
    return this.read(entityClass, id, 'none');
  }

  /**
   * The entities that a query finds: `rest` is what follows `SELECT ... FROM <table>`, and names columns as `<table>.<column>` where it
   * joins. Locked where it says FOR UPDATE. A name has it prepared once per connection.
   */
  async select<E extends object>(
    entityClass: EntityClass<E>,
    rest: string,
    parameters: readonly unknown[] = [],
    name?: string,
  ): Promise<E[]> {
    const { rows } = await this.send({
      name,
      text: this.entities.selectWhere(entityClass, rest),
      values: [...parameters],
    });
    return rows.map((row: object) => this.remembered(this.entities.hydrate(entityClass, row)));
  }

  /**
   * Moves many rows to another state with one statement: those that the condition finds and that stand in a state from which the
   * entity's table allows it. Answers them as they are now; a row that stands elsewhere is left as it is, so a caller to whom each
   * matters compares the numbers.
   */
  async moveAll<E extends Stateful>(how: Transition<E>, moved: Moved<E>): Promise<E[]> {
    const { rows } = await this.send(this.entities.moveAll(how, moved));
    const [only, ...others] = how.from;
    const status = { after: how.to, ...(others.length === 0 && { before: only }) };
    return rows.map((row: object) => {
      const entity = this.remembered(this.entities.hydrate(how.entity, row));
      const set = this.entityChanges.written(entity, Object.keys(moved.set ?? {}), this.entities.versionOf(entity));
      this.noted.push({ ...set, fields: { ...set.fields, status } });
      return entity;
    });
  }

  /**
   * Runs part of the work so that its refusal undoes that part only; the error is thrown on for the caller to catch. An SQL error
   * caught without it leaves the whole transaction refused.
   */
  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    await this.query('SAVEPOINT part');
    const notedBefore = this.noted.length;
    try {
      const result = await work();
      await this.query('RELEASE SAVEPOINT part');
      return result;
    } catch (error) {
      await this.query('ROLLBACK TO SAVEPOINT part');
      await this.query('RELEASE SAVEPOINT part');
      this.noted.length = notedBefore;
      throw error;
    }
  }

  /** Runs in this transaction just before COMMIT, in the order of registration; the outbox writes its rows so. */
  beforeCommit(work: () => Promise<void>): void {
    this.closing.push(work);
  }

  /** Asked after everything else, at the moment when COMMIT would be sent; what it throws rolls the transaction back. */
  guardCommit(check: () => void): void {
    this.guards.push(check);
  }

  /** Runs once the COMMIT is certain, never after a rollback. Must not throw. */
  afterCommit(work: () => void): void {
    this.closed.push(work);
  }

  /** @internal Called by Database just before COMMIT. */
  async runBeforeCommit(): Promise<void> {
    for (let work = this.closing.shift(); work; work = this.closing.shift()) await work();
    for (const check of this.guards) check();
  }

  /** @internal Called by Database once committed. */
  runAfterCommit(): void {
    for (const work of this.closed) work();
  }

  private async read<E extends object>(
    entityClass: EntityClass<E>,
    id: string,
    lock: 'for update' | 'none',
  ): Promise<E> {
    const { rows } = await this.send(this.entities.select(entityClass, id, lock));
    const row = rows[0] as object | undefined;
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return this.remembered(this.entities.hydrate(entityClass, row));
  }

  private remembered<E extends object>(entity: E): E {
    this.entityChanges.remember(entity);
    return entity;
  }

  /** Answers, by id, what the database gave. */
  private async insertRows(text: string, statements: readonly PreparedStatement[]): Promise<{ id?: unknown }[]> {
    const width = statements[0]?.values.length ?? 0;
    assert(width > 0, 'an insert without columns');
    const head = text.slice(0, text.indexOf(' VALUES '));
    const returning = /\) (RETURNING .*)$/.exec(text)?.[1] ?? '';
    const returned: { id?: unknown }[] = [];
    const rowsMax = Math.max(1, Math.floor(INSERT_PARAMETERS_MAX / width));
    for (let start = 0; start < statements.length; start += rowsMax) {
      const values = statements.slice(start, start + rowsMax).map((statement) => statement.values);
      const tuples = values.map(
        (row, rowIndex) => `(${row.map((_, index) => `$${rowIndex * width + index + 1}`).join(', ')})`,
      );
      const insert = `${head} VALUES ${tuples.join(', ')} ${returning}`;
      const { rows } = await this.send({ text: insert, values: values.flat() });
      returned.push(...(rows as { id?: unknown }[]));
    }
    return returned;
  }

  private async send(statement: { name?: string; text: string; values: unknown[] }): Promise<QueryResult> {
    try {
      return await this.client.query(statement);
    } catch (error) {
      throw translateSqlError(error, this.constraints);
    }
  }
}
