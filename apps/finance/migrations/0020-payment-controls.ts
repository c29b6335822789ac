import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Controls before a payment: order bound to its content, second signature, holds with their history, duplicates. */
export class PaymentControls1764200020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PAYOUT);
    await runner.query(PAYOUT_CONSTRAINTS);
    await runner.query(BOUND_ORDER);
    await runner.query(HOLDS);
    await runner.query(VOIDED_ORDER);
    await runner.query(JOURNAL_KIND);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payout_voided_order, payout_block, payee_hold');
    await runner.query('DROP TRIGGER payout_order_bound ON payout');
    await runner.query('DROP FUNCTION refuse_change_under_order()');
    await runner.query(`ALTER TABLE payout DROP CONSTRAINT ck_payout_second_order, DROP CONSTRAINT ck_payout_release,
      DROP COLUMN reference, DROP COLUMN resume_status, DROP COLUMN second_ordered_by, DROP COLUMN second_ordered_at,
      DROP COLUMN order_signatures, DROP COLUMN order_number, DROP COLUMN order_hash, DROP COLUMN released_by`);
  }
}

const PAYOUT = `
ALTER TABLE payout
  ADD COLUMN reference text,
  ADD COLUMN resume_status text,
  ADD COLUMN second_ordered_by text,
  ADD COLUMN second_ordered_at timestamptz,
  ADD COLUMN order_signatures int NOT NULL DEFAULT 1 CONSTRAINT ck_payout_order_signatures CHECK (order_signatures IN (1, 2)),
  ADD COLUMN order_number int NOT NULL DEFAULT 0,
  ADD COLUMN order_hash text,
  ADD COLUMN released_by text;
UPDATE payout SET reference = commitment_id || '/' || instalment;
UPDATE payout SET order_number = 1, order_hash = '' WHERE ordered_by IS NOT NULL;
ALTER TABLE payout ALTER COLUMN reference SET NOT NULL;
CREATE INDEX ix_payout_duplicate ON payout (payee_id, amount_minor, reference);
CREATE INDEX ix_payout_payee ON payout (payee_id, status)`;

/**
 * Acts by different people, whoever writes: the second signature and the release of a block count as acts, too. A held payout
 * keeps its acts and remembers where it goes on.
 */
const PAYOUT_CONSTRAINTS = `
ALTER TABLE payout
  DROP CONSTRAINT ck_payout_blocked,
  ADD CONSTRAINT ck_payout_blocked CHECK (blocked IN ('PAYEE_MISSING', 'REPORT_MISSING', 'BANK_DETAILS_CHANGED',
    'SCREENING_MISSING', 'SANCTIONED', 'DUPLICATE_SUSPECTED', 'MANUAL')),
  ADD CONSTRAINT ck_payout_hold CHECK (resume_status IS NULL OR (status = 'BLOCKED'
    AND resume_status IN ('PLANNED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED', 'ORDERED', 'IN_RUN'))),
  ADD CONSTRAINT ck_payout_second_order CHECK (
    second_ordered_by <> ordered_by AND second_ordered_by <> factually_checked_by
    AND second_ordered_by <> arithmetically_checked_by AND second_ordered_by <> paid_by AND second_ordered_by <> booked_by),
  ADD CONSTRAINT ck_payout_release CHECK (
    released_by <> factually_checked_by AND released_by <> arithmetically_checked_by AND released_by <> ordered_by
    AND released_by <> second_ordered_by AND released_by <> paid_by),
  ADD CONSTRAINT ck_payout_signed CHECK (
    (ordered_by IS NULL AND order_hash IS NULL AND second_ordered_by IS NULL) OR (ordered_by IS NOT NULL AND order_hash IS NOT NULL)),
  DROP CONSTRAINT ck_payout_acts,
  ADD CONSTRAINT ck_payout_acts CHECK (CASE coalesce(resume_status, status)
    WHEN 'PLANNED' THEN ordered_by IS NULL
    WHEN 'DUE' THEN ordered_by IS NULL
    WHEN 'BLOCKED' THEN ordered_by IS NULL
    WHEN 'CANCELLED' THEN ordered_by IS NULL
    WHEN 'FACTUALLY_CHECKED' THEN factually_checked_by IS NOT NULL AND ordered_by IS NULL
    WHEN 'ARITHMETICALLY_CHECKED' THEN factually_checked_by IS NOT NULL AND arithmetically_checked_by IS NOT NULL
    ELSE factually_checked_by IS NOT NULL AND arithmetically_checked_by IS NOT NULL AND ordered_by IS NOT NULL
      AND (order_signatures = 1 OR second_ordered_by IS NOT NULL)
      AND (coalesce(resume_status, status) = 'ORDERED' OR (paid_by IS NOT NULL AND payee_id IS NOT NULL)) END)`;

