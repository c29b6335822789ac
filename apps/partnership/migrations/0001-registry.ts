import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reference data, municipalities, partnerships, eligibility evidence. */
export class Registry1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [
      FOLD,
      REFERENCE,
      REGISTER,
      MUNICIPALITY,
      PARTNERSHIP,
      PARTNERSHIP_CHECKS,
      ELIGIBILITY,
      GRANTS,
    ]) {
      await runner.query(statements);
    }
  }

  async down(): Promise<void> {
    throw new Error('the first schema is not taken back; restore a backup instead');
  }
}

// Accents and the German ae/oe/ue spellings are folded alike on both sides of a comparison, so that Tübingen, Tubingen and
// Tuebingen are one word. Immutable on purpose: the dictionary is named, so the search path cannot change the result.
const FOLD = `
  CREATE FUNCTION fold(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN replace(replace(replace(lower(extensions.unaccent('extensions.unaccent'::regdictionary, value)), 'ae', 'a'), 'oe', 'o'), 'ue', 'u');
`;

const REFERENCE = `
  CREATE TABLE reference_data_load (
    name text CONSTRAINT pk_reference_data_load PRIMARY KEY,
    checksum text NOT NULL,
    rows integer NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE country (
    code char(2) CONSTRAINT pk_country PRIMARY KEY,
    alpha3 char(3) NOT NULL CONSTRAINT uq_country_alpha3 UNIQUE,
    m49 char(3),
    name text NOT NULL,
    region text,
    subregion text,
    currencies text[] NOT NULL,
    source text NOT NULL
  );

  CREATE TABLE country_list_entry (
    list text NOT NULL CONSTRAINT ck_country_list_entry_list CHECK (list IN ('DAC', 'GERMAN_COOPERATION')),
    country_code char(2) NOT NULL CONSTRAINT fk_country_list_entry_country REFERENCES country,
    group_code text CONSTRAINT ck_country_list_entry_group CHECK (group_code IN ('LDC', 'OTHER_LIC', 'LMIC', 'UMIC')),
    valid_from date NOT NULL,
    valid_to date,
    source text NOT NULL,
    CONSTRAINT pk_country_list_entry PRIMARY KEY (list, country_code, valid_from),
    CONSTRAINT ck_country_list_entry_dac CHECK ((list = 'DAC') = (group_code IS NOT NULL)),
    CONSTRAINT ex_country_list_entry_period
      EXCLUDE USING gist (list WITH =, country_code WITH =, daterange(valid_from, valid_to) WITH &&)
  );

  CREATE TABLE crs_purpose (
    code text CONSTRAINT pk_crs_purpose PRIMARY KEY,
    name text NOT NULL,
    status text NOT NULL
  );

  CREATE TABLE sdg_goal (code text CONSTRAINT pk_sdg_goal PRIMARY KEY, position integer NOT NULL, name text NOT NULL);

  CREATE TABLE sdg_target (
    code text CONSTRAINT pk_sdg_target PRIMARY KEY,
    goal text NOT NULL CONSTRAINT fk_sdg_target_goal REFERENCES sdg_goal,
    position integer NOT NULL,
    name text NOT NULL
  );

  CREATE TABLE field_of_action (
    key text CONSTRAINT pk_field_of_action PRIMARY KEY,
    position integer NOT NULL,
    name_de text NOT NULL,
    name_en text NOT NULL,
    sdg_goals text[] NOT NULL,
    sdg_targets text[] NOT NULL,
    crs_main text NOT NULL CONSTRAINT fk_field_of_action_crs_main REFERENCES crs_purpose,
    crs_further text[] NOT NULL
  );
`;

