import type { MigrationInterface, QueryRunner } from 'typeorm';
import { giveCaseNumbers, type NumberedTable, takeCaseNumbers } from '#database';

const TABLES: readonly NumberedTable[] = [
  { table: 'expert_request', kind: 'expertRequest', madeAt: 'created_at' },
  { table: 'assignment', kind: 'assignment', madeAt: 'created_at' },
];

/** Requests and assignments have a number that people can say. */
export class CaseNumbers1764100101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await giveCaseNumbers(runner, { service: 'staffing', tables: TABLES });
  }

  async down(runner: QueryRunner): Promise<void> {
    await takeCaseNumbers(runner, TABLES);
  }
}
