import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Which part of the person's full post a commitment pays. What was committed before, and by a version beside this one, is a full post. */
export class ShareOfFullTime1764200100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE commitment
        ADD COLUMN full_time_from int NOT NULL DEFAULT 0,
        ADD COLUMN full_time_to int NOT NULL DEFAULT 100,
        ADD CONSTRAINT ck_commitment_full_time CHECK (0 <= full_time_from AND full_time_from < full_time_to AND full_time_to <= 100)`);
    await runner.query(
      `CREATE INDEX ix_commitment_expert ON commitment (expert_id) WHERE status IN ('RESERVED', 'COMMITTED')`,
    );
    await runner.query(`
      CREATE TABLE commitment_share_change (
        commitment_id uuid NOT NULL CONSTRAINT fk_commitment_share_change_commitment REFERENCES commitment (id),
        request_version int NOT NULL,
        changed_from date NOT NULL,
        full_time_from int NOT NULL,
        full_time_to int NOT NULL,
        CONSTRAINT pk_commitment_share_change PRIMARY KEY (commitment_id, request_version),
        CONSTRAINT ck_commitment_share_change_full_time CHECK (
          0 <= full_time_from AND full_time_from < full_time_to AND full_time_to <= 100)
      )`);
    await runner.query(`REVOKE UPDATE, DELETE, TRUNCATE ON commitment_share_change FROM ${serviceRole('finance')}`);
    await runner.query(`
      CREATE TRIGGER commitment_share_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON commitment_share_change
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE commitment_share_change');
    await runner.query('ALTER TABLE commitment DROP COLUMN full_time_from, DROP COLUMN full_time_to');
  }
}
