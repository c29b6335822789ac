import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Say } from '#testing/embedded';
import { type Environment, inherited } from './environment';

export interface ProcessDeclaration {
  readonly name: string;
  /** The JavaScript file that is run. */
  readonly file: string;
  readonly environment: Environment;
  readonly logFile: string;
  /** For Node itself. */
  readonly flags: readonly string[];
}

const STOP_LIMIT_MS = 16_000;
const BACKOFF_MS = [250, 1_000, 2_000, 5_000, 10_000];
/** A process that ran this long had started well; the next failure begins with a short pause again. */
const STABLE_MS = 30_000;
const WARN_LEVEL = 40;

/**
 * One of our own processes: started again when it dies, its log kept in a file, its warnings shown. It holds the other end of
 * an IPC channel of ours and ends by itself when we are gone, even when we were killed with SIGKILL.
 */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private isStopping = false;
  private failures = 0;
  private running: Promise<void> | undefined;

  constructor(
    private readonly declaration: ProcessDeclaration,
    private readonly say: Say,
  ) {}

  get name(): string {
    return this.declaration.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    this.running = this.keepRunning();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await once(child, 'exit').finally(() => clearTimeout(limit));
    }
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    while (!this.isStopping) {
      const startedAt = Date.now();
      const end = await this.runOnce();
      if (this.isStopping) return;
      this.failures = Date.now() - startedAt > STABLE_MS ? 1 : this.failures + 1;
      const pauseMs = BACKOFF_MS[Math.min(this.failures, BACKOFF_MS.length) - 1] ?? 10_000;
      this.say(
        `${this.name} ended (${end}) and is started again in ${pauseMs / 1000} s; its log: ${this.declaration.logFile}`,
      );
      await delay(pauseMs, undefined, { ref: false });
    }
  }

  private async runOnce(): Promise<string> {
    const { file, environment, logFile, flags } = this.declaration;
    const child = fork(file, {
      env: { ...inherited(), ...environment },
      execArgv: [...flags],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Its own process group: Ctrl-C reaches the supervisor alone, which stops all in the right order.
      detached: true,
    });
    this.child = child;
    const log = createWriteStream(logFile, { flags: 'a' });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.pipe(log, { end: false });
      if (stream) createInterface({ input: stream }).on('line', (line) => this.showIfWarning(line));
    }
    const end = await new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
      child.once('error', (error) => resolve(error.message));
    });
    log.end();
    return end;
  }

  // Our logs are lines of JSON; what is not JSON comes from the runtime and is in the log file only.
  private showIfWarning(line: string): void {
    if (this.isStopping || !line.startsWith('{')) return;
    try {
      const { level, msg, err } = JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string } };
      if ((level ?? 0) >= WARN_LEVEL) this.say(`${this.name}: ${[msg, err?.message].filter(Boolean).join(': ')}`);
    } catch {
      // A line that only looks like JSON.
    }
  }
}
