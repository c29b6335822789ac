import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A run that was given up and that the bank has carried out all the same goes on, by the word of two persons. */
export class RunReinstatements1764200140000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PAYMENT_RUN);
    await runner.query(DEBITS_SEEN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE payment_run DROP CONSTRAINT ck_payment_run_cancelled,
      DROP COLUMN reinstatement_proposed_by, DROP COLUMN reinstatement_proposed_at, DROP COLUMN reinstatement_reason,
      DROP COLUMN reinstated_by, DROP COLUMN reinstated_at, DROP COLUMN reinstatement_confirmation,
      ADD CONSTRAINT ck_payment_run_cancelled CHECK (
        (status = 'CANCELLED') = (cancelled_by IS NOT NULL)
        AND (cancelled_by IS NULL) = (cancelled_at IS NULL) AND (cancelled_by IS NULL) = (cancellation_reason IS NULL))`);
  }
}

// Who gave it up stays to be seen.
const PAYMENT_RUN = `
ALTER TABLE payment_run
  ADD COLUMN reinstatement_proposed_by text,
  ADD COLUMN reinstatement_proposed_at timestamptz,
  ADD COLUMN reinstatement_reason text,
  ADD COLUMN reinstated_by text,
  ADD COLUMN reinstated_at timestamptz,
  ADD COLUMN reinstatement_confirmation text,
  DROP CONSTRAINT ck_payment_run_cancelled,
  ADD CONSTRAINT ck_payment_run_cancelled CHECK (
    (status = 'CANCELLED') = (cancelled_by IS NOT NULL AND reinstated_by IS NULL)
    AND (cancelled_by IS NULL) = (cancelled_at IS NULL) AND (cancelled_by IS NULL) = (cancellation_reason IS NULL)),
  ADD CONSTRAINT ck_payment_run_reinstatement CHECK (
    (reinstatement_proposed_by IS NULL) = (reinstatement_proposed_at IS NULL)
    AND (reinstatement_proposed_by IS NULL) = (reinstatement_reason IS NULL)
    AND (reinstated_by IS NULL) = (reinstated_at IS NULL) AND (reinstated_by IS NULL) = (reinstatement_confirmation IS NULL)
    AND (reinstated_by IS NULL OR reinstatement_proposed_by IS NOT NULL)),
  ADD CONSTRAINT ck_payment_run_reinstatement_four_eyes CHECK (reinstated_by <> reinstatement_proposed_by)`;

// What was seen before this version took note of it.
const DEBITS_SEEN = `
UPDATE payment_run run SET debit_seen_at = now() WHERE run.status = 'CANCELLED' AND run.debit_seen_at IS NULL AND EXISTS (
  SELECT FROM bank_entry e WHERE e.account_iban = run.account_iban AND e.direction = 'DEBIT'
    AND e.status IN ('UNMATCHED', 'PARTLY_MATCHED') AND (run.message_id = ANY (e.batch_references)
      OR EXISTS (SELECT FROM bank_transaction t WHERE t.bank_entry_id = e.id AND (run.message_id = ANY (t.batch_references)
        OR t.end_to_end_id IN (SELECT item.end_to_end_id FROM payment_run_item item WHERE item.payment_run_id = run.id)))))`;
