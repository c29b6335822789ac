import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Plans made anew, year change, reversal, cost categories in the journal, and the journal's hash chain. */
export class Replanning1764200010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COMMITMENT);
    await runner.query(BUDGET_YEAR);
    await runner.query(JOURNAL);
    await runner.query(SEAL);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE carry_over, journal_seal, commitment_rate_change, assignment_change_copy');
    await runner.query('ALTER TABLE journal_line DROP COLUMN category');
    await runner.query('ALTER TABLE journal_entry DROP COLUMN reverses_entry_id, DROP COLUMN reason');
    await runner.query('ALTER TABLE budget_year DROP COLUMN carried_over_minor');
    await runner.query('ALTER TABLE assignment_copy DROP COLUMN paused_from');
    await runner.query('ALTER TABLE commitment DROP COLUMN agreed_to, DROP COLUMN extension_version');
  }
}

const COMMITMENT = `
ALTER TABLE commitment ADD COLUMN agreed_to date, ADD COLUMN extension_version int;
UPDATE commitment SET agreed_to = period_to;
ALTER TABLE commitment ALTER COLUMN agreed_to SET NOT NULL,
  ADD CONSTRAINT ck_commitment_agreed_to CHECK (period_from < agreed_to AND agreed_to <= period_to);
ALTER TABLE assignment_copy ADD COLUMN paused_from date;
CREATE TABLE assignment_change_copy (
  assignment_id uuid NOT NULL,
  version int NOT NULL,
  kind text NOT NULL CONSTRAINT ck_assignment_change_copy_kind CHECK (kind IN ('INTERRUPTED', 'RESUMED', 'ENDED_EARLY')),
  changed_on date NOT NULL,
  is_attributable boolean NOT NULL,
  CONSTRAINT pk_assignment_change_copy PRIMARY KEY (assignment_id, version)
);
CREATE TABLE commitment_rate_change (
  commitment_id uuid NOT NULL CONSTRAINT fk_commitment_rate_change_commitment REFERENCES commitment (id),
  changed_from date NOT NULL,
  exchange_rate jsonb NOT NULL,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL,
  CONSTRAINT pk_commitment_rate_change PRIMARY KEY (commitment_id, changed_from)
);
REVOKE UPDATE, DELETE, TRUNCATE ON assignment_change_copy, commitment_rate_change FROM ${serviceRole('finance')}`;

const BUDGET_YEAR = `
ALTER TABLE budget_year
  ADD COLUMN carried_over_minor bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT ck_budget_year_carried_over CHECK (carried_over_minor >= 0);
CREATE TABLE carry_over (
  fund_id uuid NOT NULL,
  from_year int NOT NULL,
  to_year int NOT NULL,
  amount_minor bigint NOT NULL CONSTRAINT ck_carry_over_amount CHECK (amount_minor > 0),
  reason text NOT NULL,
  CONSTRAINT pk_carry_over PRIMARY KEY (fund_id, from_year),
  CONSTRAINT fk_carry_over_from FOREIGN KEY (fund_id, from_year) REFERENCES budget_year (fund_id, year),
  CONSTRAINT fk_carry_over_to FOREIGN KEY (fund_id, to_year) REFERENCES budget_year (fund_id, year)
);
CREATE TRIGGER carry_over_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON carry_over
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON carry_over FROM ${serviceRole('finance')}`;

const JOURNAL = `
ALTER TABLE journal_line ADD COLUMN category text;
ALTER TABLE journal_entry
  ADD COLUMN reverses_entry_id uuid CONSTRAINT uq_journal_entry_reverses UNIQUE,
  ADD COLUMN reason text,
  ADD CONSTRAINT fk_journal_entry_reverses FOREIGN KEY (reverses_entry_id, fund_id) REFERENCES journal_entry (id, fund_id),
  ADD CONSTRAINT ck_journal_entry_reason CHECK (reverses_entry_id IS NULL OR reason IS NOT NULL),
  DROP CONSTRAINT ck_journal_entry_kind,
  ADD CONSTRAINT ck_journal_entry_kind CHECK (kind = ANY (ARRAY['BUDGET_RELEASED', 'RELEASE_REVERSED', 'COMMITMENT_RESERVED',
    'COMMITMENT_CONFIRMED', 'COMMITMENT_REPLANNED', 'COMMITMENT_RELEASED', 'PAYOUT_ORDERED', 'PAYMENT_BOOKED',
    'YEAR_CARRIED_OVER', 'YEAR_LAPSED']));
CREATE INDEX ix_journal_entry_booked_at ON journal_entry USING brin (booked_at)`;

/** Each seal hashes the entry with its lines and the seal before it: what was booked cannot be rewritten unseen. */
const SEAL = `
CREATE TABLE journal_seal (
  seq bigint NOT NULL CONSTRAINT pk_journal_seal PRIMARY KEY,
  entry_id uuid NOT NULL CONSTRAINT uq_journal_seal_entry UNIQUE CONSTRAINT fk_journal_seal_entry REFERENCES journal_entry (id),
  previous_hash bytea NOT NULL CONSTRAINT uq_journal_seal_previous_hash UNIQUE
    CONSTRAINT ck_journal_seal_previous_hash CHECK (length(previous_hash) = 32),
  hash bytea NOT NULL CONSTRAINT ck_journal_seal_hash CHECK (length(hash) = 32),
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER journal_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_seal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON journal_seal FROM ${serviceRole('finance')}`;

const GRANTS = `GRANT INSERT (reverses_entry_id, reason) ON journal_entry TO ${serviceRole('finance')}`;
