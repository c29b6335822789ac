import ts from 'typescript';
import { pathParameters } from '#contracts';
import type { SourceProgram } from './source-program';

/** The route of each operation by the name of its export, such as `confirmAssignment`. */
export type Routes = ReadonlyMap<string, string>;

/** A request type as the compiler knows it. */
interface DeclaredRequest {
  readonly name: string;
  readonly type: ts.Type;
}

/**
 * Says which request members are declared and never read: clients may send them, and they are lost. A member is read where a
 * service or a lib names it on a value of the request's own type, or hands the value on as another type whose member of that
 * name is read or is a column of an entity. What is handed on as `unknown` or the like counts as lost and not as read.
 */
export function unreadMembers(program: SourceProgram, services: readonly string[], routes: Routes): string[] {
  const reads = new Reads(program);
  return services.flatMap((service) =>
    requestsOf(program, service).flatMap(({ name, type }) => {
      const carriedByAct = reads.objectOfAct({ name, type }, routes);
      return type
        .getProperties()
        .filter((member) => !carriedByAct.has(member.name) && !reads.isRead(member))
        .map((member) => `${name} declares the request member ${member.name}, which ${service} never reads`);
    }),
  );
}

function requestsOf({ checker, declarations }: SourceProgram, service: string): DeclaredRequest[] {
  const module = checker.getSymbolAtLocation(declarations(service));
  if (!module) throw new Error(`${service} exports no declarations`);
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!(symbol.flags & ts.SymbolFlags.Variable)) return [];
    const type = requestOf(checker, checker.getTypeOfSymbol(symbol));
    return type ? [{ name: exported.name, type }] : [];
  });
}

/** What `RequestOf` makes of an operation's type. */
function requestOf(checker: ts.TypeChecker, operation: ts.Type): ts.Type | undefined {
  if (!operation.getProperty('subject')) return undefined;
  return ['request', '_zod', 'output'].reduce<ts.Type | undefined>((type, name) => {
    const member = type?.getProperty(name);
    return member && checker.getTypeOfSymbol(member);
  }, operation);
}

/** Reads every source once: which members are named, and as which other types values are handed on. */
class Reads {
  private readonly checker: ts.TypeChecker;
  private readonly named = new Set<ts.Symbol>();
  private readonly handedOnAs = new Map<ts.Type, Set<ts.Type>>();
  /** For each member, what the values that have it are handed on as. */
  private readonly targets = new Map<ts.Symbol, Set<ts.Type>[]>();
  /**
   * The declaration `const act = actsOn({ ... })` that an act is made with, by its operation; by the request for an operation that is
   * made for several services alike, and has a name of its own in each.
   */
  private readonly acts = new Map<string | ts.Type, ts.Node>();

  constructor({ checker, sources }: SourceProgram) {
    this.checker = checker;
    for (const source of sources) if (!/\/apps\/gateway\//.test(source.fileName)) this.visit(source);
    for (const [type, targets] of this.handedOnAs) {
      for (const member of this.partsOf(type).flatMap((part) => part.getProperties()))
        this.targets.set(member, [...(this.targets.get(member) ?? []), targets]);
    }
  }

  isRead(member: ts.Symbol): boolean {
    const seen = new Set([member]);
    for (const it of seen) {
      if (this.named.has(it) || isColumn(it)) return true;
      for (const target of (this.targets.get(it) ?? []).flatMap((types) => [...types]))
        for (const next of this.membersOf(target, it.name)) seen.add(next);
    }
    return false;
  }

  /** What the acts themselves read of a request: the id of the object, and what `belongs` compares. */
  objectOfAct({ name: operation, type }: DeclaredRequest, routes: Routes): ReadonlySet<string> {
    const declaration = this.acts.get(operation) ?? this.acts.get(type);
    if (!declaration) return new Set();
    let path = routes.get(operation) ?? '';
    const read = new Set<string>();
    const look = (node: ts.Node): void => {
      if (ts.isPropertyAssignment(node) && node.name.getText() === 'actions')
        path = routes.get(node.initializer.getText()) ?? path;
      if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression))
        read.add(node.argumentExpression.text);
      ts.forEachChild(node, look);
    };
    look(declaration);
    return read.add(pathParameters(path).at(-1) ?? '');
  }

  private visit(node: ts.Node): void {
    if (ts.isPropertyAccessExpression(node)) this.name(node.expression, node.name.text);
    else if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      this.name(node.expression, node.argumentExpression.text);
    else if (ts.isObjectBindingPattern(node)) this.nameBound(node);
    else if (ts.isDecorator(node)) this.noteAct(node);
    if (ts.isExpression(node) && !ts.isLiteralExpression(node)) this.noteHandedOn(node);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  private name(on: ts.Node, name: string): void {
    for (const member of this.membersOf(this.checker.getTypeAtLocation(on), name)) this.named.add(member);
  }

  private nameBound(pattern: ts.ObjectBindingPattern): void {
    for (const { dotDotDotToken, propertyName, name } of pattern.elements) {
      const bound = propertyName ?? name;
      // A name with an underscore in front says that the value is left alone.
      if (!dotDotDotToken && ts.isIdentifier(bound) && !name.getText().startsWith('_')) this.name(pattern, bound.text);
    }
  }

  private noteAct({ expression }: ts.Decorator): void {
    if (!ts.isCallExpression(expression)) return;
    const [operation] = expression.arguments;
    const made = this.declarationOf(expression.expression);
    if (!operation || !made || !ts.isVariableDeclaration(made)) return;
    this.acts.set(operation.getText(), made);
    const request = ts.isIdentifier(operation)
      ? undefined
      : requestOf(this.checker, this.checker.getTypeAtLocation(operation));
    if (request) this.acts.set(request, made);
  }

  private declarationOf(name: ts.Node): ts.Declaration | undefined {
    const symbol = this.checker.getSymbolAtLocation(name);
    if (!symbol) return undefined;
    return (symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol).valueDeclaration;
  }

  private noteHandedOn(node: ts.Expression): void {
    const target = this.targetOf(node);
    const type = target && this.checker.getTypeAtLocation(node);
    if (!type || type === target) return;
    this.handedOnAs.set(type, (this.handedOnAs.get(type) ?? new Set()).add(target));
  }

  /** As what a value is taken where it stands; undefined where it keeps its own type. */
  private targetOf(node: ts.Expression): ts.Type | undefined {
    const { parent } = node;
    // Its names are looked at one by one.
    if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) return undefined;
    if (ts.isCallExpression(parent) && parent.expression.getText() === 'Object.assign') {
      const [into] = parent.arguments;
      if (into && into !== node && parent.expression !== node) return this.checker.getTypeAtLocation(into);
    }
    return this.checker.getContextualType(node);
  }

  private membersOf(type: ts.Type, name: string): ts.Symbol[] {
    return this.partsOf(type).flatMap((part) => part.getProperty(name) ?? []);
  }

  private partsOf(type: ts.Type): ts.Type[] {
    if (type.isUnionOrIntersection()) return type.types.flatMap((part) => this.partsOf(part));
    const constraint = type.flags & ts.TypeFlags.TypeParameter ? this.checker.getBaseConstraintOfType(type) : undefined;
    return constraint && constraint !== type ? this.partsOf(constraint) : [type];
  }
}

/** A column is stored, whoever reads the row. */
function isColumn({ valueDeclaration: declaration }: ts.Symbol): boolean {
  return (
    declaration !== undefined &&
    ts.canHaveDecorators(declaration) &&
    (ts.getDecorators(declaration) ?? []).some(({ expression }) => /^(Primary)?Column\b/.test(expression.getText()))
  );
}
