import { Injectable } from '@nestjs/common';
import { AppError, type ReplyOf, type RequestOf } from '#contracts';
import { replayPayoutFeed } from '#contracts/finance';
import { Commands, Messaging } from '#messaging';
import { type Call, Handle } from '#platform';
import { PayoutFeedReader } from './payout-feed.reader';

/** Feeds a durable of NATS again from a position on, when its consumer asks for it. */
@Injectable()
export class FeedReplayService {
  constructor(
    private readonly commands: Commands,
    private readonly feed: PayoutFeedReader,
    private readonly messaging: Messaging,
  ) {}

  /** PLATFORM_RESOURCE_NOT_FOUND before the durable was seen for the first time, half a minute after the first start. */
  @Handle(replayPayoutFeed)
  async replay(
    { consumer, fromPosition }: RequestOf<typeof replayPayoutFeed>,
    call: Call,
  ): Promise<ReplyOf<typeof replayPayoutFeed>> {
    const after = BigInt(fromPosition) - 1n;
    const reply = await this.commands.run(call, async (tx) => {
      const end = await this.feed.end(tx);
      if (after >= end) throw new AppError('FINANCE_RECEIPT_BEYOND_FEED', { end: end.toString() });
      await this.messaging.external.replay(tx, { durable: consumer, after });
      return { consumer, fromPosition, messages: await this.feed.count(tx, { after, isSendable: true }) };
    });
    this.messaging.reconciler.begin();
    return reply;
  }
}
