import { Module } from '@nestjs/common';
import { FeedReceiptService } from './feed-receipt.service';
import { FeedReplayService } from './feed-replay.service';
import { PayoutFeedController } from './payout-feed.controller';
import { PayoutFeedService } from './payout-feed.service';
import { SigningKeyService } from './signing-key.service';

@Module({
  controllers: [PayoutFeedController],
  providers: [FeedReceiptService, FeedReplayService, PayoutFeedService, SigningKeyService],
})
export class PayoutFeedModule {}
