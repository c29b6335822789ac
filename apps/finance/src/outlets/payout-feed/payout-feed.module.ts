import { Module } from '@nestjs/common';
import { FeedReceiptService } from './feed-receipt.service';
import { FeedReplayService } from './feed-replay.service';
import { PayoutFeedReader } from './payout-feed.reader';
import { PayoutFeedService } from './payout-feed.service';
import { SigningKeyService } from './signing-key.service';

@Module({
  providers: [FeedReceiptService, FeedReplayService, PayoutFeedReader, PayoutFeedService, SigningKeyService],
  exports: [PayoutFeedReader],
})
export class PayoutFeedModule {}
