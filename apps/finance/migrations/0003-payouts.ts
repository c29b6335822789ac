import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Payees, payouts with their acts by different people, and payment runs with the bank file as it was written. */
export class Payouts1764200003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PAYEE);
    await runner.query(PAYMENT_RUN);
    await runner.query(FILE);
    await runner.query(PAYOUT);
    await runner.query(ITEM);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payment_run_item, payout, payment_run_file, payment_run, payee');
  }
}

const PAYEE = `
CREATE TABLE payee (
  id uuid NOT NULL CONSTRAINT pk_payee PRIMARY KEY,
  version int NOT NULL,
  kind text NOT NULL CONSTRAINT ck_payee_kind CHECK (kind IN ('EXPERT', 'MUNICIPALITY', 'SUPPLIER')),
  expert_id uuid CONSTRAINT uq_payee_expert UNIQUE,
  municipality_id uuid CONSTRAINT uq_payee_municipality UNIQUE,
  name text NOT NULL,
  street text,
  building_number text,
  post_code text,
  town text NOT NULL,
  country char(2) NOT NULL,
  iban text,
  account_number text,
  bic text,
  account_holder text NOT NULL,
  account_currency char(3) NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT ck_payee_owner CHECK (CASE kind
    WHEN 'EXPERT' THEN expert_id IS NOT NULL AND municipality_id IS NULL
    WHEN 'MUNICIPALITY' THEN expert_id IS NULL AND municipality_id IS NOT NULL
    ELSE expert_id IS NULL AND municipality_id IS NULL END),
  CONSTRAINT ck_payee_account CHECK ((iban IS NULL) <> (account_number IS NULL)),
  CONSTRAINT ck_payee_bic CHECK (iban IS NOT NULL OR bic IS NOT NULL)
);
CREATE INDEX ix_payee_name ON payee (name, id);
REVOKE DELETE, TRUNCATE ON payee FROM ${serviceRole('finance')}`;

const PAYMENT_RUN = `
CREATE TABLE payment_run (
  id uuid NOT NULL CONSTRAINT pk_payment_run PRIMARY KEY,
  version int NOT NULL,
  fund_id uuid NOT NULL CONSTRAINT fk_payment_run_fund REFERENCES fund (id),
  payment_type text NOT NULL CONSTRAINT ck_payment_run_payment_type CHECK (payment_type IN ('SEPA', 'FOREIGN')),
  execution_on date NOT NULL,
  status text NOT NULL CONSTRAINT ck_payment_run_status CHECK (status IN ('CREATED', 'SENT', 'BOOKED')),
  account_holder text NOT NULL,
  account_iban text NOT NULL,
  account_bic text NOT NULL,
  payout_count int NOT NULL CONSTRAINT ck_payment_run_payout_count CHECK (payout_count > 0),
  total_minor bigint NOT NULL CONSTRAINT ck_payment_run_total CHECK (total_minor > 0),
  currency char(3) NOT NULL,
  message_id text NOT NULL CONSTRAINT uq_payment_run_message_id UNIQUE,
  file_name text NOT NULL,
  file_sha256 text NOT NULL,
  file_size int NOT NULL CONSTRAINT ck_payment_run_file_size CHECK (file_size > 0),
  statement_reference text,
  booked_on date,
  created_at timestamptz NOT NULL,
  CONSTRAINT ck_payment_run_booked CHECK ((status = 'BOOKED') = (booked_on IS NOT NULL AND statement_reference IS NOT NULL)),
  CONSTRAINT uq_payment_run_file UNIQUE (id, file_sha256)
);
CREATE INDEX ix_payment_run_fund ON payment_run (fund_id, created_at, id);
REVOKE DELETE, TRUNCATE ON payment_run FROM ${serviceRole('finance')}`;

/** The bytes that went to the bank. The reference includes the hash: neither side can change it alone, and the file never changes. */
const FILE = `
CREATE TABLE payment_run_file (
  payment_run_id uuid NOT NULL CONSTRAINT pk_payment_run_file PRIMARY KEY,
  sha256 text NOT NULL CONSTRAINT ck_payment_run_file_sha256 CHECK (sha256 = encode(sha256(bytes), 'hex')),
  bytes bytea NOT NULL,
  CONSTRAINT fk_payment_run_file_run FOREIGN KEY (payment_run_id, sha256) REFERENCES payment_run (id, file_sha256)
);
CREATE TRIGGER payment_run_file_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_file
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON payment_run_file FROM ${serviceRole('finance')}`;

