import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What officers write to their acts, with the notes of early ends that nothing showed. The column end_note stays: a version that
 * still runs beside this one writes it.
 */
export class AssignmentNotes1764100082000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE assignment ADD COLUMN notes jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(`
      UPDATE assignment SET notes = jsonb_build_array(jsonb_build_object('act', 'EARLY_END', 'text', end_note, 'by', 'staffing',
        'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      WHERE end_note IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assignment DROP COLUMN notes');
  }
}
