import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Claims of travel costs: each is paid by a commitment and a payout of its own, like an invoice. */
export class TravelClaims1764200175000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE travel_claim (
        id uuid NOT NULL CONSTRAINT pk_travel_claim PRIMARY KEY,
        version int NOT NULL,
        fund_id uuid NOT NULL CONSTRAINT fk_travel_claim_fund REFERENCES fund (id),
        budget_year int NOT NULL,
        assignment_id uuid,
        payee_kind text NOT NULL,
        payee_owner_id uuid NOT NULL,
        expert_id uuid,
        purpose text NOT NULL,
        destination text NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        claimable_until date NOT NULL,
        journey jsonb NOT NULL,
        lines jsonb NOT NULL,
        rules jsonb NOT NULL,
        total_minor bigint NOT NULL CONSTRAINT ck_travel_claim_total CHECK (total_minor > 0),
        currency char(3) NOT NULL,
        submitted_by text NOT NULL,
        submitted_at timestamptz NOT NULL,
        CONSTRAINT ck_travel_claim_days CHECK (starts_on <= ends_on),
        CONSTRAINT fk_travel_claim_commitment FOREIGN KEY (id) REFERENCES commitment (id)
      );
      CREATE INDEX ix_travel_claim_submitted_at ON travel_claim (submitted_at, id);
      CREATE INDEX ix_travel_claim_owner ON travel_claim (payee_owner_id, starts_on);
      CREATE TABLE travel_receipt (
        document_id uuid NOT NULL CONSTRAINT pk_travel_receipt PRIMARY KEY CONSTRAINT fk_travel_receipt_document REFERENCES document (id),
        travel_claim_id uuid NOT NULL CONSTRAINT fk_travel_receipt_claim REFERENCES travel_claim (id),
        position int NOT NULL,
        sha256 text NOT NULL
      );
      CREATE INDEX ix_travel_receipt_claim ON travel_receipt (travel_claim_id, position);
      CREATE INDEX ix_travel_receipt_sha256 ON travel_receipt (sha256)`);
    await runner.query(
      `REVOKE UPDATE, DELETE, TRUNCATE ON travel_claim, travel_receipt FROM ${serviceRole('finance')}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE travel_receipt, travel_claim');
  }
}
