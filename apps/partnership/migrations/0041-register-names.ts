import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The register is found by every name that a place goes by, and knows what changed after its edition. */
export class RegisterNames1764100041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE register_entry ADD COLUMN valid_from date, ADD COLUMN valid_to date,
        ADD COLUMN successor_key text CONSTRAINT fk_register_entry_successor REFERENCES register_entry,
        ADD CONSTRAINT ck_register_entry_succeeded CHECK (successor_key IS NULL OR valid_to IS NOT NULL);
      CREATE INDEX ix_register_entry_successor_key ON register_entry (successor_key) WHERE successor_key IS NOT NULL;

      CREATE TABLE register_change (
        old_key text NOT NULL CONSTRAINT fk_register_change_old REFERENCES register_entry,
        new_key text NOT NULL CONSTRAINT fk_register_change_new REFERENCES register_entry,
        effective_on date NOT NULL,
        kind text NOT NULL CONSTRAINT ck_register_change_kind CHECK
          (kind IN ('MERGER', 'SPLIT', 'RENAMING', 'RENUMBERING', 'DISTRICT_CHANGE')),
        source text NOT NULL,
        mark text NOT NULL,
        CONSTRAINT pk_register_change PRIMARY KEY (old_key, new_key)
      );

      CREATE TABLE register_name (
        entry_key text NOT NULL CONSTRAINT fk_register_name_entry REFERENCES register_entry,
        -- As it is compared: abbreviations written out, words between left out.
        written text NOT NULL,
        kind text NOT NULL CONSTRAINT ck_register_name_kind CHECK (kind IN ('OFFICIAL', 'SHORT', 'OTHER_LANGUAGE')),
        search_name text NOT NULL GENERATED ALWAYS AS (fold(written)) STORED,
        CONSTRAINT pk_register_name PRIMARY KEY (entry_key, written)
      );
      CREATE INDEX ix_register_name_search_name ON register_name USING gin (search_name extensions.gin_trgm_ops) WITH (fastupdate = off);
      -- Names of two letters, as in Chinese, have too few trigrams to be found by their beginning.
      CREATE INDEX ix_register_name_beginning ON register_name (search_name text_pattern_ops);

      CREATE TABLE register_designation (word text CONSTRAINT pk_register_designation PRIMARY KEY);
      REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON register_change, register_name, register_designation FROM svc_partnership;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE register_designation, register_name, register_change;
      ALTER TABLE register_entry DROP COLUMN successor_key, DROP COLUMN valid_to, DROP COLUMN valid_from;
    `);
  }
}
