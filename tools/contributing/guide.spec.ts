import { existsSync, readFileSync, readdirSync } from 'node:fs';
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

/** A new page is named by its file alone: it is not there yet. */
function placeOf(path: string): string {
  return path.includes('/') ? path : `apps/web/src/events/${path}`;
}

/** The blocks of a kind, each with the file that is named before it. */
function examples(kind: 'ts' | 'tsx'): Example[] {
  const blocks = new RegExp(`\`([\\w/.-]+\\.${kind})\`(?:(?!\`\`\`)[\\s\\S])*?\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``, 'g');
  return [...guide.matchAll(blocks)].map(([, path, code]) => ({
    path: placeOf(path ?? ''),
    code: (code ?? '').replace(/^ {3}/gm, ''),
  }));
}

/** As the guide says: imports to the imports, the rest to the end of the file, or of the class that it has. */
function applied({ path, code }: Example): string {
  const isImport = (line: string) => line.startsWith('import ');
  const lines = code.split('\n');
  const [imports, rest] = [lines.filter(isImport), lines.filter((line) => !isImport(line)).join('\n')];
  const file = read(path).trimEnd();
  // Whoever tries the guide has it there already.
  if (file.includes('getEventSeats')) return file;
  const start = file.indexOf('\nexport class ');
  const end = start < 0 ? file.length : file.indexOf('\n}', start);
  const body = `${file.slice(0, end)}\n${rest}${file.slice(end)}`;
  return [...imports, body].join('\n');
}

/** A route among those of the file, or a new file. */
function withPage({ path, code }: Example): string {
  if (!existsSync(join(ROOT, path))) return code;
  return read(path).replace(/(export const eventRoutes: RouteObject\[\] = \[\n)/, `$1${code}`);
}

function faultsOf(files: ReadonlyMap<string, string>, project = 'tsconfig.json'): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(ROOT, project),
    { noEmit: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  );
  const host = ts.createCompilerHost(config?.options ?? {});
  const original = host.readFile.bind(host);
  host.readFile = (path) => files.get(path) ?? original(path);
  host.fileExists = (path) => files.has(path) || ts.sys.fileExists(path);
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
    const found = examples('ts');
    expect(found.map(({ path }) => path)).toEqual([
      'libs/contracts/src/events/event.operations.ts',
      'apps/events/src/events/event.reader.ts',
    ]);
    expect(faultsOf(new Map(found.map((example) => [join(ROOT, example.path), applied(example)])))).toEqual([]);
  }, 120_000);

  it('has an example of a page that fits its area', () => {
    const found = examples('tsx');
    expect(found.map(({ path }) => path)).toEqual([
      'apps/web/src/events/how-full.tsx',
      'apps/web/src/events/routes.tsx',
    ]);
    const files = new Map(found.map((example) => [join(ROOT, example.path), withPage(example)]));
    expect([...files.values()][1]).toContain('how-full');
    expect(faultsOf(files, 'apps/web/tsconfig.json')).toEqual([]);
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
    const listed = [...list.matchAll(/\w+?(\d{13})\b/g)].map(([name]) => name);
    expect(listed).toEqual(imported.map(([, name, time]) => `${name ?? ''}${time ?? ''}`));
    const times = imported.map(([, , time]) => Number(time));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});
