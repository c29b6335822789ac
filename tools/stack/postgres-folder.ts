import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartUpFault } from '#platform/settings';
import { isRoot, isTraversableByAll, type Say, sharedFolder } from '#testing/embedded';

/** In the data folder: where its database lies. Beside that database: the data folder that it belongs to. */
const MARK = 'postgres-folder';
const OWNER = 'belongs-to';

/** Where the embedded Postgres keeps its data: in the data folder, or outside it when `nobody`, as whom root runs it, may not enter. */
export function postgresFolder(dataFolder: string, say: Say): string {
  if (!isRoot() || isTraversableByAll(dataFolder)) return join(dataFolder, 'postgres');
  return folderOutside(dataFolder, sharedFolder(), say);
}

/**
 * Outside, a database is found by a mark in the data folder, not by the folder's path: a clone that was deleted and made again has
 * none of the passwords and keys of the one before, so it begins with an empty database, and the old one is left for people to decide
 * about. To be asked before the secrets are made.
 */
export function folderOutside(dataFolder: string, outside: string, say: Say): string {
  const mark = join(dataFolder, MARK);
  const known = textOf(mark) ?? folderOfEarlierVersion(dataFolder, outside);
  const folder = known ?? join(outside, randomBytes(6).toString('hex'), 'postgres');
  const owner = textOf(ownerFile(folder));
  if (owner !== undefined && owner !== dataFolder && existsSync(join(owner, MARK))) {
    throw new StartUpFault(
      `${dataFolder} is a copy of ${owner}, and the database of both in ${folder} can serve only one. To begin with an empty one here, delete ${mark}.`,
    );
  }
  if (known === undefined) for (const left of leftBehind(dataFolder, outside)) say(sentenceAbout(left));
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  if (owner !== dataFolder) writeFileSync(ownerFile(folder), `${dataFolder}\n`);
  if (!existsSync(mark)) writeFileSync(mark, `${folder}\n`);
  return folder;
}

/** For a stack that was made to be thrown away: its data folder, and its database if that lies outside. */
export function removeData(dataFolder: string): void {
  const outside = textOf(join(dataFolder, MARK));
  if (outside !== undefined) rmSync(dirname(outside), { recursive: true, force: true });
  rmSync(dataFolder, { recursive: true, force: true });
}

// Until version 0.1.0 the path of the data folder named it. Without its secrets it is another clone's.
function folderOfEarlierVersion(dataFolder: string, outside: string): string | undefined {
  const folder = folderByPath(dataFolder, outside);
  return existsSync(folder) && existsSync(join(dataFolder, 'secrets.json')) ? folder : undefined;
}

function folderByPath(dataFolder: string, outside: string): string {
  return join(outside, createHash('sha256').update(dataFolder).digest('hex').slice(0, 12), 'postgres');
}

/** Databases of clones that stood at this path before. */
function leftBehind(dataFolder: string, outside: string): string[] {
  const byPath = folderByPath(dataFolder, outside);
  const marked = existsSync(outside) ? readdirSync(outside).map((name) => join(outside, name, 'postgres')) : [];
  return marked.filter(
    (folder) => existsSync(folder) && (folder === byPath || textOf(ownerFile(folder)) === dataFolder),
  );
}

function sentenceAbout(folder: string): string {
  return `The database of an earlier clone at this path stays in ${folder} and is not used; delete it when nobody needs it any more.`;
}

function ownerFile(folder: string): string {
  return join(dirname(folder), OWNER);
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
