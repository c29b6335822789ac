import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a partnership shows of other tables stands in its row, and each sort of its lists has an index. */
export class PartnershipParts1764100010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [COLUMNS, PARTS, KEPT, INDEXES]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX ix_municipality_country_sort, ix_municipality_created_at, ix_partnership_updated_at, ix_partnership_status_since;
      DROP TRIGGER tr_municipality_shown ON municipality;
      DROP TRIGGER tr_partnership_status_change_shown ON partnership_status_change;
      DROP FUNCTION show_partnership(), show_municipality(), partnership_participants(uuid), partnership_fields(uuid),
        partnership_status_changes(uuid);
      ALTER TABLE partnership DROP COLUMN participants, DROP COLUMN fields_of_action, DROP COLUMN status_changes;
    `);
  }
}

// json, not jsonb: it is only ever passed on as it is.
const COLUMNS = `
  ALTER TABLE partnership ADD COLUMN participants json NOT NULL DEFAULT '[]', ADD COLUMN fields_of_action json NOT NULL DEFAULT '[]',
    ADD COLUMN status_changes json NOT NULL DEFAULT '[]';
`;

const PARTS = `
  CREATE FUNCTION partnership_participants(partnership uuid) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_build_object('municipalityId', m.id, 'side', m.side, 'country', m.country, 'kind', m.kind,
      'name', m.name) ORDER BY pp.position), '[]')
    FROM partnership_participant pp JOIN municipality m ON m.id = pp.municipality_id WHERE pp.partnership_id = partnership
  $$;
  CREATE FUNCTION partnership_fields(partnership uuid) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_build_object('key', f.field_key, 'percent', f.percent) ORDER BY f.position), '[]')
    FROM partnership_field f WHERE f.partnership_id = partnership
  $$;
  -- The latest 100 (STATUS_CHANGES_SHOWN of the contract).
  CREATE FUNCTION partnership_status_changes(partnership uuid) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_build_object('status', c.status, 'on', c.effective_on, 'recordedBy', c.recorded_by,
      'recordedAt', to_char(c.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'note', c.note) ORDER BY c.sequence), '[]')
    FROM (SELECT * FROM partnership_status_change latest WHERE latest.partnership_id = partnership
      ORDER BY latest.sequence DESC LIMIT 100) c
  $$;
  UPDATE partnership SET participants = partnership_participants(id), fields_of_action = partnership_fields(id),
    status_changes = partnership_status_changes(id);
`;

// By triggers, so that the version before this one keeps them too while both run. Each change of a partnership records a status,
// its first one after participants and fields.
const KEPT = `
  CREATE FUNCTION show_partnership() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE partnership SET participants = partnership_participants(id), fields_of_action = partnership_fields(id),
      status_changes = partnership_status_changes(id) WHERE id = new.partnership_id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER tr_partnership_status_change_shown AFTER INSERT ON partnership_status_change
    FOR EACH ROW EXECUTE FUNCTION show_partnership();

  CREATE FUNCTION show_municipality() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE partnership SET participants = partnership_participants(id)
      WHERE id IN (SELECT partnership_id FROM partnership_participant WHERE municipality_id = new.id);
    RETURN NULL;
  END $$;
  CREATE TRIGGER tr_municipality_shown AFTER UPDATE OF side, country, kind, name ON municipality
    FOR EACH ROW EXECUTE FUNCTION show_municipality();

  -- A partnership whose row shows something else than its participants and fields is not whole.
  CREATE OR REPLACE FUNCTION check_partnership_whole() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF EXISTS (SELECT FROM partnership WHERE id = checked AND (
      participants::text <> partnership_participants(id)::text OR fields_of_action::text <> partnership_fields(id)::text))
    THEN
      RAISE EXCEPTION 'partnership % shows other participants or fields than it has', checked
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_partnership_parts';
    END IF;
    RETURN NULL;
  END $$;
`;

const INDEXES = `
  CREATE INDEX ix_partnership_updated_at ON partnership (updated_at, id);
  CREATE INDEX ix_partnership_status_since ON partnership (status_since, id);
  CREATE INDEX ix_municipality_country_sort ON municipality ((country::text), id);
  CREATE INDEX ix_municipality_created_at ON municipality (created_at, id);
`;
