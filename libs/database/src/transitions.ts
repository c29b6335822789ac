import assert from 'node:assert/strict';
import type { Columns, EntityClass } from './entity-class';

/** Which state may follow which. */
export type StateTable = Readonly<Partial<Record<string, readonly string[]>>>;

/** What stands in a state. */
export interface Stateful {
  status: string;
}

/** From which states to which one: what the entity's table allows, and no more. */
export interface Transition<E extends Stateful> {
  readonly entity: EntityClass<E>;
  readonly from: readonly E['status'][];
  readonly to: E['status'];
}

/** Which rows move, and what else becomes of them. The condition names columns as `<table>.<column>` where it reads other tables. */
export interface Moved<E extends Stateful> {
  readonly where: string;
  readonly parameters?: readonly unknown[];
  readonly set?: Partial<Columns<E>>;
}

const tables = new WeakMap<object, readonly StateTable[]>();

/** Says of an entity which of its states may follow which: forward, and where an act takes a step back. */
export function States(...declared: readonly StateTable[]): ClassDecorator {
  return (entity) => {
    tables.set(entity, declared);
  };
}

/**
 * Declares where many rows go at once, for `tx.moveAll`. Made when its file is loaded, so that a service with one that its entity's table
 * does not allow never starts. Without `from` it begins at every state that leads there.
 */
export function transition<E extends Stateful>(
  entity: EntityClass<E>,
  { from, to }: { readonly from?: readonly E['status'][]; readonly to: E['status'] },
): Transition<E> {
  const declared = tables.get(entity);
  assert(declared, `${entity.name} declares no states`);
  const allowed = declared.flatMap((table) => Object.keys(table).filter((state) => table[state]?.includes(to)));
  for (const state of from ?? []) assert(allowed.includes(state), `${entity.name}: ${state} does not lead to ${to}`);
  assert(allowed.length > 0, `${entity.name}: no state leads to ${to}`);
  return { entity, from: from ?? [...new Set(allowed)], to };
}
