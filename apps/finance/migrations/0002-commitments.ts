import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** What finance knows of assignments, and the commitments made for them, each with the plan it rests on. */
export class Commitments1764200002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EXCHANGE_RATE);
    await runner.query(COPIES);
    await runner.query(COMMITMENT);
    await runner.query(PLAN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE commitment_plan, commitment_year, commitment');
    await runner.query('DROP TABLE accepted_report_copy, assignment_copy, municipality_copy, exchange_rate');
  }
}

const EXCHANGE_RATE = `
CREATE TABLE exchange_rate (
  id uuid NOT NULL CONSTRAINT pk_exchange_rate PRIMARY KEY,
  currency char(3) NOT NULL,
  rate_on date NOT NULL,
  rate numeric NOT NULL CONSTRAINT ck_exchange_rate_rate CHECK (rate > 0),
  direction text NOT NULL CONSTRAINT ck_exchange_rate_direction CHECK (direction = 'LOCAL_PER_EUR'),
  source text NOT NULL,
  CONSTRAINT uq_exchange_rate_source UNIQUE (currency, rate_on, source)
);
REVOKE UPDATE, DELETE, TRUNCATE ON exchange_rate FROM ${serviceRole('finance')}`;

const COPIES = `
CREATE TABLE municipality_copy (
  id uuid NOT NULL CONSTRAINT pk_municipality_copy PRIMARY KEY,
  version int NOT NULL,
  name text NOT NULL,
  country char(2) NOT NULL
);
CREATE TABLE assignment_copy (
  id uuid NOT NULL CONSTRAINT pk_assignment_copy PRIMARY KEY,
  requested_version int,
  confirmed_version int,
  cancelled_version int,
  departed_on date,
  ended_on date
);
CREATE TABLE accepted_report_copy (
  id uuid NOT NULL CONSTRAINT pk_accepted_report_copy PRIMARY KEY,
  assignment_id uuid NOT NULL,
  kind text NOT NULL,
  sequence int NOT NULL,
  accepted_on date NOT NULL
);
CREATE INDEX ix_accepted_report_copy_assignment ON accepted_report_copy (assignment_id)`;

const COMMITMENT = `
CREATE TABLE commitment (
  id uuid NOT NULL CONSTRAINT pk_commitment PRIMARY KEY,
  version int NOT NULL,
  assignment_id uuid NOT NULL,
  attempt int NOT NULL,
  fund_id uuid NOT NULL CONSTRAINT fk_commitment_fund REFERENCES fund (id),
  instrument text NOT NULL CONSTRAINT ck_commitment_instrument CHECK (instrument IN
    ('INTEGRATED_EXPERT', 'DEVELOPMENT_WORKER', 'LOCAL_EXPERT')),
  expert_id uuid NOT NULL,
  employer_municipality_id uuid NOT NULL,
  period_from date NOT NULL,
  period_to date NOT NULL,
  cost_inputs jsonb NOT NULL,
  status text NOT NULL CONSTRAINT ck_commitment_status CHECK (status IN
    ('RESERVED', 'COMMITTED', 'RELEASED', 'REFUSED', 'EXPIRED')),
  refusal text CONSTRAINT ck_commitment_refusal CHECK (refusal IN ('INSUFFICIENT_FUNDS', 'YEAR_CLOSED', 'FUND_UNKNOWN', 'PLAN_INVALID')),
  currency char(3) NOT NULL,
  total_minor bigint NOT NULL CONSTRAINT ck_commitment_total CHECK (total_minor >= 0),
  expires_at timestamptz,
  created_at timestamptz NOT NULL,
  CONSTRAINT uq_commitment_attempt UNIQUE (assignment_id, attempt),
  CONSTRAINT ck_commitment_refused CHECK ((status = 'REFUSED') = (refusal IS NOT NULL)),
  CONSTRAINT ck_commitment_expiry CHECK ((status = 'RESERVED') = (expires_at IS NOT NULL)),
  CONSTRAINT ck_commitment_period CHECK (period_from < period_to)
);
CREATE UNIQUE INDEX uq_commitment_assignment ON commitment (assignment_id) WHERE status IN ('RESERVED', 'COMMITTED');
CREATE INDEX ix_commitment_fund ON commitment (fund_id, created_at, id);
CREATE INDEX ix_commitment_expires_at ON commitment (expires_at) WHERE status = 'RESERVED';
CREATE TABLE commitment_year (
  commitment_id uuid NOT NULL CONSTRAINT fk_commitment_year_commitment REFERENCES commitment (id),
  fund_id uuid NOT NULL,
  year int NOT NULL,
  amount_minor bigint NOT NULL CONSTRAINT ck_commitment_year_amount CHECK (amount_minor > 0),
  ordered_minor bigint NOT NULL DEFAULT 0 CONSTRAINT ck_commitment_year_ordered CHECK (ordered_minor >= 0),
  released_minor bigint NOT NULL DEFAULT 0 CONSTRAINT ck_commitment_year_released CHECK (released_minor >= 0),
  CONSTRAINT pk_commitment_year PRIMARY KEY (commitment_id, year),
  CONSTRAINT fk_commitment_year_budget_year FOREIGN KEY (fund_id, year) REFERENCES budget_year (fund_id, year),
  CONSTRAINT ck_commitment_year_open CHECK (ordered_minor + released_minor <= amount_minor)
);
REVOKE DELETE, TRUNCATE ON commitment, commitment_year FROM ${serviceRole('finance')}`;

/** Plans are evidence of what was committed and why: re-planning adds the next number. */
const PLAN = `
CREATE TABLE commitment_plan (
  commitment_id uuid NOT NULL CONSTRAINT fk_commitment_plan_commitment REFERENCES commitment (id),
  plan_number int NOT NULL,
  document jsonb NOT NULL,
  CONSTRAINT pk_commitment_plan PRIMARY KEY (commitment_id, plan_number)
);
CREATE TRIGGER commitment_plan_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON commitment_plan
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON commitment_plan FROM ${serviceRole('finance')}`;
