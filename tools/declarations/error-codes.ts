import ts from 'typescript';
import { ERRORS, isOfAnyRoute, type ErrorCode, type Operation } from '#contracts';
import type { SourceProgram } from './source-program';

/** The operations by the names of their exports. */
export type NamedOperations = ReadonlyMap<string, Operation>;

/** Code that is entered by a call or by its name. */
interface Unit {
  readonly codes: Set<ErrorCode>;
  readonly uses: Set<ts.Declaration>;
}

interface Mention {
  readonly code: ErrorCode;
  readonly place: string;
}

/**
 * Compares the codes that sources mention with those that operations declare, both ways. A code in a comparison, a type or a set is
 * asked for and not thrown. What a handler may come to call is followed through names, so more than it really calls; a code that is
 * thrown and not declared by this one operation is therefore found by the transport, where contracts are checked.
 */
export class ErrorCodes {
  private readonly units = new Map<ts.Node, Unit>();
  private readonly handlers = new Map<string, ts.ClassElement>();
  private readonly mentions: Mention[] = [];
  /** Codes of refused constraints, which any write of the service may meet. */
  private readonly constraints = new Map<string, Set<string>>();

  constructor(
    private readonly program: SourceProgram,
    private readonly operations: NamedOperations,
  ) {
    for (const source of program.sources) this.visit(source, undefined);
  }

  /** Operations whose handler was found and followed. */
  get followed(): string[] {
    return [...this.handlers.keys()];
  }

  faults(): string[] {
    return [...this.deadCodes(), ...this.undeclaredCodes(), ...this.deadDeclarations(), ...this.needlessDeclarations()];
  }

  private deadCodes(): string[] {
    const thrown = new Set<string>(this.mentions.map(({ code }) => code));
    const declared = new Set<string>();
    for (const operation of this.operations.values()) {
      for (const code of operation.errors ?? []) declared.add(code);
      // The gateway answers them for a state.
      for (const code of Object.values(operation.settles?.refused ?? {})) thrown.add(code);
    }
    return codes().flatMap((code) => [
      ...(thrown.has(code) ? [] : [`nothing throws ${code}`]),
      ...(declared.has(code) || isOfAnyRoute(code) ? [] : [`no operation declares ${code}`]),
    ]);
  }

  private undeclaredCodes(): string[] {
    const declared = new Map<string, Set<string>>();
    for (const { service, errors = [] } of this.operations.values())
      declared.set(service, new Set([...(declared.get(service) ?? []), ...errors]));
    return this.mentions.flatMap(({ code, place }) => {
      const service = /^apps\/(\w+)/.exec(place)?.[1];
      const ofService = service && declared.get(service);
      if (!ofService || ofService.has(code) || isOfAnyRoute(code)) return [];
      return [`${place} throws ${code}, which no operation of ${service} declares`];
    });
  }

  private deadDeclarations(): string[] {
    const reached = new Set<Unit>();
    const thrownBy = new Map([...this.handlers].map(([name, handler]) => [name, this.follow(handler, reached)]));
    const bySubject = new Map([...this.operations].map(([name, { subject }]) => [subject as string, name]));
    // What no handler calls by name runs in a process of its own, or is handed to one.
    const elsewhere = new Set([...this.units.values()].flatMap((unit) => (reached.has(unit) ? [] : [...unit.codes])));
    return [...thrownBy].flatMap(([name, thrown]) => {
      const operation = this.operations.get(name);
      const { subject, service, errors = [], http, settles } = operation as Operation;
      const parts = bySubject.get(http.upload?.parts ?? '');
      const possible = new Set<string>([
        ...thrown,
        ...elsewhere,
        ...(this.constraints.get(service) ?? []),
        ...(thrownBy.get(parts ?? '') ?? []),
        ...Object.values(settles?.refused ?? {}),
      ]);
      return errors
        .filter((code) => !possible.has(code))
        .map((code) => `${subject} declares ${code}, which nothing throws that it calls`);
    });
  }

