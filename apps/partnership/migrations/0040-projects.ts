import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CASE_PREFIXES } from '#contracts';

/** Bankable projects: their gates, evidence, reviews, scorecards and sources of funding. */
export class Projects1764100040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [PROJECT, NUMBER, PARTS, SEPARATION, KEPT, GRANTS]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE project_scorecard, gate_decision, gate_review, project_evidence_withdrawal, project_evidence, project_stage_change,
        funding_source, project;
      DROP FUNCTION number_project(), refuse_own_gate();
      DROP SEQUENCE project_case_number;
    `);
  }
}

const STAGES = `('IDEA', 'CONCEPT', 'PRE_FEASIBILITY', 'FEASIBILITY', 'STRUCTURING', 'FINANCING_SECURED', 'IMPLEMENTATION', 'OPERATION')`;

const PROJECT = `
  CREATE TABLE project (
    id uuid CONSTRAINT pk_project PRIMARY KEY,
    version integer NOT NULL CONSTRAINT ck_project_version CHECK (version > 0),
    case_number text NOT NULL CONSTRAINT uq_project_case_number UNIQUE,
    partnership_id uuid NOT NULL CONSTRAINT fk_project_partnership REFERENCES partnership,
    owner_municipality_id uuid NOT NULL CONSTRAINT fk_project_owner REFERENCES municipality,
    title text NOT NULL,
    summary text NOT NULL,
    sector text NOT NULL CONSTRAINT ck_project_sector
      CHECK (sector IN ('WASTE', 'WATER', 'ENERGY', 'TRANSPORT', 'BUILDINGS', 'NATURE', 'DIGITAL', 'OTHER')),
    stage text NOT NULL CONSTRAINT ck_project_stage CHECK (stage IN ${STAGES}),
    stage_since date NOT NULL,
    status text NOT NULL CONSTRAINT ck_project_status
      CHECK (status IN ('PREPARING', 'IN_REVIEW', 'ON_HOLD', 'ABANDONED', 'HANDED_OVER', 'COMPLETED')),
    status_reason text,
    facility text,
    origin_kind text NOT NULL CONSTRAINT ck_project_origin_kind CHECK (origin_kind IN ('REQUEST', 'ASSIGNMENT', 'EVENT', 'OTHER')),
    origin_id uuid,
    currency char(3) NOT NULL,
    capex_minor bigint CONSTRAINT ck_project_capex CHECK (capex_minor > 0),
    opex_per_year_minor bigint CONSTRAINT ck_project_opex CHECK (opex_per_year_minor > 0),
    cost_accuracy_percent integer CONSTRAINT ck_project_cost_accuracy CHECK (cost_accuracy_percent BETWEEN 1 AND 100),
    author text NOT NULL,
    -- Who had a hand in what the gate of this stage is asked about: none of them decides on it.
    prepared_by text[] NOT NULL,
    review_id uuid,
    review_requested_by text,
    approvals_needed integer,
    approved_by text[] NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT ck_project_origin CHECK ((origin_kind = 'OTHER') = (origin_id IS NULL)),
    CONSTRAINT ck_project_facility CHECK ((status = 'HANDED_OVER') = (facility IS NOT NULL)),
    CONSTRAINT ck_project_review CHECK (
      (status = 'IN_REVIEW') = (review_id IS NOT NULL) AND (review_id IS NULL) = (review_requested_by IS NULL)
      AND (review_id IS NULL) = (approvals_needed IS NULL))
  );
  CREATE INDEX ix_project_title ON project USING gin (fold(title) extensions.gin_trgm_ops) WITH (fastupdate = off);
  CREATE INDEX ix_project_created_at ON project (created_at, id);
  CREATE INDEX ix_project_updated_at ON project (updated_at, id);
  CREATE INDEX ix_project_stage_since ON project (stage_since, id);
  CREATE INDEX ix_project_partnership ON project (partnership_id, created_at);
`;

const NUMBER = `
  CREATE SEQUENCE project_case_number;
  CREATE FUNCTION number_project() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.case_number := next_case_number('${CASE_PREFIXES.project}', 'project_case_number', NEW.created_at);
    RETURN NEW;
  END $$;
  CREATE TRIGGER project_case_number BEFORE INSERT ON project FOR EACH ROW
    WHEN (NEW.case_number IS NULL) EXECUTE FUNCTION number_project();
  CREATE TRIGGER project_case_number_kept BEFORE UPDATE OF case_number ON project FOR EACH ROW
    EXECUTE FUNCTION refuse_other_case_number();
