import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AUDIT_ROLE, serviceRole } from '#database';
import { allowJournalKinds } from './journal-kinds';

/**
 * Payouts that are promised in another currency than the ledger's: their amount is what is set aside for them in EUR until the bank's
 * debit says what they took. The difference is kept for each debit, and taken back with it.
 */
export class LocalCurrencies1764200190000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PROMISED);
    await runner.query(
      bound(', OLD.instructed_minor, OLD.instructed_currency', ', NEW.instructed_minor, NEW.instructed_currency'),
    );
    await runner.query(DIFFERENCES);
    await runner.query(allowJournalKinds('EXCHANGE_DIFFERENCE_BOOKED', 'EXCHANGE_DIFFERENCE_REVERSED'));
    await runner.query(`ALTER TABLE payment_run ADD COLUMN instructed_minor bigint, ADD COLUMN instructed_currency char(3),
      ADD CONSTRAINT ck_payment_run_instructed CHECK ((instructed_minor IS NULL) = (instructed_currency IS NULL))`);
    await runner.query(
      'ALTER TABLE bank_transaction ADD COLUMN instructed_minor bigint, ADD COLUMN instructed_currency char(3)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bank_transaction DROP COLUMN instructed_minor, DROP COLUMN instructed_currency');
    await runner.query('ALTER TABLE payment_run DROP COLUMN instructed_minor, DROP COLUMN instructed_currency');
    await runner.query('DROP TABLE payout_exchange_difference');
    await runner.query(bound('', '', 'OLD.amount_minor', 'NEW.amount_minor'));
    await runner.query(
      'ALTER TABLE payout DROP COLUMN instructed_minor, DROP COLUMN instructed_currency, DROP COLUMN set_aside_rate',
    );
  }
}

const IS_AT_BANK = `OLD.instructed_minor IS NOT NULL AND OLD.status IN ('SENT', 'BOOKED')`;

const PROMISED = `
ALTER TABLE payout ADD COLUMN instructed_minor bigint,
  ADD COLUMN instructed_currency char(3),
  ADD COLUMN set_aside_rate numeric,
  ADD CONSTRAINT ck_payout_instructed CHECK (
    (instructed_minor IS NULL) = (instructed_currency IS NULL) AND (instructed_minor IS NULL) = (set_aside_rate IS NULL)
    AND (instructed_minor IS NULL OR (instructed_minor > 0 AND set_aside_rate > 0 AND instructed_currency <> currency)))`;

const DIFFERENCES = `
CREATE TABLE payout_exchange_difference (
  payout_id uuid NOT NULL CONSTRAINT fk_payout_exchange_difference_payout REFERENCES payout (id),
  number int NOT NULL CONSTRAINT ck_payout_exchange_difference_number CHECK (number > 0),
  amount_minor bigint NOT NULL CONSTRAINT ck_payout_exchange_difference_amount CHECK (amount_minor <> 0),
  recorded_at timestamptz NOT NULL,
  CONSTRAINT pk_payout_exchange_difference PRIMARY KEY (payout_id, number)
);
CREATE TRIGGER payout_exchange_difference_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payout_exchange_difference
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON payout_exchange_difference FROM ${serviceRole('finance')};
GRANT SELECT (payout_id, number) ON payout_exchange_difference TO ${AUDIT_ROLE}`;

/** What the order binds: of a promise in another currency that, and no longer what was set aside for it once it is with the bank. */
function bound(
  before: string,
  after: string,
  amountBefore = `CASE WHEN ${IS_AT_BANK} THEN NULL ELSE OLD.amount_minor END`,
  amountAfter = `CASE WHEN ${IS_AT_BANK} THEN NULL ELSE NEW.amount_minor END`,
): string {
  const columns = (row: string, amount: string) =>
    `${row}.payee_id, ${amount}, ${row}.currency, ${row}.reference, ${row}.order_hash, ${row}.order_signatures`;
  return `
DROP TRIGGER payout_order_bound ON payout;
CREATE TRIGGER payout_order_bound BEFORE UPDATE ON payout FOR EACH ROW
  WHEN (OLD.ordered_by IS NOT NULL AND NEW.ordered_by IS NOT NULL
    AND (${columns('OLD', amountBefore)}${before}) IS DISTINCT FROM (${columns('NEW', amountAfter)}${after}))
  EXECUTE FUNCTION refuse_change_under_order()`;
}
