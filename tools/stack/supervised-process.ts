import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { CONFIGURATION_EXIT_CODE } from '#platform/settings';
import { LogFile, type Say } from '#testing/embedded';
import { Backoff } from './backoff';
import { type Environment, inherited } from './environment';
import { type SilenceLimits, SilenceWatch } from './silence-watch';

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
const WARN_LEVEL = 40;
/** How a line of the gateway's access log ends. */
const REQUEST_LINE = '"msg":"request"}';
/**
 * A process beats once a second from its first moment on; loading its code comes before that. Long enough for a healthy one that a
 * busy machine gives no processor for a while.
 */
const SILENCE: SilenceLimits = { firstMs: 60_000, thenMs: 12_000 };

/**
 * One of our own processes: started again for as long as the stack lives when it dies, ended when it answers no more (it beats
 * over an IPC channel of ours), its log kept in a file, its warnings shown. It ends by itself when we are gone, even when we were
 * killed with SIGKILL.
 */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private readonly stopping = new AbortController();
  private readonly backoff = new Backoff();
  private readonly log: LogFile;
  private running: Promise<void> | undefined;
  private hasStarted = false;
  private lastWords = '';
  private isRefused = false;

  constructor(
    private readonly declaration: ProcessDeclaration,
    private readonly say: Say,
  ) {
    this.log = new LogFile(declaration.logFile, { say });
  }

  get name(): string {
    return this.declaration.name;
  }

  /** Why its first start ended with CONFIGURATION_EXIT_CODE: a setting is wrong, or a server refuses it. */
  get refusal(): string | undefined {
    // Its last line may come after its end.
    return this.isRefused && this.lastWords !== '' ? `${this.name} ${this.lastWords}` : undefined;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    this.running = this.keepRunning();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await once(child, 'exit').finally(() => clearTimeout(limit));
    }
    await this.running;
    await this.log.close();
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async keepRunning(): Promise<void> {
    while (!this.isStopping) {
      const startedAt = performance.now();
      const end = await this.runOnce();
      if (this.isStopping) return;
      const pauseMs = this.backoff.pauseMsAfter(performance.now() - startedAt);
      this.say(
        `${this.name} ended (${end}) and is started again in ${pauseMs / 1000} s; its log: ${this.declaration.logFile}`,
      );
      // Rejects with the stop alone, which the loop looks for.
      await delay(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async runOnce(): Promise<string> {
    const { file, environment, flags } = this.declaration;
    const child = fork(file, {
      env: { ...inherited(), ...environment },
      execArgv: [...flags],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Its own process group: Ctrl-C reaches the supervisor alone, which stops all in the right order.
      detached: true,
    });
    this.child = child;
    this.log.follow(child.stdout, child.stderr);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.showIfWarning(line));
    }
    const watch = new SilenceWatch(SILENCE, (seconds) => this.endDeaf(child, seconds)).start();
    child.on('message', () => watch.heard());
    const end = await new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => {
        if (code === CONFIGURATION_EXIT_CODE && !this.hasStarted) this.isRefused = true;
        this.hasStarted = true;
        resolve(signal ?? `code ${code}`);
      });
      child.once('error', (error) => resolve(error.message));
    });
    watch.stop();
    return end;
  }

  private endDeaf(child: ChildProcess, seconds: number): void {
    if (this.isStopping) return;
    this.say(`${this.name} has not answered for ${seconds} s and is ended.`);
    // What hangs or is stopped heeds no other signal.
    child.kill('SIGKILL');
  }

  // Our logs are lines of JSON; what is not JSON comes from the runtime and is in the log file only.
  private showIfWarning(line: string): void {
    // Most lines are of requests: looked at no further, since a refused caller is no trouble of the platform.
    if (this.isStopping || !line.startsWith('{') || line.endsWith(REQUEST_LINE)) return;
    try {
      const { level, msg, err } = JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string } };
      if ((level ?? 0) < WARN_LEVEL) return;
      // A sentence often ends with the message of its error already.
      const words = [msg, err?.message].filter(Boolean);
      this.lastWords = msg && err?.message && msg.includes(err.message) ? msg : words.join(': ');
      this.say(`${this.name}: ${this.lastWords}`);
    } catch {
      // A line that only looks like JSON.
    }
  }
}
