import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';
import { allowJournalKinds } from './journal-kinds';

/** Supplements, cuts and blocks of a year's budget with their two persons; years that are managed before their plan is in force. */
export class BudgetChanges1764200155000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(allowJournalKinds('BUDGET_CUT', 'BUDGET_BLOCKED', 'BUDGET_BLOCK_LIFTED'));
    await runner.query(YEAR);
    await runner.query(BLOCKED);
    await runner.query(CHANGE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE budget_change');
    await runner.query('DROP TRIGGER budget_year_blocked_account ON budget_year');
    await runner.query('DROP FUNCTION open_blocked_account()');
    await runner.query('ALTER TABLE budget_year DROP COLUMN is_provisional');
  }
}

/** A plan may be cut to nothing. */
const YEAR = `
ALTER TABLE budget_year
  ADD COLUMN is_provisional boolean NOT NULL DEFAULT false,
  DROP CONSTRAINT ck_budget_year_plan,
  ADD CONSTRAINT ck_budget_year_plan CHECK (plan_minor >= 0)`;

/** A year that the version before opens gets the account by the trigger: it knows no block. */
const BLOCKED = `
ALTER TABLE ledger_account DROP CONSTRAINT ck_ledger_account_stage,
  ADD CONSTRAINT ck_ledger_account_stage CHECK (stage IN
    ('external', 'available', 'blocked', 'reserved', 'committed', 'payable', 'paid', 'returned'));
INSERT INTO ledger_account (fund_id, budget_year, stage, currency, is_open)
SELECT year.fund_id, year.year, 'blocked', fund.currency, year.status <> 'CLOSED'
FROM budget_year year JOIN fund ON fund.id = year.fund_id
WHERE EXISTS (SELECT FROM ledger_account a WHERE a.fund_id = year.fund_id AND a.budget_year = year.year);
CREATE FUNCTION open_blocked_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_account (fund_id, budget_year, stage, currency)
  VALUES (NEW.fund_id, NEW.year, 'blocked', (SELECT currency FROM fund WHERE id = NEW.fund_id)) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER budget_year_blocked_account AFTER INSERT ON budget_year
  FOR EACH ROW EXECUTE FUNCTION open_blocked_account()`;

const CHANGE = `
CREATE TABLE budget_change (
  id uuid NOT NULL CONSTRAINT pk_budget_change PRIMARY KEY,
  version int NOT NULL,
  fund_id uuid NOT NULL,
  year int NOT NULL,
  kind text NOT NULL CONSTRAINT ck_budget_change_kind
    CHECK (kind IN ('SUPPLEMENT', 'CUT', 'BLOCK', 'BLOCK_LIFTING', 'ENACTMENT')),
  amount_minor bigint CONSTRAINT ck_budget_change_amount CHECK (amount_minor > 0),
  currency char(3) NOT NULL,
  reason text NOT NULL,
  status text NOT NULL CONSTRAINT ck_budget_change_status CHECK (status IN ('PROPOSED', 'CONFIRMED', 'REJECTED')),
  plan_before_minor bigint,
  plan_after_minor bigint,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  CONSTRAINT fk_budget_change_budget_year FOREIGN KEY (fund_id, year) REFERENCES budget_year (fund_id, year),
  CONSTRAINT ck_budget_change_amount_given CHECK ((amount_minor IS NULL) = (kind = 'ENACTMENT')),
  CONSTRAINT ck_budget_change_decided CHECK ((status = 'PROPOSED') = (decided_by IS NULL)),
  CONSTRAINT ck_budget_change_plan CHECK ((status = 'CONFIRMED') = (plan_after_minor IS NOT NULL)),
  CONSTRAINT ck_budget_change_four_eyes CHECK (status <> 'CONFIRMED' OR decided_by <> proposed_by)
);
CREATE INDEX ix_budget_change_fund ON budget_change (fund_id, proposed_at DESC, id DESC);
REVOKE DELETE, TRUNCATE ON budget_change FROM ${serviceRole('finance')}`;
