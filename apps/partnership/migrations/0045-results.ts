import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Results of partnerships, projects and assignments: indicators, periods, targets and observations with all their versions. */
export class Results1764100045000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [RESULT, PARTS, FIGURE, SEPARATION, GRANTS]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE result_figure, result_period, result_indicator, result_origin, result;
      DROP FUNCTION refuse_unlawful_figure(), refuse_own_lock();
    `);
  }
}

const RESULT = `
  CREATE TABLE result (
    id uuid CONSTRAINT pk_result PRIMARY KEY,
    version integer NOT NULL CONSTRAINT ck_result_version CHECK (version > 0),
    type text NOT NULL CONSTRAINT ck_result_type CHECK (type IN ('OUTPUT', 'OUTCOME', 'IMPACT')),
    title json NOT NULL,
    description text NOT NULL,
    status text NOT NULL CONSTRAINT ck_result_status CHECK (status IN ('CURRENT', 'WITHDRAWN')),
    status_reason text,
    author text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT ck_result_reason CHECK ((status = 'WITHDRAWN') = (status_reason IS NOT NULL))
  );
  CREATE INDEX ix_result_created_at ON result (created_at, id);
  CREATE INDEX ix_result_updated_at ON result (updated_at, id);

  CREATE TABLE result_origin (
    result_id uuid NOT NULL CONSTRAINT fk_result_origin_result REFERENCES result,
    partnership_id uuid NOT NULL CONSTRAINT fk_result_origin_partnership REFERENCES partnership,
    project_id uuid CONSTRAINT fk_result_origin_project REFERENCES project,
    assignment_id uuid,
    CONSTRAINT uq_result_origin UNIQUE NULLS NOT DISTINCT (result_id, partnership_id, project_id, assignment_id)
  );
  CREATE INDEX ix_result_origin_partnership ON result_origin (partnership_id, result_id);
  CREATE INDEX ix_result_origin_project ON result_origin (project_id) WHERE project_id IS NOT NULL;
  CREATE INDEX ix_result_origin_assignment ON result_origin (assignment_id) WHERE assignment_id IS NOT NULL;
`;

const VALUE = (name: string) => `
    number numeric CONSTRAINT ck_${name}_number CHECK (number >= 0),
    numerator numeric CONSTRAINT ck_${name}_numerator CHECK (numerator >= 0),
    denominator numeric CONSTRAINT ck_${name}_denominator CHECK (denominator > 0),
    is_met boolean,
    text text,
    CONSTRAINT ck_${name}_percentage CHECK ((numerator IS NULL) = (denominator IS NULL)),
    CONSTRAINT ck_${name}_value CHECK (num_nonnulls(number, numerator, is_met, text)`;

const PARTS = `
  CREATE TABLE result_indicator (
    id uuid CONSTRAINT pk_result_indicator PRIMARY KEY,
    version integer NOT NULL,
    result_id uuid NOT NULL CONSTRAINT fk_result_indicator_result REFERENCES result,
    title json NOT NULL,
    kind text NOT NULL CONSTRAINT ck_result_indicator_kind CHECK (kind IN ('NUMBER', 'PERCENTAGE', 'YES_NO', 'TEXT')),
    standard text,
    unit text,
    arithmetic text CONSTRAINT ck_result_indicator_arithmetic CHECK (arithmetic IN ('CUMULATIVE', 'PER_PERIOD')),
    is_ascending boolean NOT NULL,
    sdg_targets text[] NOT NULL,
    disaggregations json NOT NULL,
    -- The baseline; without a year it was said that there is none.
    baseline_year integer,
    created_at timestamptz NOT NULL,${VALUE('result_indicator')} = (baseline_year IS NOT NULL)::int),
    CONSTRAINT ck_result_indicator_unit CHECK (kind <> 'NUMBER' OR unit IS NOT NULL),
    CONSTRAINT ck_result_indicator_counted CHECK ((kind IN ('NUMBER', 'PERCENTAGE')) = (arithmetic IS NOT NULL))
  );
  CREATE INDEX ix_result_indicator_result ON result_indicator (result_id, created_at, id);
  CREATE INDEX ix_result_indicator_created_at ON result_indicator (created_at, id);

  CREATE TABLE result_period (
    id uuid CONSTRAINT pk_result_period PRIMARY KEY,
    version integer NOT NULL,
    result_id uuid NOT NULL CONSTRAINT fk_result_period_result REFERENCES result,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    locked_by text,
    locked_at timestamptz,
    CONSTRAINT ck_result_period_days CHECK (starts_on < ends_on),
    CONSTRAINT ck_result_period_lock CHECK ((locked_by IS NULL) = (locked_at IS NULL)),
    CONSTRAINT ex_result_period EXCLUDE USING gist (result_id WITH =, daterange(starts_on, ends_on) WITH &&)
  );
