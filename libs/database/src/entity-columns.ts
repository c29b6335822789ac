import type { Database } from './database';

/** Made once per data source: hot reads ask for the same list each time. */
const lists = new WeakMap<object, Map<string, string>>();

/**
 * The columns of an entity, for lists whose rows have more or less than it. What a list does not show (long texts above all) is
 * left out and not even read.
 */
export function entityColumns<E extends object>(
  database: Database,
  entity: new () => E,
  alias: string,
  without: readonly (keyof E & string)[] = [],
): string {
  const { dataSource } = database;
  const known = lists.get(dataSource) ?? new Map<string, string>();
  lists.set(dataSource, known);
  const key = [entity.name, alias, ...without].join(' ');
  const list =
    known.get(key) ??
    dataSource
      .getMetadata(entity)
      .columns.filter((column) => !(without as readonly string[]).includes(column.propertyName))
      .map((column) => `${alias}.${column.databaseName}`)
      .join(', ');
  known.set(key, list);
  return list;
}
