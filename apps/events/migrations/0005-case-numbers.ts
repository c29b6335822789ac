import type { MigrationInterface, QueryRunner } from 'typeorm';
import { giveCaseNumbers, type NumberedTable, takeCaseNumbers } from '#database';

const TABLES: readonly NumberedTable[] = [
  { table: 'event', kind: 'event', madeAt: 'created_at' },
  { table: 'registration', kind: 'registration', madeAt: 'registered_at' },
];

/** Events and registrations have a number that people can say. When an event was drafted is kept from now on: of those before, its id tells. */
export class CaseNumbers1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event ADD COLUMN created_at timestamptz');
    await runner.query('UPDATE event SET created_at = coalesce(uuid_extract_timestamp(id), now())');
    await runner.query(
      'ALTER TABLE event ALTER COLUMN created_at SET NOT NULL, ALTER COLUMN created_at SET DEFAULT now()',
    );
    await giveCaseNumbers(runner, { service: 'events', tables: TABLES });
  }

  async down(runner: QueryRunner): Promise<void> {
    await takeCaseNumbers(runner, TABLES);
    await runner.query('ALTER TABLE event DROP COLUMN created_at');
  }
}
