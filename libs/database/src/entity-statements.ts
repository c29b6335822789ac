import assert from 'node:assert/strict';
import type { DataSource, EntityMetadata } from 'typeorm';
import { propertyName } from './column-types';
import type { EntityClass } from './entity-class';
import type { Moved, Transition, Stateful } from './transitions';

type ColumnMetadata = EntityMetadata['columns'][number];

/** A statement that Postgres prepares once per connection under its name. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

interface Statements {
  readonly insert: Map<string, { name: string; text: string; returns: boolean }>;
  readonly update: { name: string; text: string; columns: ColumnMetadata[] };
  readonly select: { name: string; text: string };
  readonly lock: { name: string; text: string };
  /** Its columns, each with the table's name before it. */
  readonly columns: string;
}

/**
 * Plain INSERT, UPDATE and SELECT statements made from TypeORM's metadata. `save()` would select before it writes and compare
 * every column; a locked or new entity needs neither. A row has the members of its entity, so it needs no mapping either.
 */
export class EntityStatements {
  private readonly statements = new Map<EntityMetadata, Statements>();

  constructor(private readonly dataSource: DataSource) {}

  insert(entity: object): PreparedStatement & { returns: boolean } {
    const metadata = this.metadataOf(entity);
    const version = metadata.columns.find((column) => column.propertyName === 'version');
    if (version && version.getEntityValue(entity) === undefined) version.setEntityValue(entity, 1);
    const values = metadata.columns.map((column) => this.persisted(column, entity));
    const given = values.map((value) => (value === undefined ? '0' : '1')).join('');
    const { insert } = this.statementsOf(metadata);
    let statement = insert.get(given);
    if (!statement) {
      statement = insertStatement(metadata, given, `${metadata.tableName}_insert_${insert.size}`);
      insert.set(given, statement);
    }
    return { ...statement, values: values.filter((value) => value !== undefined) };
  }

  /** Sets every column but the id; matches id and version, so that a stale copy changes nothing. */
  update(entity: object): PreparedStatement {
    const metadata = this.metadataOf(entity);
    const { update } = this.statementsOf(metadata);
    const values = update.columns.map((column) => this.persisted(column, entity) ?? null);
    return { name: update.name, text: update.text, values: [this.idOf(entity), this.versionOf(entity), ...values] };
  }

  select(entityClass: EntityClass<unknown>, id: string, lock: 'for update' | 'none'): PreparedStatement {
    const statements = this.statementsOf(this.dataSource.getMetadata(entityClass));
    const { name, text } = lock === 'none' ? statements.select : statements.lock;
    return { name, text, values: [id] };
  }

  /** `rest` is what follows the table: joins, WHERE, ORDER BY, FOR UPDATE. */
  selectWhere(entityClass: EntityClass<unknown>, rest: string): string {
    const metadata = this.dataSource.getMetadata(entityClass);
    return `SELECT ${this.statementsOf(metadata).columns} FROM ${quoted(metadata.tableName)} ${rest}`;
  }

  /** Moves all rows that stand where the transition may begin, and meet the condition; answers what they are then. */
  moveAll<E extends Stateful>(
    how: Transition<E>,
    { where, parameters = [], set = {} }: Moved<E>,
  ): Omit<PreparedStatement, 'name'> {
    const metadata = this.dataSource.getMetadata(how.entity);
    const values = [...parameters];
    const placeholder = (value: unknown): string => `$${values.push(value)}`;
    const assignments = Object.entries<unknown>({ ...set, status: how.to }).map(([property, value]) => {
      const column = columnOf(metadata, property);
      return `${quoted(column.databaseName)} = ${placeholder(this.persistedValue(column, value))}`;
    });
    const table = quoted(metadata.tableName);
    const text = `UPDATE ${table} SET version = ${table}.version + 1, ${assignments.join(', ')}
      WHERE ${table}.status = ANY (${placeholder(how.from)}) AND (${where}) RETURNING ${this.statementsOf(metadata).columns}`;
    return { text, values };
  }

