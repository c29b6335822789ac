// Installs what a fresh checkout lacks and builds what has changed. Plain JavaScript for the Node that the machine has
// (18 or newer): nothing is installed yet when this runs. Says what it does on standard error, and nothing when all is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_NEEDED = 24;
const SOURCES = ['apps', 'libs', 'tools'];
const STAMP = join(root, 'dist', '.built');
/** What the pages in the browser are made of; the stamp holds the hash of it all. */
const WEB = {
  folder: join(root, 'apps', 'web'),
  sources: ['apps/web', 'libs/contracts/src', 'package-lock.json'],
  stamp: join(root, 'dist', '.web-built'),
};

/** Answers the Node that runs the platform. */
function install({ always }) {
  installPackages();
  const node = requiredNode();
  if (always || isBuildOld()) build(node);
  buildWeb(node, { always });
  return node;
}

/** The Node that runs the platform: the machine's own when it is new enough, else the one that came with the packages. */
function platformNode() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_NEEDED) return process.execPath;
  const packaged = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  // Where it is there and does not run, the system has another C library (Alpine).
  return spawnSync(packaged, ['--version']).status === 0 ? packaged : undefined;
}

function requiredNode() {
  return (
    platformNode() ??
    fail(
      `The platform needs Node ${NODE_NEEDED} or newer; this is ${process.version}. On Linux with glibc (x64, arm64) it comes with the ` +
        `packages; on this machine (${process.platform} ${process.arch}) please install it: https://nodejs.org`,
    )
  );
}

function installPackages() {
  const missing = missingPackages();
  if (missing === 0) return;
  requireWritable();
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

function requireWritable() {
  const packages = join(root, 'node_modules');
  const folder = existsSync(packages) ? packages : root;
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    failToWrite(folder, error);
  }
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
    if (entry.isDirectory()) {
      const inner = join(folder, entry.name);
      return ['node_modules', 'dist'].includes(entry.name) || inner === WEB.folder ? [] : sourcesIn(inner);
    }
    return entry.name.endsWith('.ts') ? [join(folder, entry.name)] : [];
  });
  return [folder, ...inside];
}

function build(node) {
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
  try {
    mkdirSync(dirname(STAMP), { recursive: true });
    rmSync(STAMP, { force: true });
  } catch (error) {
    failToWrite(dirname(STAMP), error);
  }
  const result = spawnSync(node, args, { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) fail(`The build failed:\n${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`);
  writeFileSync(STAMP, '');
  utimesSync(STAMP, startedAt, startedAt);
}

// A build takes seconds and a checkout makes every file newer, so what counts is the content; it is read only when a time has changed.
function buildWeb(node, { always }) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const files = WEB.sources.flatMap((name) => filesIn(join(root, name))).sort();
  const builtAt = existsSync(WEB.stamp) ? statSync(WEB.stamp).mtimeMs : 0;
  if (!always && files.every((file) => statSync(file).mtimeMs <= builtAt)) return;
  const startedAt = new Date();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  const content = hash.digest('hex');
  if (always || !existsSync(WEB.stamp) || readFileSync(WEB.stamp, 'utf8') !== content) {
    say('Building the pages.');
    rmSync(WEB.stamp, { force: true });
    const args = [vite, 'build', '--config', join(WEB.folder, 'vite.config.ts'), '--logLevel', 'warn'];
    const result = spawnSync(node, args, { cwd: root, encoding: 'utf8' });
    if (result.status !== 0)
      fail(`The pages could not be built:\n${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`);
    writeFileSync(WEB.stamp, content);
  }
  utimesSync(WEB.stamp, startedAt, startedAt);
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap(({ name }) => filesIn(join(path, name)));
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

function failToWrite(folder, { code }) {
  return fail(
    `${folder} cannot be written (${code}): the packages and the build belong there. Make the checkout writable for this user, or clone ` +
      'it to where it is.',
  );
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}

const node = install({ always: process.argv.includes('--build') });
// For tools/node.sh.
if (process.argv.includes('--print-node')) process.stdout.write(`${node}\n`);
