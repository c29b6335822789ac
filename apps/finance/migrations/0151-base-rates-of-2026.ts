import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The base rates of 2026, to be compared with the Bundesbank's table as those before them. One that was recorded here already stays:
 * who recorded it read it there.
 */
export class BaseRatesOf20261764200151000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO base_rate (id, version, valid_from, percent, source, mark)
      SELECT gen_random_uuid(), 1, valid_from, percent, 'Deutsche Bundesbank, Basiszinssatz nach BGB 247, ' || announced, 'GENERAL_KNOWLEDGE'
      FROM (VALUES (date '2026-01-01', 1.27, 'Bekanntgabe zum 1. Januar 2026'),
        (date '2026-07-01', 1.52, 'Bekanntgabe zum 1. Juli 2026')) AS published (valid_from, percent, announced)
      WHERE NOT EXISTS (SELECT FROM base_rate known WHERE known.valid_from = published.valid_from)`);
  }

  // Interest was computed with them: a rate is corrected by a row of its own, never taken away.
  async down(): Promise<void> {}
}
