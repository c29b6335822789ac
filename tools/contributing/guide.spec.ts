import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { SERVICES } from '#contracts';
import { repositoryRoot } from '#testing/embedded';

const ROOT = repositoryRoot();
const guide = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Example {
  readonly path: string;
  readonly code: string;
}

/** The blocks of the read operation, each with the file that is named before it. */
function examples(): Example[] {
  return [...guide.matchAll(/`([\w/.-]+\.ts)`(?:(?!```)[\s\S])*?```ts\n([\s\S]*?)```/g)].map(([, path, code]) => ({
    path: path ?? '',
    code: (code ?? '').replace(/^ {3}/gm, ''),
  }));
}

/** As the guide says: imports to the imports, the rest to the end of the file, or of the class when the file ends with one. */
function applied({ path, code }: Example): string {
  const isImport = (line: string) => line.startsWith('import ');
  const lines = code.split('\n');
  const [imports, rest] = [lines.filter(isImport), lines.filter((line) => !isImport(line)).join('\n')];
  const file = read(path).trimEnd();
  // Whoever tries the guide has it there already.
  if (file.includes('getEventSeats')) return file;
  const body = file.includes('\nexport class ') ? `${file.slice(0, -1)}\n${rest}\n}` : `${file}\n${rest}`;
  return [...imports, body].join('\n');
}

function faultsOf(files: ReadonlyMap<string, string>): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(ROOT, 'tsconfig.json'),
    { noEmit: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  );
  const host = ts.createCompilerHost(config?.options ?? {});
  const original = host.readFile.bind(host);
  host.readFile = (path) => files.get(path) ?? original(path);
  const program = ts.createProgram([...files.keys()], { ...config?.options, skipLibCheck: true }, host);
  return [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

describe('CONTRIBUTING.md', () => {
  it('has examples that fit the files they go into', () => {
    const found = examples();
    expect(found.map(({ path }) => path)).toEqual([
      'libs/contracts/src/events/event.operations.ts',
      'apps/events/src/events/event.reader.ts',
    ]);
    expect(faultsOf(new Map(found.map((example) => [join(ROOT, example.path), applied(example)])))).toEqual([]);
  }, 120_000);

  it('names scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...guide.matchAll(/npm (?:run )?(start|test|[a-z]+(?:-[a-z]+)*(?=`))/g)].map(
      ([, name]) => name ?? '',
    );
    expect(named).toEqual(expect.arrayContaining(['start', 'test', 'migrate', 'nats-config']));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe.each(SERVICES)('the migrations of %s', (service) => {
  const folder = `apps/${service}/migrations`;
  const files = readdirSync(join(ROOT, folder)).filter((name) => name !== 'index.ts' && /^\d/.test(name));

  it('have one number of four digits each, and are listed in its order with growing times', () => {
    expect(files.filter((name) => !/^\d{4}-[a-z0-9-]+\.ts$/.test(name))).toEqual([]);
    const numbers = files.map((name) => name.slice(0, 4));
    expect(new Set(numbers).size).toBe(numbers.length);
    const imported = [...read(`${folder}/index.ts`).matchAll(/import \{ (\w+?)(\d{13}) \} from '\.\/(.+)'/g)];
    expect(imported.map(([, , , name]) => `${name ?? ''}.ts`)).toEqual([...files].sort());
    const list = read(`${folder}/index.ts`).split('export const migrations')[1] ?? '';
    const listed = [...list.matchAll(/\w+?(\d{13})/g)].map(([name]) => name);
    expect(listed).toEqual(imported.map(([, name, time]) => `${name ?? ''}${time ?? ''}`));
    const times = imported.map(([, , time]) => Number(time));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});
