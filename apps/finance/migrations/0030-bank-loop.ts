import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';
import { allowJournalKinds } from './journal-kinds';

/**
 * The way back from the bank: its messages, the booked entries of the accounts, what each entry belongs to, and payouts that came
 * back. What the bank said and what was decided on it is never changed.
 */
export class BankLoop1764200030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      allowJournalKinds('PAYMENT_REJECTED', 'PAYMENT_RETURNED', 'PAYOUT_REISSUED', 'PAYOUT_GIVEN_BACK'),
    );
    await runner.query(PAYOUT);
    await runner.query(PAYMENT_RUN);
    await runner.query(BANK_MESSAGE);
    await runner.query(BANK_ENTRY);
    await runner.query(BANK_MATCH);
    await runner.query(PAYOUT_RETURN);
    await runner.query(IMMUTABLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE payout_return, bank_match, bank_transaction, bank_entry, bank_statement, bank_message',
    );
    await runner.query('ALTER TABLE payout DROP COLUMN attempt, DROP COLUMN reissue_of');
  }
}

/** A payout that came back is paid by another payout of the same instalment. */
const PAYOUT = `
ALTER TABLE payout
  ADD COLUMN attempt int NOT NULL DEFAULT 1 CONSTRAINT ck_payout_attempt CHECK (attempt > 0),
  ADD COLUMN reissue_of uuid CONSTRAINT fk_payout_reissue_of REFERENCES payout (id) CONSTRAINT uq_payout_reissue_of UNIQUE,
  ADD CONSTRAINT ck_payout_reissue CHECK ((attempt = 1) = (reissue_of IS NULL)),
  DROP CONSTRAINT IF EXISTS uq_payout_instalment,
  ADD CONSTRAINT uq_payout_instalment UNIQUE (commitment_id, instalment, attempt)`;

const PAYMENT_RUN = `
ALTER TABLE payment_run DROP CONSTRAINT ck_payment_run_status,
  ADD CONSTRAINT ck_payment_run_status CHECK (status IN ('CREATED', 'SENT', 'SETTLING', 'BOOKED', 'REJECTED'))`;

const BANK_MESSAGE = `
CREATE TABLE bank_message (
  id uuid NOT NULL CONSTRAINT pk_bank_message PRIMARY KEY,
  version int NOT NULL,
  kind text NOT NULL CONSTRAINT ck_bank_message_kind CHECK (kind IN ('PAIN_002', 'CAMT_053', 'CAMT_054')),
  file_name text NOT NULL,
  message_id text NOT NULL,
  sha256 text NOT NULL CONSTRAINT uq_bank_message_sha256 UNIQUE,
  content text NOT NULL,
  outcome jsonb NOT NULL,
  imported_by text NOT NULL,
  imported_at timestamptz NOT NULL
);
CREATE INDEX ix_bank_message_imported_at ON bank_message (imported_at, id);
CREATE TABLE bank_statement (
  id uuid NOT NULL CONSTRAINT pk_bank_statement PRIMARY KEY,
  bank_message_id uuid NOT NULL CONSTRAINT fk_bank_statement_message REFERENCES bank_message (id) DEFERRABLE INITIALLY DEFERRED,
  kind text NOT NULL,
  account_iban text NOT NULL,
  statement_id text NOT NULL,
  page_number int NOT NULL,
  sequence_number bigint,
  from_on date,
  to_on date,
  currency char(3) NOT NULL,
  opening_minor bigint,
  closing_minor bigint,
  entries_minor bigint NOT NULL,
  CONSTRAINT uq_bank_statement UNIQUE (account_iban, kind, statement_id, page_number)
)`;