const REGISTER = `
  CREATE TABLE register_land (key char(2) CONSTRAINT pk_register_land PRIMARY KEY, name text NOT NULL);

  CREATE TABLE register_entry (
    key text CONSTRAINT pk_register_entry PRIMARY KEY CONSTRAINT ck_register_entry_key CHECK (key ~ '^([0-9]{8}|[0-9]{5})$'),
    kind text NOT NULL
      CONSTRAINT ck_register_entry_kind CHECK (kind IN ('CITY', 'MUNICIPALITY', 'DISTRICT', 'UNINCORPORATED_AREA')),
    name text NOT NULL,
    designation text NOT NULL,
    land char(2) NOT NULL CONSTRAINT fk_register_entry_land REFERENCES register_land,
    district_key text,
    regional_key char(12) CONSTRAINT uq_register_entry_regional_key UNIQUE,
    nuts3 text,
    population integer NOT NULL CONSTRAINT ck_register_entry_population CHECK (population >= 0),
    area_km2 numeric(10, 2) NOT NULL,
    postal_code text,
    longitude double precision,
    latitude double precision,
    same_as text,
    as_of date NOT NULL,
    -- Without the designation after the comma, so that "Tübingen" is wholly like "Tübingen, Universitätsstadt".
    search_name text NOT NULL GENERATED ALWAYS AS (fold(split_part(name, ',', 1))) STORED
  );
  -- Without a pending list, which each search would read through and which makes the planner shun the index.
  CREATE INDEX ix_register_entry_search_name ON register_entry USING gin (search_name extensions.gin_trgm_ops) WITH (fastupdate = off);
`;

const MUNICIPALITY = `
  CREATE TABLE municipality (
    id uuid CONSTRAINT pk_municipality PRIMARY KEY,
    version integer NOT NULL CONSTRAINT ck_municipality_version CHECK (version > 0),
    side text NOT NULL CONSTRAINT ck_municipality_side CHECK (side IN ('DE', 'PARTNER')),
    kind text NOT NULL CONSTRAINT ck_municipality_kind CHECK (kind IN ('CITY', 'MUNICIPALITY', 'DISTRICT', 'ASSOCIATION')),
    name text NOT NULL,
    name_local text,
    name_latin text,
    country char(2) NOT NULL CONSTRAINT fk_municipality_country REFERENCES country,
    -- The side that is never typed by hand: what a German row says is what the register says.
    register_key text
      CONSTRAINT fk_municipality_register_entry REFERENCES register_entry
      CONSTRAINT uq_municipality_register_key UNIQUE,
    land char(2) CONSTRAINT fk_municipality_land REFERENCES register_land,
    designation text,
    population integer CONSTRAINT ck_municipality_population CHECK (population >= 0),
    population_on date,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    search_name text NOT NULL GENERATED ALWAYS AS
      (fold(split_part(name, ',', 1) || coalesce(' ' || name_latin, '') || coalesce(' ' || name_local, ''))) STORED,
    CONSTRAINT ck_municipality_german_register CHECK ((side = 'DE') = (register_key IS NOT NULL) AND (side = 'DE') = (country = 'DE'))
  );
  CREATE INDEX ix_municipality_search_name ON municipality USING gin (search_name extensions.gin_trgm_ops) WITH (fastupdate = off);
  CREATE INDEX ix_municipality_name ON municipality (name, id);
  CREATE INDEX ix_municipality_country ON municipality (country);

  CREATE TABLE municipality_identifier (
    municipality_id uuid NOT NULL CONSTRAINT fk_municipality_identifier_municipality REFERENCES municipality,
    scheme text NOT NULL,
    value text NOT NULL,
    valid_from date,
    valid_to date,
    CONSTRAINT ck_municipality_identifier_form CHECK (CASE scheme
      WHEN 'org:de:ags' THEN value ~ '^[0-9]{8}$'
      WHEN 'org:de:ars' THEN value ~ '^[0-9]{12}$'
      WHEN 'org:de:kreis' THEN value ~ '^[0-9]{5}$'
      WHEN 'geonames' THEN value ~ '^[1-9][0-9]{0,9}$'
      WHEN 'un:locode' THEN value ~ '^[A-Z]{2}[A-Z2-9]{3}$'
      WHEN 'wikidata' THEN value ~ '^Q[1-9][0-9]{0,11}$'
      ELSE false END),
    -- One body per identifier and day; the same key may be given anew after a territorial reform.
    CONSTRAINT ex_municipality_identifier
      EXCLUDE USING gist (scheme WITH =, value WITH =, daterange(valid_from, valid_to) WITH &&)
  );
  CREATE INDEX ix_municipality_identifier_municipality ON municipality_identifier (municipality_id);
`;

