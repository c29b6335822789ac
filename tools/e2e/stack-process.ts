import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServiceName } from '#contracts';
import { PostgresClient } from '#database';
import { testRunFolder } from '#testing';
import { freePort } from '#testing/embedded';
import { removeData } from '../stack/postgres-folder';
import { loadSecrets } from '../stack/secrets';
import type { Ask } from './oracle';
import { dataFolder, type Filling } from './stack-template';

/** `npm start` in a folder and on ports of its own: what a signal does to a process is seen on processes only. */
export interface StackProcess {
  readonly url: string;
  readonly issuer: string;
  /** For programs of the repository that talk to this stack. */
  readonly environment: Record<string, string>;
  /** The process of a service, as it runs now. */
  pidOf(service: ServiceName): number;
  /** Does something while the supervisor sleeps: it would restart a process that a test stops for longer than it allows. */
  unsupervised<T>(work: () => Promise<T>): Promise<T>;
  /** One statement with an administrator's rights. */
  readonly ask: Ask;
  stop(): Promise<void>;
}

/** `settings`: what `npm start` is told besides. */
export async function startStackProcess({
  story = false,
  settings = {},
}: { story?: boolean; settings?: Record<string, string> } = {}): Promise<StackProcess> {
  const folder = await dataFolder(story ? 'story' : 'demo', fill);
  const environment = { FUND_DATA_DIR: folder, DEMO_STORY: 'false', ...settings, ...(await ports()) };
  const stack = await ready(environment);
  const { ask, close } = await askDatabase(folder, environment);
  return {
    url: `http://127.0.0.1:${environment.PORT}`,
    issuer: `http://127.0.0.1:${environment.OIDC_PORT}`,
    environment,
    pidOf: (service) => pidOf(service, stack.pid ?? 0),
    unsupervised: async (work) => {
      stack.kill('SIGSTOP');
      try {
        return await work();
      } finally {
        stack.kill('SIGCONT');
      }
    },
    ask,
    stop: async () => {
      await close();
      await ended(stack);
      removeData(folder);
    },
  };
}

/** What `npm start` does on its first start, story or none, up to its end. */
async function fill(folder: string, filling: Filling): Promise<void> {
  const environment = { FUND_DATA_DIR: folder, DEMO_STORY: 'false', ...(await ports()) };
  const stack = await ready(environment);
  try {
    if (filling === 'story') await tellStory(environment);
  } finally {
    await ended(stack);
  }
  if (filling === 'demo') forgetful(folder);
}

/** The data of a test need not outlive the machine. */
function forgetful(folder: string): void {
  appendFileSync(join(folder, 'postgres', 'postgresql.auto.conf'), 'fsync = off\nsynchronous_commit = off\n');
}

async function tellStory({ PORT, OIDC_PORT }: { PORT: string; OIDC_PORT: string }): Promise<void> {
  const story = startProgram('dist/tools/seed/story.js', {
    FUND_API_URL: `http://127.0.0.1:${PORT}`,
    OIDC_ISSUER: `http://127.0.0.1:${OIDC_PORT}`,
  });
  const [code] = (await once(story, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the demo's story ended with ${code ?? 'a signal'}`);
}

async function ready(environment: Record<string, string>): Promise<ChildProcess> {
  const stack = startProgram('dist/tools/stack/main.js', environment);
  await printed(stack, /^Ready in/);
  return stack;
}

async function ended(stack: ChildProcess): Promise<void> {
  stack.kill('SIGTERM');
  if (stack.exitCode === null) await once(stack, 'exit');
}

export function startProgram(
  program: string,
  environment: Record<string, string>,
  flags: readonly string[] = [],
): ChildProcess {
  // What one stack of the run has compiled, the next ones load.
  const cache = { NODE_COMPILE_CACHE: join(testRunFolder(), 'compiled') };
  return spawn(process.execPath, [program, ...flags], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...cache, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function printed(child: ChildProcess, text: RegExp): Promise<void> {
  const output: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      output.push(line);
      if (text.test(line)) resolve();
    });
    child.once('exit', (code) => {
      reject(new Error(`ended with ${code ?? 'a signal'}:\n${output.join('\n')}`));
    });
  });
}

function pidOf(service: ServiceName, supervisor: number): number {
  const found = execFileSync('pgrep', ['-P', String(supervisor), '-f', `apps/${service}/src/main.js`], {
    encoding: 'utf8',
  });
  return Number(found.trim().split('\n')[0]);
}

async function askDatabase(
  folder: string,
  environment: Record<string, string>,
): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const { postgresAdmin } = await loadSecrets(folder);
  const client = new PostgresClient({
    host: '127.0.0.1',
    port: Number(environment.POSTGRES_PORT),
    user: 'postgres',
    password: postgresAdmin,
    database: 'fund',
  });
  await client.connect();
  const ask = async (service: ServiceName, sql: string, parameters: readonly unknown[] = []) => {
    await client.query(`SET search_path TO ${service}, extensions`);
    return (await client.query<Record<string, unknown>>(sql, [...parameters])).rows;
  };
  // One connection, so one question after the other.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn: Ask = (...question) => {
    const answer = last.then(() => ask(...question));
    last = answer.catch(() => undefined);
    return answer;
  };
  return { ask: inTurn, close: () => client.end() };
}

async function ports() {
  const [PORT, OIDC_PORT, POSTGRES_PORT, NATS_PORT] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const OPS_PORTS_FROM = 20_000 + Math.floor(Math.random() * 10_000);
  return {
    PORT: String(PORT),
    OIDC_PORT: String(OIDC_PORT),
    POSTGRES_PORT: String(POSTGRES_PORT),
    NATS_PORT: String(NATS_PORT),
    OPS_PORTS_FROM: String(OPS_PORTS_FROM),
  };
}
