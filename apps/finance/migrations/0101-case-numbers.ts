import type { MigrationInterface, QueryRunner } from 'typeorm';
import { giveCaseNumbers, type NumberedTable, takeCaseNumbers } from '#database';

const TABLES: readonly NumberedTable[] = [
  { table: 'payout', kind: 'payout', madeAt: 'created_at' },
  { table: 'payment_run', kind: 'paymentRun', madeAt: 'created_at' },
  { table: 'claim', kind: 'claim', madeAt: 'created_at' },
];

/** Payouts, payment runs and claims have a number that people can say. When a payout was planned is kept from now on: of those before, its id tells. */
export class CaseNumbers1764200101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout ADD COLUMN created_at timestamptz');
    await runner.query('UPDATE payout SET created_at = coalesce(uuid_extract_timestamp(id), now())');
    await runner.query(
      'ALTER TABLE payout ALTER COLUMN created_at SET NOT NULL, ALTER COLUMN created_at SET DEFAULT now()',
    );
    await giveCaseNumbers(runner, { service: 'finance', tables: TABLES });
  }

  async down(runner: QueryRunner): Promise<void> {
    await takeCaseNumbers(runner, TABLES);
    await runner.query('ALTER TABLE payout DROP COLUMN created_at');
  }
}
