import { basename } from 'node:path';
import ts from 'typescript';
import type { SourceProgram } from './source-program';

/** The methods of a transaction that write an entity. */
const ENTITY_WRITES = new Set(['insert', 'insertAll', 'update', 'moveAll']);
const SQL_WRITE = /\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\s+(?:ONLY\s+)?("?[a-z_]+"?|\$)/g;
/** What follows UPDATE where no table does: `FOR UPDATE OF ...`, `DO UPDATE SET ...`. */
const NO_TABLE = new Set(['of', 'set', 'skip', 'nowait']);

/** Which features of a service write each of its tables: `finance.payout` -> `payouts`, `payment-runs`. A feature is a folder with files. */
export type TableWriters = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reads who writes which table: by SQL in any text, by giving an entity to the transaction, and by declaring acts on it. A table
 * whose name is put together at run time cannot be known here and is listed as `$`, an entity of a type parameter as `?`.
 */
export function tableWriters({ checker, sources, place }: SourceProgram): TableWriters {
  const writers = new Map<string, Set<string>>();
  const note = (node: ts.Node, table: string): void => {
    const [, service, feature] = /^apps\/(\w+)\/src\/(?:(?:[\w-]+\/)*([\w-]+)\/)?/.exec(place(node)) ?? [];
    if (service === undefined) return;
    const key = `${service}.${table}`;
    writers.set(key, (writers.get(key) ?? new Set()).add(feature ?? basename(node.getSourceFile().fileName)));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
      for (const [, table = ''] of textOf(node).matchAll(SQL_WRITE)) if (!NO_TABLE.has(table)) note(node, table);
    if (ts.isCallExpression(node)) for (const type of writtenBy(checker, node)) note(node, tableOf(type) ?? '?');
    ts.forEachChild(node, visit);
  };
  sources.forEach(visit);
  return writers;
}

/** The text of a literal, with `$` for what is put in. */
function textOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return node.templateSpans.reduce((text, { literal }) => `${text}$${literal.text}`, node.head.text);
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
