import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A name in the local script is found by its beginning, however short. */
export class LocalNames1764100042000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX ix_municipality_name_local ON municipality ((fold(name_local)) text_pattern_ops)
      WHERE name_local IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_municipality_name_local');
  }
}
