import ts from 'typescript';
import { SERVICES, type ServiceName } from '#contracts';
import type { SourceProgram } from './source-program';

/**
 * Imports of `#contracts/<service>` by those who have nothing to do with that service. A service knows another one when it
 * consumes its messages or calls it; the gateway and the libraries are made from the core and know none.
 */
export function foreignDoors(
  { sources, place }: SourceProgram,
  isKnown: (service: ServiceName, other: ServiceName) => boolean,
): string[] {
  return sources.flatMap((source) =>
    source.statements.flatMap((statement) => {
      const other = doorOf(statement);
      if (!other) return [];
      const at = place(statement);
      const service = SERVICES.find((name) => at.startsWith(`apps/${name}/`));
      if (service && (service === other || isKnown(service, other))) return [];
      const why = service
        ? `${service} neither consumes its messages nor calls it`
        : 'only the services know each other';
      return [`${at} opens #contracts/${other}: ${why}`];
    }),
  );
}

function doorOf(statement: ts.Statement): ServiceName | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined;
  const from = statement.moduleSpecifier;
  return from && ts.isStringLiteral(from) ? SERVICES.find((name) => from.text === `#contracts/${name}`) : undefined;
}
