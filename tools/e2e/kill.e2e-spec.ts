import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import type { ServiceName } from '#contracts';
import { eventually } from '#testing';
import { freePort } from '#testing/embedded';
import { loadSecrets } from '../stack/secrets';
import { runMainJob } from '../demo/main-job';
import { type Ask, violations } from './oracle';
import { startTestPlatform } from './platform';

const SETTLED_MS = 30_000;
// While cover is asked for, while payments are checked, while the last instalments follow their reports.
const KILL_AT = ['payee ', '4. Payments', 'payment run'];

describe('kill -9 of the finance service in the middle of the main job', () => {
  let folder: string;
  let environment: Record<string, string>;
  let stack: ChildProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fund-kill-'));
    const [PORT, OIDC_PORT, POSTGRES_PORT, NATS_PORT, OPS_PORTS_FROM] = await ports();
    environment = { FUND_DATA_DIR: folder, PORT, OIDC_PORT, POSTGRES_PORT, NATS_PORT, OPS_PORTS_FROM };
    stack = start('dist/tools/stack/main.js', environment);
    await printed(stack, /^Ready in/);
  }, 120_000);

  afterAll(async () => {
    stack.kill('SIGTERM');
    if (stack.exitCode === null) await once(stack, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('delays the job but loses and doubles nothing', async () => {
    const demo = start('dist/tools/demo/main.js', environment);
    const kills = [...KILL_AT];
    const lines: string[] = [];
    createInterface({ input: demo.stdout ?? process.stdin }).on('line', (line) => {
      lines.push(line);
      if (kills[0] === undefined || !line.includes(kills[0])) return;
      kills.shift();
      killFinance(stack.pid ?? 0);
    });
    const [code] = (await once(demo, 'exit')) as [number];
    expect({ code, last: lines.at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(/^payout events received (\d+) of \1$/) as string,
    });
    expect(kills).toEqual([]);
    const { ask, close } = await askDatabase(folder, environment);
    try {
      await eventually(async () => expect(await violations(ask)).toEqual([]), SETTLED_MS);
    } finally {
      await close();
    }
  }, 240_000);
});

describe('the oracle', () => {
  it('finds what an inbox that is switched off lets through', async () => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const platform = await startTestPlatform({ finance: { MESSAGING_INBOX: 'off' } });
    try {
      const department = await platform.financeDepartment();
      await runMainJob(platform.api, department);
      await department.close();
      const found = await violations((service, sql, parameters) =>
        platform.fleet.member(service).testDatabase.asAdmin(sql, parameters),
      );
      expect(found).toEqual(expect.arrayContaining([expect.stringContaining('finance never received')]));
    } finally {
      await platform.close();
    }
  }, 120_000);
});

function start(program: string, environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [program], {
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

/** The supervisor starts it again. */
function killFinance(supervisor: number): void {
  const pid = execFileSync('pgrep', ['-P', String(supervisor), '-f', 'apps/finance/src/main.js'], {
    encoding: 'utf8',
  }).trim();
  process.kill(Number(pid.split('\n')[0]), 'SIGKILL');
}

async function askDatabase(
  folder: string,
  environment: Record<string, string>,
): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const { postgresAdmin } = await loadSecrets(folder);
  const client = new Client({
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

async function ports(): Promise<[string, string, string, string, string]> {
  const [a, b, c, d] = [await freePort(), await freePort(), await freePort(), await freePort()];
  return [String(a), String(b), String(c), String(d), String(20_000 + Math.floor(Math.random() * 10_000))];
}