const BANK_ENTRY = `
CREATE TABLE bank_entry (
  id uuid NOT NULL CONSTRAINT pk_bank_entry PRIMARY KEY,
  version int NOT NULL,
  bank_message_id uuid NOT NULL CONSTRAINT fk_bank_entry_message REFERENCES bank_message (id) DEFERRABLE INITIALLY DEFERRED,
  bank_statement_id uuid NOT NULL CONSTRAINT fk_bank_entry_statement REFERENCES bank_statement (id),
  kind text NOT NULL,
  number int NOT NULL,
  account_iban text NOT NULL,
  direction text NOT NULL CONSTRAINT ck_bank_entry_direction CHECK (direction IN ('DEBIT', 'CREDIT')),
  amount_minor bigint NOT NULL CONSTRAINT ck_bank_entry_amount CHECK (amount_minor >= 0),
  matched_minor bigint NOT NULL DEFAULT 0,
  currency char(3) NOT NULL,
  booked_on date NOT NULL,
  value_on date,
  bank_reference text,
  batch_references text[] NOT NULL DEFAULT '{}',
  status text NOT NULL CONSTRAINT ck_bank_entry_status CHECK (status IN ('UNMATCHED', 'PARTLY_MATCHED', 'MATCHED', 'DUPLICATE')),
  explanation text,
  duplicate_of uuid CONSTRAINT fk_bank_entry_duplicate_of REFERENCES bank_entry (id) CONSTRAINT uq_bank_entry_duplicate_of UNIQUE,
  CONSTRAINT uq_bank_entry_number UNIQUE (bank_statement_id, number),
  CONSTRAINT ck_bank_entry_matched CHECK (matched_minor BETWEEN 0 AND amount_minor),
  CONSTRAINT ck_bank_entry_duplicate CHECK ((status = 'DUPLICATE') = (duplicate_of IS NOT NULL))
);
CREATE INDEX ix_bank_entry_booked_on ON bank_entry (booked_on, id);
CREATE INDEX ix_bank_entry_open ON bank_entry (account_iban) WHERE status IN ('UNMATCHED', 'PARTLY_MATCHED');
CREATE INDEX ix_bank_entry_reference ON bank_entry (account_iban, bank_reference);
CREATE TABLE bank_transaction (
  bank_entry_id uuid NOT NULL CONSTRAINT fk_bank_transaction_entry REFERENCES bank_entry (id),
  number int NOT NULL,
  amount_minor bigint NOT NULL,
  end_to_end_id text,
  batch_references text[] NOT NULL DEFAULT '{}',
  counterparty_name text,
  counterparty_iban text,
  remittance text,
  return_reason text,
  CONSTRAINT pk_bank_transaction PRIMARY KEY (bank_entry_id, number)
);
CREATE INDEX ix_bank_transaction_end_to_end_id ON bank_transaction (end_to_end_id)`;

const BANK_MATCH = `
CREATE TABLE bank_match (
  id uuid NOT NULL CONSTRAINT pk_bank_match PRIMARY KEY,
  bank_entry_id uuid NOT NULL CONSTRAINT fk_bank_match_entry REFERENCES bank_entry (id),
  fund_id uuid NOT NULL,
  payout_id uuid NOT NULL CONSTRAINT fk_bank_match_payout REFERENCES payout (id),
  payment_run_id uuid NOT NULL CONSTRAINT fk_bank_match_run REFERENCES payment_run (id),
  kind text NOT NULL CONSTRAINT ck_bank_match_kind CHECK (kind IN ('BOOKED', 'CONFIRMED', 'RETURNED')),
  rule text NOT NULL CONSTRAINT ck_bank_match_rule CHECK (rule IN
    ('END_TO_END_ID', 'BATCH_REFERENCE', 'AMOUNT_IBAN_DATE', 'REMITTANCE', 'RUN_TOTAL', 'PERSON')),
  amount_minor bigint NOT NULL CONSTRAINT ck_bank_match_amount CHECK (amount_minor > 0),
  reason text,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL
);
CREATE INDEX ix_bank_match_entry ON bank_match (bank_entry_id);
CREATE INDEX ix_bank_match_payout ON bank_match (payout_id);
CREATE INDEX ix_bank_match_fund ON bank_match (fund_id)`;

/** What came back of a payout, and what became of that money. */
const PAYOUT_RETURN = `
CREATE TABLE payout_return (
  payout_id uuid NOT NULL CONSTRAINT pk_payout_return PRIMARY KEY CONSTRAINT fk_payout_return_payout REFERENCES payout (id),
  fund_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT ck_payout_return_kind CHECK (kind IN ('REJECTED', 'RETURNED')),
  amount_minor bigint NOT NULL CONSTRAINT ck_payout_return_amount CHECK (amount_minor > 0),
  reason text,
  occurred_on date NOT NULL,
  settled_as text CONSTRAINT ck_payout_return_settled_as CHECK (settled_as IN ('REISSUED', 'GIVEN_BACK')),
  settled_by text,
  settled_at timestamptz,
  CONSTRAINT ck_payout_return_settled CHECK ((settled_as IS NULL) = (settled_by IS NULL) AND (settled_as IS NULL) = (settled_at IS NULL))
);
CREATE INDEX ix_payout_return_open ON payout_return (fund_id) WHERE settled_as IS NULL`;

const IMMUTABLE = `
CREATE TRIGGER bank_message_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_message
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_statement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_statement
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_match_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_match
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON bank_message, bank_statement, bank_match, bank_transaction FROM ${serviceRole('finance')};
REVOKE UPDATE, DELETE, TRUNCATE ON bank_entry, payout_return FROM ${serviceRole('finance')};
GRANT UPDATE (version, matched_minor, status, explanation) ON bank_entry TO ${serviceRole('finance')};
GRANT UPDATE (settled_as, settled_by, settled_at) ON payout_return TO ${serviceRole('finance')}`;
