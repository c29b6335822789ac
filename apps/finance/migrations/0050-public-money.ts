import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Drawdowns with their parts by place of spending, proofs of use with unique receipts, claims, base rates, corrected rates. */
export class PublicMoney1764200050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RATES);
    await runner.query(DRAWDOWN);
    await runner.query(CLAIM);
    await runner.query(PROOF_OF_USE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE proof_receipt, proof_of_use, claim_payment, claim, drawdown_part, drawdown, base_rate',
    );
    await runner.query(
      `ALTER TABLE exchange_rate DROP COLUMN corrects_id, DROP COLUMN recorded_at, DROP COLUMN version`,
    );
    await runner.query(
      'ALTER TABLE exchange_rate ADD CONSTRAINT uq_exchange_rate_source UNIQUE (currency, rate_on, source)',
    );
  }
}

/** A source gives one rate per currency and day; a correction is a row of its own, and a row is corrected once. */
const RATES = `
ALTER TABLE exchange_rate
  ADD COLUMN version int NOT NULL DEFAULT 1,
  ADD COLUMN corrects_id uuid CONSTRAINT fk_exchange_rate_corrects REFERENCES exchange_rate (id)
    CONSTRAINT uq_exchange_rate_corrects UNIQUE,
  ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  DROP CONSTRAINT uq_exchange_rate_source;
CREATE UNIQUE INDEX uq_exchange_rate_source ON exchange_rate (currency, rate_on, source) WHERE corrects_id IS NULL;
CREATE TRIGGER exchange_rate_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON exchange_rate
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE base_rate (
  id uuid NOT NULL CONSTRAINT pk_base_rate PRIMARY KEY,
  version int NOT NULL,
  valid_from date NOT NULL CONSTRAINT uq_base_rate_valid_from UNIQUE
    CONSTRAINT ck_base_rate_half_year CHECK (to_char(valid_from, 'MM-DD') IN ('01-01', '07-01')),
  percent numeric NOT NULL,
  source text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO base_rate (id, version, valid_from, percent, source)
SELECT gen_random_uuid(), 1, valid_from, percent, 'Deutsche Bundesbank, Basiszinssatz nach BGB 247'
FROM (VALUES (date '2016-07-01', -0.88), (date '2023-01-01', 1.62), (date '2023-07-01', 3.12), (date '2024-01-01', 3.62),
  (date '2024-07-01', 3.37), (date '2025-01-01', 2.27), (date '2025-07-01', 1.27)) AS published (valid_from, percent);
CREATE TRIGGER base_rate_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON base_rate
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON base_rate FROM ${serviceRole('finance')}`;

const DRAWDOWN = `
CREATE TABLE drawdown (
  id uuid NOT NULL CONSTRAINT pk_drawdown PRIMARY KEY,
  version int NOT NULL,
  fund_id uuid NOT NULL CONSTRAINT fk_drawdown_fund REFERENCES fund (id),
  approval_reference text NOT NULL,
  rule_set text NOT NULL,
  status text NOT NULL CONSTRAINT ck_drawdown_status CHECK (status IN ('REQUESTED', 'RECEIVED')),
  justification text NOT NULL,
  currency char(3) NOT NULL,
  requested_on date NOT NULL,
  received_on date,
  requested_by text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT ck_drawdown_received CHECK ((status = 'RECEIVED') = (received_on IS NOT NULL)),
  CONSTRAINT ck_drawdown_order CHECK (received_on >= requested_on)
);
CREATE INDEX ix_drawdown_fund ON drawdown (fund_id, received_on, id);
CREATE TABLE drawdown_part (
  drawdown_id uuid NOT NULL CONSTRAINT fk_drawdown_part_drawdown REFERENCES drawdown (id),
  place text NOT NULL CONSTRAINT ck_drawdown_part_place CHECK (place IN ('SEPA', 'NON_SEPA')),
  amount_minor bigint NOT NULL CONSTRAINT ck_drawdown_part_amount CHECK (amount_minor > 0),
  deadline_on date,
  rule_id text,
  CONSTRAINT pk_drawdown_part PRIMARY KEY (drawdown_id, place),
  CONSTRAINT ck_drawdown_part_deadline CHECK ((deadline_on IS NULL) = (rule_id IS NULL))
);
REVOKE DELETE, TRUNCATE ON drawdown, drawdown_part FROM ${serviceRole('finance')}`;

