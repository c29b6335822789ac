import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A finance system outside sees and changes only the webhooks that it made, and confirms only under a name of its own. Webhooks get
 * their maker from the audit trail; names under which receipts stand belong to nobody until a machine confirms there.
 */
export class ConsumersOfTheirOwn1764200091000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(MAKERS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout_feed_receipt DROP COLUMN owner');
    await runner.query('ALTER TABLE webhook DROP COLUMN created_by');
  }
}

const COLUMNS = `
ALTER TABLE webhook ADD COLUMN created_by text;
ALTER TABLE payout_feed_receipt ADD COLUMN owner text;
CREATE INDEX ix_webhook_created_by ON webhook (created_by, created_at, id)`;

const MAKERS = `
UPDATE webhook SET created_by = a.actor FROM audit_record a
 WHERE a.operation = 'rpc.finance.webhook.create' AND a.object_id = webhook.id::text`;
