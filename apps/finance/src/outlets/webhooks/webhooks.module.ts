import { Module } from '@nestjs/common';
import { PayoutFeedModule } from '../payout-feed/payout-feed.module';
import { DeliveryDispatcher } from './delivery-dispatcher.service';
import { DeliveryLanes } from './delivery-lanes.service';
import { WebhookConfig } from './webhook-config';
import { WebhookReader } from './webhook.reader';
import { WebhookService } from './webhook.service';

@Module({
  imports: [PayoutFeedModule],
  providers: [
    { provide: WebhookConfig, useFactory: () => WebhookConfig.load() },
    DeliveryDispatcher,
    DeliveryLanes,
    WebhookReader,
    WebhookService,
  ],
})
export class WebhooksModule {}
