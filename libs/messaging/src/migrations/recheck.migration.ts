import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the reconciler remembers over restarts: the comparisons of everything with what arrived, the stream as it was last seen, and
 * how far each consumer outside the platform has acknowledged.
 */
export class Recheck1700000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE recheck (
        id uuid NOT NULL CONSTRAINT pk_recheck PRIMARY KEY,
        requested_at timestamptz NOT NULL,
        requested_by text NOT NULL,
        reason text NOT NULL,
        since timestamptz,
        reached_position bigint NOT NULL,
        through_position bigint NOT NULL,
        checked int NOT NULL DEFAULT 0,
        published_again int NOT NULL DEFAULT 0,
        missing_rows int NOT NULL DEFAULT 0,
        finished_at timestamptz
      );
      CREATE UNIQUE INDEX uq_recheck_open ON recheck ((finished_at IS NULL)) WHERE finished_at IS NULL;
      CREATE INDEX ix_recheck_requested_at ON recheck (requested_at);
      CREATE TABLE stream_sighting (
        stream text NOT NULL CONSTRAINT pk_stream_sighting PRIMARY KEY,
        stream_created text NOT NULL,
        last_sequence bigint NOT NULL,
        position bigint NOT NULL
      );
      CREATE TABLE external_consumer (
        durable text NOT NULL CONSTRAINT pk_external_consumer PRIMARY KEY,
        acknowledged_position bigint NOT NULL,
        replay_after bigint
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE recheck, stream_sighting, external_consumer');
  }
}
