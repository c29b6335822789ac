import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a change of an assignment needs and a budget year does not hold yet: a state that people see, with its own work list. */
export class UncoveredChanges1764200081000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE commitment ADD COLUMN cover_shortfall jsonb,
        ADD CONSTRAINT ck_commitment_cover_shortfall CHECK (cover_shortfall IS NULL OR status = 'COMMITTED')`);
    await runner.query(
      'CREATE INDEX ix_commitment_cover_shortfall ON commitment (id) WHERE cover_shortfall IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE commitment DROP COLUMN cover_shortfall');
  }
}