  /** The entity of a row that has all its columns. */
  hydrate<E>(entityClass: EntityClass<E>, row: object): E {
    return Object.assign(this.dataSource.getMetadata(entityClass).create() as E & object, row);
  }

  bumpVersion(entity: object): void {
    const version = columnOf(this.metadataOf(entity), 'version');
    version.setEntityValue(entity, (version.getEntityValue(entity) as number) + 1);
  }

  versionOf(entity: object): number {
    return columnOf(this.metadataOf(entity), 'version').getEntityValue(entity) as number;
  }

  private idOf(entity: object): unknown {
    return columnOf(this.metadataOf(entity), 'id').getEntityValue(entity);
  }

  private metadataOf(entity: object): EntityMetadata {
    return this.dataSource.getMetadata(entity.constructor);
  }

  private persisted(column: ColumnMetadata, entity: object): unknown {
    return this.persistedValue(column, column.getEntityValue(entity));
  }

  private persistedValue(column: ColumnMetadata, value: unknown): unknown {
    return this.dataSource.driver.preparePersistentValue(value, column);
  }

  private statementsOf(metadata: EntityMetadata): Statements {
    let statements = this.statements.get(metadata);
    if (!statements) {
      statements = makeStatements(metadata);
      this.statements.set(metadata, statements);
    }
    return statements;
  }
}

function makeStatements(metadata: EntityMetadata): Statements {
  const table = quoted(metadata.tableName);
  const all = metadata.columns.map((column) => quoted(column.databaseName)).join(', ');
  for (const { databaseName, propertyPath } of metadata.columns) {
    assert.equal(
      propertyName(databaseName),
      propertyPath,
      `a row of ${metadata.tableName} would not be a ${metadata.name}`,
    );
  }
  const columns = metadata.columns.filter((column) => column.isUpdate && !isKey(column) && !column.isGenerated);
  const assignments = columns.map((column, index) => `${quoted(column.databaseName)} = $${index + 3}`);
  const select = `SELECT ${all} FROM ${table} WHERE id = $1`;
  return {
    insert: new Map(),
    update: {
      name: `${metadata.tableName}_update`,
      text: `UPDATE ${table} SET ${['version = version + 1', ...assignments].join(', ')} WHERE id = $1 AND version = $2`,
      columns,
    },
    select: { name: `${metadata.tableName}_select`, text: select },
    lock: { name: `${metadata.tableName}_lock`, text: `${select} FOR UPDATE` },
    columns: metadata.columns.map((column) => `${table}.${quoted(column.databaseName)}`).join(', '),
  };
}

function insertStatement(metadata: EntityMetadata, given: string, name: string) {
  const isGiven = (index: number): boolean => given[index] === '1';
  const columns = metadata.columns.filter((_, index) => isGiven(index));
  const absent = metadata.columns.filter((_, index) => !isGiven(index));
  // With the id, as the rows of one statement that inserts many are told apart by it.
  const returned =
    absent.length > 0 ? [...metadata.columns.filter(({ propertyName: it }) => it === 'id'), ...absent] : [];
  const placeholders = columns.map((_, index) => `$${index + 1}`);
  const returning = returned.length > 0 ? ` RETURNING ${names(returned)}` : '';
  const text = `INSERT INTO ${quoted(metadata.tableName)} (${names(columns)}) VALUES (${placeholders.join(', ')})${returning}`;
  return { name, text, returns: returned.length > 0 };
}

function columnOf(metadata: EntityMetadata, property: string): ColumnMetadata {
  const column = metadata.columns.find((it) => it.propertyName === property);
  assert(column, `${metadata.name} has no column "${property}"`);
  return column;
}

function isKey(column: ColumnMetadata): boolean {
  return column.propertyName === 'id' || column.propertyName === 'version';
}

function names(columns: readonly ColumnMetadata[]): string {
  return columns.map((column) => quoted(column.databaseName)).join(', ');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
