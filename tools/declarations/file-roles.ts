import { basename } from 'node:path';
import ts from 'typescript';
import type { SourceProgram } from './source-program';
import { sqlOf } from './sql-texts';

interface Role {
  /** May name a transaction or the database. */
  readonly reaches: boolean;
  /** May hold SQL: whole statements, or parts of them. */
  readonly writesSql: boolean;
}

const PURE: Role = { reaches: false, writesSql: false };
const STATEMENTS: Role = { reaches: true, writesSql: true };

/** What a file of a service may do, by the word before `.ts`; none is pure. CONTRIBUTING says what each is for. */
const ROLES: Readonly<Record<string, Role>> = {
  '': PURE,
  entity: PURE,
  plan: PURE,
  rules: PURE,
  errors: PURE,
  // Conditions of ownership are parts of SQL, and so are the views that Postgres writes as JSON.
  act: STATEMENTS,
  messages: { reaches: false, writesSql: true },
  service: STATEMENTS,
  reader: STATEMENTS,
  rows: STATEMENTS,
  consumer: STATEMENTS,
  data: STATEMENTS,
  controller: { reaches: true, writesSql: false },
  module: { reaches: true, writesSql: false },
  port: { reaches: true, writesSql: false },
};
const REACHES = new Set(['Tx', 'Database', 'Queries', 'SqlReader']);

/** Files of services whose name promises less than they do, or nothing that is known. */
export function fileRoleFaults({ sources, place }: SourceProgram): string[] {
  return sources.flatMap((source) => {
    const path = place(source).replace(/:\d+$/, '');
    if (!/^apps\/(?!gateway\/)/.test(path)) return [];
    const [, role = ''] = /^[^.]+(?:\.(.+))?\.ts$/.exec(basename(path)) ?? [];
    const allowed = ROLES[role];
    if (!allowed) return [`${path}: "${role}" is no role of a file`];
    const name = role === '' ? 'a file without a role' : `*.${role}.ts`;
    const reached = allowed.reaches ? [] : namesFrom(source).filter((it) => REACHES.has(it));
    const sql = allowed.writesSql ? [] : sqlOf(source);
    return [
      ...reached.map((it) => `${path}: ${name} does not reach ${it}`),
      ...sql.map(({ node }) => `${place(node)}: ${name} holds no SQL`),
    ];
  });
}

function namesFrom(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    const named = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    return named && ts.isNamedImports(named)
      ? named.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
      : [];
  });
}