`;

// Every version of a figure is a row; the one with the highest revision counts.
const FIGURE = `
  CREATE TABLE result_figure (
    id uuid CONSTRAINT pk_result_figure PRIMARY KEY,
    result_id uuid NOT NULL CONSTRAINT fk_result_figure_result REFERENCES result,
    indicator_id uuid NOT NULL CONSTRAINT fk_result_figure_indicator REFERENCES result_indicator,
    period_id uuid NOT NULL CONSTRAINT fk_result_figure_period REFERENCES result_period,
    kind text NOT NULL CONSTRAINT ck_result_figure_kind CHECK (kind IN ('TARGET', 'ACTUAL')),
    revision integer NOT NULL CONSTRAINT ck_result_figure_revision CHECK (revision > 0),
    parts json NOT NULL,
    source text,
    comment text,
    reason text,
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,${VALUE('result_figure')} = 1),
    CONSTRAINT uq_result_figure_revision UNIQUE (indicator_id, period_id, kind, revision),
    CONSTRAINT ck_result_figure_source CHECK (kind = 'TARGET' OR source IS NOT NULL)
  );
  CREATE INDEX ix_result_figure_result ON result_figure (result_id, recorded_at, id);
  CREATE TRIGGER tr_result_figure_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON result_figure
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

// What a second pair of eyes is for must not depend on the service alone.
const SEPARATION = `
  CREATE FUNCTION refuse_unlawful_figure() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM result_period WHERE id = NEW.period_id AND locked_at IS NOT NULL) <> (NEW.reason IS NOT NULL) THEN
      RAISE EXCEPTION 'a figure of a locked period changes by a correction with its reason, and no other does'
        USING ERRCODE = '23514', CONSTRAINT = 'ck_result_figure_lock';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER tr_result_figure_lock BEFORE INSERT ON result_figure FOR EACH ROW EXECUTE FUNCTION refuse_unlawful_figure();

  CREATE FUNCTION refuse_own_lock() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.locked_at IS NOT NULL THEN
      RAISE EXCEPTION 'a locked period stays locked' USING ERRCODE = '23514', CONSTRAINT = 'ck_result_period_locked';
    END IF;
    IF EXISTS (SELECT FROM result_figure WHERE period_id = NEW.id AND recorded_by = NEW.locked_by) THEN
      RAISE EXCEPTION 'who recorded a figure does not lock its period' USING ERRCODE = '23514', CONSTRAINT = 'ck_result_period_separation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER tr_result_period_separation BEFORE UPDATE ON result_period FOR EACH ROW EXECUTE FUNCTION refuse_own_lock();
`;

const GRANTS = `
  REVOKE UPDATE, DELETE, TRUNCATE ON result_figure FROM svc_partnership;
  REVOKE DELETE, TRUNCATE ON result, result_indicator, result_period FROM svc_partnership;
  REVOKE UPDATE, TRUNCATE ON result_origin FROM svc_partnership;
`;
