import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { debianPackage } from './nats-server-debian';
import { officialRelease } from './nats-server-release';
import { isNewEnough, type Say } from './nats-server-source';
import { repositoryRoot } from './repository-root';
import { runCommand } from './run-command';

const NEEDED = 'nats-server 2.10 or newer';

/**
 * The path of a nats-server that is new enough (2.9 knows neither `sync_interval` nor several filter subjects).
 * Looks, in this order, at NATS_SERVER_BIN, PATH, the cache of an earlier start, the pinned official release and
 * Debian's package, which needs no root. Throws a sentence for people when none of them works.
 */
export async function findNatsServer(say: Say, environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const given = environment['NATS_SERVER_BIN'];
  if (given) {
    const version = await natsServerVersion(given);
    if (isNewEnough(version)) return given;
    throw new Error(
      `NATS_SERVER_BIN names ${given}, which ${version ? `is version ${version}` : 'does not run'}; needed is ${NEEDED}.`,
    );
  }
  return (await fromPath(say, environment)) ?? (await fromCache(environment)) ?? (await download(say, environment));
}

async function fromPath(say: Say, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const found = folders.map((folder) => join(folder, 'nats-server')).find((path) => existsSync(path));
  if (!found) return undefined;
  const version = await natsServerVersion(found);
  if (isNewEnough(version)) return found;
  say(`${found} is ${version ? `version ${version}` : 'not usable'} and left alone; needed is ${NEEDED}.`);
  return undefined;
}

async function fromCache(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of cacheFolders(environment)) {
    const path = join(folder, 'nats-server');
    if (existsSync(path) && isNewEnough(await natsServerVersion(path))) return path;
  }
  return undefined;
}

async function download(say: Say, environment: NodeJS.ProcessEnv): Promise<string> {
  const problems: string[] = [];
  for (const source of [officialRelease, debianPackage]) {
    for (const folder of cacheFolders(environment)) {
      const target = join(folder, 'nats-server');
      const { problem } = await source(target, say);
      if (problem) {
        problems.push(problem);
        // Another cache folder helps against a folder that cannot be written, not against a network that cannot be reached.
        if (!problem.includes('EACCES') && !problem.includes('EROFS')) break;
        continue;
      }
      const version = await natsServerVersion(target);
      if (isNewEnough(version)) {
        say(`nats-server ${version} is ready in ${folder}.`);
        return target;
      }
      problems.push(`${target} does not run on this machine`);
    }
  }
  throw new Error(
    [
      `There is no ${NEEDED} on this machine, and none could be fetched:`,
      ...problems.map((problem) => `  - ${problem}`),
      'Install one (https://nats.io/download, "brew install nats-server", "apt install nats-server"), or name it in NATS_SERVER_BIN, or name a running server in NATS_URL.',
    ].join('\n'),
  );
}

function cacheFolders(environment: NodeJS.ProcessEnv): string[] {
  const user = environment['XDG_CACHE_HOME'] ?? join(environment['HOME'] ?? homedir(), '.cache');
  return [join(user, 'fachkraeftefonds'), join(repositoryRoot(), '.cache')];
}

async function natsServerVersion(path: string): Promise<string | undefined> {
  const { isOk, output } = await runCommand(path, ['--version'], { timeoutMs: 10_000 });
  return isOk ? /v?(\d+\.\d+\.\d+)/.exec(output)?.[1] : undefined;
}
