// Installs what a fresh checkout lacks and builds what has changed. Plain JavaScript for the Node that the machine has
// (18 or newer): nothing is installed yet when this runs. Says what it does on standard error, and nothing when all is there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_NEEDED = 24;
const SOURCES = ['apps', 'libs', 'tools'];
const STAMP = join(root, 'dist', '.built');

export function install() {
  installPackages();
  requireNode();
  if (isBuildOld()) build();
}

/** The Node that runs the platform: the machine's own when it is new enough, else the one that came with the packages. */
export function platformNode() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_NEEDED) return process.execPath;
  const packaged = join(root, 'node_modules', '.bin', 'node');
  return existsSync(packaged) ? packaged : undefined;
}

function requireNode() {
  if (platformNode()) return;
  fail(
    `The platform needs Node ${NODE_NEEDED} or newer; this is ${process.version}. On Linux (x64, arm64) it comes with the packages; ` +
      `on ${process.platform} ${process.arch} please install it from https://nodejs.org.`,
  );
}

function installPackages() {
  const missing = missingPackages();
  if (missing === 0) return;
  say(
    `Installing the packages that package-lock.json names (${missing} are missing or of another version); this takes a minute.`,
  );
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] };
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, options);
  if (result.status !== 0)
    fail(`The packages could not be installed. Is the npm registry reachable?\n${result.stdout ?? result.error ?? ''}`);
}

/** How many packages of the lock file are not installed as it says. Those of other platforms may be absent. */
function missingPackages() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).filter(([path, { version, optional, link }]) => {
    if (path === '' || link) return false;
    const there = installed[path];
    return there ? there.version !== version : !optional;
  }).length;
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

function isBuildOld() {
  if (!existsSync(STAMP)) return true;
  const builtAt = statSync(STAMP).mtimeMs;
  const files = ['package.json', '.swcrc'].map((name) => join(root, name));
  return [...files, ...SOURCES.flatMap((folder) => sourcesIn(join(root, folder)))].some(
    (file) => statSync(file).mtimeMs > builtAt,
  );
}

// Folders count too: their time changes when a file is added, moved or deleted.
function sourcesIn(folder) {
  const inside = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sourcesIn(join(folder, entry.name));
    return entry.name.endsWith('.ts') ? [join(folder, entry.name)] : [];
  });
  return [folder, ...inside];
}

export function build() {
  say('Building.');
  // Taken before: what is edited while this runs counts as newer.
  const startedAt = new Date();
  const swc = join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
  const ignored = '**/*.spec.ts,**/*-spec.ts,apps/web/**';
  const args = [
    swc,
    ...SOURCES,
    '-d',
    'dist',
    '--config-file',
    '.swcrc',
    '--extensions',
    '.ts',
    '--ignore',
    ignored,
    '--quiet',
  ];
  const result = spawnSync(platformNode() ?? process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) fail(`The build failed:\n${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, '');
  utimesSync(STAMP, startedAt, startedAt);
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--build')) build();
  else install();
}
