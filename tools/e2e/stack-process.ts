import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServiceName } from '#contracts';
import { PostgresClient } from '#database';
import { freePort } from '#testing/embedded';
import { removeData } from '../stack/postgres-folder';
import { loadSecrets } from '../stack/secrets';
import type { Ask } from './oracle';

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
  const folder = mkdtempSync(join(tmpdir(), 'fund-stack-'));
  const [PORT, OIDC_PORT, POSTGRES_PORT, NATS_PORT, OPS_PORTS_FROM] = await freePorts();
  const ports = { PORT, OIDC_PORT, POSTGRES_PORT, NATS_PORT, OPS_PORTS_FROM };
  // What a test looks at is what it made.
  const environment = { FUND_DATA_DIR: folder, DEMO_STORY: String(story), ...settings, ...ports };
  const stack = startProgram('dist/tools/stack/main.js', environment);
  await printed(stack, /^Ready in/);
  const { ask, close } = await askDatabase(folder, environment);
  return {
    url: `http://127.0.0.1:${PORT}`,
    issuer: `http://127.0.0.1:${OIDC_PORT}`,
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
      stack.kill('SIGTERM');
      if (stack.exitCode === null) await once(stack, 'exit');
      removeData(folder);
    },
  };
}

export function startProgram(
  program: string,
  environment: Record<string, string>,
  flags: readonly string[] = [],
): ChildProcess {
  return spawn(process.execPath, [program, ...flags], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
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

async function freePorts(): Promise<[string, string, string, string, string]> {
  const [a, b, c, d] = [await freePort(), await freePort(), await freePort(), await freePort()];
  return [String(a), String(b), String(c), String(d), String(20_000 + Math.floor(Math.random() * 10_000))];
}
