import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/**
 * Statements are known by what they say, as banks begin their ids anew each year and correct a statement under its id; entries that
 * cannot be booked say why; several entries may repeat one.
 */
export class BankReadings1764200110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENT);
    await runner.query(ENTRY);
    await runner.query(TRANSACTION);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE bank_transaction DROP COLUMN direction, DROP COLUMN is_amount_told, DROP COLUMN charges_minor',
    );
    await runner.query('DROP TRIGGER bank_entry_reading_fixed ON bank_entry');
    await runner.query('DROP INDEX ix_bank_entry_day');
    await runner.query('DROP INDEX ix_bank_entry_duplicate_of');
    await runner.query('ALTER TABLE bank_entry DROP COLUMN digest, DROP COLUMN obstacle');
    await runner.query('DROP INDEX uq_bank_statement_digest');
    await runner.query(
      'ALTER TABLE bank_statement DROP COLUMN given_id, DROP COLUMN digest, DROP COLUMN dated_on, DROP COLUMN is_last_page',
    );
  }
}

// The version before this one finds a statement by account, kind, id and page, so these stay unique: where the bank uses an id again
// it stands in given_id, and statement_id has a number behind it.
const STATEMENT = `
ALTER TABLE bank_statement ADD COLUMN given_id text, ADD COLUMN digest text, ADD COLUMN dated_on date, ADD COLUMN is_last_page boolean;
CREATE UNIQUE INDEX uq_bank_statement_digest ON bank_statement (account_iban, kind, digest)`;

const ENTRY = `
ALTER TABLE bank_entry DROP CONSTRAINT uq_bank_entry_duplicate_of,
  ADD COLUMN digest text,
  ADD COLUMN obstacle text CONSTRAINT ck_bank_entry_obstacle CHECK (obstacle IN ('NO_BOOKING_DAY', 'STATUS_UNKNOWN',
    'FOREIGN_CURRENCY', 'AMOUNT_UNCLEAR', 'PART_WITHOUT_AMOUNT', 'PARTS_CONTRADICT', 'REVERSAL', 'CHANGED', 'LOOKS_REPEATED'));
CREATE INDEX ix_bank_entry_duplicate_of ON bank_entry (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX ix_bank_entry_day ON bank_entry (account_iban, booked_on, amount_minor);
GRANT UPDATE (duplicate_of, obstacle) ON bank_entry TO ${serviceRole('finance')};
CREATE TRIGGER bank_entry_reading_fixed BEFORE UPDATE ON bank_entry FOR EACH ROW
  WHEN ((OLD.duplicate_of IS NOT NULL AND NEW.duplicate_of IS DISTINCT FROM OLD.duplicate_of)
    OR (OLD.obstacle IS NOT NULL AND NEW.obstacle IS DISTINCT FROM OLD.obstacle))
  EXECUTE FUNCTION refuse_change()`;

const TRANSACTION = `
ALTER TABLE bank_transaction
  ADD COLUMN direction text CONSTRAINT ck_bank_transaction_direction CHECK (direction IN ('DEBIT', 'CREDIT')),
  ADD COLUMN is_amount_told boolean NOT NULL DEFAULT true,
  ADD COLUMN charges_minor bigint NOT NULL DEFAULT 0 CONSTRAINT ck_bank_transaction_charges CHECK (charges_minor >= 0)`;
