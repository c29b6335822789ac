import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Other family status, salary, rent or purchasing power from a day on, as they were granted. A version beside this one knows none. */
export class ChangedTerms1764200150000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE commitment_terms_change (
        commitment_id uuid NOT NULL CONSTRAINT fk_commitment_terms_change_commitment REFERENCES commitment (id),
        request_version int NOT NULL,
        changed_from date NOT NULL,
        terms jsonb NOT NULL,
        CONSTRAINT pk_commitment_terms_change PRIMARY KEY (commitment_id, request_version)
      )`);
    await runner.query(`REVOKE UPDATE, DELETE, TRUNCATE ON commitment_terms_change FROM ${serviceRole('finance')}`);
    await runner.query(`
      CREATE TRIGGER commitment_terms_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON commitment_terms_change
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE commitment_terms_change');
  }
}
