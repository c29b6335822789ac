import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '#contracts';
import { PostgresClient } from '#database';
import { freePort } from '#testing/embedded';
import { requestDemoToken } from '../identity-provider/demo-token';
import { removeData } from '../stack/postgres-folder';
import { loadSecrets } from '../stack/secrets';
import { opsPortOffset, SERVICE_NAMES } from '../stack/service-names';

/** Everything of the stack that a fault can meet. */
export const PARTS = [...SERVICE_NAMES, 'gateway', 'identity-provider', 'Postgres', 'NATS'] as const;
export type Part = (typeof PARTS)[number];

const START_LIMIT_MS = 180_000;
const POLL_MS = 50;
/** A read of each service as a client sees it. */
const ROUTES: Record<ServiceName, string> = {
  partnership: '/v1/municipalities?limit=1',
  staffing: '/v1/expert-requests?limit=1',
  finance: '/v1/funds?limit=1',
  events: '/v1/events?limit=1',
};

/** `npm start` on a folder and ports of its own, and what a fault needs to know about it. */
export class FaultStack {
  readonly lines: string[] = [];
  private readonly tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly supervisor: ChildProcess,
    private readonly isFolderOurs: boolean,
  ) {
    for (const stream of [supervisor.stdout, supervisor.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.lines.push(line));
  }

  /** Resolves when it is ready. A folder that is given stays when it ends. */
  static async start(given: { folder?: string; environment?: Record<string, string> } = {}): Promise<FaultStack> {
    const folder = given.folder ?? mkdtempSync(join(tmpdir(), 'fund-faults-'));
    const environment = { FUND_DATA_DIR: folder, DEMO_STORY: 'false', ...(await ports()), ...given.environment };
    const supervisor = spawn(process.execPath, ['dist/tools/stack/main.js'], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stack = new FaultStack(folder, environment, supervisor, given.folder === undefined);
    await stack.until('the stack is ready', () => stack.said(/^Ready in/) > 0, START_LIMIT_MS);
    return stack;
  }

  get url(): string {
    return `http://127.0.0.1:${this.environment['PORT'] ?? ''}`;
  }

  get isRunning(): boolean {
    return this.supervisor.exitCode === null && this.supervisor.signalCode === null;
  }

  /** How many sentences of the supervisor fit. */
  said(text: RegExp): number {
    return this.lines.filter((line) => text.test(line)).length;
  }

  /** The process of a part now, if it runs. */
  pid(part: Part): number | undefined {
    const pattern = COMMANDS[part];
    return childrenOf(this.supervisor.pid ?? 0).find((pid) => pattern.test(commandOf(pid)));
  }

  /** How long it takes from now until all services answer a client again, in seconds. */
  async recovery(limitMs = 180_000): Promise<number> {
    const from = performance.now();
    await this.until('all services answer', () => this.isWhole(), limitMs);
    return (performance.now() - from) / 1000;
  }

  async isWhole(): Promise<boolean> {
    const checks = SERVICE_NAMES.map(async (service) => {
      const port = Number(this.environment['OPS_PORTS_FROM']) + opsPortOffset(service);
      return (await this.answers(`http://127.0.0.1:${port}/health/ready`)) && this.answers(this.url + ROUTES[service]);
    });
    const own = [this.answers(`${this.url}/health/ready`), this.answers(`${this.issuer}/health/ready`)];
    return (await Promise.all([...checks, ...own])).every(Boolean);
  }

  /** One statement as the superuser. */
  async ask<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { postgresAdmin } = await loadSecrets(this.folder);
    const client = new PostgresClient({
      host: '127.0.0.1',
      port: Number(this.environment['POSTGRES_PORT']),
      user: 'postgres',
      password: postgresAdmin,
      database: 'fund',
      connectionTimeoutMillis: 30_000,
    });
    await client.connect();
    try {
      return (await client.query<Row>(sql, [...parameters])).rows;
    } finally {
      await client.end();
    }
  }

  token(username: string): Promise<string> {
    const known = this.tokens.get(username);
    if (known) return known;
    const made = requestDemoToken({ issuer: this.issuer, username }).then(({ token }) => token);
    this.tokens.set(username, made);
    // A token lives for minutes only, and a provider that was away gives one the next time.
    setTimeout(() => this.tokens.delete(username), 120_000).unref();
    made.catch(() => this.tokens.delete(username));
    return made;
  }

  /** Waits for what must come; fails with what the supervisor said last. */
  async until(what: string, condition: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
    for (const end = performance.now() + limitMs; !(await condition()); await delay(POLL_MS)) {
      if (!this.isRunning || performance.now() > end)
        throw new Error(`not within ${limitMs / 1000} s: ${what}\n${this.lines.slice(-25).join('\n')}`);
    }
  }

  async stop(): Promise<void> {
    this.supervisor.kill('SIGTERM');
    if (this.isRunning) await once(this.supervisor, 'exit');
    if (this.isFolderOurs) removeData(this.folder);
  }

  private get issuer(): string {
    return `http://127.0.0.1:${this.environment['OIDC_PORT'] ?? ''}`;
  }

  private async answers(url: string): Promise<boolean> {
    try {
      const headers = url.includes('/v1/') ? { authorization: `Bearer ${await this.token('auditor')}` } : undefined;
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(5_000) });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      // Not there at the moment.
      return false;
    }
  }
}

const COMMANDS: Record<Part, RegExp> = {
  partnership: /apps\/partnership\/src\/main\.js/,
  staffing: /apps\/staffing\/src\/main\.js/,
  finance: /apps\/finance\/src\/main\.js/,
  events: /apps\/events\/src\/main\.js/,
  gateway: /apps\/gateway\/src\/main\.js/,
  'identity-provider': /tools\/identity-provider\/main\.js/,
  Postgres: /bin\/postgres /,
  NATS: /nats-server /,
};

function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // ended between the two looks
  }
}

async function ports(): Promise<Record<string, string>> {
  const [PORT, OIDC_PORT, POSTGRES_PORT, NATS_PORT] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const OPS_PORTS_FROM = 20_000 + Math.floor(Math.random() * 10_000);
  return Object.fromEntries(
    Object.entries({ PORT, OIDC_PORT, POSTGRES_PORT, NATS_PORT, OPS_PORTS_FROM }).map(([name, port]) => [
      name,
      String(port),
    ]),
  );
}
