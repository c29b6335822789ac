import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Instalments of local experts wait until enough of the money before is proven spent. */
export class ProofGate1764200061000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE payout DROP CONSTRAINT ck_payout_blocked,
      ADD CONSTRAINT ck_payout_blocked CHECK (blocked IN ('PAYEE_MISSING', 'REPORT_MISSING', 'PROOF_MISSING',
        'BANK_DETAILS_CHANGED', 'SCREENING_MISSING', 'SANCTIONED', 'DUPLICATE_SUSPECTED', 'MANUAL'))`);
    await runner.query('CREATE INDEX ix_proof_of_use_commitment ON proof_of_use (commitment_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_proof_of_use_commitment');
    await runner.query(`ALTER TABLE payout DROP CONSTRAINT ck_payout_blocked,
      ADD CONSTRAINT ck_payout_blocked CHECK (blocked IN ('PAYEE_MISSING', 'REPORT_MISSING',
        'BANK_DETAILS_CHANGED', 'SCREENING_MISSING', 'SANCTIONED', 'DUPLICATE_SUSPECTED', 'MANUAL'))`);
  }
}
