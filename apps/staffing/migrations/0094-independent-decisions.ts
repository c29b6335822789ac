import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Scoring, recommendation and selection are acts of different people, for any way of writing; a reviewer may correct the own
 * assessment; since when a request waits. Columns have defaults: the version that runs beside this step does not write them.
 */
export class IndependentDecisions1764100094000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(BACKFILL);
    await runner.query(CONSTRAINTS);
    await runner.query(ASSESSMENT);
    await runner.query(REVIEWERS);
    await runner.query('CREATE INDEX ix_expert_request_waiting_since ON expert_request (waiting_since, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER tr_expert_request_assessment_reviewers ON expert_request_assessment');
    await runner.query('DROP TRIGGER tr_expert_request_assessment_independent ON expert_request_assessment');
    await runner.query('DROP FUNCTION note_reviewer(), refuse_review_by_drafter()');
    await runner.query(`ALTER TABLE expert_request_assessment DROP CONSTRAINT uq_expert_request_assessment_reviewer,
      DROP COLUMN revision, DROP COLUMN request_version, DROP COLUMN correction_reason,
      ADD CONSTRAINT uq_expert_request_assessment_reviewer UNIQUE (expert_request_id, reviewer)`);
    await runner.query(`ALTER TABLE expert_request DROP COLUMN formal_check_reason, DROP COLUMN correction,
      DROP COLUMN decision_reason, DROP COLUMN drafted_by, DROP COLUMN checked_by, DROP COLUMN reviewed_by,
      DROP COLUMN recommended_by, DROP COLUMN selected_by, DROP COLUMN selected_alone, DROP COLUMN waiting_since`);
  }
}

const COLUMNS = `
ALTER TABLE expert_request
  ADD COLUMN formal_check_reason text,
  ADD COLUMN correction jsonb,
  ADD COLUMN decision_reason text,
  ADD COLUMN drafted_by text[] NOT NULL DEFAULT '{}',
  ADD COLUMN checked_by text[] NOT NULL DEFAULT '{}',
  ADD COLUMN reviewed_by text[] NOT NULL DEFAULT '{}',
  ADD COLUMN recommended_by text,
  ADD COLUMN selected_by text,
  ADD COLUMN selected_alone boolean NOT NULL DEFAULT false,
  ADD COLUMN waiting_since timestamptz NOT NULL DEFAULT now()`;

// Who did what stands in the audit trail. A request that was decided by the rules of before stays as it was: only who selected what
// the same person had recommended is marked.
// Who did what stands in the audit trail; not taken over from there is who scored as well, which would be refused now. A request that was
// decided by the rules of before stays as it was: only who selected what the same person had recommended is marked.
const BACKFILL = `
UPDATE expert_request request SET waiting_since = coalesce(submitted_at, created_at),
  reviewed_by = ARRAY(SELECT reviewer FROM expert_request_assessment given
    WHERE given.expert_request_id = request.id ORDER BY assessed_at);
UPDATE expert_request request SET drafted_by = acts.drafted_by, checked_by = acts.checked_by, waiting_since = acts.last_at,
  recommended_by = acts.recommended_by, selected_by = acts.selected_by,
  selected_alone = coalesce(acts.selected_by = acts.recommended_by, false)
FROM (
  SELECT done.object_id, max(done.recorded_at) AS last_at,
    coalesce(array_agg(DISTINCT actor) FILTER (WHERE act IN ('create', 'change')), '{}') AS drafted_by,
    coalesce(array_agg(DISTINCT actor) FILTER (WHERE act = 'check'), '{}') AS checked_by,
    (array_agg(actor ORDER BY recorded_at DESC) FILTER (WHERE act = 'recommend'))[1] AS recommended_by,
    (array_agg(actor ORDER BY recorded_at DESC) FILTER (WHERE act = 'select'))[1] AS selected_by
  FROM (SELECT object_id, actor, recorded_at, split_part(operation, '.', 4) AS act FROM audit_record
    WHERE operation LIKE 'rpc.staffing.expert-request.%') done
  JOIN expert_request its ON its.id::text = done.object_id
  WHERE done.actor <> ALL (its.reviewed_by)
  GROUP BY done.object_id) acts
WHERE acts.object_id = request.id::text`;

const CONSTRAINTS = `
ALTER TABLE expert_request
  ADD CONSTRAINT ck_expert_request_reviewer_drafted CHECK (NOT reviewed_by && drafted_by),
  ADD CONSTRAINT ck_expert_request_reviewer_checked CHECK (NOT reviewed_by && checked_by),
  ADD CONSTRAINT ck_expert_request_recommended_by_reviewer CHECK (recommended_by <> ALL (reviewed_by)),
  ADD CONSTRAINT ck_expert_request_selected_by_reviewer CHECK (selected_by <> ALL (reviewed_by)),
  ADD CONSTRAINT ck_expert_request_four_eyes CHECK (selected_by <> recommended_by OR selected_alone)`;

const ASSESSMENT = `
ALTER TABLE expert_request_assessment
  ADD COLUMN revision int NOT NULL DEFAULT 1,
  ADD COLUMN request_version int NOT NULL DEFAULT 0,
  ADD COLUMN correction_reason text,
  DROP CONSTRAINT uq_expert_request_assessment_reviewer,
  ADD CONSTRAINT uq_expert_request_assessment_reviewer UNIQUE (expert_request_id, reviewer, revision),
  ADD CONSTRAINT ck_expert_request_assessment_revision CHECK ((revision > 1) = (correction_reason IS NOT NULL))`;

// The request names its reviewers, whoever writes the assessment, so that the rules above hold of them.
const REVIEWERS = `
CREATE FUNCTION refuse_review_by_drafter() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT FROM expert_request WHERE id = NEW.expert_request_id AND created_by = NEW.reviewer) THEN
    RAISE EXCEPTION 'whoever drafted does not assess'
      USING ERRCODE = '23514', CONSTRAINT = 'ck_expert_request_reviewer_drafted';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tr_expert_request_assessment_independent BEFORE INSERT ON expert_request_assessment
  FOR EACH ROW EXECUTE FUNCTION refuse_review_by_drafter();
CREATE FUNCTION note_reviewer() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE expert_request SET reviewed_by = array_append(reviewed_by, NEW.reviewer)
  WHERE id = NEW.expert_request_id AND NEW.reviewer <> ALL (reviewed_by);
  RETURN NULL;
END $$;
CREATE TRIGGER tr_expert_request_assessment_reviewers AFTER INSERT ON expert_request_assessment
  FOR EACH ROW EXECUTE FUNCTION note_reviewer()`;
