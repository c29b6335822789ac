import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['travel_claim', 'travel_receipt'];

/** A claim of travel costs stays as it was submitted, whoever asks. */
export class TravelClaimsKept1764200176000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(`CREATE TRIGGER tr_${table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TRIGGER tr_${table}_kept ON ${table}`);
  }
}
