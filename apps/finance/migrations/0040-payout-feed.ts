import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** How far consumers of the payout feed have confirmed, the keys its messages were signed with, and an index for its readers. */
export class PayoutFeed1764200040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX ix_outbox_message_payout ON outbox_message (position) WHERE subject LIKE 'evt.finance.payout.%'`);
    await runner.query(`
      CREATE TABLE payout_feed_receipt (
        consumer text NOT NULL CONSTRAINT pk_payout_feed_receipt PRIMARY KEY,
        position bigint NOT NULL CONSTRAINT ck_payout_feed_receipt_position CHECK (position >= 0),
        confirmed_by text NOT NULL,
        confirmed_at timestamptz NOT NULL
      );
      REVOKE DELETE, TRUNCATE ON payout_feed_receipt FROM ${serviceRole('finance')}`);
    // Append-only: old signatures are checked with old keys.
    await runner.query(`
      CREATE TABLE signing_key (
        kid text NOT NULL CONSTRAINT pk_signing_key PRIMARY KEY,
        x text NOT NULL,
        first_used_at timestamptz NOT NULL
      );
      CREATE TRIGGER signing_key_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON signing_key
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      REVOKE UPDATE, DELETE, TRUNCATE ON signing_key FROM ${serviceRole('finance')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE signing_key, payout_feed_receipt');
    await runner.query('DROP INDEX ix_outbox_message_payout');
  }
}
