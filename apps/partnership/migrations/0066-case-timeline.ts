import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What other services told of partnerships, and one history of it with what stands here. */
export class CaseTimeline1764100066000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [FACTS, TIMELINE]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION partnership_timeline(uuid); DROP TABLE case_fact; DROP FUNCTION fact_id(text);');
  }
}

// The id is made from the subject, the aggregate and its version. Whose history it is, where the message does not say, is found when it is read: what tells it may come later.
const FACTS = `
  -- RFC 9562, version 8: a UUID that is made from what makes the fact unique.
  CREATE FUNCTION fact_id(of text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT overlay(overlay(md5(of) PLACING '8' FROM 13) PLACING 'a' FROM 17)::uuid
  $$;
  CREATE TABLE case_fact (
    id uuid CONSTRAINT pk_case_fact PRIMARY KEY,
    subject text NOT NULL,
    kind text NOT NULL,
    about_kind text NOT NULL,
    about_id uuid NOT NULL,
    partnership_ids uuid[] NOT NULL,
    assignment_id uuid,
    municipality_id uuid,
    happened_on date NOT NULL,
    occurred_at timestamptz NOT NULL,
    details json NOT NULL
  );
  CREATE INDEX ix_case_fact_partnerships ON case_fact USING gin (partnership_ids) WITH (fastupdate = off);
  CREATE INDEX ix_case_fact_assignment ON case_fact (assignment_id) WHERE assignment_id IS NOT NULL;
  CREATE INDEX ix_case_fact_municipality ON case_fact (municipality_id) WHERE municipality_id IS NOT NULL;
  REVOKE UPDATE, DELETE, TRUNCATE ON case_fact FROM svc_partnership;
`;

// What has no id of its own gets one from what makes it unique, so that pages of a list can tell it from others.
const TIMELINE = `
  CREATE FUNCTION partnership_timeline(asked uuid)
  RETURNS TABLE (id uuid, happened_on date, occurred_at timestamptz, source text, kind text, about_kind text, about_id uuid, details json)
  LANGUAGE sql STABLE AS $$
    SELECT fact_id(c.partnership_id || ' status ' || c.sequence), c.effective_on, c.recorded_at, 'partnership', 'STATUS', 'PARTNERSHIP',
      c.partnership_id, json_strip_nulls(json_build_object('status', c.status, 'note', c.note))
    FROM partnership_status_change c WHERE c.partnership_id = asked
    UNION ALL
    SELECT fact_id(c.partnership_id || ' change ' || c.sequence), c.effective_on, c.recorded_at, 'partnership', 'CHANGED', 'PARTNERSHIP',
      c.partnership_id, json_build_object('note', c.reason)
    FROM partnership_change c WHERE c.partnership_id = asked
    UNION ALL
    SELECT a.id, a.signed_on, a.created_at, 'partnership', 'AGREEMENT', 'PARTNERSHIP', a.partnership_id,
      json_build_object('agreementKind', a.kind)
    FROM agreement a WHERE a.partnership_id = asked
    UNION ALL
    SELECT e.id, (e.evaluated_at AT TIME ZONE 'Europe/Berlin')::date, e.evaluated_at, 'partnership', 'ELIGIBILITY', 'PARTNERSHIP',
      e.partnership_id, json_strip_nulls(json_build_object('step', e.step, 'isEligible', e.is_eligible))
    FROM eligibility_evaluation e WHERE e.partnership_id = asked
    UNION ALL
    SELECT fact_id(s.project_id || ' stage ' || s.stage), s.entered_on, s.entered_on::timestamp AT TIME ZONE 'Europe/Berlin',
      'partnership', 'PROJECT_STAGE', 'PROJECT', s.project_id, json_build_object('stage', s.stage, 'title', p.title)
    FROM project_stage_change s JOIN project p ON p.id = s.project_id WHERE p.partnership_id = asked
    UNION ALL
    SELECT f.id, f.happened_on, f.occurred_at, split_part(f.subject, '.', 2), f.kind, f.about_kind, f.about_id, f.details
    FROM case_fact f
    WHERE f.partnership_ids @> ARRAY[asked]
      OR (f.partnership_ids = '{}' AND f.assignment_id IN (
        SELECT known.assignment_id FROM case_fact known WHERE known.partnership_ids @> ARRAY[asked] AND known.assignment_id IS NOT NULL))
      OR f.municipality_id IN (SELECT pp.municipality_id FROM partnership_participant pp WHERE pp.partnership_id = asked)
  $$;
`;
