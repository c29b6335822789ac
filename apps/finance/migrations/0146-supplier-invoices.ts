import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';
import { allowJournalKinds } from './journal-kinds';

/**
 * Money that is paid for no assignment: an invoice has a commitment without assignment and plan, and one payout that says what it is
 * for. A payout of before pays an instalment.
 */
export class SupplierInvoices1764200146000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COMMITMENT);
    await runner.query(PAYOUT);
    await runner.query(INVOICE);
    await runner.query(`REVOKE DELETE, TRUNCATE ON supplier_invoice FROM ${serviceRole('finance')}`);
    await runner.query(allowJournalKinds('EXPENSE_COMMITTED'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE supplier_invoice');
    await runner.query('ALTER TABLE payout DROP COLUMN source, DROP COLUMN purpose, DROP COLUMN creditor_reference');
    await runner.query('ALTER TABLE commitment DROP CONSTRAINT ck_commitment_assignment');
  }
}

const COMMITMENT = `
ALTER TABLE commitment
  ALTER COLUMN assignment_id DROP NOT NULL,
  ALTER COLUMN instrument DROP NOT NULL,
  ALTER COLUMN expert_id DROP NOT NULL,
  ALTER COLUMN employer_municipality_id DROP NOT NULL,
  ALTER COLUMN cost_inputs DROP NOT NULL,
  ADD CONSTRAINT ck_commitment_assignment CHECK (assignment_id IS NULL OR num_nulls(instrument, expert_id, employer_municipality_id,
    cost_inputs) = 0)`;

const PAYOUT = `
ALTER TABLE payout
  ALTER COLUMN assignment_id DROP NOT NULL,
  ADD COLUMN source text NOT NULL DEFAULT 'INSTALMENT'
    CONSTRAINT ck_payout_source CHECK (source IN ('INSTALMENT', 'INVOICE', 'TRAVEL')),
  ADD COLUMN purpose text,
  ADD COLUMN creditor_reference text,
  ADD CONSTRAINT ck_payout_purpose CHECK ((source = 'INSTALMENT') = (purpose IS NULL)),
  ADD CONSTRAINT ck_payout_assignment CHECK (source <> 'INSTALMENT' OR assignment_id IS NOT NULL)`;

const INVOICE = `
CREATE TABLE supplier_invoice (
  id uuid NOT NULL CONSTRAINT pk_supplier_invoice PRIMARY KEY,
  version int NOT NULL,
  fund_id uuid NOT NULL CONSTRAINT fk_supplier_invoice_fund REFERENCES fund (id),
  budget_year int NOT NULL,
  category text NOT NULL,
  subject text NOT NULL,
  payee_id uuid NOT NULL CONSTRAINT fk_supplier_invoice_payee REFERENCES payee (id),
  number text NOT NULL,
  issued_on date NOT NULL,
  due_on date NOT NULL,
  currency char(3) NOT NULL,
  net_minor bigint NOT NULL,
  vat_minor bigint NOT NULL,
  prepaid_minor bigint NOT NULL,
  total_minor bigint NOT NULL CONSTRAINT ck_supplier_invoice_total CHECK (total_minor > 0 AND total_minor = net_minor + vat_minor - prepaid_minor),
  buyer_reference text,
  payment_reference text,
  creditor_reference text,
  assignment_id uuid,
  event_id uuid,
  document_id uuid NOT NULL CONSTRAINT fk_supplier_invoice_document REFERENCES document (id),
  format text NOT NULL,
  typed_over jsonb NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT fk_supplier_invoice_commitment FOREIGN KEY (id) REFERENCES commitment (id)
);
CREATE INDEX ix_supplier_invoice_recorded_at ON supplier_invoice (recorded_at, id);
CREATE INDEX ix_supplier_invoice_payee ON supplier_invoice (payee_id, number);
CREATE INDEX ix_supplier_invoice_event ON supplier_invoice (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX ix_payout_commitment ON payout (commitment_id, id)`;
