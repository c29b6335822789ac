import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A receipt of a proof of use may have its scan with it. Those of before have its sha256 alone. */
export class ReceiptDocuments1764200145000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE proof_receipt ADD COLUMN document_id uuid CONSTRAINT fk_proof_receipt_document REFERENCES document (id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE proof_receipt DROP COLUMN document_id');
  }
}
