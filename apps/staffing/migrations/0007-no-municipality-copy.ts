import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The participants of a partnership come with its own message, so nothing read this copy. */
export class NoMunicipalityCopy1764100007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE municipality_copy');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE municipality_copy (
        id uuid NOT NULL,
        version integer NOT NULL,
        name text NOT NULL,
        country char(2) NOT NULL,
        side text NOT NULL,
        CONSTRAINT pk_municipality_copy PRIMARY KEY (id),
        CONSTRAINT ck_municipality_copy_side CHECK (side IN ('DE', 'PARTNER'))
      )`);
  }
}
