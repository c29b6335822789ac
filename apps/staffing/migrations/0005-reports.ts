import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Reports1764100005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report (
        id uuid NOT NULL,
        version integer NOT NULL,
        assignment_id uuid NOT NULL,
        kind text NOT NULL,
        sequence integer NOT NULL,
        due_on date NOT NULL,
        status text NOT NULL,
        sections jsonb NOT NULL,
        attachments jsonb NOT NULL,
        return_reason text,
        submitted_at timestamptz,
        submitted_by text,
        accepted_on date,
        accepted_by text,
        CONSTRAINT pk_report PRIMARY KEY (id),
        CONSTRAINT fk_report_assignment FOREIGN KEY (assignment_id) REFERENCES assignment (id),
        CONSTRAINT uq_report_sequence UNIQUE (assignment_id, sequence),
        CONSTRAINT ck_report_kind CHECK (kind IN ('START', 'PROGRESS', 'FINAL')),
        CONSTRAINT ck_report_status CHECK (status IN ('DRAFT', 'SUBMITTED', 'COMMENTED', 'ACCEPTED', 'RETURNED')),
        CONSTRAINT ck_report_accepted CHECK (status <> 'ACCEPTED' OR (accepted_on IS NOT NULL AND accepted_by <> submitted_by))
      )`);
    await runner.query('CREATE INDEX ix_report_due_on ON report (due_on, id)');
    await runner.query(`CREATE UNIQUE INDEX uq_report_final ON report (assignment_id) WHERE kind = 'FINAL'`);
    await runner.query(`
      CREATE TRIGGER tr_report_immutable BEFORE UPDATE OR DELETE ON report
        FOR EACH ROW WHEN (OLD.status = 'ACCEPTED') EXECUTE FUNCTION refuse_evidence_change()`);
    await this.comments(runner);
    await this.rules(runner);
  }

  private async comments(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_comment (
        id uuid NOT NULL,
        report_id uuid NOT NULL,
        municipality_id uuid NOT NULL,
        side text NOT NULL,
        text text NOT NULL,
        commented_by text NOT NULL,
        commented_at timestamptz NOT NULL,
        CONSTRAINT pk_report_comment PRIMARY KEY (id),
        CONSTRAINT fk_report_comment_report FOREIGN KEY (report_id) REFERENCES report (id),
        CONSTRAINT ck_report_comment_side CHECK (side IN ('DE', 'PARTNER'))
      )`);
    await runner.query('CREATE INDEX ix_report_comment_report ON report_comment (report_id, commented_at)');
    await runner.query(`
      CREATE TRIGGER tr_report_comment_immutable BEFORE UPDATE OR DELETE ON report_comment
        FOR EACH ROW EXECUTE FUNCTION refuse_evidence_change()`);
    await runner.query('REVOKE UPDATE, DELETE, TRUNCATE ON report_comment FROM svc_staffing');
  }

  private async rules(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_rule (
        valid_from date NOT NULL,
        valid_to date,
        start_after_months integer NOT NULL,
        progress_every_months integer NOT NULL,
        source text NOT NULL,
        CONSTRAINT pk_report_rule PRIMARY KEY (valid_from),
        CONSTRAINT ck_report_rule_months CHECK (start_after_months > 0 AND progress_every_months > 0),
        CONSTRAINT ex_report_rule_validity EXCLUDE USING gist (daterange(valid_from, valid_to) WITH &&)
      )`);
    await runner.query(`
      INSERT INTO report_rule (valid_from, start_after_months, progress_every_months, source)
      VALUES ('2019-01-01', 3, 6, 'Start about three months after departure, then half-yearly; general knowledge (docs/domain.md#reports)')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE report_rule, report_comment, report');
  }
}
