import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The orders of the account changes and returned payments of all payees: work lists of the bank's pages. */
export class WorkLists1764200102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX ix_bank_account_change_proposed ON bank_account_change (proposed_at DESC, id DESC)',
    );
    await runner.query('CREATE INDEX ix_payout_return_occurred ON payout_return (occurred_on, payout_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_payout_return_occurred');
    await runner.query('DROP INDEX ix_bank_account_change_proposed');
  }
}
