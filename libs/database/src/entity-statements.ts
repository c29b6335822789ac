import assert from 'node:assert/strict';
import type { DataSource, EntityMetadata } from 'typeorm';
import { propertyName } from './column-types';

type ColumnMetadata = EntityMetadata['columns'][number];

/** A statement that Postgres prepares once per connection under its name. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

export interface EntityClass<E> {
  new (...parameters: never[]): E;
}

interface Statements {
  readonly insert: Map<string, { name: string; text: string; returned: ColumnMetadata[] }>;
  readonly update: { name: string; text: string; columns: ColumnMetadata[] };
  readonly select: { name: string; text: string };
  readonly lock: { name: string; text: string };
}

/**
 * Plain INSERT, UPDATE and SELECT statements made from TypeORM's metadata. `save()` would select before it writes and compare
 * every column; a locked or new entity needs neither.
 */
export class EntityStatements {
  private readonly statements = new Map<EntityMetadata, Statements>();

  constructor(private readonly dataSource: DataSource) {}

  insert(entity: object): PreparedStatement & { returned: readonly ColumnMetadata[] } {
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

  /** The entity of a row that `select` read. */
  hydrate<E>(entityClass: EntityClass<E>, row: Record<string, unknown>): E {
    const metadata = this.dataSource.getMetadata(entityClass);
    const entity = metadata.create() as E & object;
    this.fill(entity, row, metadata.columns);
    return entity;
  }

  fill(entity: object, row: Record<string, unknown>, columns: readonly ColumnMetadata[]): void {
    for (const column of columns) {
      const stored = row[propertyName(column.databaseName)];
      const value: unknown = this.dataSource.driver.prepareHydratedValue(stored, column);
      column.setEntityValue(entity, value);
    }
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
    return this.dataSource.driver.preparePersistentValue(column.getEntityValue(entity), column);
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
  };
}

function insertStatement(metadata: EntityMetadata, given: string, name: string) {
  const isGiven = (index: number): boolean => given[index] === '1';
  const columns = metadata.columns.filter((_, index) => isGiven(index));
  const returned = metadata.columns.filter((_, index) => !isGiven(index));
  const placeholders = columns.map((_, index) => `$${index + 1}`);
  const returning = returned.length > 0 ? ` RETURNING ${names(returned)}` : '';
  const text = `INSERT INTO ${quoted(metadata.tableName)} (${names(columns)}) VALUES (${placeholders.join(', ')})${returning}`;
  return { name, text, returned };
}

function columnOf(metadata: EntityMetadata, propertyName: string): ColumnMetadata {
  const column = metadata.columns.find((it) => it.propertyName === propertyName && !it.embeddedMetadata);
  assert(column, `${metadata.name} has no column "${propertyName}"`);
  return column;
}

function isKey(column: ColumnMetadata): boolean {
  return !column.embeddedMetadata && (column.propertyName === 'id' || column.propertyName === 'version');
}

function names(columns: readonly ColumnMetadata[]): string {
  return columns.map((column) => quoted(column.databaseName)).join(', ');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
