import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Client, Notification } from 'pg';
import type { Database } from '#database';

const STANDBY_MS = 1000;
const PULSE_MS = 5000;
/** Longer than any statement of the leader may take. */
const PULSE_LIMIT_MS = 35_000;

/** The right to do the work, for as long as its connection lasts. */
export interface Lead {
  /** The leader's statements run here: without the lock nothing can be written. */
  readonly client: Client;
  /** The connection is gone, and the right with it: another replica may lead by now. */
  readonly lost: AbortSignal;
  /** The process stops; what is on its way may be finished. */
  readonly stopping: AbortSignal;
  /** What woke the leader until now is seen to by what it looks at from here on. */
  beginRound(): void;
  /** Ends early when somebody wakes the leader, the lead is lost or the process stops. */
  rest(milliseconds: number): Promise<void>;
}

interface Options {
  /** Names connection and channel. */
  readonly name: string;
  /** Whoever holds it leads; one per service and kind of work, as locks are the database's and not the schema's. */
  readonly lock: string;
  /** Leads until the lead is lost or the process stops; called anew with each lead. */
  readonly work: (lead: Lead) => Promise<void>;
  /** What the work needs before this replica may lead. */
  readonly ready?: () => Promise<void>;
}

/**
 * Work that ONE replica of a service does at a time, because its order matters: a session lock on a connection of its own. The lock
 * vanishes with the connection, however the process ends, and another replica takes over within a second. The connection also
 * carries the wake-up calls between replicas: NOTIFY inside business transactions would make all their commits wait for one another.
 */
export class LeaderTask {
  private readonly logger = new Logger(LeaderTask.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private post: WakeUpPost | undefined;
  private isLeading = false;
  private isWoken = false;
  private endRest: (() => void) | undefined;

  constructor(
    private readonly database: Database,
    private readonly options: Options,
  ) {}

  /** Whether this replica is the one. */
  get leads(): boolean {
    return this.isLeading;
  }

  start(): void {
    this.running ??= this.takePartUntilStopped();
  }

  /** Waits for the work to end. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wakeUp();
    await this.running;
  }

  /** Wakes the leader, wherever it runs. */
  wake(): void {
    if (this.isLeading) this.wakeUp();
    else this.post?.send();
  }

  private async takePartUntilStopped(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.takePart();
      } catch (error) {
        if (!signal.aborted) this.logger.warn({ err: error, task: this.options.name }, 'interrupted; starting over');
      }
      await pause(STANDBY_MS, signal);
    }
  }

  private async takePart(): Promise<void> {
    const { name, ready, work } = this.options;
    await ready?.();
    const client = await this.database.connectDedicated(name);
    const lost = new AbortController();
    const pulse = setInterval(pulseOf(client), PULSE_MS);
    try {
      client.on('error', () => lost.abort());
      client.on('end', () => lost.abort());
      lost.signal.addEventListener('abort', () => this.wakeUp());
      this.post = await WakeUpPost.open(client, `${name}_${this.database.service}`, () => {
        // Those who stand by have nothing to look at.
        if (this.isLeading) this.wakeUp();
      });
      if (!(await this.waitForLead(client, lost.signal))) return;
      this.isLeading = true;
      this.logger.log({ task: name }, 'leading');
      await work(this.lead(client, lost.signal));
    } finally {
      this.isLeading = false;
      this.post = undefined;
      clearInterval(pulse);
      // A connection that broke cannot be ended once more; that it broke ended the lead.
      await client.end().catch(() => undefined);
    }
  }

  /** Answers false when it is not to be waited for any longer. */
  private async waitForLead(client: Client, lost: AbortSignal): Promise<boolean> {
    const ended = AbortSignal.any([this.stopping.signal, lost]);
    while (!ended.aborted) {
      const { rows } = await client.query<{ leads: boolean }>(LEAD, [this.options.lock]);
      if (rows[0]?.leads) return true;
      await pause(STANDBY_MS, ended);
    }
    return false;
  }

  private lead(client: Client, lost: AbortSignal): Lead {
    return {
      client,
      lost,
      stopping: this.stopping.signal,
      beginRound: () => {
        this.isWoken = false;
      },
      rest: (milliseconds) => this.rest(milliseconds),
    };
  }

  private wakeUp(): void {
    this.isWoken = true;
    this.endRest?.();
  }

  private async rest(milliseconds: number): Promise<void> {
    if (!this.isWoken && !this.stopping.signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.endRest = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.endRest = undefined;
    }
    this.isWoken = false;
  }
}

const LEAD = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS leads';

/** Wake-up calls between the replicas; those to be sent while one is on its way share the next. */
class WakeUpPost {
  private isSending = false;
  private hasMoreToSend = false;

  private constructor(
    private readonly client: Client,
    private readonly channel: string,
  ) {}

  static async open(client: Client, channel: string, onCall: () => void): Promise<WakeUpPost> {
    client.on('notification', (notification: Notification) => {
      if (notification.channel === channel) onCall();
    });
    await client.query(`LISTEN "${channel}"`);
    return new WakeUpPost(client, channel);
  }

  send(): void {
    this.hasMoreToSend = true;
    if (!this.isSending) void this.sendAll();
  }

  private async sendAll(): Promise<void> {
    this.isSending = true;
    try {
      while (this.hasMoreToSend) {
        this.hasMoreToSend = false;
        await this.client.query('SELECT pg_notify($1, $2)', [this.channel, '']);
      }
    } catch {
      // The connection is going; a lost call costs the moment until the leader looks by itself.
      this.hasMoreToSend = false;
    } finally {
      this.isSending = false;
    }
  }
}

/** A link that went silent answers nothing and raises no error: cut it, so that another replica can lead. */
function pulseOf(client: Client): () => void {
  let askedAt: number | undefined;
  return () => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > PULSE_LIMIT_MS) void client.end();
      return;
    }
    askedAt = performance.now();
    client.query('SELECT 1').then(
      () => (askedAt = undefined),
      () => undefined,
    );
  };
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Rejects with the abort alone, which the caller's loop looks for.
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
