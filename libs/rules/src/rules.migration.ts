import type { MigrationInterface, QueryRunner } from 'typeorm';

const ROW = `
  rule_set text NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  unit text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  source text NOT NULL`;

/**
 * Dated rules: `dated_rule` is what holds on which days, made from the shipped files and from what was confirmed; `rule_proposal`
 * is what people proposed, and stays. Source: BHO 70 and 77 (more than one person).
 */
class DatedRules1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dated_rule (${ROW},
        mark text NOT NULL,
        CONSTRAINT pk_dated_rule PRIMARY KEY (rule_set, key, valid_from),
        CONSTRAINT ck_dated_rule_validity CHECK (valid_to IS NULL OR valid_from < valid_to),
        CONSTRAINT ck_dated_rule_mark CHECK (mark IN ('FOUND', 'GENERAL_KNOWLEDGE', 'PROPOSAL', 'CONFIRMED')),
        CONSTRAINT ex_dated_rule_validity EXCLUDE USING gist (rule_set WITH =, key WITH =, daterange(valid_from, valid_to) WITH &&)
      );
      CREATE TABLE rule_proposal (
        id uuid NOT NULL CONSTRAINT pk_rule_proposal PRIMARY KEY,
        version integer NOT NULL,
        status text NOT NULL,
        ${ROW},
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL,
        decided_by text,
        decided_at timestamptz,
        decision_reason text,
        CONSTRAINT ck_rule_proposal_status CHECK (status IN ('PROPOSED', 'CONFIRMED', 'REJECTED')),
        CONSTRAINT ck_rule_proposal_validity CHECK (valid_to IS NULL OR valid_from < valid_to),
        CONSTRAINT ck_rule_proposal_decided CHECK ((status = 'PROPOSED') = (decided_by IS NULL)),
        CONSTRAINT ck_rule_proposal_four_eyes CHECK (status <> 'CONFIRMED' OR decided_by <> proposed_by)
      );
      CREATE INDEX ix_rule_proposal_proposed_at ON rule_proposal (proposed_at, id);
      CREATE TABLE dated_rule_load (
        path text NOT NULL CONSTRAINT pk_dated_rule_load PRIMARY KEY,
        checksum text NOT NULL,
        loaded_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE dated_rule_load, rule_proposal, dated_rule');
  }
}

/** For each service that owns rule sets; after its own migrations. */
export const rulesMigrations = [DatedRules1764300000000];
