import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { ServiceName } from '#contracts';
import type { Database } from '#database';
import type { Nats } from '#platform';
import { sealAuditRecords } from '../audit/audit-chain';
import { failpoint } from '../failpoint';
import { Leadership } from './leadership';
import { publishedMessages, refusedMessages } from '../metrics';
import { advance, markFailed, type OutboxMessage, type Published, readUnpublished } from './outbox-table';
import { Publisher, type PublishResult } from './publisher';
import type { RelaySignal } from './relay-signal';

const BATCH = 500;
const IDLE_MS = 1000;
const STANDBY_MS = 1000;
const TROUBLE_MS = 1000;
const GATHER_BELOW = 50;
const GATHER_MS = 5;
const SEAL_EVERY_MS = 200;
const PURGE_EVERY_MS = 60_000;

/**
 * Publishes a service's messages after their commit: ONE leader among its replicas, so that messages of one aggregate keep their
 * order across replicas; the others stand by and take over within a second. Also seals the audit records and clears expired keys.
 */
export class Relay {
  private readonly logger = new Logger(Relay.name);
  private leadership: Leadership | undefined;
  private isLeading = false;
  /** Whether everything that has a position is published too. */
  private isCaughtUp = false;
  private isStopping = false;
  private wake: (() => void) | undefined;
  private isWoken = false;
  private running: Promise<void> | undefined;
  private lastSealAt = 0;
  private lastPurgeAt = 0;

  constructor(
    private readonly service: ServiceName,
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly signal: RelaySignal,
  ) {}

  get leads(): boolean {
    return this.isLeading;
  }

  start(): void {
    this.signal.listen(() => {
      this.signal.lower();
      if (this.isLeading) this.wakeUp();
      else this.leadership?.notify();
    });
    this.running = this.relayUntilStopped();
  }

  /** Ends after the batch that is on its way; what is left waits in the table. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.wakeUp();
    await this.running;
  }

  wakeUp(): void {
    this.isWoken = true;
    this.wake?.();
  }

  private async relayUntilStopped(): Promise<void> {
    while (!this.isStopping) {
      try {
        await this.takePart();
      } catch (error) {
        if (!this.isStopping) this.logger.warn({ err: error }, 'relay interrupted; starting over');
      } finally {
        this.isLeading = false;
        await this.leadership?.leave();
        this.leadership = undefined;
      }
      if (!this.isStopping) await this.rest(STANDBY_MS);
    }
  }

  private async takePart(): Promise<void> {
    await this.nats.ready();
    const leadership = await Leadership.join(this.database, {
      // Those who stand by only relay the call; waking up to ask for the lock would cost a query for each commit.
      onWake: () => {
        if (this.isLeading) this.wakeUp();
      },
      onLost: () => this.wakeUp(),
    });
    this.leadership = leadership;
    while (!this.isStopping && leadership.isConnected) {
      if (await leadership.tryLead()) {
        this.isLeading = true;
        this.logger.log('leading the relay');
        await this.lead(leadership);
        return;
      }
      await this.rest(STANDBY_MS);
    }
  }

  private async lead(leadership: Leadership): Promise<void> {
    const { client } = leadership;
    const publisher = new Publisher(this.nats.nc, this.service);
    let unmarked: Published[] = [];
    let following: OutboxMessage[] | undefined;
    const next = (limit: number): Promise<OutboxMessage[]> => {
      const published = unmarked;
      unmarked = [];
      return advance(client, published, limit);
    };
    this.isCaughtUp = false;
    while (leadership.isConnected) {
      this.isWoken = false;
      // What has a position but was not published comes before anything newer.
      const pending: OutboxMessage[] =
        following ?? (this.isCaughtUp ? await next(BATCH) : await readUnpublished(client, BATCH));
      following = undefined;
      if (pending.length === 0) {
        if (!this.isCaughtUp) {
          this.isCaughtUp = true;
          continue;
        }
        await this.sideWork(leadership);
        if (this.isStopping) return;
        await this.rest(IDLE_MS);
        continue;
      }
      // A full batch says that more waits: it gets its positions while this one is on its way.
      const isMoreWaiting = this.isCaughtUp && pending.length === BATCH;
      const [result, positioned] = await Promise.all([
        publisher.publish(pending),
        isMoreWaiting ? next(BATCH) : undefined,
      ]);
      unmarked.push(...result.published);
      failpoint('relay.after_publish');
      publishedMessages.inc({ attempt: 'first' }, result.published.length);
      await this.recordFailures(leadership, result.failed);
      if (result.left.length > 0) this.isCaughtUp = false;
      // After a failure, what has its position already is read again, after what was left.
      if (this.isCaughtUp) following = positioned;
      else await next(0);
      if (result.left.length > 0) await this.waitOut(result);
      // Under load a short pause makes one round of many messages out of many rounds of one; a lone message has left already.
      else if (pending.length < GATHER_BELOW) await delay(GATHER_MS);
      if (result.left.length > 0 && this.isStopping) return;
      // Under load the queue never runs dry, yet the audit chain must not fall behind.
      if (performance.now() - this.lastSealAt > SEAL_EVERY_MS) await this.seal(leadership);
    }
  }

  private async sideWork(leadership: Leadership): Promise<void> {
    await this.seal(leadership);
    if (performance.now() - this.lastPurgeAt < PURGE_EVERY_MS) return;
    this.lastPurgeAt = performance.now();
    await leadership.client.query(PURGE);
    // An operator may have given a refused message another chance.
    this.isCaughtUp = false;
  }

  private async seal(leadership: Leadership): Promise<void> {
    this.lastSealAt = performance.now();
    await sealAuditRecords(leadership.client);
  }

  private async recordFailures(
    leadership: Leadership,
    failed: readonly { message: OutboxMessage; error: string }[],
  ): Promise<void> {
    for (const { message, error } of failed) {
      await markFailed(leadership.client, message.id, error);
      refusedMessages.inc();
      this.logger.error({ messageId: message.id, subject: message.subject, error }, 'a message cannot be published');
    }
  }

  /** The broker is away or full: what got through is marked now, the rest waits in its order. */
  private async waitOut(result: PublishResult): Promise<void> {
    this.logger.warn(
      { err: result.lastError, waiting: result.left.length },
      'the stream does not take messages; trying again',
    );
    if (!this.isStopping) await delay(TROUBLE_MS);
  }

  private async rest(milliseconds: number): Promise<void> {
    if (this.isWoken || this.isStopping) {
      this.isWoken = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
    this.isWoken = false;
  }
}

const PURGE = `
  DELETE FROM idempotency_key WHERE scope IN (
    SELECT scope FROM idempotency_key WHERE expires_at < now() ORDER BY expires_at LIMIT 5000
  )`;
