import { Controller } from '@nestjs/common';
import { readPayoutFeed, type ReplyOf, type RequestOf } from '#contracts';
import { Handle } from '#platform';
import { PayoutFeedService } from './payout-feed.service';

@Controller()
export class PayoutFeedController {
  constructor(private readonly feed: PayoutFeedService) {}

  @Handle(readPayoutFeed)
  read(request: RequestOf<typeof readPayoutFeed>): Promise<ReplyOf<typeof readPayoutFeed>> {
    return this.feed.read(request);
  }
}
