import { Injectable } from '@nestjs/common';
import { AppError, fieldError, type RequestOf } from '#contracts';
import {
  activateWebhook,
  createWebhook,
  disableWebhook,
  replayWebhook,
  rotateWebhookSecret,
  type WebhookReplay,
  type WebhookView,
  type WebhookWithSecret,
} from '#contracts/finance';
import { Database, refuseForeign, type Tx } from '#database';
import { type Act, Commands, lastPosition } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { PayoutFeedReader } from '../payout-feed/payout-feed.reader';
import { AddressRefusedError, resolveReceiver } from './receiver-address';
import { WebhookConfig } from './webhook-config';
import { newWebhookSecret, openSecret, sealSecret } from './webhook-secret';
import { act, WEBHOOK_OWNERSHIP } from './webhook.act';
import { Webhook } from './webhook.entity';
import { WebhookReader } from './webhook.reader';

const WEBHOOKS_MAX = 20;
/** Of one machine, so that none uses up the places of all. */
const OWN_WEBHOOKS_MAX = 5;
const HOUR_MS = 3_600_000;

/** What the stored answer to an idempotency key holds: where the secret is, not the secret. */
type Stored = WebhookView & { readonly secretId: string };

/** Manages webhooks. A secret leaves the service once: in the answer to the request that made it. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly reader: WebhookReader,
    private readonly feed: PayoutFeedReader,
    private readonly config: WebhookConfig,
    private readonly clock: Clock,
  ) {}

  @Handle(createWebhook)
  async create({ name, url, subjects }: RequestOf<typeof createWebhook>, call: Call): Promise<WebhookWithSecret> {
    await this.assertAddress(url);
    const [id, createdAt] = [newId(), this.clock.now()];
    const stored = await this.commands.run(call, async (tx) => {
      // One after the other, or two at once would both pass the limit.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('finance.webhooks', 0))`);
      const createdBy = call.caller.subject;
      const [row] = await tx.query<{ count: number; own: number }>(
        'SELECT count(*)::int AS count, count(*) FILTER (WHERE created_by = $1)::int AS own FROM webhook',
        [createdBy],
      );
      const [count, max] = call.scope === 'own' ? [row?.own, OWN_WEBHOOKS_MAX] : [row?.count, WEBHOOKS_MAX];
      if ((count ?? 0) >= max || (row?.count ?? 0) >= WEBHOOKS_MAX)
        throw new AppError('FINANCE_WEBHOOK_LIMIT_REACHED', { max });
      const state = { version: 1, status: 'ACTIVE', disabledReason: null } as const;
      await tx.insert(Object.assign(new Webhook(), { id, name, url, subjects, createdAt, createdBy, ...state }));
      await tx.query('INSERT INTO webhook_lane (id, webhook_id, position, created_at) VALUES ($1, $2, $3, $4)', [
        newId(),
        id,
        await lastPosition(tx),
        createdAt,
      ]);
      return this.withNewSecret(tx, id);
    });
    return this.reveal(stored);
  }

  @Handle(rotateWebhookSecret)
  @act.listed(rotateWebhookSecret, {})
  async rotate(request: RequestOf<typeof rotateWebhookSecret>, call: Call): Promise<WebhookWithSecret> {
    const { webhookId, overlapHours } = request;
    const stored = await this.commands.run(call, async (tx) => {
      const webhook = await this.lockVisible(tx, webhookId, call);
      const now = this.clock.now();
      await tx.query('DELETE FROM webhook_secret WHERE webhook_id = $1 AND expires_at IS NOT NULL', [webhookId]);
      await tx.query('UPDATE webhook_secret SET expires_at = $2 WHERE webhook_id = $1', [
        webhookId,
        new Date(now.getTime() + overlapHours * HOUR_MS),
      ]);
      await tx.update(webhook);
      return this.withNewSecret(tx, webhookId);
    });
    return this.reveal(stored);
  }

  @act(activateWebhook, { possible: (webhook) => webhook.assertStatus('DISABLED') })
  async activate(webhook: Webhook, _: RequestOf<typeof activateWebhook>, { tx }: Act): Promise<void> {
    webhook.activate();
    await tx.query('UPDATE webhook_lane SET failed_attempts = 0, next_attempt_at = NULL WHERE webhook_id = $1', [
      webhook.id,
    ]);
  }

  @act(disableWebhook, { possible: (webhook) => webhook.assertStatus('ACTIVE') })
  disable(webhook: Webhook): void {
    webhook.disable('BY_PERSON');
  }

  view({ id }: Webhook, { tx }: Act): Promise<WebhookView> {
    return this.reader.read(id, tx);
  }

  @Handle(replayWebhook)
  @act.listed(replayWebhook, { possible: (webhook) => webhook.assertStatus('ACTIVE') })
  replay(request: RequestOf<typeof replayWebhook>, call: Call): Promise<WebhookReplay> {
    const { webhookId, fromPosition, toPosition } = request;
    const [from, to] = [BigInt(fromPosition), BigInt(toPosition)];
    const id = newId();
    return this.commands.run(call, async (tx) => {
      const webhook = await this.lockVisible(tx, webhookId, call);
      webhook.assertStatus('ACTIVE');
      if (from > to || to > (await lastPosition(tx))) throw new AppError('FINANCE_WEBHOOK_RANGE_INVALID');
      await tx.query(
        'INSERT INTO webhook_lane (id, webhook_id, position, to_position, created_at) VALUES ($1, $2, $3, $4, $5)',
        [id, webhookId, from - 1n, to, this.clock.now()],
      );
      const messages = await this.feed.count(tx, { after: from - 1n, through: to, subjects: webhook.subjects });
      return { id, webhookId, fromPosition, toPosition, messages };
    });
  }

  private async lockVisible(tx: Tx, webhookId: string, call: Call): Promise<Webhook> {
    await refuseForeign(tx, call, { ownership: WEBHOOK_OWNERSHIP, id: webhookId });
    return tx.lockOrFail(Webhook, webhookId, call.expectedVersion);
  }

  private async assertAddress(url: string): Promise<void> {
    try {
      await resolveReceiver(url, this.config.allowedHosts);
    } catch (error) {
      if (!(error instanceof AddressRefusedError)) throw error;
      throw fieldError('FINANCE_WEBHOOK_ADDRESS_NOT_ALLOWED', '#/url', error.message);
    }
  }

  private async withNewSecret(tx: Tx, webhookId: string): Promise<Stored> {
    const id = newId();
    const sealed = sealSecret(newWebhookSecret(), { id, key: this.config.secretKey });
    await tx.query('INSERT INTO webhook_secret (id, webhook_id, sealed, created_at) VALUES ($1, $2, $3, $4)', [
      id,
      webhookId,
      sealed,
      this.clock.now(),
    ]);
    return { ...(await this.reader.read(webhookId, tx)), secretId: id };
  }

  /**
   * Answers are stored under their idempotency key in clear, so the secret is put in after that: a repetition of the same request
   * by the same person finds it again, as long as it is not deleted; a dump of the database does not.
   */
  private async reveal({ secretId, ...view }: Stored): Promise<WebhookWithSecret> {
    const [row] = await this.database.query<{ sealed: Buffer }>('SELECT sealed FROM webhook_secret WHERE id = $1', [
      secretId,
    ]);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return { ...view, secret: openSecret(row.sealed, { id: secretId, key: this.config.secretKey }) };
  }
}
