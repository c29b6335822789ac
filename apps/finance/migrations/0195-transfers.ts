import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** What the bank carries out is a transfer: to one account, of one commitment, for one payout of a run or for several. */
export class Transfers1764200195000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TRANSFER);
    await runner.query(ITEM);
    await runner.query(OF_EARLIER_RUNS);
    await runner.query(BOUND);
    await runner.query(BY_ITSELF);
    await runner.query(SUM);
    await runner.query('ALTER TABLE payment_run ADD COLUMN transfer_count int');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payment_run DROP COLUMN transfer_count');
    await runner.query('DROP TRIGGER payment_run_item_sum ON payment_run_item');
    await runner.query('DROP TRIGGER payment_run_item_transfer ON payment_run_item');
    await runner.query('DROP FUNCTION refuse_other_sum(), give_transfer()');
    await runner.query('ALTER TABLE payment_run_item DROP COLUMN transfer_id');
    await runner.query('DROP INDEX ix_payment_run_item_end_to_end_id');
    await runner.query('DROP TABLE transfer');
    await runner.query(`ALTER TABLE payment_run_item
      ADD CONSTRAINT uq_payment_run_item_end_to_end_id UNIQUE (end_to_end_id)`);
  }
}

// The account as the run found it. Without a purpose: from before it was kept, or paid by a reference of the payee alone.
const TRANSFER = `
CREATE TABLE transfer (
  id uuid NOT NULL CONSTRAINT pk_transfer PRIMARY KEY,
  payment_run_id uuid NOT NULL CONSTRAINT fk_transfer_run REFERENCES payment_run (id),
  end_to_end_id text NOT NULL CONSTRAINT uq_transfer_end_to_end_id UNIQUE,
  commitment_id uuid NOT NULL CONSTRAINT fk_transfer_commitment REFERENCES commitment (id),
  payee_id uuid NOT NULL CONSTRAINT fk_transfer_payee REFERENCES payee (id),
  account_holder text NOT NULL,
  iban text,
  account_number text,
  bic text,
  amount_minor bigint NOT NULL CONSTRAINT ck_transfer_amount CHECK (amount_minor > 0),
  currency char(3) NOT NULL,
  purpose text,
  creditor_reference text,
  CONSTRAINT ck_transfer_account CHECK ((iban IS NULL) <> (account_number IS NULL)),
  CONSTRAINT uq_transfer_references UNIQUE (id, payment_run_id, end_to_end_id)
);
CREATE INDEX ix_transfer_run ON transfer (payment_run_id, end_to_end_id, id);
CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON transfer FROM ${serviceRole('finance')}`;

const ITEM = `
ALTER TABLE payment_run_item ADD COLUMN transfer_id uuid,
  DROP CONSTRAINT uq_payment_run_item_end_to_end_id;
CREATE INDEX ix_payment_run_item_end_to_end_id ON payment_run_item (end_to_end_id);
CREATE INDEX ix_payment_run_item_transfer ON payment_run_item (transfer_id)`;

const FROM_ITEM = `
SELECT gen_random_uuid(), item.payment_run_id, item.end_to_end_id, payout.commitment_id, payee.id, payee.account_holder, payee.iban,
  payee.account_number, payee.bic, item.amount_minor, payout.currency, NULL, payout.creditor_reference`;

// Each payout was a payment of its own. Of the account the one of today is the best that is known. The table is append-only, for its
// owner, too.
const OF_EARLIER_RUNS = `
INSERT INTO transfer ${FROM_ITEM}
FROM payment_run_item item JOIN payout ON payout.id = item.payout_id JOIN payee ON payee.id = payout.payee_id;
ALTER TABLE payment_run_item DISABLE TRIGGER payment_run_item_append_only;
UPDATE payment_run_item item SET transfer_id = transfer.id FROM transfer WHERE transfer.end_to_end_id = item.end_to_end_id;
ALTER TABLE payment_run_item ENABLE TRIGGER payment_run_item_append_only`;

const BOUND = `
ALTER TABLE payment_run_item ALTER COLUMN transfer_id SET NOT NULL,
  ADD CONSTRAINT fk_payment_run_item_transfer FOREIGN KEY (transfer_id, payment_run_id, end_to_end_id)
    REFERENCES transfer (id, payment_run_id, end_to_end_id)`;

// A replica of the version before knows no transfers: each of its payouts is one.
const BY_ITSELF = `
CREATE FUNCTION give_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO transfer ${FROM_ITEM}
  FROM (SELECT NEW.*) item JOIN payout ON payout.id = item.payout_id JOIN payee ON payee.id = payout.payee_id
  RETURNING id INTO NEW.transfer_id;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_run_item_transfer BEFORE INSERT ON payment_run_item
  FOR EACH ROW WHEN (NEW.transfer_id IS NULL) EXECUTE FUNCTION give_transfer()`;

// What one debit of the bank books is what the payouts of its transfer add up to.
const SUM = `
CREATE FUNCTION refuse_other_sum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount_minor) FROM payment_run_item WHERE transfer_id = NEW.transfer_id)
    IS DISTINCT FROM (SELECT amount_minor FROM transfer WHERE id = NEW.transfer_id) THEN
    RAISE EXCEPTION 'the payouts of transfer % do not add up to it', NEW.transfer_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_transfer_sum';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payment_run_item_sum AFTER INSERT ON payment_run_item
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_other_sum()`;
