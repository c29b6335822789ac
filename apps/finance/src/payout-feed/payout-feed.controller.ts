import { Controller } from '@nestjs/common';
import {
  confirmPayoutFeed,
  listPayoutFeedReceipts,
  listSigningKeys,
  readPayoutFeed,
  replayPayoutFeed,
  type ReplyOf,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { FeedReceiptService } from './feed-receipt.service';
import { FeedReplayService } from './feed-replay.service';
import { PayoutFeedService } from './payout-feed.service';
import { SigningKeyService } from './signing-key.service';

@Controller()
export class PayoutFeedController {
  constructor(
    private readonly feed: PayoutFeedService,
    private readonly receipts: FeedReceiptService,
    private readonly keys: SigningKeyService,
    private readonly replays: FeedReplayService,
  ) {}

  @Handle(readPayoutFeed)
  read(request: RequestOf<typeof readPayoutFeed>): Promise<ReplyOf<typeof readPayoutFeed>> {
    return this.feed.read(request);
  }

  @Handle(confirmPayoutFeed)
  confirm(request: RequestOf<typeof confirmPayoutFeed>, call: Call): Promise<ReplyOf<typeof confirmPayoutFeed>> {
    return this.receipts.confirm(request, call);
  }

  @Handle(listPayoutFeedReceipts)
  listReceipts(
    _request: RequestOf<typeof listPayoutFeedReceipts>,
    call: Call,
  ): Promise<ReplyOf<typeof listPayoutFeedReceipts>> {
    return this.receipts.list(call);
  }

  @Handle(replayPayoutFeed)
  replay(request: RequestOf<typeof replayPayoutFeed>, call: Call): Promise<ReplyOf<typeof replayPayoutFeed>> {
    return this.replays.replay(request, call);
  }

  @Handle(listSigningKeys)
  listKeys(): Promise<ReplyOf<typeof listSigningKeys>> {
    return this.keys.list();
  }
}
