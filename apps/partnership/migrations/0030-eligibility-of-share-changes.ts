import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Another share of full time is a step that asks as well. A version before this one never writes it. */
export class EligibilityOfShareChanges1764100030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.allow(runner, `'SUBMISSION', 'SELECTION', 'PLAN', 'COVER', 'EXTENSION', 'SHARE_CHANGE'`);
  }

  /** Evidence is never rewritten: rows that the narrower list does not know stay as they are. */
  async down(runner: QueryRunner): Promise<void> {
    await this.allow(runner, `'SUBMISSION', 'SELECTION', 'PLAN', 'COVER', 'EXTENSION'`, 'NOT VALID');
  }

  private async allow(runner: QueryRunner, steps: string, validity = ''): Promise<void> {
    await runner.query(`
      ALTER TABLE eligibility_evaluation
        DROP CONSTRAINT ck_eligibility_evaluation_step,
        ADD CONSTRAINT ck_eligibility_evaluation_step CHECK (step IN (${steps})) ${validity}`);
  }
}
