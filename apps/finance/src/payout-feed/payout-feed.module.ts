import { Module } from '@nestjs/common';
import { PayoutFeedController } from './payout-feed.controller';
import { PayoutFeedService } from './payout-feed.service';

@Module({ controllers: [PayoutFeedController], providers: [PayoutFeedService] })
export class PayoutFeedModule {}
