import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reports follow the time of service: they are cancelled with their reason and know which progress report they are. A final report
 * that is accepted before an extension stays, and a further one is made. A version that still runs beside this one writes neither
 * column; what it makes is known by its day.
 */
export class ReportsFollow1764100092000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE report
        ADD COLUMN progress_number integer,
        ADD COLUMN cancellation_reason text,
        DROP CONSTRAINT ck_report_status,
        ADD CONSTRAINT ck_report_status
          CHECK (status IN ('DRAFT', 'SUBMITTED', 'COMMENTED', 'ACCEPTED', 'RETURNED', 'CANCELLED')),
        ADD CONSTRAINT ck_report_cancelled CHECK ((status = 'CANCELLED') = (cancellation_reason IS NOT NULL)),
        ADD CONSTRAINT ck_report_progress_number CHECK (progress_number IS NULL OR (kind = 'PROGRESS' AND progress_number > 0))`);
    await runner.query('DROP INDEX uq_report_final');
    await runner.query(
      `CREATE UNIQUE INDEX uq_report_final ON report (assignment_id) WHERE kind = 'FINAL' AND status NOT IN ('ACCEPTED', 'CANCELLED')`,
    );
    await runner.query(
      'CREATE UNIQUE INDEX uq_report_progress_number ON report (assignment_id, progress_number) WHERE progress_number IS NOT NULL',
    );
    // The number is a new fact about an accepted report; nothing of what was accepted changes.
    await runner.query('ALTER TABLE report DISABLE TRIGGER tr_report_immutable');
    await runner.query(`
      UPDATE report SET progress_number = numbered.number
      FROM (SELECT id, row_number() OVER (PARTITION BY assignment_id ORDER BY due_on, sequence) AS number
            FROM report WHERE kind = 'PROGRESS') numbered
      WHERE numbered.id = report.id`);
    await runner.query('ALTER TABLE report ENABLE TRIGGER tr_report_immutable');
  }

  // Only before a report was cancelled or made a second time; production is rolled forward.
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX uq_report_progress_number');
    await runner.query('ALTER TABLE report DROP COLUMN progress_number, DROP COLUMN cancellation_reason');
  }
}
