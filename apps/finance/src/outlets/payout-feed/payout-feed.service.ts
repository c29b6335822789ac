import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { AppError, type ReplyOf, type RequestOf } from '#contracts';
import { type PayoutFeedItem, readPayoutFeed } from '#contracts/finance';
import { Database, withinPage } from '#database';
import { lastPosition } from '#messaging';
import { Handle } from '#platform';
import { PayoutFeedReader } from './payout-feed.reader';

const POLL_MS = 200;

/** Answers readers of the feed, and lets them wait for what comes next. */
@Injectable()
export class PayoutFeedService implements BeforeApplicationShutdown {
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly feed: PayoutFeedReader,
  ) {}

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
    const rows = await this.feed.messages({ after: BigInt(after) }, limit);
    return withinPage(rows.map((row) => ({ ...row, position: row.position.toString(), time: row.time.toISOString() })));
  }
}
