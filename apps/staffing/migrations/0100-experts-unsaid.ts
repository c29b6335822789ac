import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A request may leave open how many experts it asks for: no number of experts is then refused, only terms that are longer together
 * than one expert's. Requests of before said nothing; those that had more than one expert keep their number.
 */
export class ExpertsUnsaid1764100100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE expert_request ALTER COLUMN number_of_experts DROP NOT NULL,
        ALTER COLUMN number_of_experts DROP DEFAULT`);
    await runner.query('UPDATE expert_request SET number_of_experts = NULL WHERE number_of_experts = 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE expert_request SET number_of_experts = 1 WHERE number_of_experts IS NULL');
    await runner.query(`
      ALTER TABLE expert_request ALTER COLUMN number_of_experts SET NOT NULL,
        ALTER COLUMN number_of_experts SET DEFAULT 1`);
  }
}
