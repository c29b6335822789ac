import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Documents of a service: what each is, and its bytes once by their sha256. Stored as they come: PDF and pictures are compressed
 * already, and a part of them is read without the rest. Released: what changes is a migration of its own.
 */
export const DOCUMENT_TABLES = `
  CREATE TABLE document_content (
    sha256 text NOT NULL CONSTRAINT pk_document_content PRIMARY KEY,
    content bytea NOT NULL,
    kept_at timestamptz NOT NULL,
    CONSTRAINT ck_document_content_sha256 CHECK (sha256 = encode(sha256(content), 'hex'))
  );
  ALTER TABLE document_content ALTER COLUMN content SET STORAGE EXTERNAL;
  CREATE TABLE document (
    id uuid NOT NULL CONSTRAINT pk_document PRIMARY KEY,
    version int NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    bytes int NOT NULL CONSTRAINT ck_document_bytes CHECK (bytes > 0),
    sha256 text NOT NULL CONSTRAINT fk_document_content REFERENCES document_content (sha256),
    kept_by text NOT NULL,
    kept_at timestamptz NOT NULL,
    municipality_id uuid,
    expert_id uuid,
    used_by text
  );
  CREATE INDEX ix_document_sha256 ON document (sha256);
  CREATE INDEX ix_document_unused ON document (kept_at) WHERE used_by IS NULL`;

/** Without content: the bytes are in the object store. */
export const DOCUMENTS_ELSEWHERE = 'ALTER TABLE document_content ALTER COLUMN content DROP NOT NULL';

/** Parts of files that are too large for one request. Released: what changes is a migration of its own. */
export const UPLOAD_TABLE = `
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

class Documents1764200144000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DOCUMENT_TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE document, document_content');
  }
}

class DocumentsElsewhere1764200210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DOCUMENTS_ELSEWHERE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE document_content ALTER COLUMN content SET NOT NULL');
  }
}

/** For finance, whose other migrations name these tables; a service that keeps documents since later makes them in a migration of its own. */
export const documentsMigrations = [Documents1764200144000, DocumentsElsewhere1764200210000];
