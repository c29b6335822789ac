import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The agreements that end, those that end first before the others. */
export class EndingAgreements1764100091000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX ix_agreement_ending ON agreement (valid_to, id)
      WHERE valid_to IS NOT NULL AND kind <> 'COUNCIL_RESOLUTION'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_agreement_ending');
  }
}
