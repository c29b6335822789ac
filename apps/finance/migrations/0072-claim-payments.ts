import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';
import { allowJournalKinds } from './journal-kinds';

/** What debtors paid back stands in the ledger, until it is used again, passed on, or the record proves wrong. */
export class ClaimPayments1764200072000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(allowJournalKinds('CLAIM_PAID', 'CLAIM_PAYMENT_REVERSED', 'CLAIM_GIVEN_BACK', 'CLAIM_REMITTED'));
    await runner.query(PAYMENT);
    await runner.query(DISMISSAL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE claim_payment_outcome');
    await runner.query('ALTER TABLE claim_payment DROP COLUMN budget_year, DROP COLUMN fund_id');
  }
}

/**
 * A payment without budget year was recorded before the ledger knew of claims. It has one outcome at most: its money went back to
 * the budget or to the financier, or it never was there.
 */
const PAYMENT = `
ALTER TABLE claim_payment
  ADD COLUMN fund_id uuid,
  ADD COLUMN budget_year int,
  ADD CONSTRAINT fk_claim_payment_budget_year FOREIGN KEY (fund_id, budget_year) REFERENCES budget_year (fund_id, year),
  ADD CONSTRAINT ck_claim_payment_budget_year CHECK ((fund_id IS NULL) = (budget_year IS NULL));
CREATE TABLE claim_payment_outcome (
  claim_id uuid NOT NULL,
  number int NOT NULL,
  outcome text NOT NULL CONSTRAINT ck_claim_payment_outcome CHECK (outcome IN ('GIVEN_BACK', 'REMITTED', 'REVERSED')),
  reason text NOT NULL,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL,
  CONSTRAINT pk_claim_payment_outcome PRIMARY KEY (claim_id, number),
  CONSTRAINT fk_claim_payment_outcome_payment FOREIGN KEY (claim_id, number) REFERENCES claim_payment (claim_id, number)
);
CREATE TRIGGER claim_payment_outcome_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claim_payment_outcome
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON claim_payment_outcome FROM ${serviceRole('finance')}`;

/** The credit on the account, which belongs to no payout. */
const DISMISSAL = `
ALTER TABLE bank_entry_dismissal DROP CONSTRAINT ck_bank_entry_dismissal_category,
  ADD CONSTRAINT ck_bank_entry_dismissal_category
    CHECK (category IN ('BANK_CHARGE', 'INTEREST', 'FUNDING_RECEIVED', 'CLAIM_REPAID', 'NOT_OF_THE_FUND'))`;
