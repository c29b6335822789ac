import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Editions of what is published, with their files and what the checks found. */
export class Publications1764100051000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE publication (
        id uuid CONSTRAINT pk_publication PRIMARY KEY,
        version integer NOT NULL CONSTRAINT uq_publication_version UNIQUE,
        made_at timestamptz NOT NULL,
        -- Of everything that it says: the same again is no new edition.
        fingerprint char(64) NOT NULL,
        is_published boolean NOT NULL,
        partnerships integer NOT NULL,
        assignments integer NOT NULL,
        sums integer NOT NULL,
        left_out json NOT NULL,
        errors integer NOT NULL,
        warnings integer NOT NULL,
        advisories integer NOT NULL,
        findings json NOT NULL,
        files json NOT NULL
      );
      CREATE INDEX ix_publication_made_at ON publication (made_at, id);

      -- In parts, so that a file of any size is written and read with the memory of one.
      CREATE TABLE published_file_part (
        publication_id uuid NOT NULL CONSTRAINT fk_published_file_part_publication REFERENCES publication,
        name text NOT NULL,
        position integer NOT NULL,
        bytes bytea NOT NULL,
        CONSTRAINT pk_published_file_part PRIMARY KEY (publication_id, name, position)
      );
      ALTER TABLE published_file_part ALTER COLUMN bytes SET STORAGE EXTERNAL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE published_file_part, publication');
  }
}
