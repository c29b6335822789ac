import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an evaluation decided, and who went on although a rule was not met. A version before this one leaves both empty. */
export class EligibilitySteps1764100020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE eligibility_evaluation
        ADD COLUMN step text CONSTRAINT ck_eligibility_evaluation_step
          CHECK (step IN ('SUBMISSION', 'SELECTION', 'PLAN', 'COVER', 'EXTENSION')),
        ADD COLUMN overridden_by text,
        ADD COLUMN override_reason text,
        ADD COLUMN override_reference text,
        ADD CONSTRAINT ck_eligibility_evaluation_override CHECK (
          (overridden_by IS NULL) = (override_reason IS NULL)
          AND (override_reference IS NULL OR overridden_by IS NOT NULL)
          AND (overridden_by IS NULL OR NOT is_eligible))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE eligibility_evaluation
        DROP COLUMN step, DROP COLUMN overridden_by, DROP COLUMN override_reason, DROP COLUMN override_reference`);
  }
}
