import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An index for the order of each list that grows: a page is read from it, whatever lies before and after. */
export class ListOrders1764200095000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, on] of INDEXES) await runner.query(`CREATE INDEX ${name} ON ${on}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${INDEXES.map(([name]) => name).join(', ')}`);
  }
}

const INDEXES = [
  ['ix_claim_created_at', 'claim (created_at, id)'],
  ['ix_commitment_created_at', 'commitment (created_at, id)'],
  ['ix_drawdown_created_at', 'drawdown (created_at, id)'],
  ['ix_exchange_rate_currency', 'exchange_rate (currency, rate_on DESC, id DESC)'],
  ['ix_fund_name', 'fund (name, id)'],
  ['ix_payment_run_created_at', 'payment_run (created_at, id)'],
  ['ix_base_rate_valid_from', 'base_rate (valid_from, id)'],
] as const;
