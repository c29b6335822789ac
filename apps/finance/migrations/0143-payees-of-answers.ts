import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom an answer of the bank is about: what the bank says of the name stands at the payee. */
export class PayeesOfAnswers1764200143000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_answer ADD COLUMN payee_id uuid');
    await runner.query(
      'UPDATE payment_answer a SET payee_id = p.payee_id FROM payout p WHERE p.id = a.payout_id AND p.payee_id IS NOT NULL',
    );
    await runner.query('CREATE INDEX ix_payment_answer_payee ON payment_answer (payee_id, received_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_answer DROP COLUMN payee_id');
  }
}