const PARTNERSHIP = `
  CREATE TABLE partnership (
    id uuid CONSTRAINT pk_partnership PRIMARY KEY,
    version integer NOT NULL CONSTRAINT ck_partnership_version CHECK (version > 0),
    kind text NOT NULL
      CONSTRAINT ck_partnership_kind CHECK (kind IN ('PARTNERSHIP', 'FRIENDSHIP', 'CONTACT', 'PROJECT_PARTNERSHIP')),
    status text NOT NULL CONSTRAINT ck_partnership_status CHECK (status IN ('PROPOSED', 'ACTIVE', 'DORMANT', 'ENDED')),
    status_since date NOT NULL,
    languages text[] NOT NULL,
    period_from date,
    period_to date,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT ck_partnership_period CHECK (period_to IS NULL OR period_from < period_to),
    CONSTRAINT ck_partnership_project_end CHECK (kind <> 'PROJECT_PARTNERSHIP' OR period_to IS NOT NULL)
  );
  CREATE INDEX ix_partnership_created_at ON partnership (created_at, id);
  CREATE INDEX ix_partnership_status ON partnership (status, created_at);

  CREATE TABLE partnership_participant (
    partnership_id uuid NOT NULL CONSTRAINT fk_partnership_participant_partnership REFERENCES partnership,
    municipality_id uuid NOT NULL CONSTRAINT fk_partnership_participant_municipality REFERENCES municipality,
    position integer NOT NULL,
    CONSTRAINT pk_partnership_participant PRIMARY KEY (partnership_id, municipality_id)
  );
  CREATE INDEX ix_partnership_participant_municipality ON partnership_participant (municipality_id, partnership_id);

  CREATE TABLE partnership_field (
    partnership_id uuid NOT NULL CONSTRAINT fk_partnership_field_partnership REFERENCES partnership,
    field_key text NOT NULL CONSTRAINT fk_partnership_field_field_of_action REFERENCES field_of_action,
    percent integer NOT NULL CONSTRAINT ck_partnership_field_percent CHECK (percent BETWEEN 1 AND 100),
    position integer NOT NULL,
    CONSTRAINT pk_partnership_field PRIMARY KEY (partnership_id, field_key)
  );
  CREATE INDEX ix_partnership_field_field ON partnership_field (field_key, partnership_id);

  CREATE TABLE partnership_status_change (
    partnership_id uuid NOT NULL CONSTRAINT fk_partnership_status_change_partnership REFERENCES partnership,
    sequence integer NOT NULL,
    status text NOT NULL
      CONSTRAINT ck_partnership_status_change_status CHECK (status IN ('PROPOSED', 'ACTIVE', 'DORMANT', 'ENDED')),
    effective_on date NOT NULL,
    note text,
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT pk_partnership_status_change PRIMARY KEY (partnership_id, sequence)
  );

  CREATE TABLE agreement (
    id uuid CONSTRAINT pk_agreement PRIMARY KEY,
    version integer NOT NULL,
    partnership_id uuid NOT NULL CONSTRAINT fk_agreement_partnership REFERENCES partnership,
    kind text NOT NULL CONSTRAINT ck_agreement_kind CHECK
      (kind IN ('CHARTER', 'FRIENDSHIP_AGREEMENT', 'PROJECT_AGREEMENT', 'MEMORANDUM_OF_UNDERSTANDING', 'COUNCIL_RESOLUTION')),
    signed_on date NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    document_sha256 char(64) NOT NULL CONSTRAINT ck_agreement_document CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    reference text,
    recorded_by text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT ck_agreement_period CHECK (signed_on <= valid_from AND (valid_to IS NULL OR valid_from < valid_to)),
    CONSTRAINT uq_agreement_document UNIQUE (partnership_id, document_sha256)
  );
  CREATE INDEX ix_agreement_partnership ON agreement (partnership_id, signed_on, id);
`;

