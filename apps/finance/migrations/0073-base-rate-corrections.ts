import type { MigrationInterface, QueryRunner } from 'typeorm';

const SHIPPED = 'Deutsche Bundesbank, Basiszinssatz nach BGB 247';

/**
 * The base rates that came with the product are general knowledge until somebody compared them with the Bundesbank's table, and say
 * so; one that proves wrong is corrected by a row of its own, as exchange rates are.
 */
export class BaseRateCorrections1764200073000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE base_rate
        ADD COLUMN mark text NOT NULL DEFAULT 'GENERAL_KNOWLEDGE'
          CONSTRAINT ck_base_rate_mark CHECK (mark IN ('FOUND', 'GENERAL_KNOWLEDGE')),
        ADD COLUMN corrects_id uuid CONSTRAINT fk_base_rate_corrects REFERENCES base_rate (id)
          CONSTRAINT uq_base_rate_corrects UNIQUE,
        DROP CONSTRAINT uq_base_rate_valid_from;
      CREATE UNIQUE INDEX uq_base_rate_valid_from ON base_rate (valid_from) WHERE corrects_id IS NULL;
      ALTER TABLE base_rate DISABLE TRIGGER base_rate_append_only;
      UPDATE base_rate SET mark = 'FOUND' WHERE source <> '${SHIPPED}';
      ALTER TABLE base_rate ENABLE TRIGGER base_rate_append_only;
      ALTER TABLE base_rate ALTER COLUMN mark SET DEFAULT 'FOUND'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX uq_base_rate_valid_from;
      ALTER TABLE base_rate DROP COLUMN corrects_id, DROP COLUMN mark,
        ADD CONSTRAINT uq_base_rate_valid_from UNIQUE (valid_from)`);
  }
}
