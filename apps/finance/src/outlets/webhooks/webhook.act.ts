import { listWebhookActions } from '#contracts/finance';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { Webhook } from './webhook.entity';

/** With the scope `own` a webhook is seen by who made it, and nobody's where that was not kept. */
export const WEBHOOK_OWNERSHIP: Ownership = {
  from: 'webhook w',
  id: 'w.id',
  bonds: { subject: 'w.created_by = ?' },
};

export const act = actsOn({ entity: Webhook, ownership: WEBHOOK_OWNERSHIP, actions: listWebhookActions });
