import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A payment run can be given up before its file went to the bank, by another person than the one who made it. */
export class PaymentRunCancellation1764200060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PAYMENT_RUN);
    await runner.query('CREATE INDEX ix_payment_run_item_payout ON payment_run_item (payout_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_payment_run_item_payout');
    await runner.query(`ALTER TABLE payment_run DROP COLUMN created_by, DROP COLUMN cancelled_by, DROP COLUMN cancelled_at,
      DROP COLUMN cancellation_reason, DROP CONSTRAINT ck_payment_run_status,
      ADD CONSTRAINT ck_payment_run_status CHECK (status IN ('CREATED', 'SENT', 'SETTLING', 'BOOKED', 'REJECTED'))`);
  }
}

// created_by may be null: the version that runs beside this step writes none. Who made the older runs stands on their payouts.
const PAYMENT_RUN = `
ALTER TABLE payment_run
  ADD COLUMN created_by text,
  ADD COLUMN cancelled_by text,
  ADD COLUMN cancelled_at timestamptz,
  ADD COLUMN cancellation_reason text,
  DROP CONSTRAINT ck_payment_run_status,
  ADD CONSTRAINT ck_payment_run_status CHECK (status IN ('CREATED', 'SENT', 'SETTLING', 'BOOKED', 'REJECTED', 'CANCELLED')),
  ADD CONSTRAINT ck_payment_run_cancelled CHECK (
    (status = 'CANCELLED') = (cancelled_by IS NOT NULL)
    AND (cancelled_by IS NULL) = (cancelled_at IS NULL) AND (cancelled_by IS NULL) = (cancellation_reason IS NULL)),
  ADD CONSTRAINT ck_payment_run_four_eyes CHECK (cancelled_by <> created_by);
UPDATE payment_run run SET created_by = (SELECT min(p.paid_by) FROM payout p WHERE p.payment_run_id = run.id)`;
