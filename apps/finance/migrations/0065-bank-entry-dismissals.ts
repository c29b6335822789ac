import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';
import { allowJournalKinds } from './journal-kinds';

/** Bank entries that belong to no payout: two persons take them off the work list, and a fund may bear a bank charge. */
export class BankEntryDismissals1764200065000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(allowJournalKinds('BANK_CHARGE_BOOKED', 'BANK_CHARGE_REVERSED'));
    await runner.query(BANK_ENTRY);
    await runner.query(DISMISSAL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bank_entry_dismissal');
    await runner.query('DROP FUNCTION refuse_other_dismissal()');
  }
}

const BANK_ENTRY = `
ALTER TABLE bank_entry DROP CONSTRAINT ck_bank_entry_status,
  ADD CONSTRAINT ck_bank_entry_status
    CHECK (status IN ('UNMATCHED', 'PARTLY_MATCHED', 'MATCHED', 'DUPLICATE', 'DISMISSED'))`;

const DISMISSAL = `
CREATE TABLE bank_entry_dismissal (
  id uuid NOT NULL CONSTRAINT pk_bank_entry_dismissal PRIMARY KEY,
  version int NOT NULL,
  bank_entry_id uuid NOT NULL CONSTRAINT fk_bank_entry_dismissal_entry REFERENCES bank_entry (id),
  status text NOT NULL CONSTRAINT ck_bank_entry_dismissal_status
    CHECK (status IN ('PROPOSED', 'CONFIRMED', 'REJECTED', 'REVOKED')),
  category text NOT NULL CONSTRAINT ck_bank_entry_dismissal_category
    CHECK (category IN ('BANK_CHARGE', 'INTEREST', 'FUNDING_RECEIVED', 'NOT_OF_THE_FUND')),
  amount_minor bigint NOT NULL CONSTRAINT ck_bank_entry_dismissal_amount CHECK (amount_minor > 0),
  currency char(3) NOT NULL,
  fund_id uuid,
  budget_year int,
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  revoked_by text,
  revoked_at timestamptz,
  revocation_reason text,
  CONSTRAINT fk_bank_entry_dismissal_budget_year FOREIGN KEY (fund_id, budget_year) REFERENCES budget_year (fund_id, year),
  CONSTRAINT ck_bank_entry_dismissal_fund CHECK (
    (fund_id IS NULL) = (budget_year IS NULL) AND (fund_id IS NULL OR category = 'BANK_CHARGE')),
  CONSTRAINT ck_bank_entry_dismissal_decision CHECK (
    (status = 'PROPOSED') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)
    AND (decided_by IS NULL) = (decision_reason IS NULL)),
  CONSTRAINT ck_bank_entry_dismissal_revocation CHECK (
    (status = 'REVOKED') = (revoked_by IS NOT NULL) AND (revoked_by IS NULL) = (revoked_at IS NULL)
    AND (revoked_by IS NULL) = (revocation_reason IS NULL)),
  CONSTRAINT ck_bank_entry_dismissal_four_eyes CHECK (status NOT IN ('CONFIRMED', 'REVOKED') OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX uq_bank_entry_dismissal_open ON bank_entry_dismissal (bank_entry_id)
  WHERE status IN ('PROPOSED', 'CONFIRMED');
CREATE INDEX ix_bank_entry_dismissal_entry ON bank_entry_dismissal (bank_entry_id);
CREATE INDEX ix_bank_entry_dismissal_fund ON bank_entry_dismissal (fund_id) WHERE fund_id IS NOT NULL;
CREATE INDEX ix_bank_entry_dismissal_proposed_at ON bank_entry_dismissal (proposed_at, id);
REVOKE DELETE, TRUNCATE ON bank_entry_dismissal FROM ${serviceRole('finance')};
CREATE FUNCTION refuse_other_dismissal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was proposed or decided on a bank entry cannot change'
    USING ERRCODE = '23514', CONSTRAINT = 'ck_bank_entry_dismissal_fixed';
END $$;
CREATE TRIGGER bank_entry_dismissal_fixed BEFORE UPDATE ON bank_entry_dismissal FOR EACH ROW
  WHEN (OLD.status IN ('REJECTED', 'REVOKED')
    OR (OLD.id, OLD.bank_entry_id, OLD.category, OLD.amount_minor, OLD.currency, OLD.fund_id, OLD.budget_year, OLD.reason,
      OLD.proposed_by, OLD.proposed_at) IS DISTINCT FROM (NEW.id, NEW.bank_entry_id, NEW.category, NEW.amount_minor,
      NEW.currency, NEW.fund_id, NEW.budget_year, NEW.reason, NEW.proposed_by, NEW.proposed_at)
    OR (OLD.status = 'CONFIRMED' AND (OLD.decided_by, OLD.decided_at, OLD.decision_reason)
      IS DISTINCT FROM (NEW.decided_by, NEW.decided_at, NEW.decision_reason)))
  EXECUTE FUNCTION refuse_other_dismissal()`;
