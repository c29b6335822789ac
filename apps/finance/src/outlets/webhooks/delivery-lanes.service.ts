import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { WebhookDisabledReason } from '#contracts/finance';
import { Database } from '#database';
import type { Lead } from '#messaging';
import { Clock, newId, declareCounter } from '#platform';
import { feedMessages, type FeedMessage, PayoutFeedReader } from '../payout-feed/payout-feed.reader';
import { type AttemptResult, attemptDelivery } from './delivery-attempt';
import { retryDelayMs } from './retry-schedule';
import { WebhookConfig } from './webhook-config';
import { openSecret } from './webhook-secret';
import { Webhook } from './webhook.entity';

const BATCH = 50;
const PAUSE_MS = 60_000;
const deliveries = declareCounter({
  name: 'webhook_deliveries_total',
  help: 'Attempts to deliver a message to a webhook',
  where: 'finance',
  labels: { outcome: 'delivered, failed' },
});

/** The connection that holds the right to deliver. */
type LeaderClient = Lead['client'];

export interface DueLane {
  readonly id: string;
  readonly webhookId: string;
  readonly isReplay: boolean;
  readonly position: bigint;
  readonly toPosition: bigint | null;
  readonly failedAttempts: number;
}

interface Receiver {
  readonly url: string;
  readonly subjects: string[];
  readonly secrets: string[];
}

/** Takes one lane on through the feed: message by message in order, and no further than the first that is not delivered. */
@Injectable()
export class DeliveryLanes {
  constructor(
    private readonly database: Database,
    private readonly feed: PayoutFeedReader,
    private readonly config: WebhookConfig,
    private readonly clock: Clock,
  ) {}

  /** The lanes of active webhooks that have a message to send and no pause to wait out. */
  async due(client: LeaderClient): Promise<DueLane[]> {
    return (await client.query<DueLane>(DUE, [this.clock.now()])).rows;
  }

  /** Returns when the lane is empty, has to pause, or the process stops. */
  async deliver(lane: DueLane, client: LeaderClient, stopping: AbortSignal): Promise<void> {
    let { position, failedAttempts } = lane;
    while (!stopping.aborted) {
      const receiver = await this.receiver(lane.webhookId);
      if (!receiver) return;
      const messages = await this.messagesAfter(position, lane, receiver.subjects);
      if (messages.length === 0) return;
      for (const message of messages) {
        const isDelivered = await this.attempt({ lane, client, receiver, failedAttempts }, message, stopping);
        if (!isDelivered) return;
        ({ position } = message);
        failedAttempts = 0;
      }
    }
  }

  /** After a fault of our own, such as a secret that does not open: looks again later, and does not count it. */
  async pause(lane: DueLane, client: LeaderClient): Promise<void> {
    const until = new Date(this.clock.now().getTime() + PAUSE_MS);
    await client.query('UPDATE webhook_lane SET next_attempt_at = $2 WHERE id = $1', [lane.id, until]);
  }

  private async attempt(
    state: { lane: DueLane; client: LeaderClient; receiver: Receiver; failedAttempts: number },
    message: FeedMessage,
    stopping: AbortSignal,
  ): Promise<boolean> {
    const { lane, client, receiver } = state;
    const now = this.clock.now();
    const started = performance.now();
    const target = { ...receiver, allowedHosts: this.config.allowedHosts };
    const result = await attemptDelivery(target, message, { now, stopping });
    // Cut off by our own stop: says nothing about the receiver, and the next leader tries again.
    if (stopping.aborted && !result.isDelivered) return false;
    deliveries.inc({ outcome: result.isDelivered ? 'delivered' : 'failed' });
    const failures = result.isDelivered ? 0 : state.failedAttempts + 1;
    const pauseMs = result.isDelivered ? undefined : retryDelayMs(failures, Math.random());
    await client.query(RECORD, [
      ...logEntry({ lane, message, result, now }),
      state.failedAttempts + 1,
      Math.round(performance.now() - started),
      failures,
      pauseMs === undefined ? null : new Date(now.getTime() + pauseMs),
    ]);
    if (result.isGone) await this.disable(lane.webhookId, 'GONE');
    else if (!result.isDelivered && pauseMs === undefined) await this.disable(lane.webhookId, 'REPEATED_FAILURE');
    return result.isDelivered;
  }

  /** Undefined when the webhook was disabled meanwhile. */
  private async receiver(webhookId: string): Promise<Receiver | undefined> {
    const rows = await this.database.query<{ url: string; subjects: string[]; id: string; sealed: Buffer }>(RECEIVER, [
      webhookId,
      this.clock.now(),
    ]);
    const [first] = rows;
    if (!first) return undefined;
    const secrets = rows.map(({ id, sealed }) => openSecret(sealed, { id, key: this.config.secretKey }));
    return { url: first.url, subjects: first.subjects, secrets };
  }

  private messagesAfter(position: bigint, { toPosition }: DueLane, subjects: string[]): Promise<FeedMessage[]> {
    return this.feed.messages(
      { after: position, subjects, ...(toPosition !== null && { through: toPosition }) },
      BATCH,
    );
  }

  private async disable(webhookId: string, reason: WebhookDisabledReason): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const webhook = await tx.lockOrFail(Webhook, webhookId);
        webhook.disable(reason);
        await tx.update(webhook);
      });
    } catch (error) {
      // A person was faster.
      if (!(error instanceof AppError) || error.code !== 'FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED') throw error;
    }
  }
}

function logEntry(entry: { lane: DueLane; message: FeedMessage; result: AttemptResult; now: Date }): unknown[] {
  const { lane, message, result, now } = entry;
  return [
    lane.id,
    newId(),
    lane.isReplay ? lane.id : null,
    message.id,
    message.position.toString(),
    message.type,
    now,
    result.isDelivered ? 'DELIVERED' : 'FAILED',
    result.statusCode,
    result.error,
  ];
}

const DUE = `
SELECT l.id, l.webhook_id, l.to_position IS NOT NULL AS is_replay, l.position, l.to_position, l.failed_attempts
FROM webhook_lane l JOIN webhook w ON w.id = l.webhook_id
WHERE w.status = 'ACTIVE' AND (l.next_attempt_at IS NULL OR l.next_attempt_at <= $1) AND (l.to_position IS NULL OR l.position < l.to_position)
  AND EXISTS (SELECT ${feedMessages({ after: 'l.position', through: 'l.to_position', subjects: 'w.subjects' })})
ORDER BY l.created_at`;

const RECEIVER = `
SELECT w.url, w.subjects, s.id, s.sealed FROM webhook w JOIN webhook_secret s ON s.webhook_id = w.id
WHERE w.id = $1 AND w.status = 'ACTIVE' AND (s.expires_at IS NULL OR s.expires_at > $2) ORDER BY s.created_at DESC`;

const RECORD = `
WITH lane AS (
  UPDATE webhook_lane SET failed_attempts = $13, next_attempt_at = $14,
    position = CASE WHEN $8 = 'DELIVERED' THEN $5::bigint ELSE position END
  WHERE id = $1 RETURNING webhook_id
)
INSERT INTO webhook_delivery
  (id, webhook_id, replay_id, message_id, position, type, attempted_at, outcome, status_code, error, attempt, duration_ms)
SELECT $2, webhook_id, $3, $4, $5::bigint, $6, $7, $8, $9, $10, $11, $12 FROM lane`;
