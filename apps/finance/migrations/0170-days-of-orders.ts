import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an order was about that was voided, and when a run went to the bank: with both a former day can be told as it was. */
export class DaysOfOrders1764200170000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_run ADD COLUMN sent_at timestamptz');
    await runner.query(VOIDED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout_voided_order DROP COLUMN amount_minor');
    await runner.query('ALTER TABLE payment_run DROP COLUMN sent_at');
  }
}

// Null: not all had signed, so nothing was payable. The journal tells the amounts of the earlier ones.
const VOIDED = `
ALTER TABLE payout_voided_order ADD COLUMN amount_minor bigint;
ALTER TABLE payout_voided_order DISABLE TRIGGER payout_voided_order_append_only;
UPDATE payout_voided_order v SET amount_minor = (
  SELECT sum(line.amount_minor) FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
  WHERE entry.kind = 'PAYOUT_ORDER_VOIDED' AND line.stage = 'committed'
    AND entry.reference = CASE WHEN v.order_number = 1 THEN v.payout_id::text ELSE v.payout_id || '/' || v.order_number END);
ALTER TABLE payout_voided_order ENABLE TRIGGER payout_voided_order_append_only`;
