import { Controller } from '@nestjs/common';
import {
  activateWebhook,
  createWebhook,
  disableWebhook,
  getWebhook,
  listWebhookDeliveries,
  listWebhooks,
  type Page,
  replayWebhook,
  type RequestOf,
  rotateWebhookSecret,
  type WebhookDelivery,
  type WebhookReplay,
  type WebhookView,
  type WebhookWithSecret,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { WebhookReader } from './webhook.reader';
import { WebhookService } from './webhook.service';

@Controller()
export class WebhookController {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly reader: WebhookReader,
  ) {}

  @Handle(createWebhook)
  create(request: RequestOf<typeof createWebhook>, call: Call): Promise<WebhookWithSecret> {
    return this.webhooks.create(request, call);
  }

  @Handle(getWebhook)
  get({ webhookId }: RequestOf<typeof getWebhook>, call: Call): Promise<WebhookView> {
    return this.reader.getVisible(webhookId, call);
  }

  @Handle(listWebhooks)
  list(request: RequestOf<typeof listWebhooks>, call: Call): Promise<Page<WebhookView>> {
    return this.reader.list(request, call);
  }

  @Handle(rotateWebhookSecret)
  rotate(request: RequestOf<typeof rotateWebhookSecret>, call: Call): Promise<WebhookWithSecret> {
    return this.webhooks.rotate(request, call);
  }

  @Handle(activateWebhook)
  activate(request: RequestOf<typeof activateWebhook>, call: Call): Promise<WebhookView> {
    return this.webhooks.activate(request, call);
  }

  @Handle(disableWebhook)
  disable(request: RequestOf<typeof disableWebhook>, call: Call): Promise<WebhookView> {
    return this.webhooks.disable(request, call);
  }

  @Handle(listWebhookDeliveries)
  listDeliveries(request: RequestOf<typeof listWebhookDeliveries>, call: Call): Promise<Page<WebhookDelivery>> {
    return this.reader.listDeliveries(request, call);
  }

  @Handle(replayWebhook)
  replay(request: RequestOf<typeof replayWebhook>, call: Call): Promise<WebhookReplay> {
    return this.webhooks.replay(request, call);
  }
}
