import { Injectable } from '@nestjs/common';
import {
  AppError,
  type listWebhookDeliveries,
  type listWebhooks,
  type Page,
  type RequestOf,
  type WebhookDelivery,
  type WebhookView,
} from '#contracts';
import { Database, type Tx } from '#database';
import type { Call } from '#platform';
import { Filters } from '../filters';
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

  async get(webhookId: string, source: Pick<Database | Tx, 'query'> = this.database): Promise<WebhookView> {
    const [row] = await source.query<WebhookRow>(`${WEBHOOKS} WHERE w.id = $1`, [webhookId]);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return webhookView(row);
  }

  async getVisible(webhookId: string, call: Call): Promise<WebhookView> {
    await this.findVisible(this.database, webhookId, call);
    return this.get(webhookId);
  }

  /** PLATFORM_RESOURCE_NOT_FOUND for one that somebody else made, where the caller has the scope `own`. */
  async findVisible(source: Pick<Database | Tx, 'findOrFail'>, webhookId: string, call: Call): Promise<Webhook> {
    const webhook = await source.findOrFail(Webhook, webhookId);
    if (call.scope === 'own' && webhook.createdBy !== call.caller.subject)
      throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return webhook;
  }

  async list({ limit, cursor }: RequestOf<typeof listWebhooks>, call: Call): Promise<Page<WebhookView>> {
    const createdBy = call.scope === 'own' ? call.caller.subject : undefined;
    const filters = new Filters().add('w.created_by = ?', createdBy);
    return this.database.page<WebhookRow, WebhookView>({
      select: WEBHOOKS,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'createdAt', column: 'w.created_at', type: 'timestamptz' }],
      idColumn: 'w.id',
      limit,
      cursor,
      filterHash: { list: 'webhooks', createdBy },
      items: (rows) => rows.map(webhookView),
    });
  }

  async listDeliveries(request: RequestOf<typeof listWebhookDeliveries>, call: Call): Promise<Page<WebhookDelivery>> {
    const { webhookId, outcome, limit, cursor } = request;
    await this.findVisible(this.database, webhookId, call);
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
SELECT w.id, w.version, w.name, w.url, w.subjects, w.status, w.disabled_reason AS "disabledReason", l.position,
  l.failed_attempts AS "failedAttempts", l.next_attempt_at AS "nextAttemptAt", w.created_at AS "createdAt"
FROM webhook w JOIN webhook_lane l ON l.webhook_id = w.id AND l.to_position IS NULL`;

const DELIVERIES = `
SELECT d.id, d.message_id AS "messageId", d.position, d.type, d.replay_id AS "replayId", d.attempt,
  d.attempted_at AS "attemptedAt", d.outcome, d.status_code AS "statusCode", d.error, d.duration_ms AS "durationMs"
FROM webhook_delivery d`;
