import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the fund lacks for a change that has happened, and the version of the commitment that told so. */
export class CoverShortfall1764100080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assignment ADD COLUMN cover_shortfall jsonb, ADD COLUMN cover_version integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assignment DROP COLUMN cover_shortfall, DROP COLUMN cover_version');
  }
}
