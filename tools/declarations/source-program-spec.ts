import ts from 'typescript';
import { type SourceProgram, sourceProgram } from './source-program';

const libraries = new Map<string, ts.SourceFile | undefined>();

/** A house of a few files that are not on the disk: what stands below `/house/apps/` is its source. */
export function programOf(texts: ReadonlyMap<string, string>): SourceProgram {
  const options = { strict: true, experimentalDecorators: true, target: ts.ScriptTarget.ES2022, types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.fileExists = (path) => texts.has(path);
  host.directoryExists = () => true;
  host.getSourceFile = (path, target) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, target, true);
    if (!libraries.has(path)) libraries.set(path, getSourceFile(path, target));
    return libraries.get(path);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const faults = [...texts.keys()].flatMap((path) => program.getSemanticDiagnostics(program.getSourceFile(path)));
  expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
  return sourceProgram(program, '/house', (path) => path.startsWith('/house/apps/'));
}
