import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The changes of all funds' budgets are listed newest first. */
export class Waiting1764200180000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_budget_change_proposed_at ON budget_change (proposed_at DESC, id DESC)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_budget_change_proposed_at');
  }
}
