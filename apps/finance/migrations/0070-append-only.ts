import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** What the service's role already could not change, its owner cannot either; and a part of a drawdown keeps its amount. */
const TABLES = ['assignment_change_copy', 'bank_transaction', 'commitment_rate_change'];

export class AppendOnly1764200070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      );
    }
    await runner.query(`
      REVOKE UPDATE ON drawdown_part FROM ${serviceRole('finance')};
      GRANT UPDATE (deadline_on, rule_id) ON drawdown_part TO ${serviceRole('finance')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT UPDATE ON drawdown_part TO ${serviceRole('finance')}`);
    for (const table of TABLES) await runner.query(`DROP TRIGGER ${table}_append_only ON ${table}`);
  }
}
