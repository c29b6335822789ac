import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** What the bank says of single payments: kept also where it can have no effect yet, or needs a person. */
export class PaymentAnswers1764200116000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ANSWER);
    await runner.query('ALTER TABLE payment_run ADD COLUMN names_unconfirmed int NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_run DROP COLUMN names_unconfirmed');
    await runner.query('DROP TABLE payment_answer');
  }
}

const ANSWER = `
CREATE TABLE payment_answer (
  id uuid NOT NULL CONSTRAINT pk_payment_answer PRIMARY KEY,
  version int NOT NULL,
  bank_message_id uuid NOT NULL CONSTRAINT fk_payment_answer_message REFERENCES bank_message (id) DEFERRABLE INITIALLY DEFERRED,
  original_message_id text NOT NULL,
  payment_run_id uuid CONSTRAINT fk_payment_answer_run REFERENCES payment_run (id),
  payout_id uuid CONSTRAINT fk_payment_answer_payout REFERENCES payout (id),
  end_to_end_id text,
  status text NOT NULL CONSTRAINT ck_payment_answer_status CHECK (status IN ('RJCT', 'CANC', 'RCVC', 'RVMC', 'RVNM', 'RVNA')),
  reason text,
  name_at_bank text,
  state text NOT NULL CONSTRAINT ck_payment_answer_state CHECK (state IN ('APPLIED', 'WAITING', 'OPEN', 'PROPOSED', 'SETTLED')),
  cause text,
  received_at timestamptz NOT NULL,
  proposed_by text, proposed_at timestamptz, proposal_reason text,
  confirmed_by text, confirmed_at timestamptz, confirmation_reason text,
  CONSTRAINT ck_payment_answer_four_eyes CHECK (confirmed_by <> proposed_by),
  CONSTRAINT ck_payment_answer_settled CHECK ((state = 'SETTLED') = (confirmed_by IS NOT NULL))
);
CREATE INDEX ix_payment_answer_received_at ON payment_answer (received_at DESC, id DESC);
CREATE INDEX ix_payment_answer_message ON payment_answer (bank_message_id);
CREATE INDEX ix_payment_answer_run ON payment_answer (payment_run_id);
CREATE INDEX ix_payment_answer_payout ON payment_answer (payout_id);
REVOKE DELETE, TRUNCATE ON payment_answer FROM ${serviceRole('finance')}`;
