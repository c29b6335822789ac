import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, repositoryRoot, runCommand } from '#testing/embedded';

/** What came of one machine, a few words each. */
export interface Trial {
  readonly start: string;
  readonly stop: string;
  readonly test: string;
  readonly isWell: boolean;
}

const START_LIMIT_MS = 600_000;
const STOP_LIMIT_MS = 60_000;
const TEST_LIMIT_MS = 900_000;
/** Pure ones, and two on real Postgres and NATS. */
const FIRST_SUITES = [
  '--selectProjects',
  'unit',
  'int',
  '--testPathPatterns',
  'libs/contracts',
  'libs/platform/src/[^/]+$',
];

/** A Node and an npm of certain versions, first on the path of a clone that nothing was installed in. */
export class Machine {
  private readonly folder: string;

  constructor(
    private readonly node: string,
    private readonly npm: string,
  ) {
    this.folder = join(homedir(), '.cache', 'fachkraeftefonds', `node-${node}-npm-${npm}`);
  }

  async try(): Promise<Trial> {
    await this.install();
    const place = mkdtempSync(join(tmpdir(), 'fund-machine-'));
    const clone = join(place, 'clone');
    try {
      await must('git', ['clone', '--quiet', repositoryRoot(), clone]);
      const { isReady, words, stop } = await this.start(clone);
      const stopped = await stop();
      const test = await this.test(clone);
      return { start: words, stop: stopped.words, test: test.words, isWell: isReady && stopped.isWell && test.isWell };
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  }

  /** From the npm registry, which has every version of both. */
  private async install(): Promise<void> {
    const [bin, npm] = [join(this.folder, 'bin'), join(this.folder, 'npm')];
    if (existsSync(join(bin, 'npm'))) return;
    mkdirSync(bin, { recursive: true });
    const node = `node-linux-${process.arch}`;
    await this.unpack(`${node}@${this.node}`, join(this.folder, 'node'));
    await this.unpack(`npm@${this.npm}`, npm);
    chmodSync(join(this.folder, 'node', 'bin', 'node'), 0o755);
    symlinkSync('../node/bin/node', join(bin, 'node'));
    chmodSync(join(npm, 'bin', 'npm-cli.js'), 0o755);
    symlinkSync('../npm/bin/npm-cli.js', join(bin, 'npm'));
  }

  private async unpack(name: string, folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    const file = (await must('npm', ['pack', '--silent', '--pack-destination', this.folder, name])).trim();
    await must('tar', ['-xf', join(this.folder, file), '-C', folder, '--strip-components', '1']);
    rmSync(join(this.folder, file));
  }

  private async start(clone: string) {
    const [PORT, OIDC_PORT, POSTGRES_PORT, NATS_PORT] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const ports = {
      PORT,
      OIDC_PORT,
      POSTGRES_PORT,
      NATS_PORT,
      OPS_PORTS_FROM: 20_000 + Math.floor(Math.random() * 10_000),
    };
    const child = this.npmRun(
      ['start'],
      clone,
      Object.fromEntries(Object.entries(ports).map(([k, v]) => [k, String(v)])),
    );
    const seen = await untilSaid(child, /^Ready in .* s/m, START_LIMIT_MS);
    const isReady = seen.found && (await fetch(`http://127.0.0.1:${PORT}/health/ready`)).ok;
    const words = isReady ? (/^Ready in [\d.]+ s/m.exec(seen.output)?.[0] ?? '') : lastWords(seen.output);
    return { isReady, words, stop: () => stopAsTerminal(child, clone) };
  }

  private async test(clone: string): Promise<{ words: string; isWell: boolean }> {
    const child = this.npmRun(['test', '--', ...FIRST_SUITES], clone, { FUND_TEST_INFRASTRUCTURE: 'embedded' });
    const { output } = await untilSaid(child, /^Ran all test suites/m, TEST_LIMIT_MS);
    if (child.exitCode === null) await once(child, 'exit');
    const suites = /^Test Suites: (.*)$/m.exec(output)?.[1];
    return { words: suites ? `suites: ${suites}` : lastWords(output), isWell: child.exitCode === 0 };
  }

  private npmRun(args: readonly string[], cwd: string, more: Record<string, string>): ChildProcess {
    const { HOME = '' } = process.env;
    const PATH = [join(this.folder, 'bin'), '/usr/local/bin', '/usr/bin', '/bin'].join(':');
    // Its own process group, as a terminal makes one: Ctrl-C reaches npm and all that it started.
    return spawn('npm', [...args], {
      cwd,
      env: { ...networkOf(process.env), HOME, PATH, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  }
}

/** How this network is reached belongs to the place, not to the machine that is tried. */
function networkOf(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /_proxy$|CA_CERTS|CERT_FILE/i.test(name)));
}

async function untilSaid(
  child: ChildProcess,
  text: RegExp,
  limitMs: number,
): Promise<{ found: boolean; output: string }> {
  let output = '';
  const said = new Promise<boolean>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (text.test(output)) resolve(true);
      });
    }
    child.once('exit', () => resolve(false));
    setTimeout(() => resolve(false), limitMs).unref();
  });
  return { found: await said, output };
}

async function stopAsTerminal(child: ChildProcess, clone: string): Promise<{ words: string; isWell: boolean }> {
  if (child.exitCode !== null || child.pid === undefined) return { words: 'had ended', isWell: false };
  const gone = once(child, 'exit', { signal: AbortSignal.timeout(STOP_LIMIT_MS) });
  process.kill(-child.pid, 'SIGINT');
  // What is left after that time is counted.
  await gone.catch(() => undefined);
  const left = processesIn(clone);
  return { words: left === 0 ? 'all gone' : `${left} processes are left`, isWell: left === 0 };
}

function processesIn(folder: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false; // ended meanwhile
    }
  }).length;
}

function lastWords(output: string): string {
  return output.trim().split('\n').slice(-3).join(' / ').slice(-300);
}

async function must(command: string, args: readonly string[]): Promise<string> {
  const { isOk, output } = await runCommand(command, args, { timeoutMs: 600_000 });
  if (!isOk) throw new Error(`${command} ${args.join(' ')}: ${output}`);
  return output;
}
