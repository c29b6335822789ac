import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Exchange rates that differ much from the one before them and wait for a second person; `exchange_rate` holds what is in force. */
export class ExchangeRateProposals1764200126000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exchange_rate_proposal (
        id uuid NOT NULL CONSTRAINT pk_exchange_rate_proposal PRIMARY KEY,
        version int NOT NULL,
        status text NOT NULL CONSTRAINT ck_exchange_rate_proposal_status
          CHECK (status IN ('PROPOSED', 'CONFIRMED', 'REJECTED')),
        currency char(3) NOT NULL,
        rate_on date NOT NULL,
        rate numeric NOT NULL CONSTRAINT ck_exchange_rate_proposal_rate CHECK (rate > 0),
        source text NOT NULL,
        corrects_id uuid CONSTRAINT fk_exchange_rate_proposal_corrects REFERENCES exchange_rate (id),
        former jsonb NOT NULL,
        differs_by text NOT NULL,
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL,
        decided_by text,
        decided_at timestamptz,
        decision_reason text,
        CONSTRAINT ck_exchange_rate_proposal_decided CHECK ((status = 'PROPOSED') = (decided_by IS NULL)),
        CONSTRAINT ck_exchange_rate_proposal_four_eyes CHECK (status <> 'CONFIRMED' OR decided_by <> proposed_by)
      );
      CREATE UNIQUE INDEX uq_exchange_rate_proposal_source ON exchange_rate_proposal (currency, rate_on, source)
        WHERE status = 'PROPOSED';
      CREATE INDEX ix_exchange_rate_proposal_proposed_at ON exchange_rate_proposal (proposed_at DESC, id DESC)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE exchange_rate_proposal');
  }
}
