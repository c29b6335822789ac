import { basename } from 'node:path';
import ts from 'typescript';
import type { SourceProgram } from './source-program';
import { textOf } from './sql-texts';

/** The methods of a transaction that write an entity. */
const ENTITY_WRITES = new Set(['insert', 'insertAll', 'update', 'moveAll']);
const SQL_WRITE = /\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\s+(?:ONLY\s+)?("?[a-z_]+"?|\$)/g;
/** What follows UPDATE where no table does: `FOR UPDATE OF ...`, `DO UPDATE SET ...`. */
const NO_TABLE = new Set(['of', 'set', 'skip', 'nowait']);

/** The methods of a transaction or of the database that read an entity by its class. */
const ENTITY_READS = new Set(['findOrFail', 'lockOrFail', 'select']);
const SQL_READ = /(DELETE\s+)?\b(?:FROM|JOIN|USING)\s+(?:ONLY\s+|LATERAL\s+)?([a-z_]+)\b(?!\s*\()/g;

/** One place that writes or reads a table, such as `finance.payout`. */
export interface TableUse {
  readonly table: string;
  /** A feature is a folder with files. */
  readonly feature: string;
  /** From `apps` on: `finance/src/payments/payouts/payout.reader.ts`. */
  readonly file: string;
}

export interface TableUses {
  readonly writes: readonly TableUse[];
  readonly reads: readonly TableUse[];
}

/**
 * Who uses which table: by SQL in any text, by giving an entity to the transaction, and by declaring acts on it. A table whose name is
 * put together at run time cannot be known here and is listed as `$`, an entity of a type parameter as `?`. A table is read where it
 * stands after FROM, JOIN or USING; the second one of `FROM a, b` is not seen.
 */
export function tableUses({ checker, sources, place }: SourceProgram): TableUses {
  const writes: TableUse[] = [];
  const reads: TableUse[] = [];
  const note = (uses: TableUse[], node: ts.Node, table: string): void => {
    const at = place(node);
    const [, service, feature] = /^apps\/(\w+)\/src\/(?:(?:[\w-]+\/)*([\w-]+)\/)?/.exec(at) ?? [];
    if (service === undefined) return;
    const file = at.slice('apps/'.length, at.lastIndexOf(':'));
    uses.push({ table: `${service}.${table}`, feature: feature ?? basename(file), file });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = textOf(node);
      for (const [, table = ''] of text.matchAll(SQL_WRITE)) if (!NO_TABLE.has(table)) note(writes, node, table);
      for (const [, isWrite, table = ''] of text.matchAll(SQL_READ)) if (!isWrite) note(reads, node, table);
    }
    if (ts.isCallExpression(node)) {
      for (const type of writtenBy(checker, node)) note(writes, node, tableOf(type) ?? '?');
      for (const table of readBy(checker, node)) note(reads, node, table);
    }
    ts.forEachChild(node, visit);
  };
  sources.forEach(visit);
  return { writes, reads };
}

/** The features that write each table. */
export function writersOf({ writes }: TableUses): Map<string, Set<string>> {
  const byTable = Map.groupBy(writes, ({ table }) => table);
  return new Map([...byTable].map(([table, uses]) => [table, new Set(uses.map(({ feature }) => feature))]));
}

/** Where a feature reads a table that only others write, past their doors. What no feature writes is shipped with the product. */
export function foreignReads(uses: TableUses): TableUse[] {
  const writers = writersOf(uses);
  return uses.reads.filter(({ table, feature }) => {
    const owners = writers.get(table);
    return owners !== undefined && !owners.has(feature);
  });
}

function writtenBy(checker: ts.TypeChecker, { expression, arguments: given }: ts.CallExpression): ts.Type[] {
  const [first] = given;
  if (!first) return [];
  if (expression.getText() === 'actsOn' && ts.isObjectLiteralExpression(first)) {
    const entity = first.properties.find((property) => property.name?.getText() === 'entity');
    return entity && ts.isPropertyAssignment(entity) ? instancesOf(checker, entity.initializer) : [];
  }
  if (!ts.isPropertyAccessExpression(expression) || !ENTITY_WRITES.has(expression.name.text)) return [];
  if (checker.getTypeAtLocation(expression.expression).symbol?.name !== 'Tx') return [];
  return instancesOf(checker, first);
}

function readBy(checker: ts.TypeChecker, { expression, arguments: given }: ts.CallExpression): string[] {
  const [first] = given;
  if (!first || !ts.isPropertyAccessExpression(expression) || !ENTITY_READS.has(expression.name.text)) return [];
  return instancesOf(checker, first).flatMap((type) => tableOf(type) ?? []);
}

/** The entity itself, those of a list, those that a class makes, or those that a transition moves. */
function instancesOf(checker: ts.TypeChecker, node: ts.Expression): ts.Type[] {
  const given = checker.getTypeAtLocation(node);
  const moved = given.symbol?.name === 'Transition' ? given.getProperty('entity') : undefined;
  const type = moved ? checker.getTypeOfSymbolAtLocation(moved, node) : given;
  const made = type.getConstructSignatures().map((signature) => signature.getReturnType());
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  return made.length > 0 ? made : [element ?? type];
}

function tableOf(type: ts.Type): string | undefined {
  // `Object.assign(new Fund(), { ... })` is a fund, too.
  if (type.isUnionOrIntersection()) return type.types.map(tableOf).find((table) => table !== undefined);
  const declaration = type.symbol?.valueDeclaration;
  const decorators = (declaration && ts.canHaveDecorators(declaration) && ts.getDecorators(declaration)) || [];
  const entity = decorators.map(({ expression }) => /^Entity\(\{ name: '(\w+)'/.exec(expression.getText())?.[1]);
  return entity.find((name) => name !== undefined);
}

/** What differs between the uses of tables and what is listed of them, also where the list says more than there is. */
export function ownerFaults(
  uses: TableUses,
  shared: Shared,
  listed: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const writers = writersOf(uses);
  const foreign = foreignReads(uses);
  return [
    ...[...writers].flatMap(([table, features]) => {
      // What a table is called must be known to say who owns it.
      const isOwned = features.size === 1 && /\w$/.test(table);
      const isListed = [...features].every((feature) => shared[table]?.writers.includes(feature));
      return isOwned || isListed
        ? []
        : [`${table} is written by ${[...features].join(' and ')}: a table has one owner`];
    }),
    ...Object.entries(shared).flatMap(([table, { writers: named }]) => {
      const gone = named.filter((feature) => !writers.get(table)?.has(feature));
      const isOwned = writers.get(table)?.size === 1 && /\w$/.test(table);
      if (isOwned) return [`${table} is listed as shared, and has one owner`];
      return gone.map((feature) => `${table} is listed as written by ${feature}, which does not write it`);
    }),
    ...new Set(
      foreign
        .filter(({ table, file }) => !listed.get(file)?.has(table))
        .map(({ table, file }) => `${file} reads ${table}, which ${ownersOf(writers, table)} owns: ask its reader`),
    ),
    ...[...listed].flatMap(([file, tables]) =>
      [...tables]
        .filter((table) => !foreign.some((use) => use.file === file && use.table === table))
        .map((table) => `${file} is listed as reading ${table}, and does not`),
    ),
  ];
}

type Shared = Readonly<Record<string, { readonly writers: readonly string[] }>>;

function ownersOf(writers: ReadonlyMap<string, ReadonlySet<string>>, table: string): string {
  return [...(writers.get(table) ?? [])].join(' and ');
}
