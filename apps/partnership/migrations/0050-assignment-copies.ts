import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the other services tell of assignments and their money, as far as it is published: no person, no payee, no reason. */
export class AssignmentCopies1764100050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE assignment_copy (
        id uuid CONSTRAINT pk_assignment_copy PRIMARY KEY,
        version integer NOT NULL,
        partnership_ids uuid[] NOT NULL,
        instrument text NOT NULL,
        employer_municipality_id uuid NOT NULL,
        period_from date NOT NULL,
        period_to date NOT NULL
      );

      -- Each step once, by the version that it gave to the assignment: in whatever order they arrive, they tell the same.
      CREATE TABLE assignment_step_copy (
        assignment_id uuid NOT NULL,
        version integer NOT NULL,
        step text NOT NULL CONSTRAINT ck_assignment_step_copy_step CHECK (step IN ('CONFIRMED', 'DEPARTED', 'DEPARTURE_CORRECTED',
          'CANCELLED', 'COMPLETED', 'INTERRUPTED', 'RESUMED', 'ENDED_EARLY')),
        happened_on date NOT NULL,
        CONSTRAINT pk_assignment_step_copy PRIMARY KEY (assignment_id, version)
      );

      CREATE TABLE commitment_copy (
        id uuid CONSTRAINT pk_commitment_copy PRIMARY KEY,
        version integer NOT NULL,
        assignment_id uuid NOT NULL,
        status text NOT NULL,
        period_from date NOT NULL,
        period_to date NOT NULL,
        by_year json NOT NULL
      );
      CREATE INDEX ix_commitment_copy_assignment ON commitment_copy (assignment_id);

      -- What the bank said of a payment, each saying once. The amount is needed to take it back again; it is shown only in sums.
      CREATE TABLE payment_copy (
        payout_id uuid NOT NULL,
        version integer NOT NULL,
        assignment_id uuid NOT NULL,
        step text NOT NULL CONSTRAINT ck_payment_copy_step CHECK (step IN ('BOOKED', 'RETURNED', 'REOPENED')),
        status text NOT NULL,
        happened_on date NOT NULL,
        currency char(3) NOT NULL,
        amount_minor bigint NOT NULL,
        returned_minor bigint NOT NULL,
        CONSTRAINT pk_payment_copy PRIMARY KEY (payout_id, version)
      );
      CREATE INDEX ix_payment_copy_assignment ON payment_copy (assignment_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payment_copy, commitment_copy, assignment_step_copy, assignment_copy');
  }
}
