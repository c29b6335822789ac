import type { Database } from '#database';

/** The columns of an entity without its methods: what a row of `entityColumns` has. */
export type Columns<E> = { [K in keyof E as E[K] extends (...parameters: never[]) => unknown ? never : K]: E[K] };

/** The select list of an entity, with each column under its property's name, for lists that are read past TypeORM. */
export function entityColumns(database: Database, entity: new () => object, alias: string): string {
  const key = `${entity.name} ${alias}`;
  let list = lists.get(key);
  if (list === undefined) {
    const { columns } = database.dataSource.getMetadata(entity);
    list = columns.map((column) => `${alias}.${column.databaseName} AS "${column.propertyName}"`).join(', ');
    lists.set(key, list);
  }
  return list;
}

/** Made once: hot reads ask for the same list each time. */
const lists = new Map<string, string>();
