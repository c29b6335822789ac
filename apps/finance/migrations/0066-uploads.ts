import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parts of files that are too large for one request; they live until an import has used them, an hour at the most. */
export class Uploads1764200066000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UPLOAD_PART);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE upload_part');
  }
}

/** Stored as it comes: compressing every part would cost more than it saves in an hour. */
const UPLOAD_PART = `
CREATE TABLE upload_part (
  upload_id uuid NOT NULL,
  number int NOT NULL CONSTRAINT ck_upload_part_number CHECK (number > 0),
  owner text NOT NULL,
  content bytea NOT NULL CONSTRAINT ck_upload_part_content CHECK (octet_length(content) BETWEEN 1 AND 262144),
  stored_at timestamptz NOT NULL,
  CONSTRAINT pk_upload_part PRIMARY KEY (upload_id, number)
);
ALTER TABLE upload_part ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX ix_upload_part_owner ON upload_part (owner, upload_id) WHERE number = 1;
CREATE INDEX ix_upload_part_stored_at ON upload_part (stored_at)`;
