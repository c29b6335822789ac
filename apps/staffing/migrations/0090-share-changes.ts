import type { MigrationInterface, QueryRunner } from 'typeorm';

/** States in which an assignment does not take the expert's time. */
const FREE = `('FUNDING_REFUSED', 'CANCELLED')`;
/** Until when an assignment takes the expert's time: an early end frees, an extension that was asked for holds. */
const until = (row: string) => `coalesce(${row}.ended_on, greatest(${row}.period_to, ${row}.extension_requested_to))`;

/**
 * Another share of full time during the term, an acceptance that fell, and the expert's consent that the employer sees the name.
 * `full_time_percent` stays the share of the first day: a version beside this one knows no other.
 */
export class ShareChanges1764100090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE assignment
        ADD COLUMN share_changes jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN share_request jsonb,
        ADD COLUMN share_refusal jsonb,
        ADD COLUMN lapsed_decision jsonb,
        ADD COLUMN expert_consent_at timestamptz,
        ADD COLUMN expert_consent_by text,
        ADD COLUMN expert_consent_evidence text,
        ADD CONSTRAINT ck_assignment_share_request CHECK (share_request IS NULL OR status = 'ACTIVE'),
        ADD CONSTRAINT ck_assignment_expert_consent CHECK ((expert_consent_at IS NULL) = (expert_consent_by IS NULL)),
        DROP CONSTRAINT ex_assignment_expert_full_time`);
    // The trigger counts the days of every share; beside it the constraint holds for those that never changed.
    await runner.query(`
      ALTER TABLE assignment ADD CONSTRAINT ex_assignment_expert_full_time EXCLUDE USING gist
        (expert_id WITH =, daterange(period_from, coalesce(ended_on, greatest(period_to, extension_requested_to))) WITH &&)
        WHERE (full_time_percent > 50 AND status NOT IN ${FREE} AND share_changes = '[]' AND share_request IS NULL)`);
    await runner.query(SHARE_ON);
    await runner.query(OVERFULL_DAY);
    await runner.query(REFUSE);
    await runner.query('DROP TRIGGER tr_assignment_expert_share_changed ON assignment');
    await runner.query(`
      CREATE TRIGGER tr_assignment_expert_share_changed BEFORE UPDATE ON assignment
        FOR EACH ROW WHEN (NEW.status NOT IN ${FREE} AND (OLD.status IN ${FREE}
          OR (OLD.expert_id, OLD.period_from, OLD.period_to, OLD.full_time_percent, OLD.extension_requested_to,
              OLD.share_changes, OLD.share_request)
             IS DISTINCT FROM (NEW.expert_id, NEW.period_from, NEW.period_to, NEW.full_time_percent,
              NEW.extension_requested_to, NEW.share_changes, NEW.share_request)))
        EXECUTE FUNCTION refuse_excess_share()`);
  }

  // Only before any share was changed; production is rolled forward.
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER tr_assignment_expert_share_changed ON assignment');
    await runner.query('DROP FUNCTION overfull_day(assignment), share_on(assignment, date)');
    await runner.query(`
      ALTER TABLE assignment DROP COLUMN share_changes, DROP COLUMN share_request, DROP COLUMN share_refusal,
        DROP COLUMN lapsed_decision, DROP COLUMN expert_consent_at, DROP COLUMN expert_consent_by,
        DROP COLUMN expert_consent_evidence`);
  }
}

/** The share that an assignment takes on a day; while another one is asked for, the larger of the two. */
const SHARE_ON = `
CREATE FUNCTION share_on(it assignment, day date) RETURNS integer LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN day < it.period_from OR day >= ${until('it')} THEN 0 ELSE greatest(
    coalesce((SELECT (change ->> 'fullTimePercent')::int FROM jsonb_array_elements(it.share_changes) change
      WHERE (change ->> 'from')::date <= day ORDER BY change ->> 'from' DESC LIMIT 1), it.full_time_percent),
    CASE WHEN (it.share_request ->> 'from')::date <= day THEN (it.share_request ->> 'fullTimePercent')::int END) END
$$`;

/** The fullest day on which an assignment and the others of its expert are more than full time, and which others these are. */
const OVERFULL_DAY = `
CREATE FUNCTION overfull_day(it assignment) RETURNS TABLE (day date, percent integer, others uuid[])
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  WITH other AS MATERIALIZED (
    SELECT a FROM assignment a WHERE a.expert_id = it.expert_id AND a.id <> it.id AND a.status NOT IN ${FREE}
      AND a.period_from < ${until('it')} AND it.period_from < ${until('a')}
  ), rise AS (
    -- The sum of shares rises only on a day on which a period begins or a share changes: these days are enough.
    SELECT it.period_from AS day
    UNION SELECT (other.a).period_from FROM other
    UNION SELECT (change ->> 'from')::date
      FROM (SELECT it AS a UNION ALL SELECT other.a FROM other) each,
           jsonb_array_elements((each.a).share_changes || jsonb_build_array((each.a).share_request)) change
      WHERE change <> 'null'
  )
  SELECT rise.day, (share_on(it, rise.day) + sum(share_on(other.a, rise.day)))::int, array_agg((other.a).id ORDER BY (other.a).id)
  FROM rise JOIN other ON share_on(other.a, rise.day) > 0
  WHERE share_on(it, rise.day) > 0
  GROUP BY rise.day HAVING share_on(it, rise.day) + sum(share_on(other.a, rise.day)) > 100
  ORDER BY 2 DESC, 1 LIMIT 1
$$`;

/** As before, asked of the function: the occupancy row is written first, so that two planners wait for each other. */
const REFUSE = `
CREATE OR REPLACE FUNCTION refuse_excess_share() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO expert_occupancy AS occupancy (expert_id, revision) VALUES (NEW.expert_id, 1)
    ON CONFLICT ON CONSTRAINT pk_expert_occupancy DO UPDATE SET revision = occupancy.revision + 1;
  IF EXISTS (SELECT FROM overfull_day(NEW)) THEN
    RAISE EXCEPTION 'the expert would work more than full time'
      USING ERRCODE = '23P01', CONSTRAINT = 'ex_assignment_expert_share';
  END IF;
  RETURN NEW;
END $$`;
