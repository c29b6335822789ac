import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Changes of payees' bank accounts: four eyes and the quarantine hold for any way of writing. */
export class BankAccountChanges1764200021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CHANGE);
    await runner.query(PAYEE_ACCOUNT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER payee_account_changed ON payee');
    await runner.query('DROP FUNCTION assert_account_change()');
    await runner.query('DROP TABLE bank_account_change');
    await runner.query('DROP FUNCTION refuse_other_account()');
  }
}

const CHANGE = `
CREATE TABLE bank_account_change (
  id uuid NOT NULL CONSTRAINT pk_bank_account_change PRIMARY KEY,
  version int NOT NULL,
  payee_id uuid NOT NULL CONSTRAINT fk_bank_account_change_payee REFERENCES payee (id),
  status text NOT NULL CONSTRAINT ck_bank_account_change_status CHECK (status IN
    ('PROPOSED', 'CONFIRMED', 'EFFECTIVE', 'REJECTED')),
  iban text,
  account_number text,
  bic text,
  account_holder text NOT NULL,
  account_currency char(3) NOT NULL,
  previous jsonb NOT NULL,
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  quarantine_ends_at timestamptz NOT NULL,
  confirmed_by text, confirmed_at timestamptz, call_back_note text,
  rejected_by text, rejected_at timestamptz, rejection_note text,
  effective_at timestamptz,
  CONSTRAINT ck_bank_account_change_account CHECK ((iban IS NULL) <> (account_number IS NULL)),
  CONSTRAINT ck_bank_account_change_quarantine CHECK (quarantine_ends_at >= proposed_at AND effective_at >= quarantine_ends_at),
  CONSTRAINT ck_bank_account_change_four_eyes CHECK (confirmed_by <> proposed_by AND rejected_by <> proposed_by),
  CONSTRAINT ck_bank_account_change_acts CHECK (CASE status
    WHEN 'PROPOSED' THEN confirmed_by IS NULL AND rejected_by IS NULL AND effective_at IS NULL
    WHEN 'CONFIRMED' THEN confirmed_by IS NOT NULL AND call_back_note IS NOT NULL AND rejected_by IS NULL AND effective_at IS NULL
    WHEN 'EFFECTIVE' THEN confirmed_by IS NOT NULL AND call_back_note IS NOT NULL AND rejected_by IS NULL AND effective_at IS NOT NULL
    ELSE rejected_by IS NOT NULL AND rejection_note IS NOT NULL AND effective_at IS NULL END)
);
CREATE UNIQUE INDEX uq_bank_account_change_open ON bank_account_change (payee_id) WHERE status IN ('PROPOSED', 'CONFIRMED');
CREATE INDEX ix_bank_account_change_payee ON bank_account_change (payee_id, proposed_at, id);
CREATE INDEX ix_bank_account_change_waiting ON bank_account_change (quarantine_ends_at) WHERE status = 'CONFIRMED';
REVOKE DELETE, TRUNCATE ON bank_account_change FROM ${serviceRole('finance')};
CREATE FUNCTION refuse_other_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was proposed cannot change' USING ERRCODE = '23514', CONSTRAINT = 'ck_bank_account_change_fixed';
END $$;
CREATE TRIGGER bank_account_change_fixed BEFORE UPDATE ON bank_account_change FOR EACH ROW
  WHEN (OLD.status IN ('EFFECTIVE', 'REJECTED') OR (OLD.id, OLD.payee_id, OLD.iban, OLD.account_number, OLD.bic, OLD.account_holder,
    OLD.account_currency, OLD.previous, OLD.reason, OLD.proposed_by, OLD.proposed_at, OLD.quarantine_ends_at)
    IS DISTINCT FROM (NEW.id, NEW.payee_id, NEW.iban, NEW.account_number, NEW.bic, NEW.account_holder,
    NEW.account_currency, NEW.previous, NEW.reason, NEW.proposed_by, NEW.proposed_at, NEW.quarantine_ends_at))
  EXECUTE FUNCTION refuse_other_account()`;

/** An account of a payee changes only to what an effective change says: nobody writes an IBAN past the two persons. */
const PAYEE_ACCOUNT = `
CREATE FUNCTION assert_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM bank_account_change c WHERE c.payee_id = NEW.id AND c.status = 'EFFECTIVE'
    AND (c.iban, c.account_number, c.bic, c.account_holder, c.account_currency)
      IS NOT DISTINCT FROM (NEW.iban, NEW.account_number, NEW.bic, NEW.account_holder, NEW.account_currency)) THEN
    RAISE EXCEPTION 'the account of payee % changes without an effective change', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'ck_payee_account_change';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payee_account_changed AFTER UPDATE ON payee DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.iban, OLD.account_number, OLD.bic, OLD.account_holder, OLD.account_currency)
    IS DISTINCT FROM (NEW.iban, NEW.account_number, NEW.bic, NEW.account_holder, NEW.account_currency))
  EXECUTE FUNCTION assert_account_change()`;
