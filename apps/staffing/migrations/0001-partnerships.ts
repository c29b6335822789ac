import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Local copies of what the partnership service publishes, and the rule that evidence does not change. */
export class Partnerships1764100001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
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
    await runner.query(`
      CREATE TABLE partnership_copy (
        id uuid NOT NULL,
        version integer NOT NULL,
        kind text NOT NULL,
        status text NOT NULL,
        CONSTRAINT pk_partnership_copy PRIMARY KEY (id)
      )`);
    await runner.query(`
      CREATE TABLE partnership_participant_copy (
        partnership_id uuid NOT NULL,
        municipality_id uuid NOT NULL,
        side text NOT NULL,
        country char(2) NOT NULL,
        CONSTRAINT pk_partnership_participant_copy PRIMARY KEY (partnership_id, municipality_id),
        CONSTRAINT fk_partnership_participant_copy_partnership FOREIGN KEY (partnership_id)
          REFERENCES partnership_copy (id) ON DELETE CASCADE,
        CONSTRAINT ck_partnership_participant_copy_side CHECK (side IN ('DE', 'PARTNER'))
      )`);
    await runner.query(`
      CREATE INDEX ix_partnership_participant_copy_municipality
        ON partnership_participant_copy (municipality_id, partnership_id)`);
    await runner.query(`
      CREATE FUNCTION refuse_evidence_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is evidence and never changes', TG_TABLE_NAME
          USING ERRCODE = '23514', CONSTRAINT = 'ck_' || TG_TABLE_NAME || '_immutable';
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION refuse_evidence_change()');
    await runner.query('DROP TABLE partnership_participant_copy, partnership_copy, municipality_copy');
  }
}
