import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { PayoutFeedItem, readPayoutFeed, ReplyOf, RequestOf } from '#contracts';
import { Database } from '#database';

const POLL_MS = 200;
/** Leaves time for the answer on its way back within the operation's deadline. */
const WAIT_MAX_MS = 4000;

interface FeedRow {
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly data: string;
}

/**
 * The payout messages as the outbox holds them, by the gapless position that the relay gives in the order of visibility: a reader
 * who goes on from the last position misses nothing, and the data is the very text that goes over NATS.
 */
@Injectable()
export class PayoutFeedService {
  constructor(private readonly database: Database) {}

  async read({ after, limit, waitSeconds }: RequestOf<typeof readPayoutFeed>): Promise<ReplyOf<typeof readPayoutFeed>> {
    const polls = Math.min(waitSeconds * 1000, WAIT_MAX_MS) / POLL_MS;
    for (let poll = 0; ; poll++) {
      const items = await this.page(after, limit);
      if (items.length > 0 || poll >= polls) return { items, next: items.at(-1)?.position ?? after };
      await delay(POLL_MS);
    }
  }

  private async page(after: string, limit: number): Promise<PayoutFeedItem[]> {
    const rows = await this.database.statement<FeedRow>('payout_feed', FEED, [after, limit]);
    return rows.map((row) => ({
      position: row.position.toString(),
      id: row.id,
      type: row.type,
      time: row.occurredAt.toISOString(),
      data: row.data,
    }));
  }
}

const FEED = `
SELECT position, id, subject AS type, occurred_at AS "occurredAt", data FROM outbox_message
WHERE position > $1::bigint AND subject LIKE 'evt.finance.payout.%' ORDER BY position LIMIT $2`;
