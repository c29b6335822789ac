import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What somebody on a slow line loads before the first page stands: scripts and styles as they are sent (docs/adr/0046-pages-in-the-browser.md). */
const FIRST_LOAD_MAX = 180_000;
/** What a page adds when it is the first one behind the start: 50 kB of it are the checks and forms that pages share, in one file. */
const PAGE_MAX = 80_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

const folder = join(__dirname, '../web');
const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;

function chunksOf(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const imported of manifest[name]?.imports ?? []) chunksOf(imported, found);
  return found;
}

function bytesOf(names: Iterable<string>): number {
  const files = [...names].flatMap((name) => [manifest[name]?.file ?? [], manifest[name]?.css ?? []].flat());
  return files.reduce((sum, file) => sum + statSync(join(folder, `${file}.br`)).size, 0);
}

const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? '';
const first = chunksOf(entry);
const commonTexts = Object.keys(manifest).filter((name) => name.includes('i18n/common/'));
const largestTexts = Math.max(...commonTexts.map((name) => bytesOf([name])));
const firstLoad = bytesOf(first) + largestTexts;
console.log(`first load ${firstLoad} of ${FIRST_LOAD_MAX} bytes`);

const pages = Object.keys(manifest).filter((name) => name.endsWith('.tsx'));
const largest = pages
  .map((name) => ({ name, bytes: bytesOf([...chunksOf(name)].filter((chunk) => !first.has(chunk))) }))
  .sort((a, b) => b.bytes - a.bytes);
for (const { name, bytes } of largest.slice(0, 3)) console.log(`${name} adds ${bytes} of ${PAGE_MAX} bytes`);

if (firstLoad > FIRST_LOAD_MAX || largest.some(({ bytes }) => bytes > PAGE_MAX)) {
  console.error('The pages have grown beyond what slow lines bear; see the figures above.');
  process.exitCode = 1;
}