// refuse_change() comes with messaging's migration. Deferred to the commit: participants and fields are written row by row, the whole must be right at the end.
const PARTNERSHIP_CHECKS = `
  CREATE FUNCTION check_partnership_whole() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    checked uuid := CASE WHEN TG_OP = 'DELETE' THEN old.partnership_id ELSE new.partnership_id END;
    total integer;
    sides integer;
  BEGIN
    SELECT coalesce(sum(percent), 0) INTO total FROM partnership_field WHERE partnership_id = checked;
    IF total <> 100 THEN
      RAISE EXCEPTION 'the fields of action of partnership % add up to %', checked, total
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_partnership_field_total';
    END IF;
    SELECT count(DISTINCT m.side) INTO sides
      FROM partnership_participant p JOIN municipality m ON m.id = p.municipality_id WHERE p.partnership_id = checked;
    IF sides <> 2 THEN
      RAISE EXCEPTION 'partnership % lacks one side', checked
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_partnership_participant_sides';
    END IF;
    RETURN NULL;
  END $$;

  CREATE CONSTRAINT TRIGGER tr_partnership_participant_whole AFTER INSERT OR UPDATE OR DELETE ON partnership_participant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_partnership_whole();
  CREATE CONSTRAINT TRIGGER tr_partnership_field_whole AFTER INSERT OR UPDATE OR DELETE ON partnership_field
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_partnership_whole();
  CREATE TRIGGER tr_partnership_status_change_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON partnership_status_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER tr_agreement_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON agreement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const ELIGIBILITY = `
  CREATE TABLE eligibility_rule_set (
    key text NOT NULL,
    version integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    source text NOT NULL,
    rules jsonb NOT NULL,
    CONSTRAINT pk_eligibility_rule_set PRIMARY KEY (key, version),
    CONSTRAINT ex_eligibility_rule_set_period EXCLUDE USING gist (daterange(valid_from, valid_to) WITH &&)
  );

  CREATE TABLE eligibility_evaluation (
    id uuid CONSTRAINT pk_eligibility_evaluation PRIMARY KEY,
    version integer NOT NULL,
    partnership_id uuid NOT NULL CONSTRAINT fk_eligibility_evaluation_partnership REFERENCES partnership,
    partnership_version integer NOT NULL,
    evaluated_for date NOT NULL,
    is_eligible boolean NOT NULL,
    -- Copies, not references: the evidence stays what it was when the rules change. json, not jsonb: to the letter.
    rule_set json NOT NULL,
    outcomes json NOT NULL,
    evaluated_by text NOT NULL,
    evaluated_at timestamptz NOT NULL
  );
  CREATE INDEX ix_eligibility_evaluation_partnership ON eligibility_evaluation (partnership_id, evaluated_at);
  CREATE TRIGGER tr_eligibility_evaluation_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON eligibility_evaluation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

// The service reads reference data and writes evidence; it changes neither. The migration step, as owner, loads new editions.
const GRANTS = `
  REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON reference_data_load, country, country_list_entry, crs_purpose, sdg_goal, sdg_target,
    field_of_action, register_land, register_entry, eligibility_rule_set FROM svc_partnership;
  REVOKE UPDATE, DELETE, TRUNCATE ON partnership_status_change, agreement, eligibility_evaluation FROM svc_partnership;
  REVOKE DELETE, TRUNCATE ON municipality, municipality_identifier, partnership, partnership_participant, partnership_field
    FROM svc_partnership;
`;
