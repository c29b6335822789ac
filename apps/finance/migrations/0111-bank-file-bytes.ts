import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A file of the bank that is not in UTF-8 is kept as its bytes; the others as text, as before. */
export class BankFileBytes1764200111000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bank_message ADD COLUMN original bytea');
    await runner.query(sha256Of(`coalesce(original, convert_to(content, 'UTF8'))`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(sha256Of(`convert_to(content, 'UTF8')`));
    await runner.query('ALTER TABLE bank_message DROP COLUMN original');
  }
}

const sha256Of = (bytes: string): string => `
CREATE OR REPLACE FUNCTION bank_file_sha256(file_id uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path FROM CURRENT
  AS $body$ SELECT encode(sha256(${bytes}), 'hex') FROM bank_message WHERE id = file_id $body$`;
