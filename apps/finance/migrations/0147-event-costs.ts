import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Published events, as far as an invoice may be for one. What they are called events tells. */
export class EventCosts1764200147000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE event_copy (id uuid NOT NULL CONSTRAINT pk_event_copy PRIMARY KEY)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE event_copy');
  }
}
