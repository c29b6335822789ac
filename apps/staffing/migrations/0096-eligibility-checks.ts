import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was found each time eligibility was asked for, and which partnerships of a request have not joined it. A version before this
 * one names none: its requests belong to all whom they name, as they did.
 */
export class EligibilityChecks1764100096000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE expert_request
        ADD COLUMN eligibility_checks jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN invited_partnership_ids uuid[] NOT NULL DEFAULT '{}'`);
    await runner.query(`ALTER TABLE assignment ADD COLUMN eligibility_checks jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assignment DROP COLUMN eligibility_checks');
    await runner.query(
      'ALTER TABLE expert_request DROP COLUMN eligibility_checks, DROP COLUMN invited_partnership_ids',
    );
  }
}
