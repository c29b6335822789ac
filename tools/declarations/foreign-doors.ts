import ts from 'typescript';
import { SERVICES, type ServiceName } from '#contracts';
import type { SourceProgram } from './source-program';

/** Whether a service may use what another one declares under a name. */
export type MayName = (service: ServiceName, other: ServiceName, name: string) => boolean;

/**
 * What is taken from `#contracts/<service>` by those who have nothing to do with it. A service knows another one when it consumes
 * its messages or calls it; the gateway and the libraries are made from the core and know none.
 */
export function foreignDoors({ sources, place }: SourceProgram, mayName: MayName): string[] {
  return sources.flatMap((source) =>
    source.statements.flatMap((statement) => {
      const other = doorOf(statement);
      if (!other) return [];
      const at = place(statement);
      const service = SERVICES.find((name) => at.startsWith(`apps/${name}/`));
      if (service === other) return [];
      const why = service ? `${service} neither consumes nor calls it` : 'only the services know each other';
      return namesIn(statement)
        .filter((name) => !service || !mayName(service, other, name))
        .map((name) => `${at} takes ${name} from #contracts/${other}: ${why}`);
    }),
  );
}

type Opening = ts.ImportDeclaration | ts.ExportDeclaration;

function isOpening(statement: ts.Statement): statement is Opening {
  return ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
}

function doorOf(statement: ts.Statement): ServiceName | undefined {
  const from = isOpening(statement) ? statement.moduleSpecifier : undefined;
  return from && ts.isStringLiteral(from) ? SERVICES.find((name) => from.text === `#contracts/${name}`) : undefined;
}

/** The names as they are declared there; `*` for all of them. */
function namesIn(statement: ts.Statement): string[] {
  if (!isOpening(statement)) return [];
  const named = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
  if (!named || !(ts.isNamedImports(named) || ts.isNamedExports(named))) return ['*'];
  return named.elements.map((element) => (element.propertyName ?? element.name).text);
}
