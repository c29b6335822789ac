import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/**
 * Funds, budget years and the append-only double-entry journal. The database itself keeps the books: every entry balances in
 * each budget year (checked at commit), no stage but `external` goes below zero, closed years take no booking, and the
 * service's role can neither change nor delete what is booked.
 */
export class Ledger1764200001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FUND);
    await runner.query(LEDGER_ACCOUNT);
    await runner.query(JOURNAL);
    await runner.query(CLOSED_YEARS);
    await runner.query(BALANCED_ENTRIES);
    await runner.query(IMMUTABLE_JOURNAL);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE journal_line, journal_entry, ledger_account, budget_year, fund');
    await runner.query('DROP FUNCTION assert_entry_has_lines(), assert_entry_balanced(), follow_budget_year()');
  }
}

const FUND = `
CREATE TABLE fund (
  id uuid NOT NULL CONSTRAINT pk_fund PRIMARY KEY,
  version int NOT NULL,
  name text NOT NULL CONSTRAINT uq_fund_name UNIQUE,
  currency char(3) NOT NULL CONSTRAINT ck_fund_currency CHECK (currency = 'EUR'),
  account_holder text NOT NULL,
  account_iban text NOT NULL,
  account_bic text NOT NULL,
  reservation_days int NOT NULL CONSTRAINT ck_fund_reservation_days CHECK (reservation_days BETWEEN 1 AND 90),
  created_at timestamptz NOT NULL
);
CREATE TABLE budget_year (
  fund_id uuid NOT NULL CONSTRAINT fk_budget_year_fund REFERENCES fund (id),
  year int NOT NULL,
  status text NOT NULL CONSTRAINT ck_budget_year_status CHECK (status IN ('OPEN', 'CLOSING', 'CLOSED')),
  plan_minor bigint NOT NULL CONSTRAINT ck_budget_year_plan CHECK (plan_minor > 0),
  released_minor bigint NOT NULL DEFAULT 0,
  CONSTRAINT pk_budget_year PRIMARY KEY (fund_id, year),
  CONSTRAINT ck_budget_year_released CHECK (released_minor BETWEEN 0 AND plan_minor)
)`;

const LEDGER_ACCOUNT = `
CREATE TABLE ledger_account (
  fund_id uuid NOT NULL,
  budget_year int NOT NULL,
  stage text NOT NULL CONSTRAINT ck_ledger_account_stage CHECK (stage IN
    ('external', 'available', 'reserved', 'committed', 'payable', 'paid', 'returned')),
  currency char(3) NOT NULL,
  balance_minor bigint NOT NULL DEFAULT 0,
  is_open boolean NOT NULL DEFAULT true,
  CONSTRAINT pk_ledger_account PRIMARY KEY (fund_id, budget_year, stage),
  CONSTRAINT fk_ledger_account_budget_year FOREIGN KEY (fund_id, budget_year) REFERENCES budget_year (fund_id, year),
  CONSTRAINT ck_ledger_account_covered CHECK (balance_minor >= 0 OR stage = 'external')
) WITH (fillfactor = 50)`;

const JOURNAL = `
CREATE TABLE journal_entry (
  id uuid NOT NULL CONSTRAINT pk_journal_entry PRIMARY KEY,
  fund_id uuid NOT NULL CONSTRAINT fk_journal_entry_fund REFERENCES fund (id),
  kind text NOT NULL CONSTRAINT ck_journal_entry_kind CHECK (kind IN
    ('BUDGET_RELEASED', 'COMMITMENT_RESERVED', 'COMMITMENT_CONFIRMED', 'COMMITMENT_RELEASED', 'PAYOUT_ORDERED', 'PAYMENT_BOOKED')),
  reference text NOT NULL,
  booked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  effective_on date NOT NULL,
  correlation_id text NOT NULL,
  CONSTRAINT uq_journal_entry_reference UNIQUE (kind, reference),
  CONSTRAINT uq_journal_entry_fund UNIQUE (id, fund_id)
);
CREATE INDEX ix_journal_entry_fund_booked_at ON journal_entry (fund_id, booked_at, id);
CREATE TABLE journal_line (
  entry_id uuid NOT NULL,
  line int NOT NULL,
  fund_id uuid NOT NULL,
  budget_year int NOT NULL,
  stage text NOT NULL,
  amount_minor bigint NOT NULL CONSTRAINT ck_journal_line_amount CHECK (amount_minor <> 0),
  CONSTRAINT pk_journal_line PRIMARY KEY (entry_id, line),
  CONSTRAINT fk_journal_line_entry FOREIGN KEY (entry_id, fund_id) REFERENCES journal_entry (id, fund_id),
  CONSTRAINT fk_journal_line_account FOREIGN KEY (fund_id, budget_year, stage)
    REFERENCES ledger_account (fund_id, budget_year, stage)
)`;

/** The account row carries whether its year is open, so that the guarded update of the balance decides that too. */
const CLOSED_YEARS = `
CREATE FUNCTION follow_budget_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ledger_account SET is_open = (NEW.status <> 'CLOSED')
  WHERE fund_id = NEW.fund_id AND budget_year = NEW.year;
  RETURN NULL;
END $$;
CREATE TRIGGER budget_year_status_followed AFTER UPDATE OF status ON budget_year
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION follow_budget_year()`;

const BALANCED_ENTRIES = `
CREATE FUNCTION assert_entry_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM journal_line WHERE entry_id = NEW.entry_id GROUP BY budget_year HAVING sum(amount_minor) <> 0) THEN
    RAISE EXCEPTION 'journal entry % does not balance', NEW.entry_id
      USING ERRCODE = '23514', CONSTRAINT = 'ck_journal_entry_balanced';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION assert_entry_has_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM journal_line WHERE entry_id = NEW.id) THEN
    RAISE EXCEPTION 'journal entry % has no lines', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'ck_journal_entry_lines';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_line_balanced AFTER INSERT ON journal_line
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_entry_balanced();
CREATE CONSTRAINT TRIGGER journal_entry_lines AFTER INSERT ON journal_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_entry_has_lines()`;

/** Holds for the owner too; the service's role is stopped by its grants first. `refuse_change` comes with messaging's tables. */
const IMMUTABLE_JOURNAL = `
CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_line
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`;

/** The time of a booking is the database's: the service cannot write it. */
const GRANTS = `
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON journal_entry, journal_line FROM ${serviceRole('finance')};
GRANT INSERT (id, fund_id, kind, reference, effective_on, correlation_id) ON journal_entry TO ${serviceRole('finance')};
GRANT INSERT ON journal_line TO ${serviceRole('finance')};
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_account FROM ${serviceRole('finance')};
GRANT UPDATE (balance_minor, is_open) ON ledger_account TO ${serviceRole('finance')};
REVOKE DELETE, TRUNCATE ON fund, budget_year FROM ${serviceRole('finance')}`;
