/** What the audit trail may keep of a field: its values, its values for those who see amounts, or only that it changed. */
export type AuditClass = 'open' | 'amount' | 'reduced';

interface Declared {
  readonly open: ReadonlySet<string>;
  readonly reduced: ReadonlySet<string>;
}

const declared = new WeakMap<object, Declared>();
const OPEN_TYPES: ReadonlySet<unknown> = new Set(['uuid', 'int', 'date', 'timestamptz', 'boolean', 'char']);

/**
 * Says of an entity which texts the audit trail may keep in clear (`open`: states, kinds, references, users' ids), and which other
 * fields it must not (`reduced`). The trail is chained by hashes and can never be erased, so nothing personal may enter it: a text
 * or document that is not declared open is recorded as "changed" only. Amounts are kept, and shown to auditors.
 */
export function AuditFields<E>(fields: {
  readonly open?: readonly (keyof E & string)[];
  readonly reduced?: readonly (keyof E & string)[];
}): ClassDecorator {
  return (entity) => {
    declared.set(entity, { open: new Set(fields.open), reduced: new Set(fields.reduced) });
  };
}

/** The class of one column: what is declared, else what its type allows; the unknown is reduced. */
export function auditClassOf(entity: object, column: { propertyName: string; type: unknown }): AuditClass {
  const fields = declared.get(entity);
  if (fields?.reduced.has(column.propertyName)) return 'reduced';
  if (fields?.open.has(column.propertyName)) return 'open';
  if (column.type === 'bigint') return 'amount';
  return OPEN_TYPES.has(column.type) ? 'open' : 'reduced';
}
