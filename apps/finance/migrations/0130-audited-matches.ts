import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AUDIT_ROLE } from '#database';

const READS = '(matched_minor, status) ON bank_entry';

/** The auditors' role compares an entry of the bank with what was found for it, too. */
export class AuditedMatches1764200130000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT SELECT ${READS} TO ${AUDIT_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`REVOKE SELECT ${READS} FROM ${AUDIT_ROLE}`);
  }
}