`;

const PARTS = `
  CREATE TABLE project_stage_change (
    project_id uuid NOT NULL CONSTRAINT fk_project_stage_change_project REFERENCES project,
    stage text NOT NULL CONSTRAINT ck_project_stage_change_stage CHECK (stage IN ${STAGES}),
    entered_on date NOT NULL,
    CONSTRAINT pk_project_stage_change PRIMARY KEY (project_id, stage)
  );

  CREATE TABLE funding_source (
    id uuid CONSTRAINT pk_funding_source PRIMARY KEY,
    version integer NOT NULL,
    project_id uuid NOT NULL CONSTRAINT fk_funding_source_project REFERENCES project,
    kind text NOT NULL CONSTRAINT ck_funding_source_kind CHECK (kind IN ('OWN', 'TRANSFER', 'GRANT', 'LOAN', 'PRIVATE')),
    financier text NOT NULL,
    amount_minor bigint NOT NULL CONSTRAINT ck_funding_source_amount CHECK (amount_minor > 0),
    status text NOT NULL CONSTRAINT ck_funding_source_status CHECK (status IN ('IDENTIFIED', 'IN_TALKS', 'COMMITTED', 'SIGNED', 'LOST')),
    signed_on date,
    document_sha256 char(64) CONSTRAINT ck_funding_source_document CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    note text,
    changed_by text NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT ck_funding_source_signed CHECK (status <> 'SIGNED' OR (signed_on IS NOT NULL AND document_sha256 IS NOT NULL))
  );
  CREATE INDEX ix_funding_source_project ON funding_source (project_id, created_at);

  CREATE TABLE project_evidence (
    id uuid CONSTRAINT pk_project_evidence PRIMARY KEY,
    project_id uuid NOT NULL CONSTRAINT fk_project_evidence_project REFERENCES project,
    stage text NOT NULL CONSTRAINT ck_project_evidence_stage CHECK (stage IN ${STAGES}),
    item text NOT NULL,
    title text NOT NULL,
    document_sha256 char(64) CONSTRAINT ck_project_evidence_document CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    reference text,
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT ck_project_evidence_proof CHECK (document_sha256 IS NOT NULL OR reference IS NOT NULL)
  );
  CREATE INDEX ix_project_evidence_project ON project_evidence (project_id, recorded_at, id);

  CREATE TABLE project_evidence_withdrawal (
    evidence_id uuid CONSTRAINT pk_project_evidence_withdrawal PRIMARY KEY
      CONSTRAINT fk_project_evidence_withdrawal_evidence REFERENCES project_evidence,
    withdrawn_by text NOT NULL,
    withdrawn_at timestamptz NOT NULL,
    reason text NOT NULL
  );

  CREATE TABLE gate_review (
    id uuid CONSTRAINT pk_gate_review PRIMARY KEY,
    project_id uuid NOT NULL CONSTRAINT fk_gate_review_project REFERENCES project,
    stage text NOT NULL CONSTRAINT ck_gate_review_stage CHECK (stage IN ${STAGES}),
    status text NOT NULL CONSTRAINT ck_gate_review_status CHECK (status IN ('OPEN', 'PASSED', 'RETURNED', 'INTERRUPTED')),
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    note text,
    approvals_needed integer NOT NULL,
    rule_from date NOT NULL,
    -- A copy, to the letter: what the reviewers saw stays what it was when the rules change.
    items json NOT NULL
  );
  CREATE INDEX ix_gate_review_project ON gate_review (project_id, requested_at, id);

  CREATE TABLE gate_decision (
    id uuid CONSTRAINT pk_gate_decision PRIMARY KEY,
    review_id uuid NOT NULL CONSTRAINT fk_gate_decision_review REFERENCES gate_review,
    reviewer text NOT NULL,
    verdict text NOT NULL CONSTRAINT ck_gate_decision_verdict CHECK (verdict IN ('PASS', 'PASS_WITH_CONDITIONS', 'BACK')),
    note text,
    decided_at timestamptz NOT NULL,
    CONSTRAINT uq_gate_decision_reviewer UNIQUE (review_id, reviewer),
    CONSTRAINT ck_gate_decision_note CHECK (verdict = 'PASS' OR note IS NOT NULL)
  );

  CREATE TABLE project_scorecard (
    id uuid CONSTRAINT pk_project_scorecard PRIMARY KEY,
    project_id uuid NOT NULL CONSTRAINT fk_project_scorecard_project REFERENCES project,
    stage text NOT NULL CONSTRAINT ck_project_scorecard_stage CHECK (stage IN ${STAGES}),
    rubric_from date NOT NULL,
    scores json NOT NULL,
    scored_by text NOT NULL,
    scored_at timestamptz NOT NULL
  );
  CREATE INDEX ix_project_scorecard_project ON project_scorecard (project_id, scored_at, id);
`;

// What a second pair of eyes is for must not depend on the service alone.
const SEPARATION = `
  CREATE FUNCTION refuse_own_gate() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM gate_review r JOIN project p ON p.id = r.project_id
      WHERE r.id = NEW.review_id AND (r.requested_by = NEW.reviewer OR p.author = NEW.reviewer
        OR EXISTS (SELECT FROM project_evidence e WHERE e.project_id = p.id AND e.stage = r.stage AND e.recorded_by = NEW.reviewer)))
    THEN
      RAISE EXCEPTION 'who prepared a gate does not decide on it' USING ERRCODE = '23514', CONSTRAINT = 'ck_gate_decision_separation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER tr_gate_decision_separation BEFORE INSERT ON gate_decision FOR EACH ROW EXECUTE FUNCTION refuse_own_gate();
`;

const KEPT = [
  'project_stage_change',
  'project_evidence',
  'project_evidence_withdrawal',
  'gate_decision',
  'project_scorecard',
]
  .map(
    (table) => `CREATE TRIGGER tr_${table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
  )
  .join('\n');

const GRANTS = `
  REVOKE UPDATE, DELETE, TRUNCATE ON project_stage_change, project_evidence, project_evidence_withdrawal, gate_decision, project_scorecard
    FROM svc_partnership;
  REVOKE DELETE, TRUNCATE ON project, funding_source, gate_review FROM svc_partnership;
`;
