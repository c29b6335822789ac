import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AUDIT_ROLE, serviceRole } from '#database';

/**
 * Every booking names who brought it about, in its seal too; and the auditors' role reads what it must compare: journal, balances,
 * and the amounts of payouts, commitments and bank entries, but no names, accounts or texts.
 */
export class JournalPersons1764200085000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE journal_entry ADD COLUMN booked_by text;
      ALTER TABLE journal_seal ADD COLUMN format smallint NOT NULL DEFAULT 1;
      GRANT INSERT (booked_by) ON journal_entry TO ${serviceRole('finance')}`);
    await runner.query(FILE_HASH);
    await runner.query(READS.map((what) => `GRANT SELECT ${what} TO ${AUDIT_ROLE}`).join(';'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(READS.map((what) => `REVOKE SELECT ${what} FROM ${AUDIT_ROLE}`).join(';'));
    await runner.query('DROP FUNCTION bank_file_sha256(uuid)');
    await runner.query('ALTER TABLE journal_seal DROP COLUMN format');
    await runner.query('ALTER TABLE journal_entry DROP COLUMN booked_by');
  }
}

/** Names and accounts of payers stand in the bank's files: the auditors' role learns their hashes only. */
const FILE_HASH = `
CREATE FUNCTION bank_file_sha256(file_id uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path FROM CURRENT
  AS $body$ SELECT encode(sha256(convert_to(content, 'UTF8')), 'hex') FROM bank_message WHERE id = file_id $body$;
REVOKE ALL ON FUNCTION bank_file_sha256(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bank_file_sha256(uuid) TO ${AUDIT_ROLE}, ${serviceRole('finance')}`;

const READS = [
  'ON journal_entry, journal_line, journal_seal, ledger_account, commitment_year',
  '(id, name) ON fund',
  '(id, status) ON commitment',
  '(id, commitment_id, budget_year, amount_minor, order_number, status, resume_status) ON payout',
  '(id, entries_minor) ON bank_statement',
  '(id, bank_statement_id, number, direction, amount_minor) ON bank_entry',
  '(id, sha256) ON bank_message',
];
