import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The day that a payment run was asked for, where the banks do not work on it. */
export class RequestedExecutionDays1764200125000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_run ADD COLUMN requested_on date');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_run DROP COLUMN requested_on');
  }
}
