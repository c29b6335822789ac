import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Who cancelled which payout and why: evidence, and what a plan made anew must not bring back. */
export class CancelledInstalments1764200080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CANCELLATION);
    await runner.query(EARLIER_ONES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payout_cancellation');
  }
}

const CANCELLATION = `
CREATE TABLE payout_cancellation (
  payout_id uuid NOT NULL CONSTRAINT pk_payout_cancellation PRIMARY KEY
    CONSTRAINT fk_payout_cancellation_payout REFERENCES payout (id),
  reason text NOT NULL CONSTRAINT ck_payout_cancellation_reason CHECK (reason <> ''),
  cancelled_by text NOT NULL,
  cancelled_at timestamptz NOT NULL
);
CREATE TRIGGER payout_cancellation_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payout_cancellation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON payout_cancellation FROM ${serviceRole('finance')}`;

/** The journal tells which payouts persons cancelled before; those of a plan made anew have no entry of their own. */
const EARLIER_ONES = `
INSERT INTO payout_cancellation (payout_id, reason, cancelled_by, cancelled_at)
SELECT p.id, 'cancelled before reasons were kept', 'unknown', e.booked_at
FROM journal_entry e JOIN payout p ON p.id::text = e.reference AND p.fund_id = e.fund_id
WHERE e.kind = 'PAYOUT_CANCELLED'`;
