import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Credits of the bank that are the payment of a claim or the money of a drawdown; what is taken back has a row against it. */
export class BankReceipts1764200171000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RECEIPT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bank_receipt');
  }
}

const RECEIPT = `
CREATE TABLE bank_receipt (
  id uuid NOT NULL CONSTRAINT pk_bank_receipt PRIMARY KEY,
  bank_entry_id uuid NOT NULL CONSTRAINT fk_bank_receipt_entry REFERENCES bank_entry (id),
  fund_id uuid NOT NULL CONSTRAINT fk_bank_receipt_fund REFERENCES fund (id),
  claim_id uuid,
  payment_number int,
  drawdown_id uuid CONSTRAINT fk_bank_receipt_drawdown REFERENCES drawdown (id),
  amount_minor bigint NOT NULL,
  kind text NOT NULL CONSTRAINT ck_bank_receipt_kind CHECK (kind IN ('BOOKED', 'CONFIRMED')),
  rule text NOT NULL CONSTRAINT ck_bank_receipt_rule CHECK (rule IN ('REFERENCE', 'PERSON')),
  reason text,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL,
  reverses_id uuid CONSTRAINT uq_bank_receipt_reverses UNIQUE
    CONSTRAINT fk_bank_receipt_reverses REFERENCES bank_receipt (id),
  CONSTRAINT fk_bank_receipt_claim_payment FOREIGN KEY (claim_id, payment_number) REFERENCES claim_payment (claim_id, number),
  CONSTRAINT ck_bank_receipt_of CHECK ((claim_id IS NULL) <> (drawdown_id IS NULL) AND (claim_id IS NULL) = (payment_number IS NULL)),
  CONSTRAINT ck_bank_receipt_amount CHECK (amount_minor <> 0 AND (amount_minor < 0) = (reverses_id IS NOT NULL)),
  CONSTRAINT ck_bank_receipt_reversal CHECK (reverses_id IS NULL OR reason IS NOT NULL)
);
CREATE INDEX ix_bank_receipt_entry ON bank_receipt (bank_entry_id);
CREATE INDEX ix_bank_receipt_claim ON bank_receipt (claim_id, payment_number) WHERE claim_id IS NOT NULL;
CREATE INDEX ix_bank_receipt_drawdown ON bank_receipt (drawdown_id) WHERE drawdown_id IS NOT NULL;
CREATE TRIGGER bank_receipt_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_receipt
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON bank_receipt FROM ${serviceRole('finance')}`;
