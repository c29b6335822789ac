import type { MigrationInterface, QueryRunner } from 'typeorm';
import { giveCaseNumbers, type NumberedTable, takeCaseNumbers } from '#database';

const TABLES: readonly NumberedTable[] = [{ table: 'partnership', kind: 'partnership', madeAt: 'created_at' }];

/** Partnerships have a number that people can say. */
export class CaseNumbers1764100031000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await giveCaseNumbers(runner, { service: 'partnership', tables: TABLES });
  }

  async down(runner: QueryRunner): Promise<void> {
    await takeCaseNumbers(runner, TABLES);
  }
}
