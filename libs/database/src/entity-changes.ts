import type { DataSource, EntityMetadata } from 'typeorm';
import { auditClassOf } from './audit-fields';

type ColumnMetadata = EntityMetadata['columns'][number];
type Scalar = string | number | boolean | null;

/** Before and after of a field; without values where only the fact may be kept. */
export interface FieldChange {
  readonly before?: Scalar;
  readonly after?: Scalar;
  /** The values are an amount of money: shown to those only who may see pay. */
  readonly isAmount?: true;
}

/** What a transaction did to one object, for the audit trail. */
export interface ObjectChange {
  /** The object's table: `payout`. */
  readonly object: string;
  readonly id: string;
  readonly version?: number;
  /** The object was made; its first values are the object's own, and the `before` of its first change. */
  readonly isNew?: true;
  readonly fields?: Readonly<Record<string, FieldChange>>;
}

const TEXT_MAX = 100;

/** Remembers entities as they were read and tells what became of them. */
export class EntityChanges {
  private readonly before = new WeakMap<object, readonly Scalar[]>();

  constructor(private readonly dataSource: DataSource) {}

  remember(entity: object): void {
    this.before.set(entity, this.valuesOf(entity));
  }

  made(entity: object): ObjectChange {
    return { ...this.identityOf(entity), isNew: true };
  }

  /** Undefined when nothing but the version differs. An entity that was not read in this transaction has no "before". */
  changed(entity: object, version: number): ObjectChange | undefined {
    const before = this.before.get(entity);
    const identity = { ...this.identityOf(entity), version };
    if (!before) return identity;
    const after = this.valuesOf(entity);
    this.before.set(entity, after);
    const fields = this.metadataOf(entity).columns.flatMap((column, index) => {
      const change = { before: before[index] ?? null, after: after[index] ?? null };
      if (change.before === change.after || column.propertyName === 'version') return [];
      return [[column.propertyName, keptOf(entity, column, change)] as const];
    });
    return fields.length === 0 ? undefined : { ...identity, fields: Object.fromEntries(fields) };
  }

  /** What a statement wrote into some fields of a row that nobody had read before. */
  written(entity: object, properties: readonly string[], version: number): ObjectChange {
    const columns = this.metadataOf(entity).columns.filter(({ propertyName }) => properties.includes(propertyName));
    const fields = columns.map((column) => {
      const { after, isAmount } = keptOf(entity, column, {
        before: null,
        after: scalarOf(column.getEntityValue(entity)),
      });
      return [column.propertyName, { after, isAmount }] as const;
    });
    return { ...this.identityOf(entity), version, fields: Object.fromEntries(fields) };
  }

  private identityOf(entity: object): { object: string; id: string } {
    return { object: this.metadataOf(entity).tableName, id: String((entity as { id?: unknown }).id) };
  }

  private valuesOf(entity: object): Scalar[] {
    return this.metadataOf(entity).columns.map((column) => scalarOf(column.getEntityValue(entity)));
  }

  private metadataOf(entity: object): EntityMetadata {
    return this.dataSource.getMetadata(entity.constructor);
  }
}

function keptOf(entity: object, column: ColumnMetadata, change: { before: Scalar; after: Scalar }): FieldChange {
  const kept = auditClassOf(entity.constructor, column);
  if (kept === 'reduced') return {};
  const values = { before: cut(change.before), after: cut(change.after) };
  return kept === 'amount' ? { ...values, isAmount: true } : values;
}

/** One comparable value for anything a column holds; a document is compared as text, since it may be changed in place. */
function scalarOf(value: unknown): Scalar {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
}

function cut(value: Scalar): Scalar {
  return typeof value === 'string' && value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX).toWellFormed()}…` : value;
}
