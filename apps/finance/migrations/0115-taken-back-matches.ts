import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';
import { allowJournalKinds } from './journal-kinds';

/**
 * What a person can take back of the bank's entries: a match by a row against it, a return or reject by leaving the list of those that
 * stand. Why an entry waits is kept as codes, to be written out in the reader's language.
 */
export class TakenBackMatches1764200115000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      allowJournalKinds('PAYMENT_BOOKING_REVERSED', 'PAYMENT_RETURN_REVERSED', 'PAYMENT_REJECTION_REVERSED'),
    );
    await runner.query(REASONS);
    await runner.query(MATCH);
    await runner.query(RETURN);
    await runner.query('ALTER TABLE payment_run ADD COLUMN debit_seen_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_run DROP COLUMN debit_seen_at');
    await runner.query('DROP FUNCTION withdraw_payout_returns');
    await runner.query('DROP TABLE payout_return_withdrawal');
    await runner.query('ALTER TABLE bank_match DROP COLUMN reverses_id, DROP COLUMN payout_status_before');
    await runner.query('ALTER TABLE bank_entry DROP COLUMN reasons');
  }
}

const REASONS = `
ALTER TABLE bank_entry ADD COLUMN reasons jsonb;
GRANT UPDATE (reasons) ON bank_entry TO ${serviceRole('finance')}`;

// A match that is taken back stays, with one of the opposite amount beside it: every sum over matches is right as it is.
const MATCH = `
ALTER TABLE bank_match ADD COLUMN payout_status_before text,
  ADD COLUMN reverses_id uuid CONSTRAINT uq_bank_match_reverses UNIQUE
    CONSTRAINT fk_bank_match_reverses REFERENCES bank_match (id),
  DROP CONSTRAINT ck_bank_match_amount,
  ADD CONSTRAINT ck_bank_match_amount CHECK (amount_minor <> 0 AND (amount_minor < 0) = (reverses_id IS NOT NULL)),
  ADD CONSTRAINT ck_bank_match_reversal CHECK (reverses_id IS NULL OR reason IS NOT NULL)`;

// The service deletes no return: what leaves the list of those that stand is kept in the same statement, with who did it and why.
const RETURN = `
CREATE TABLE payout_return_withdrawal (
  id uuid NOT NULL CONSTRAINT pk_payout_return_withdrawal PRIMARY KEY,
  payout_id uuid NOT NULL CONSTRAINT fk_payout_return_withdrawal_payout REFERENCES payout (id),
  kind text NOT NULL,
  amount_minor bigint NOT NULL,
  reason text,
  occurred_on date NOT NULL,
  withdrawn_by text NOT NULL,
  withdrawn_at timestamptz NOT NULL,
  withdrawal_reason text
);
CREATE INDEX ix_payout_return_withdrawal_payout ON payout_return_withdrawal (payout_id);
CREATE TRIGGER payout_return_withdrawal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payout_return_withdrawal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON payout_return_withdrawal FROM ${serviceRole('finance')};
CREATE FUNCTION withdraw_payout_returns(payouts uuid[], ids uuid[], by_whom text, at_when timestamptz, why text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH gone AS (
    DELETE FROM payout_return r USING unnest(payouts, ids) AS new (payout_id, id)
    WHERE r.payout_id = new.payout_id AND r.settled_as IS NULL RETURNING r.*, new.id AS new_id
  )
  INSERT INTO payout_return_withdrawal (id, payout_id, kind, amount_minor, reason, occurred_on, withdrawn_by, withdrawn_at,
    withdrawal_reason)
  SELECT new_id, payout_id, kind, amount_minor, reason, occurred_on, by_whom, at_when, why FROM gone
$$;
REVOKE ALL ON FUNCTION withdraw_payout_returns FROM PUBLIC;
GRANT EXECUTE ON FUNCTION withdraw_payout_returns TO ${serviceRole('finance')}`;
