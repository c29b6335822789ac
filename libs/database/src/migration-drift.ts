import type { DataSourceFactory } from './data-source';
import type { Queries } from './database';

export interface MigrationDrift {
  /** This version has them, the schema does not. */
  readonly pending: readonly string[];
  /** The schema has them, this version does not know them: a newer one made them. */
  readonly foreign: readonly string[];
}

/** Compares the migrations of this version with those that a schema went through. Throws when the schema was never migrated. */
export async function migrationDrift(
  database: Pick<Queries, 'query'>,
  { declaration: { service, migrations } }: DataSourceFactory,
): Promise<MigrationDrift> {
  const rows = await database.query<{ name: string }>(`SELECT name FROM ${service}.migrations ORDER BY id`);
  const done = rows.map(({ name }) => name);
  const own = migrations.map(({ name }) => name);
  return {
    pending: own.filter((name) => !done.includes(name)),
    foreign: done.filter((name) => !own.includes(name)),
  };
}
