import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

const UPDATE = 'UPDATE (amount_minor) ON payout_return';

/** A payment may come back in parts, and the bank may take a return back. */
export class ReturnsInParts1764200142000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT ${UPDATE} TO ${serviceRole('finance')}`);
    await runner.query(`ALTER TABLE bank_match DROP CONSTRAINT ck_bank_match_kind,
      ADD CONSTRAINT ck_bank_match_kind CHECK (kind IN ('BOOKED', 'CONFIRMED', 'RETURNED', 'RETURN_REVERSED'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`REVOKE ${UPDATE} FROM ${serviceRole('finance')}`);
    await runner.query(`ALTER TABLE bank_match DROP CONSTRAINT ck_bank_match_kind,
      ADD CONSTRAINT ck_bank_match_kind CHECK (kind IN ('BOOKED', 'CONFIRMED', 'RETURNED'))`);
  }
}
