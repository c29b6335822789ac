import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '#database';
import { DeliveryLanes, type DueLane, type LeaderClient } from './delivery-lanes';

/** One session-level lock per database; schemas keep the services apart. */
const LEAD = `SELECT pg_try_advisory_lock(hashtextextended('finance.webhook-deliveries', 0)) AS leads`;
const POLL_MS = 250;
const STANDBY_MS = 1000;
const LANES_MAX = 8;
/** Longer than any statement may take: a link that answers no more is cut, so that another replica can lead. */
const ANSWER_LIMIT_MS = 35_000;
const PURGE_EVERY_MS = 3_600_000;

/**
 * Delivers webhooks from ONE replica at a time, so that each receiver gets its messages in order; the lock goes with the
 * connection, however the process ends. A slow receiver holds up its own lane only.
 */
@Injectable()
export class DeliveryDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryDispatcher.name);
  private readonly stopping = new AbortController();
  private readonly running = new Map<string, Promise<void>>();
  private main: Promise<void> | undefined;
  private lastPurgeAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly lanes: DeliveryLanes,
  ) {}

  onApplicationBootstrap(): void {
    this.main = this.dispatch();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.main;
  }

  private async dispatch(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      let client: LeaderClient | undefined;
      try {
        client = await this.database.connectDedicated('webhooks');
        await this.takePart(client);
      } catch (error) {
        if (!this.stopping.signal.aborted) this.logger.warn({ err: error }, 'delivery interrupted; starting over');
      } finally {
        await Promise.all(this.running.values());
        // A connection that broke cannot be ended once more; that it broke was said above.
        await client?.end().catch(() => undefined);
      }
      await this.rest(STANDBY_MS);
    }
  }

  private async takePart(client: LeaderClient): Promise<void> {
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    const until = AbortSignal.any([this.stopping.signal, lost.signal]);
    while (!until.aborted && !(await this.leads(client))) await this.rest(STANDBY_MS);
    while (!until.aborted) {
      for (const lane of await inTime(this.lanes.due(client))) this.start(lane, client, until);
      await this.purge(client);
      await this.rest(POLL_MS);
    }
  }

  private async leads(client: LeaderClient): Promise<boolean> {
    const { rows } = await inTime(client.query<{ leads: boolean }>(LEAD));
    return rows[0]?.leads ?? false;
  }

  private start(lane: DueLane, client: LeaderClient, until: AbortSignal): void {
    if (this.running.has(lane.id) || this.running.size >= LANES_MAX) return;
    const run = this.lanes
      .deliver(lane, client, until)
      .catch(async (error: unknown) => {
        if (until.aborted) return;
        this.logger.error({ err: error, webhookId: lane.webhookId }, 'a delivery lane failed');
        await this.lanes.pause(lane, client);
      })
      // Without the connection there is no pause to write, and no lead either.
      .catch(() => undefined)
      .finally(() => this.running.delete(lane.id));
    this.running.set(lane.id, run);
  }

  private async purge(client: LeaderClient): Promise<void> {
    if (performance.now() - this.lastPurgeAt < PURGE_EVERY_MS) return;
    this.lastPurgeAt = performance.now();
    await client.query(PURGE);
  }

  private async rest(milliseconds: number): Promise<void> {
    // Rejects with the abort alone, which the caller's loop looks for.
    await delay(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const limit = delay(ANSWER_LIMIT_MS, undefined, { ref: false }).then(() => {
    throw new Error('the database does not answer');
  });
  return Promise.race([answer, limit]);
}

const PURGE = `
DELETE FROM webhook_delivery WHERE id IN (
  SELECT id FROM webhook_delivery WHERE attempted_at < now() - interval '90 days' ORDER BY attempted_at LIMIT 50000)`;
