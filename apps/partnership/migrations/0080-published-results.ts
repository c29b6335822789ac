import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Results that an edition tells, and how many it leaves out; editions before it told none. */
export class PublishedResults1764100080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE publication ADD COLUMN results integer NOT NULL DEFAULT 0;
      ALTER TABLE publication ALTER COLUMN results DROP DEFAULT;
      UPDATE publication SET left_out = (left_out::jsonb || '{"results": 0}')::json;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE publication SET left_out = (left_out::jsonb - 'results')::json;
      ALTER TABLE publication DROP COLUMN results;
    `);
  }
}