/** What was ordered stays as it was ordered: it changes only when the order is voided in the same statement. */
const BOUND_ORDER = `
CREATE FUNCTION refuse_change_under_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'payout % is ordered: what the order binds cannot change', OLD.id
    USING ERRCODE = '23514', CONSTRAINT = 'ck_payout_order_bound';
END $$;
CREATE TRIGGER payout_order_bound BEFORE UPDATE ON payout FOR EACH ROW
  WHEN (OLD.ordered_by IS NOT NULL AND NEW.ordered_by IS NOT NULL
    AND (OLD.payee_id, OLD.amount_minor, OLD.currency, OLD.reference, OLD.order_hash, OLD.order_signatures)
      IS DISTINCT FROM (NEW.payee_id, NEW.amount_minor, NEW.currency, NEW.reference, NEW.order_hash, NEW.order_signatures))
  EXECUTE FUNCTION refuse_change_under_order()`;

const HOLDS = `
CREATE TABLE payee_hold (
  payee_id uuid NOT NULL CONSTRAINT fk_payee_hold_payee REFERENCES payee (id),
  reason text NOT NULL CONSTRAINT ck_payee_hold_reason CHECK (reason IN ('BANK_DETAILS_CHANGED', 'SCREENING_MISSING', 'SANCTIONED')),
  since timestamptz NOT NULL,
  CONSTRAINT pk_payee_hold PRIMARY KEY (payee_id, reason)
);
CREATE TABLE payout_block (
  id uuid NOT NULL CONSTRAINT pk_payout_block PRIMARY KEY,
  payout_id uuid NOT NULL CONSTRAINT fk_payout_block_payout REFERENCES payout (id),
  reason text NOT NULL CONSTRAINT ck_payout_block_reason CHECK (reason IN
    ('BANK_DETAILS_CHANGED', 'SCREENING_MISSING', 'SANCTIONED', 'DUPLICATE_SUSPECTED', 'MANUAL')),
  note text,
  blocked_by text NOT NULL,
  blocked_at timestamptz NOT NULL,
  released_by text,
  released_at timestamptz,
  release_note text,
  CONSTRAINT ck_payout_block_released CHECK ((released_by IS NULL) = (released_at IS NULL)),
  CONSTRAINT ck_payout_block_four_eyes CHECK (reason <> 'MANUAL' OR released_by <> blocked_by),
  CONSTRAINT ck_payout_block_note CHECK (reason <> 'MANUAL' OR note IS NOT NULL)
);
CREATE UNIQUE INDEX uq_payout_block_open ON payout_block (payout_id, reason) WHERE released_at IS NULL;
CREATE INDEX ix_payout_block_payout ON payout_block (payout_id, blocked_at, id);
REVOKE UPDATE, DELETE, TRUNCATE ON payout_block FROM ${serviceRole('finance')};
GRANT UPDATE (released_by, released_at, release_note) ON payout_block TO ${serviceRole('finance')}`;

/** Who had ordered what, when an order is voided and the payout is free to be ordered again. */
const VOIDED_ORDER = `
CREATE TABLE payout_voided_order (
  payout_id uuid NOT NULL CONSTRAINT fk_payout_voided_order_payout REFERENCES payout (id),
  order_number int NOT NULL,
  ordered_by text NOT NULL,
  ordered_at timestamptz NOT NULL,
  second_ordered_by text,
  second_ordered_at timestamptz,
  order_hash text NOT NULL,
  reason text NOT NULL,
  voided_by text NOT NULL,
  voided_at timestamptz NOT NULL,
  CONSTRAINT pk_payout_voided_order PRIMARY KEY (payout_id, order_number)
);
CREATE TRIGGER payout_voided_order_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payout_voided_order
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON payout_voided_order FROM ${serviceRole('finance')}`;

/** Adds to the kinds that are there, whichever those are. */
const JOURNAL_KIND = `
DO $$
DECLARE definition text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
  WHERE conname = 'ck_journal_entry_kind' AND conrelid = 'journal_entry'::regclass);
BEGIN
  ALTER TABLE journal_entry DROP CONSTRAINT ck_journal_entry_kind;
  EXECUTE 'ALTER TABLE journal_entry ADD CONSTRAINT ck_journal_entry_kind '
    || replace(definition, 'ARRAY[', 'ARRAY[''PAYOUT_ORDER_VOIDED''::text, ''PAYOUT_CANCELLED''::text, ');
END $$`;
