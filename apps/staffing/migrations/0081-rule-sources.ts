import type { MigrationInterface, QueryRunner } from 'typeorm';

// What is dead in a source, by table: the page that it named and its number.
const SOURCES: Readonly<Record<string, string>> = {
  instrument_rule: `regexp_replace(source, 'domain\\.md [\\d., ]*\\d', 'docs/domain.md#instruments')`,
  report_rule: `regexp_replace(source, 'domain\\.md [\\d., ]*\\d', 'docs/domain.md#reports')`,
  assessment_criterion: `'Proposal on the OECD DAC criteria of evaluation (docs/domain.md#assessment)'`,
};

/** Sources of rules name headings of a page that is shipped. New databases have them so from the start; these are the others. */
export class RuleSources1764100081000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, source] of Object.entries(SOURCES)) {
      await runner.query(`UPDATE ${table} SET source = ${source} WHERE source ~ '(^|[^/])domain\\.md '`);
    }
  }

  /** Where a text led nowhere, nothing is to be put back. */
  async down(): Promise<void> {}
}
