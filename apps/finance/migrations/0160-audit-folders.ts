import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Audit folders wait for a day until who had them made has fetched them; what they hold stands in the books anyway. */
export class AuditFolders1764200160000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_folder (
        id uuid NOT NULL CONSTRAINT pk_audit_folder PRIMARY KEY,
        owner text NOT NULL,
        file_name text NOT NULL,
        made_at timestamptz NOT NULL
      );
      CREATE INDEX ix_audit_folder_made_at ON audit_folder (made_at);
      CREATE TABLE audit_folder_part (
        audit_folder_id uuid NOT NULL CONSTRAINT fk_audit_folder_part_folder REFERENCES audit_folder (id) ON DELETE CASCADE,
        number int NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT pk_audit_folder_part PRIMARY KEY (audit_folder_id, number)
      );
      ALTER TABLE audit_folder_part ALTER COLUMN content SET STORAGE EXTERNAL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_folder_part');
    await runner.query('DROP TABLE audit_folder');
  }
}