  private needlessDeclarations(): string[] {
    return [...this.operations.values()].flatMap(({ subject, errors = [] }) =>
      errors.filter(isOfAnyRoute).map((code) => `${subject} declares ${code}, which any route can answer`),
    );
  }

  private visit(node: ts.Node, within: Unit | undefined): void {
    if (ts.isTypeNode(node)) return;
    const unit = isUnit(node) ? this.enter(node) : within;
    if (ts.isStringLiteral(node) && isCode(node.text) && !isAsked(node)) this.mention(node, node.text, unit);
    if (unit && ts.isIdentifier(node)) for (const used of this.declarationsOf(node)) unit.uses.add(used);
    ts.forEachChild(node, (child) => this.visit(child, unit));
  }

  private enter(node: ts.Declaration): Unit {
    const unit: Unit = { codes: new Set(), uses: new Set() };
    this.units.set(node, unit);
    for (const { expression } of (ts.canHaveDecorators(node) && ts.getDecorators(node)) || []) {
      const [operation] = ts.isCallExpression(expression) ? expression.arguments : [];
      const name = operation?.getText() ?? '';
      if (this.operations.has(name)) this.handlers.set(name, node as ts.MethodDeclaration);
    }
    return unit;
  }

  private mention(node: ts.Node, code: ErrorCode, unit: Unit | undefined): void {
    const place = this.program.place(node);
    this.mentions.push({ code, place });
    unit?.codes.add(code);
    const service = /^apps\/(\w+)\/src\/data-source\.ts/.exec(place)?.[1];
    if (service) this.constraints.set(service, (this.constraints.get(service) ?? new Set()).add(code));
  }

  private declarationsOf(name: ts.Identifier): ts.Declaration[] {
    const { checker } = this.program;
    const found = ts.isShorthandPropertyAssignment(name.parent)
      ? checker.getShorthandAssignmentValueSymbol(name.parent)
      : checker.getSymbolAtLocation(name);
    const symbol = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
    return (symbol?.declarations ?? []).flatMap((declaration) => {
      if (ts.isClassDeclaration(declaration)) return ts.isNewExpression(name.parent) ? constructorOf(declaration) : [];
      // A field without a value of its own is given one by the constructor.
      if (ts.isPropertyDeclaration(declaration) && !declaration.initializer && ts.isClassLike(declaration.parent))
        return constructorOf(declaration.parent);
      return [declaration];
    });
  }

  /** The codes of everything that a handler, or the view that answers for it, may come to call. */
  private follow(handler: ts.ClassElement, reached: Set<Unit>): ReadonlySet<string> {
    const codes = new Set<string>();
    const seen = new Set<ts.Node>([handler]);
    if (ts.isClassLike(handler.parent))
      for (const member of handler.parent.members) if (member.name?.getText() === 'view') seen.add(member);
    for (const node of seen) {
      const unit = this.units.get(node);
      if (!unit) continue;
      reached.add(unit);
      for (const code of unit.codes) codes.add(code);
      for (const used of unit.uses) seen.add(used);
    }
    return codes;
  }
}

function codes(): ErrorCode[] {
  return Object.keys(ERRORS).filter(isCode);
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

function isUnit(node: ts.Node): node is ts.Declaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node) ||
    (ts.isPropertyDeclaration(node) && node.initializer !== undefined) ||
    (ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent))
  );
}

function constructorOf({ members }: ts.ClassLikeDeclaration): ts.Declaration[] {
  return members.filter((member) => ts.isConstructorDeclaration(member));
}

/** Whether a code is only compared with one that came. */
function isAsked({ parent }: ts.Node): boolean {
  if (ts.isCaseClause(parent)) return true;
  if (ts.isBinaryExpression(parent)) return /^[!=]==$/.test(parent.operatorToken.getText());
  return ts.isArrayLiteralExpression(parent) && ts.isNewExpression(parent.parent);
}
