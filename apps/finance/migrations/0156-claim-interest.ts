import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';
import { allowJournalKinds } from './journal-kinds';

/** Interest of claims that is demanded and paid, waivers of a part, and the day on which a claim is due next. */
export class ClaimInterest1764200156000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      allowJournalKinds('CLAIM_INTEREST_PAID', 'CLAIM_INTEREST_PAYMENT_REVERSED', 'CLAIM_INTEREST_REMITTED'),
    );
    await runner.query(CLAIM);
    await runner.query(PAYMENT);
    await runner.query(RECORDS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE claim_waiver, claim_interest_demand');
    await runner.query('ALTER TABLE claim_payment DROP COLUMN settles');
    await runner.query(
      'ALTER TABLE claim DROP COLUMN waived_minor, DROP COLUMN interest_demanded_minor, DROP COLUMN interest_paid_minor, DROP COLUMN next_due_on',
    );
  }
}

/** An instalment is due while what was paid does not reach it: the open amount is what the last ones add up to. */
const CLAIM = `
ALTER TABLE claim
  ADD COLUMN waived_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN interest_demanded_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN interest_paid_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN next_due_on date,
  DROP CONSTRAINT ck_claim_paid,
  DROP CONSTRAINT ck_claim_settled,
  ADD CONSTRAINT ck_claim_paid CHECK (paid_minor >= 0 AND waived_minor >= 0 AND paid_minor + waived_minor <= amount_minor),
  ADD CONSTRAINT ck_claim_settled CHECK ((status = 'PAID') = (paid_minor + waived_minor = amount_minor)),
  ADD CONSTRAINT ck_claim_interest CHECK (interest_paid_minor BETWEEN 0 AND interest_demanded_minor);
UPDATE claim SET next_due_on = CASE status WHEN 'DUE' THEN due_on ELSE (
  SELECT max(due) FROM (
    SELECT (it ->> 'dueOn')::date AS due,
      sum((it -> 'amount' ->> 'amount')::numeric) OVER (ORDER BY it ->> 'dueOn' DESC) * 100 AS from_here
    FROM jsonb_array_elements(instalments) it
  ) rest WHERE from_here >= amount_minor - paid_minor) END
WHERE status IN ('DUE', 'DEFERRED');
CREATE INDEX ix_claim_next_due_on ON claim (next_due_on) WHERE next_due_on IS NOT NULL`;

const PAYMENT = `
ALTER TABLE claim_payment ADD COLUMN settles text NOT NULL DEFAULT 'PRINCIPAL'
  CONSTRAINT ck_claim_payment_settles CHECK (settles IN ('PRINCIPAL', 'INTEREST'))`;

const RECORDS = `
CREATE TABLE claim_interest_demand (
  claim_id uuid NOT NULL CONSTRAINT fk_claim_interest_demand_claim REFERENCES claim (id),
  number int NOT NULL,
  amount_minor bigint NOT NULL CONSTRAINT ck_claim_interest_demand_amount CHECK (amount_minor > 0),
  until date NOT NULL,
  due_on date NOT NULL,
  demanded_by text NOT NULL,
  demanded_at timestamptz NOT NULL,
  CONSTRAINT pk_claim_interest_demand PRIMARY KEY (claim_id, number)
);
CREATE TABLE claim_waiver (
  claim_id uuid NOT NULL CONSTRAINT fk_claim_waiver_claim REFERENCES claim (id),
  number int NOT NULL,
  amount_minor bigint NOT NULL CONSTRAINT ck_claim_waiver_amount CHECK (amount_minor > 0),
  waived_on date NOT NULL,
  reason text NOT NULL,
  consent_reference text,
  waived_by text NOT NULL,
  CONSTRAINT pk_claim_waiver PRIMARY KEY (claim_id, number)
);
CREATE TRIGGER claim_interest_demand_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claim_interest_demand
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER claim_waiver_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claim_waiver
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON claim_interest_demand, claim_waiver FROM ${serviceRole('finance')}`;
