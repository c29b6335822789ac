import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The producing service's signature of a message; null where the service has no signing key. */
export class MessageSignature1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox_message ADD COLUMN signature text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox_message DROP COLUMN signature');
  }
}
