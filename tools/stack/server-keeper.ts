import { setTimeout as delay } from 'node:timers/promises';
import type { GuardedProcess, Say } from '#testing/embedded';
import { Backoff } from './backoff';
import { type SilenceLimits, SilenceWatch } from './silence-watch';

export interface KeptServer {
  readonly name: string;
  /** Starts it and resolves once it answers. */
  launch(): Promise<GuardedProcess>;
  /** Resolves when it does its work; rejects when it refuses or does not answer in time. */
  probe(): Promise<void>;
  /** What it may need after it had to be started again. */
  onRestarted?(): Promise<void>;
}

const PROBE_EVERY_MS = 2_000;
const SILENCE: SilenceLimits = { firstMs: 30_000, thenMs: 15_000 };

/**
 * Keeps a server (Postgres, nats-server) running for as long as the stack lives: started again when it dies, ended when it no
 * longer does its work, with pauses that grow while it cannot live and are short again once it has lived for a while.
 */
export class ServerKeeper {
  private process: GuardedProcess | undefined;
  private readonly stopping = new AbortController();
  private readonly backoff = new Backoff();
  private keeping: Promise<void> | undefined;

  constructor(
    private readonly server: KeptServer,
    private readonly say: Say,
  ) {}

  /** Resolves once the server answers; a first start that fails is the caller's to tell. */
  async start(): Promise<void> {
    const launched = await this.server.launch();
    this.process = launched;
    this.keeping = this.keep(launched);
  }

  /** Ends it in good order; it is started again like after any other end. */
  restart(reason: string): void {
    this.say(`${this.server.name} is restarted: ${reason}.`);
    void this.process?.stop();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.process?.stop();
    await this.keeping;
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async keep(first: GuardedProcess): Promise<void> {
    let launched: GuardedProcess | undefined = first;
    while (!this.isStopping) {
      const startedAt = performance.now();
      if (launched) await this.watch(launched);
      if (this.isStopping) return;
      const pauseMs = this.backoff.pauseMsAfter(launched ? performance.now() - startedAt : 0);
      if (launched) this.say(`${this.server.name} ended and is started again in ${pauseMs / 1000} s.`);
      await this.rest(pauseMs);
      launched = await this.launchAgain();
    }
    // A stop that came while it was starting.
    await launched?.stop();
  }

  private async launchAgain(): Promise<GuardedProcess | undefined> {
    if (this.isStopping) return undefined;
    try {
      const launched = await this.server.launch();
      this.process = launched;
      this.say(`${this.server.name} is back.`);
      this.server.onRestarted?.().catch((error: unknown) => this.say(`${this.server.name}: ${String(error)}`));
      return launched;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.say(`${this.server.name} could not be started and is tried again: ${reason}`);
      return undefined;
    }
  }

  /** Until the server is gone, by itself or because it did no work any more. */
  private async watch(launched: GuardedProcess): Promise<void> {
    const gone = new AbortController();
    let fault = 'no answer';
    const watch = new SilenceWatch(SILENCE, (seconds) => {
      if (this.isStopping) return;
      this.say(`${this.server.name} has not done its work for ${seconds} s (${fault}) and is ended.`);
      launched.kill();
    }).start();
    void launched.exited.then(() => gone.abort());
    while (!gone.signal.aborted) {
      try {
        await Promise.race([this.server.probe(), launched.exited]);
        watch.heard();
      } catch (error) {
        fault = error instanceof Error ? error.message : String(error);
      }
      await delay(PROBE_EVERY_MS, undefined, { signal: gone.signal }).catch(() => undefined);
    }
    watch.stop();
  }

  private async rest(milliseconds: number): Promise<void> {
    // Rejects with the stop alone, which the loop looks for.
    await delay(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
