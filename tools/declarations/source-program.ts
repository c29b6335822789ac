import { join, relative } from 'node:path';
import ts from 'typescript';

/** What runs in the services and the gateway: their own code and the libs, without tests and what only tests use. */
const SOURCE = /^(apps\/|libs\/(?!contracts\/|testing\/))[^/]+\/src\/(?!(.*\/)?factories\/).*(?<!spec)\.ts$/;

/** The checked sources, with the compiler's knowledge of every type. */
export interface SourceProgram {
  readonly checker: ts.TypeChecker;
  readonly sources: readonly ts.SourceFile[];
  /** The file that exports a service's declarations. */
  readonly declarations: (service: string) => ts.SourceFile;
  /** `apps/finance/src/payments/payouts/payout.entity.ts:12` */
  readonly place: (node: ts.Node) => string;
}

export function readSources(root: string): SourceProgram {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    { noEmit: true, skipLibCheck: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  if (!config) throw new Error(`${root} has no tsconfig.json`);
  const files = config.fileNames.filter((path) => SOURCE.test(relative(root, path)));
  return sourceProgram(ts.createProgram(files, config.options), root, (path) => SOURCE.test(relative(root, path)));
}

export function sourceProgram(program: ts.Program, root: string, isSource: (path: string) => boolean): SourceProgram {
  return {
    checker: program.getTypeChecker(),
    sources: program.getSourceFiles().filter(({ fileName }) => isSource(fileName)),
    declarations: (service) => {
      const path = join(root, `libs/contracts/src/${service}/index.ts`);
      const file = program.getSourceFile(path);
      if (!file) throw new Error(`${path} is not imported by any service`);
      return file;
    },
    place: (node) => {
      const file = node.getSourceFile();
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      return `${relative(root, file.fileName)}:${line + 1}`;
    },
  };
}
