import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  getWebhook,
  listWebhookDeliveries,
  listWebhooks,
  type WebhookDelivery,
  type WebhookView,
} from '#contracts/finance';
import { Database, Filters, refuseForeign, type Tx, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { WEBHOOK_OWNERSHIP } from './webhook.act';
import { Webhook } from './webhook.entity';

type WebhookRow = Omit<WebhookView, 'position' | 'nextAttemptAt' | 'createdAt'> & {
  readonly position: bigint;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
};
type DeliveryRow = Omit<WebhookDelivery, 'position' | 'attemptedAt'> & {
  readonly position: bigint;
  readonly attemptedAt: Date;
};

/** What is shown of webhooks, to whom they are visible; their secrets never are. */
@Injectable()
export class WebhookReader {
  constructor(private readonly database: Database) {}

  @Handle(getWebhook)
  async get({ webhookId }: RequestOf<typeof getWebhook>, call: Call): Promise<WebhookView> {
    await refuseForeign(this.database, call, { ownership: WEBHOOK_OWNERSHIP, id: webhookId });
    return this.read(webhookId, this.database);
  }

  /** As the given transaction sees it. */
  async read(webhookId: string, source: Pick<Tx, 'query'>): Promise<WebhookView> {
    const [row] = await source.query<WebhookRow>(`${WEBHOOKS} WHERE w.id = $1`, [webhookId]);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return webhookView(row);
  }

  @Handle(listWebhooks)
  async list({ limit, cursor }: RequestOf<typeof listWebhooks>, call: Call): Promise<Page<WebhookView>> {
    const parameters: unknown[] = [];
    const where = visibleTo(call, WEBHOOK_OWNERSHIP, parameters);
    return this.database.page<WebhookRow, WebhookView>({
      select: WEBHOOKS,
      where,
      parameters,
      sort: [{ key: 'createdAt', column: 'w.created_at', type: 'timestamptz' }],
      idColumn: 'w.id',
      limit,
      cursor,
      filterHash: { list: 'webhooks', visible: parameters },
      items: (rows) => rows.map(webhookView),
    });
  }

  @Handle(listWebhookDeliveries)
  async listDeliveries(request: RequestOf<typeof listWebhookDeliveries>, call: Call): Promise<Page<WebhookDelivery>> {
    const { webhookId, outcome, limit, cursor } = request;
    await refuseForeign(this.database, call, { ownership: WEBHOOK_OWNERSHIP, id: webhookId });
    await this.database.findOrFail(Webhook, webhookId);
    const filters = new Filters().add('d.webhook_id = ?', webhookId).add('d.outcome = ?', outcome);
    return this.database.page<DeliveryRow, WebhookDelivery>({
      select: DELIVERIES,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'attemptedAt', column: 'd.attempted_at', type: 'timestamptz', descending: true }],
      idColumn: 'd.id',
      limit,
      cursor,
      filterHash: { list: 'webhook-deliveries', webhookId, outcome },
      items: (rows) => rows.map(deliveryView),
    });
  }
}

function webhookView(row: WebhookRow): WebhookView {
  return {
    ...row,
    position: row.position.toString(),
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

function deliveryView(row: DeliveryRow): WebhookDelivery {
  return { ...row, position: row.position.toString(), attemptedAt: row.attemptedAt.toISOString() };
}

const WEBHOOKS = `
SELECT w.id, w.version, w.name, w.url, w.subjects, w.status, w.disabled_reason, l.position, l.failed_attempts,
  l.next_attempt_at, w.created_at
FROM webhook w JOIN webhook_lane l ON l.webhook_id = w.id AND l.to_position IS NULL`;

const DELIVERIES = `
SELECT d.id, d.message_id, d.position, d.type, d.replay_id, d.attempt, d.attempted_at, d.outcome, d.status_code,
  d.error, d.duration_ms
FROM webhook_delivery d`;
