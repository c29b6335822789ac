import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of municipalities: corrections and identifiers with their reason, successions, associations. */
export class Successions1764100044000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [MUNICIPALITY, SUCCESSION]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE municipality_change;
      DROP FUNCTION municipality_line(uuid);
      DROP TABLE municipality_succession_heir, municipality_succession;
      ALTER TABLE municipality DROP COLUMN ended_on;
    `);
  }
}

const MUNICIPALITY = `
  ALTER TABLE municipality ADD COLUMN ended_on date;
  -- An association (Kommunalverband) stands in no register of municipalities.
  ALTER TABLE municipality DROP CONSTRAINT ck_municipality_german_register,
    ADD CONSTRAINT ck_municipality_german_register CHECK ((side = 'DE') = (country = 'DE')
      AND (register_key IS NOT NULL) = (side = 'DE' AND kind <> 'ASSOCIATION'));

  CREATE TABLE municipality_change (
    municipality_id uuid NOT NULL CONSTRAINT fk_municipality_change_municipality REFERENCES municipality,
    sequence integer NOT NULL,
    kind text NOT NULL CONSTRAINT ck_municipality_change_kind CHECK
      (kind IN ('ASSOCIATION_RECORDED', 'DUPLICATE_OVERRIDDEN', 'CORRECTED', 'IDENTIFIER_ADDED', 'IDENTIFIER_ENDED', 'SUCCEEDED')),
    reason text NOT NULL,
    before json,
    after json,
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT pk_municipality_change PRIMARY KEY (municipality_id, sequence)
  );
  CREATE TRIGGER tr_municipality_change_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON municipality_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  REVOKE UPDATE, DELETE, TRUNCATE ON municipality_change FROM svc_partnership;
  -- Two municipalities that became one may both take part in a partnership: one row of the two goes.
  GRANT DELETE ON partnership_participant TO svc_partnership;
`;

const SUCCESSION = `
  CREATE TABLE municipality_succession (
    id uuid CONSTRAINT pk_municipality_succession PRIMARY KEY,
    municipality_id uuid NOT NULL CONSTRAINT fk_municipality_succession_municipality REFERENCES municipality,
    kind text NOT NULL CONSTRAINT ck_municipality_succession_kind CHECK
      (kind IN ('MERGER', 'SPLIT', 'RENAMING', 'RENUMBERING', 'DISTRICT_CHANGE')),
    effective_on date NOT NULL,
    reason text NOT NULL,
    name_before text NOT NULL,
    name_after text NOT NULL,
    key_before text,
    key_after text,
    declared_by text NOT NULL,
    declared_at timestamptz NOT NULL
  );
  CREATE INDEX ix_municipality_succession_municipality ON municipality_succession (municipality_id, effective_on, id);

  CREATE TABLE municipality_succession_heir (
    succession_id uuid NOT NULL CONSTRAINT fk_municipality_succession_heir_succession REFERENCES municipality_succession,
    predecessor_id uuid NOT NULL CONSTRAINT fk_municipality_succession_heir_predecessor REFERENCES municipality,
    successor_id uuid NOT NULL CONSTRAINT fk_municipality_succession_heir_successor REFERENCES municipality,
    position integer NOT NULL,
    CONSTRAINT pk_municipality_succession_heir PRIMARY KEY (succession_id, successor_id),
    CONSTRAINT ck_municipality_succession_heir_other CHECK (predecessor_id <> successor_id)
  );
  CREATE INDEX ix_municipality_succession_heir_predecessor ON municipality_succession_heir (predecessor_id);
  CREATE INDEX ix_municipality_succession_heir_successor ON municipality_succession_heir (successor_id);
  CREATE TRIGGER tr_municipality_succession_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON municipality_succession
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER tr_municipality_succession_heir_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON municipality_succession_heir
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  REVOKE UPDATE, DELETE, TRUNCATE ON municipality_succession, municipality_succession_heir FROM svc_partnership;

  -- A municipality with all that went into it and what it went into: a report by an old key and by a new one asks the same.
  CREATE FUNCTION municipality_line(asked uuid) RETURNS TABLE (id uuid) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE heir (id) AS (
      SELECT asked
      UNION
      SELECT s.successor_id FROM municipality_succession_heir s JOIN heir ON heir.id = s.predecessor_id
    ), line (id) AS (
      SELECT heir.id FROM heir
      UNION
      SELECT s.predecessor_id FROM municipality_succession_heir s JOIN line ON line.id = s.successor_id
    )
    SELECT line.id FROM line
  $$;
`;
