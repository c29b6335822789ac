import ts from 'typescript';
import type { SourceProgram } from './source-program';
import { textOf } from './sql-texts';

const ALIAS = /\bAS "([a-z0-9]+[A-Z]\w*)"/g;
const SNAKE_CASE = /^[a-z0-9]+(_[a-z0-9]+)+$/;
const READS = new Set(['query', 'statement', 'page']);

/**
 * Names that a connection gives anyway, written by hand (`created_at AS "createdAt"`), and members of rows that no row has, since
 * it has them in camelCase.
 */
export function rowNameFaults({ checker, sources, place }: SourceProgram): string[] {
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
      for (const [alias, name = ''] of textOf(node).matchAll(ALIAS))
        faults.push(`${place(node)}: ${alias} is written by hand; a row has the column as ${name} already`);
    for (const member of readMembers(checker, node))
      if (SNAKE_CASE.test(member)) faults.push(`${place(node)}: no row has ${member}; it is in camelCase`);
    ts.forEachChild(node, visit);
  };
  sources.forEach(visit);
  return faults;
}

/** The members of the rows that a call reads, as its type argument says. */
function readMembers(checker: ts.TypeChecker, node: ts.Node): string[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const [row] = node.typeArguments ?? [];
  if (!row || !READS.has(node.expression.name.text)) return [];
  return checker
    .getTypeFromTypeNode(row)
    .getProperties()
    .map(({ name }) => name);
}
