import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { AppError, type PayoutFeedItem, readPayoutFeed, type ReplyOf, type RequestOf } from '#contracts';
import { Database, withinPage } from '#database';
import { Handle } from '#platform';
import { lastPosition } from '../outbox-positions';

const POLL_MS = 200;

interface FeedRow {
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: Date;
  readonly sequence: number;
  readonly data: string;
  readonly signature: string | null;
}

/**
 * The payout messages as the outbox holds them, by the gapless position that the relay gives in the order of visibility: a reader
 * who goes on from the last position misses nothing, and the data is the very text that goes over NATS.
 */
@Injectable()
export class PayoutFeedService implements BeforeApplicationShutdown {
  private isStopping = false;

  constructor(private readonly database: Database) {}

  @Handle(readPayoutFeed)
  async read({ after, limit, waitSeconds }: RequestOf<typeof readPayoutFeed>): Promise<ReplyOf<typeof readPayoutFeed>> {
    const polls = (waitSeconds * 1000) / POLL_MS;
    for (let poll = 0; ; poll++) {
      const items = await this.page(after, limit);
      if (items.length === 0 && poll === 0) await this.assertReached(after);
      const isOver = items.length > 0 || poll >= polls || this.isStopping;
      if (isOver) return { items, next: items.at(-1)?.position ?? after };
      await delay(POLL_MS);
    }
  }

  /** Who waits is answered with what there is, so that the process can end. */
  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }

  // Asked for only where nothing came: a caller whose position is not reached would wait for ever, and miss what is written below it.
  private async assertReached(after: string): Promise<void> {
    const end = await lastPosition(this.database);
    if (BigInt(after) > end) throw new AppError('FINANCE_FEED_POSITION_BEYOND_END', { end: end.toString() });
  }

  private async page(after: string, limit: number): Promise<PayoutFeedItem[]> {
    const rows = await this.database.statement<FeedRow>('payout_feed', FEED, [after, limit]);
    return withinPage(rows.map((row) => ({ ...row, position: row.position.toString(), time: row.time.toISOString() })));
  }
}

const FEED = `
SELECT position, id, subject AS type, aggregate_id AS subject, occurred_at AS time, aggregate_version AS sequence, data, signature
FROM outbox_message WHERE position > $1::bigint AND subject LIKE 'evt.finance.payout.%' ORDER BY position LIMIT $2`;
