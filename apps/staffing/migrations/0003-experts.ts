import type { MigrationInterface, QueryRunner } from 'typeorm';

const EU = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'; // since the United Kingdom left
const EFTA = 'CH IS LI NO';

export class Experts1764100003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE expert (
        id uuid NOT NULL,
        version integer NOT NULL,
        languages jsonb NOT NULL,
        fields_of_action text[] NOT NULL,
        qualifications text[] NOT NULL,
        citizenships text[] NOT NULL,
        residence_country char(2) NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_expert PRIMARY KEY (id),
        CONSTRAINT ck_expert_citizenships CHECK (cardinality(citizenships) >= 1)
      )`);
    await runner.query('CREATE INDEX ix_expert_created_at ON expert (created_at, id)');
    await runner.query('CREATE INDEX ix_expert_fields_of_action ON expert USING gin (fields_of_action)');
    // Apart from the case, so that erasure deletes a row here and leaves the case, its money and its history whole.
    await runner.query(`
      CREATE TABLE expert_person (
        expert_id uuid NOT NULL,
        given_names text NOT NULL,
        family_name text NOT NULL,
        birth_date date NOT NULL,
        email text NOT NULL,
        CONSTRAINT pk_expert_person PRIMARY KEY (expert_id),
        CONSTRAINT fk_expert_person_expert FOREIGN KEY (expert_id) REFERENCES expert (id)
      )`);
    await this.instrumentRules(runner);
    await this.countryGroups(runner);
  }

  private async instrumentRules(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE instrument_rule (
        instrument text NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        months_min integer NOT NULL,
        months_max integer NOT NULL,
        age_min integer,
        citizenship_groups text[] NOT NULL,
        is_local boolean NOT NULL,
        source text NOT NULL,
        CONSTRAINT pk_instrument_rule PRIMARY KEY (instrument, valid_from),
        CONSTRAINT ck_instrument_rule_instrument CHECK (
          instrument IN ('INTEGRATED_EXPERT', 'DEVELOPMENT_WORKER', 'LOCAL_EXPERT')),
        CONSTRAINT ck_instrument_rule_months CHECK (0 < months_min AND months_min <= months_max),
        CONSTRAINT ck_instrument_rule_validity CHECK (valid_to IS NULL OR valid_from < valid_to),
        CONSTRAINT ex_instrument_rule_validity EXCLUDE USING gist (instrument WITH =, daterange(valid_from, valid_to) WITH &&)
      )`);
    await runner.query(`
      INSERT INTO instrument_rule
        (instrument, valid_from, months_min, months_max, age_min, citizenship_groups, is_local, source)
      VALUES
        ('INTEGRATED_EXPERT', '2019-01-01', 24, 48, NULL, '{EU,EFTA}', false,
         'CIM FAQ: EU/EFTA citizens; CIM: at least two years; FKPW 2019: two to four years (docs/domain.md#instruments)'),
        ('DEVELOPMENT_WORKER', '2019-01-01', 12, 48, 18, '{EU}', false,
         'EhfG § 1(1): 18 years, German or EU citizen, one uninterrupted year; FKPW 2019: up to four years (docs/domain.md#instruments)'),
        ('LOCAL_EXPERT', '2019-01-01', 1, 24, NULL, '{}', true,
         'National or resident of the partner country; up to 24 months, general knowledge (docs/domain.md#instruments)')`);
  }

  private async countryGroups(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE country_group_member (
        country_group text NOT NULL,
        country char(2) NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        source text NOT NULL,
        CONSTRAINT pk_country_group_member PRIMARY KEY (country_group, country, valid_from),
        CONSTRAINT ck_country_group_member_group CHECK (country_group IN ('EU', 'EFTA')),
        CONSTRAINT ck_country_group_member_validity CHECK (valid_to IS NULL OR valid_from < valid_to)
      )`);
    await runner.query(
      `INSERT INTO country_group_member (country_group, country, valid_from, source)
       SELECT 'EU', unnest(string_to_array($1, ' ')), date '2020-02-01', 'TEU; 27 member states since 1 February 2020'
       UNION ALL
       SELECT 'EFTA', unnest(string_to_array($2, ' ')), date '1995-01-01', 'EFTA Convention; four member states since 1995'`,
      [EU, EFTA],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE country_group_member, instrument_rule, expert_person, expert');
  }
}
