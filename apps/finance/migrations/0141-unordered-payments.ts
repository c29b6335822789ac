import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allowJournalKinds } from './journal-kinds';

/** What left the account without a standing order, and what came back into a closed year: two persons decide on both. */
export class UnorderedPayments1764200141000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(allowJournalKinds('UNORDERED_PAYMENT_BOOKED', 'UNORDERED_PAYMENT_REVERSED'));
    await runner.query(`ALTER TABLE bank_entry_dismissal
      DROP CONSTRAINT ck_bank_entry_dismissal_category, DROP CONSTRAINT ck_bank_entry_dismissal_fund,
      ADD CONSTRAINT ck_bank_entry_dismissal_category CHECK (category IN ('BANK_CHARGE', 'INTEREST', 'FUNDING_RECEIVED',
        'CLAIM_REPAID', 'PAID_WITHOUT_ORDER', 'RETURN_OF_CLOSED_YEAR', 'REPEATED', 'NOT_OF_THE_FUND')),
      ADD CONSTRAINT ck_bank_entry_dismissal_fund CHECK ((fund_id IS NULL) = (budget_year IS NULL)
        AND CASE category WHEN 'BANK_CHARGE' THEN true ELSE (category = 'PAID_WITHOUT_ORDER') = (fund_id IS NOT NULL) END)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE bank_entry_dismissal
      DROP CONSTRAINT ck_bank_entry_dismissal_category, DROP CONSTRAINT ck_bank_entry_dismissal_fund,
      ADD CONSTRAINT ck_bank_entry_dismissal_category
        CHECK (category IN ('BANK_CHARGE', 'INTEREST', 'FUNDING_RECEIVED', 'CLAIM_REPAID', 'NOT_OF_THE_FUND')),
      ADD CONSTRAINT ck_bank_entry_dismissal_fund CHECK (
        (fund_id IS NULL) = (budget_year IS NULL) AND (fund_id IS NULL OR category = 'BANK_CHARGE'))`);
  }
}
