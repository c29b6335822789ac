import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a payment went is kept with it: a payee who changes banks later does not move what was spent before to another place. */
export class PlaceOfSpending1764200071000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMN);
    await runner.query(SNAPSHOT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER payment_run_item_account_country ON payment_run_item');
    await runner.query('DROP FUNCTION keep_account_country()');
    await runner.query('ALTER TABLE payment_run_item DROP COLUMN account_country');
  }
}

/** Of earlier items the account of today is the best that is known. The table is append-only, for its owner, too. */
const COLUMN = `
ALTER TABLE payment_run_item ADD COLUMN account_country char(2);
ALTER TABLE payment_run_item DISABLE TRIGGER payment_run_item_append_only;
UPDATE payment_run_item item SET account_country = coalesce(left(payee.iban, 2), payee.country)
FROM payout JOIN payee ON payee.id = payout.payee_id WHERE payout.id = item.payout_id;
ALTER TABLE payment_run_item ENABLE TRIGGER payment_run_item_append_only;
ALTER TABLE payment_run_item ALTER COLUMN account_country SET NOT NULL`;

/** Written by the database from the payee as the run found it: no way of inserting an item can state another place. */
const SNAPSHOT = `
CREATE FUNCTION keep_account_country() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT coalesce(left(payee.iban, 2), payee.country) INTO NEW.account_country
  FROM payout JOIN payee ON payee.id = payout.payee_id WHERE payout.id = NEW.payout_id;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_run_item_account_country BEFORE INSERT ON payment_run_item
  FOR EACH ROW EXECUTE FUNCTION keep_account_country()`;
