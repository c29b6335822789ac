import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Other family status, salary, rent or purchasing power from a day on: granted, asked for, refused. */
export class ChangedTerms1764100110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE assignment
        ADD COLUMN terms_changes jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN terms_request jsonb,
        ADD COLUMN terms_refusal jsonb,
        ADD CONSTRAINT ck_assignment_terms_request CHECK (
          terms_request IS NULL OR status = 'ACTIVE' AND share_request IS NULL AND extension_requested_to IS NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE assignment DROP COLUMN terms_changes, DROP COLUMN terms_request, DROP COLUMN terms_refusal`);
  }
}