const PAYOUT = `
CREATE TABLE payout (
  id uuid NOT NULL CONSTRAINT pk_payout PRIMARY KEY,
  version int NOT NULL,
  commitment_id uuid NOT NULL CONSTRAINT fk_payout_commitment REFERENCES commitment (id),
  assignment_id uuid NOT NULL,
  fund_id uuid NOT NULL,
  instalment int NOT NULL,
  category text NOT NULL,
  budget_year int NOT NULL,
  amount_minor bigint NOT NULL CONSTRAINT ck_payout_amount CHECK (amount_minor > 0),
  currency char(3) NOT NULL,
  due_on date NOT NULL,
  required_reports int NOT NULL,
  payee_kind text NOT NULL,
  payee_owner_id uuid NOT NULL,
  payee_id uuid CONSTRAINT fk_payout_payee REFERENCES payee (id),
  status text NOT NULL,
  blocked text CONSTRAINT ck_payout_blocked CHECK (blocked IN ('PAYEE_MISSING', 'REPORT_MISSING')),
  factually_checked_by text, factually_checked_at timestamptz,
  arithmetically_checked_by text, arithmetically_checked_at timestamptz,
  ordered_by text, ordered_at timestamptz,
  paid_by text, paid_at timestamptz,
  booked_by text, booked_at timestamptz,
  payment_run_id uuid CONSTRAINT fk_payout_payment_run REFERENCES payment_run (id),
  booked_on date,
  CONSTRAINT uq_payout_instalment UNIQUE (commitment_id, instalment),
  CONSTRAINT fk_payout_commitment_year FOREIGN KEY (commitment_id, budget_year) REFERENCES commitment_year (commitment_id, year),
  CONSTRAINT ck_payout_status CHECK (status IN ('PLANNED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED', 'ORDERED',
    'IN_RUN', 'SENT', 'BOOKED', 'REJECTED', 'RETURNED', 'BLOCKED', 'CANCELLED')),
  CONSTRAINT ck_payout_block CHECK ((status = 'BLOCKED') = (blocked IS NOT NULL)),
  CONSTRAINT ck_payout_four_eyes CHECK (
    factually_checked_by <> arithmetically_checked_by AND factually_checked_by <> ordered_by AND factually_checked_by <> paid_by
    AND arithmetically_checked_by <> ordered_by AND arithmetically_checked_by <> paid_by AND ordered_by <> paid_by),
  CONSTRAINT ck_payout_booked_by CHECK (
    booked_by <> factually_checked_by AND booked_by <> arithmetically_checked_by AND booked_by <> ordered_by),
  CONSTRAINT ck_payout_acts CHECK (CASE
    WHEN status IN ('PLANNED', 'DUE', 'BLOCKED', 'CANCELLED') THEN ordered_by IS NULL
    WHEN status = 'FACTUALLY_CHECKED' THEN factually_checked_by IS NOT NULL
    ELSE factually_checked_by IS NOT NULL AND arithmetically_checked_by IS NOT NULL
      AND (status = 'ARITHMETICALLY_CHECKED' OR ordered_by IS NOT NULL)
      AND (status IN ('ARITHMETICALLY_CHECKED', 'ORDERED') OR (paid_by IS NOT NULL AND payee_id IS NOT NULL)) END)
);
CREATE INDEX ix_payout_due_on ON payout (due_on, id);
CREATE INDEX ix_payout_fund_status ON payout (fund_id, status, due_on, id);
CREATE INDEX ix_payout_assignment ON payout (assignment_id);
CREATE INDEX ix_payout_payment_run ON payout (payment_run_id);
CREATE INDEX ix_payout_blocked ON payout (payee_owner_id) WHERE status = 'BLOCKED';
REVOKE DELETE, TRUNCATE ON payout FROM ${serviceRole('finance')}`;

/** One order to the bank; a payout that came back is sent again with a new item and a new EndToEndId. */
const ITEM = `
CREATE TABLE payment_run_item (
  payment_run_id uuid NOT NULL CONSTRAINT fk_payment_run_item_run REFERENCES payment_run (id),
  payout_id uuid NOT NULL CONSTRAINT fk_payment_run_item_payout REFERENCES payout (id),
  end_to_end_id text NOT NULL CONSTRAINT uq_payment_run_item_end_to_end_id UNIQUE,
  amount_minor bigint NOT NULL CONSTRAINT ck_payment_run_item_amount CHECK (amount_minor > 0),
  CONSTRAINT pk_payment_run_item PRIMARY KEY (payment_run_id, payout_id)
);
CREATE TRIGGER payment_run_item_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_item
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON payment_run_item FROM ${serviceRole('finance')}`;