const CLAIM = `
CREATE TABLE claim (
  id uuid NOT NULL CONSTRAINT pk_claim PRIMARY KEY,
  version int NOT NULL,
  fund_id uuid NOT NULL CONSTRAINT fk_claim_fund REFERENCES fund (id),
  proof_of_use_id uuid CONSTRAINT uq_claim_proof_of_use UNIQUE,
  debtor_name text NOT NULL,
  rule_set text NOT NULL,
  ground text NOT NULL CONSTRAINT ck_claim_ground CHECK (ground IN
    ('UNSPENT', 'IMPROPER_USE', 'LATE_USE', 'CONDITION_BREACHED', 'OVERPAID')),
  reason text NOT NULL,
  currency char(3) NOT NULL,
  amount_minor bigint NOT NULL CONSTRAINT ck_claim_amount CHECK (amount_minor > 0),
  paid_minor bigint NOT NULL DEFAULT 0,
  threshold_minor bigint NOT NULL,
  interest_from date NOT NULL,
  status text NOT NULL CONSTRAINT ck_claim_status CHECK (status IN
    ('DRAFT', 'HEARING', 'DECIDED', 'OBJECTED', 'DUE', 'DEFERRED', 'PAID', 'WAIVED', 'WRITTEN_OFF')),
  drafted_by text NOT NULL,
  hearing_until date,
  statement text,
  decided_by text,
  decided_on date,
  decision_reference text,
  objected_on date,
  objection text,
  due_on date,
  instalments jsonb NOT NULL,
  closing_reason text,
  consent_reference text,
  created_at timestamptz NOT NULL,
  CONSTRAINT ck_claim_paid CHECK (paid_minor BETWEEN 0 AND amount_minor),
  CONSTRAINT ck_claim_settled CHECK ((status = 'PAID') = (paid_minor = amount_minor)),
  CONSTRAINT ck_claim_four_eyes CHECK (decided_by <> drafted_by),
  CONSTRAINT ck_claim_decision CHECK (status IN ('DRAFT', 'HEARING', 'WAIVED', 'WRITTEN_OFF') OR decided_by IS NOT NULL)
);
CREATE INDEX ix_claim_fund ON claim (fund_id, created_at, id);
CREATE TABLE claim_payment (
  claim_id uuid NOT NULL CONSTRAINT fk_claim_payment_claim REFERENCES claim (id),
  number int NOT NULL,
  amount_minor bigint NOT NULL CONSTRAINT ck_claim_payment_amount CHECK (amount_minor > 0),
  paid_on date NOT NULL,
  reference text NOT NULL,
  CONSTRAINT pk_claim_payment PRIMARY KEY (claim_id, number)
);
CREATE TRIGGER claim_payment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claim_payment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON claim_payment FROM ${serviceRole('finance')};
REVOKE DELETE, TRUNCATE ON claim FROM ${serviceRole('finance')}`;

/** A receipt proves one payment once, in whatever proof: by its file, and by number, amount and payee. */
const PROOF_OF_USE = `
CREATE TABLE proof_of_use (
  id uuid NOT NULL CONSTRAINT pk_proof_of_use PRIMARY KEY,
  version int NOT NULL,
  fund_id uuid NOT NULL CONSTRAINT fk_proof_of_use_fund REFERENCES fund (id),
  commitment_id uuid CONSTRAINT fk_proof_of_use_commitment REFERENCES commitment (id),
  municipality_id uuid,
  kind text NOT NULL CONSTRAINT ck_proof_of_use_kind CHECK (kind IN ('INTERIM', 'FINAL')),
  rule_set text NOT NULL,
  period_from date NOT NULL,
  period_to date NOT NULL,
  due_on date NOT NULL,
  due_rule_id text NOT NULL,
  status text NOT NULL CONSTRAINT ck_proof_of_use_status CHECK (status IN
    ('OPEN', 'SUBMITTED', 'IN_CHECK', 'QUERIES', 'ACCEPTED', 'ACCEPTED_WITH_CLAIM', 'REJECTED')),
  currency char(3) NOT NULL,
  lines jsonb NOT NULL,
  own_share_planned_minor bigint NOT NULL CONSTRAINT ck_proof_of_use_own_share CHECK (own_share_planned_minor >= 0),
  own_share_actual_minor bigint,
  narrative text,
  inventory jsonb NOT NULL,
  checks jsonb NOT NULL,
  dialogue jsonb NOT NULL,
  submitted_by text,
  submitted_at timestamptz,
  checked_by text,
  claim_id uuid CONSTRAINT fk_proof_of_use_claim REFERENCES claim (id),
  created_at timestamptz NOT NULL,
  CONSTRAINT ck_proof_of_use_period CHECK (period_from < period_to),
  CONSTRAINT ck_proof_of_use_submitted CHECK ((status = 'OPEN') = (submitted_by IS NULL)),
  CONSTRAINT ck_proof_of_use_four_eyes CHECK (checked_by <> submitted_by),
  CONSTRAINT ck_proof_of_use_checked CHECK (status IN ('OPEN', 'SUBMITTED') OR checked_by IS NOT NULL),
  CONSTRAINT ck_proof_of_use_claim CHECK ((status = 'ACCEPTED_WITH_CLAIM') = (claim_id IS NOT NULL))
);
CREATE INDEX ix_proof_of_use_due_on ON proof_of_use (due_on, id);
CREATE INDEX ix_proof_of_use_fund ON proof_of_use (fund_id);
ALTER TABLE claim ADD CONSTRAINT fk_claim_proof_of_use FOREIGN KEY (proof_of_use_id) REFERENCES proof_of_use (id);
CREATE TABLE proof_receipt (
  proof_of_use_id uuid NOT NULL CONSTRAINT fk_proof_receipt_proof_of_use REFERENCES proof_of_use (id),
  position int NOT NULL,
  number text NOT NULL,
  sha256 text NOT NULL CONSTRAINT uq_proof_receipt_sha256 UNIQUE
    CONSTRAINT ck_proof_receipt_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  payee text NOT NULL,
  category text NOT NULL,
  paid_on date NOT NULL,
  amount_minor bigint NOT NULL CONSTRAINT ck_proof_receipt_amount CHECK (amount_minor > 0),
  currency char(3) NOT NULL,
  exchange_rate_id uuid CONSTRAINT fk_proof_receipt_exchange_rate REFERENCES exchange_rate (id),
  amount_eur_minor bigint NOT NULL,
  CONSTRAINT pk_proof_receipt PRIMARY KEY (proof_of_use_id, position),
  CONSTRAINT uq_proof_receipt_content UNIQUE (number, amount_minor, currency, payee),
  CONSTRAINT ck_proof_receipt_rate CHECK ((currency = 'EUR') = (exchange_rate_id IS NULL))
);
CREATE TRIGGER proof_receipt_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON proof_receipt
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON proof_receipt FROM ${serviceRole('finance')};
REVOKE DELETE, TRUNCATE ON proof_of_use FROM ${serviceRole('finance')}`;
