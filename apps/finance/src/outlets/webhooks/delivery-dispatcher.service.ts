import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '#database';
import { type Lead, LeaderTask } from '#messaging';
import { DeliveryLanes, type DueLane } from './delivery-lanes.service';

const POLL_MS = 250;
const LANES_MAX = 8;
const PURGE_EVERY_MS = 3_600_000;

/**
 * Delivers webhooks from ONE replica at a time, so that each receiver gets its messages in order. A slow receiver holds up its own
 * lane only.
 */
@Injectable()
export class DeliveryDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryDispatcher.name);
  private readonly task: LeaderTask;
  private readonly running = new Map<string, Promise<void>>();
  private lastPurgeAt = Number.NEGATIVE_INFINITY;

  constructor(
    database: Database,
    private readonly lanes: DeliveryLanes,
  ) {
    const work = (lead: Lead) => this.dispatch(lead);
    this.task = new LeaderTask(database, { name: 'webhooks', lock: 'finance.webhook-deliveries', work });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  private async dispatch(lead: Lead): Promise<void> {
    const { client, lost, stopping } = lead;
    const ended = new AbortController();
    const until = AbortSignal.any([stopping, lost, ended.signal]);
    try {
      while (!until.aborted) {
        for (const lane of await this.lanes.due(client)) this.start(lane, client, until);
        await this.purge(client);
        await lead.rest(POLL_MS);
      }
    } finally {
      ended.abort();
      await Promise.all(this.running.values());
    }
  }

  private start(lane: DueLane, client: Lead['client'], until: AbortSignal): void {
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

  private async purge(client: Lead['client']): Promise<void> {
    if (performance.now() - this.lastPurgeAt < PURGE_EVERY_MS) return;
    this.lastPurgeAt = performance.now();
    await client.query(PURGE);
  }
}

const PURGE = `
DELETE FROM webhook_delivery WHERE id IN (
  SELECT id FROM webhook_delivery WHERE attempted_at < now() - interval '90 days' ORDER BY attempted_at LIMIT 50000)`;
