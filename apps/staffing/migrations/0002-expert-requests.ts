import type { MigrationInterface, QueryRunner } from 'typeorm';

const SOURCE = 'Proposal on the OECD DAC criteria of evaluation (docs/domain.md#assessment)';
const CRITERIA = [
  ['RELEVANCE', 'Relevanz', 'Relevance', 15],
  ['COHERENCE', 'Kohärenz mit Plänen des Partners', "Coherence with the partner's plans", 10],
  ['EFFECTIVENESS', 'Wirkungslogik', 'Effectiveness of the results logic', 15],
  ['PARTNER_CAPACITY', 'Kapazität und Eigenverantwortung des Partners', 'Partner capacity and ownership', 10],
  ['SUSTAINABILITY', 'Nachhaltigkeit', 'Sustainability', 15],
  ['COST_EFFECTIVENESS', 'Wirtschaftlichkeit', 'Cost-effectiveness', 10],
  ['CROSS_CUTTING', 'Querschnittsthemen', 'Gender, leave no one behind, climate', 5],
  ['RISK', 'Risiken', 'Risk', 5],
  ['PARTNERSHIP_QUALITY', 'Qualität der Partnerschaft', 'Quality of the partnership', 10],
  ['BANKABLE_POTENTIAL', 'Aussicht auf ein finanzierungsfähiges Projekt', 'Chance of a bankable project', 5],
] as const;

export class ExpertRequests1764100002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE expert_request (
        id uuid NOT NULL,
        version integer NOT NULL,
        status text NOT NULL,
        partnership_ids uuid[] NOT NULL,
        title text NOT NULL,
        situation text NOT NULL,
        goal text NOT NULL,
        tasks text NOT NULL,
        fields_of_action jsonb NOT NULL,
        desired_from date NOT NULL,
        desired_to date NOT NULL,
        preferred_instrument text,
        place_of_work_municipality_id uuid NOT NULL,
        eligibility jsonb NOT NULL,
        formal_check_note text,
        instrument text,
        decision_note text,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        submitted_at timestamptz,
        CONSTRAINT pk_expert_request PRIMARY KEY (id),
        CONSTRAINT ck_expert_request_status CHECK (status IN ('DRAFT', 'SUBMITTED', 'FORMAL_CHECK', 'RETURNED', 'REJECTED',
          'ASSESSMENT', 'RECOMMENDED', 'NOT_RECOMMENDED', 'SELECTED', 'WAITLISTED', 'DECLINED', 'WITHDRAWN')),
        CONSTRAINT ck_expert_request_partnerships CHECK (cardinality(partnership_ids) >= 1),
        CONSTRAINT ck_expert_request_desired_period CHECK (desired_from < desired_to),
        CONSTRAINT ck_expert_request_submitted CHECK (status IN ('DRAFT', 'WITHDRAWN')
          OR (submitted_at IS NOT NULL AND jsonb_array_length(eligibility) = cardinality(partnership_ids))),
        CONSTRAINT ck_expert_request_instrument CHECK (
          status NOT IN ('RECOMMENDED', 'SELECTED', 'WAITLISTED') OR instrument IS NOT NULL)
      )`);
    await runner.query('CREATE INDEX ix_expert_request_created_at ON expert_request (created_at, id)');
    await runner.query('CREATE INDEX ix_expert_request_title ON expert_request (title, id)');
    await runner.query('CREATE INDEX ix_expert_request_partnership_ids ON expert_request USING gin (partnership_ids)');
    await this.signatures(runner);
    await this.assessments(runner);
    await this.criteria(runner);
  }

  private async signatures(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE expert_request_signature (
        expert_request_id uuid NOT NULL,
        partnership_id uuid NOT NULL,
        side text NOT NULL,
        municipality_id uuid NOT NULL,
        signed_by text NOT NULL,
        signed_at timestamptz NOT NULL,
        CONSTRAINT pk_expert_request_signature PRIMARY KEY (expert_request_id, partnership_id, side),
        CONSTRAINT fk_expert_request_signature_request FOREIGN KEY (expert_request_id) REFERENCES expert_request (id),
        CONSTRAINT ck_expert_request_signature_side CHECK (side IN ('DE', 'PARTNER'))
      )`);
  }

  private async assessments(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE expert_request_assessment (
        id uuid NOT NULL,
        expert_request_id uuid NOT NULL,
        reviewer text NOT NULL,
        scores jsonb NOT NULL,
        total_hundredths integer NOT NULL,
        note text,
        assessed_at timestamptz NOT NULL,
        CONSTRAINT pk_expert_request_assessment PRIMARY KEY (id),
        CONSTRAINT fk_expert_request_assessment_request FOREIGN KEY (expert_request_id) REFERENCES expert_request (id),
        CONSTRAINT uq_expert_request_assessment_reviewer UNIQUE (expert_request_id, reviewer),
        CONSTRAINT ck_expert_request_assessment_total CHECK (total_hundredths BETWEEN 0 AND 400)
      )`);
    await runner.query(`
      CREATE TRIGGER tr_expert_request_assessment_immutable BEFORE UPDATE OR DELETE ON expert_request_assessment
        FOR EACH ROW EXECUTE FUNCTION refuse_evidence_change()`);
    await runner.query('REVOKE UPDATE, DELETE, TRUNCATE ON expert_request_assessment FROM svc_staffing');
    await runner.query(`
      CREATE FUNCTION refuse_review_by_signer() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      BEGIN
        IF EXISTS (SELECT FROM expert_request_signature
                   WHERE expert_request_id = NEW.expert_request_id AND signed_by = NEW.reviewer) THEN
          RAISE EXCEPTION 'whoever signed does not assess'
            USING ERRCODE = '23514', CONSTRAINT = 'ck_expert_request_assessment_four_eyes';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER tr_expert_request_assessment_four_eyes BEFORE INSERT ON expert_request_assessment
        FOR EACH ROW EXECUTE FUNCTION refuse_review_by_signer()`);
  }

  private async criteria(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE assessment_criterion (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        key text NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        title_de text NOT NULL,
        title_en text NOT NULL,
        weight_percent integer NOT NULL,
        source text NOT NULL,
        CONSTRAINT pk_assessment_criterion PRIMARY KEY (id),
        CONSTRAINT ck_assessment_criterion_weight CHECK (weight_percent BETWEEN 1 AND 100),
        CONSTRAINT ck_assessment_criterion_validity CHECK (valid_to IS NULL OR valid_from < valid_to),
        CONSTRAINT ex_assessment_criterion_validity EXCLUDE USING gist (key WITH =, daterange(valid_from, valid_to) WITH &&)
      )`);
    for (const [key, german, english, weight] of CRITERIA) {
      await runner.query(
        `INSERT INTO assessment_criterion (key, valid_from, title_de, title_en, weight_percent, source)
         VALUES ($1, '2020-01-01', $2, $3, $4, $5)`,
        [key, german, english, weight, SOURCE],
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE assessment_criterion, expert_request_assessment, expert_request_signature, expert_request',
    );
    await runner.query('DROP FUNCTION refuse_review_by_signer()');
  }
}
