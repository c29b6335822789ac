import { randomUUID } from 'node:crypto';
import { createDataSource, migrate } from '#database';
import { messagingMigrations } from '#messaging';
import { createTestDatabase, type TestDatabase } from '#testing';
import { AppendOnly1764200070000 } from '../migrations/0070-append-only';
import { CaseNumbers1764200101000 } from '../migrations/0101-case-numbers';
import { migrations } from '../migrations';

const before = migrations.slice(0, migrations.indexOf(AppendOnly1764200070000));
// A later one looks at references, which the rows of this test have not.
const after = migrations.slice(0, migrations.indexOf(CaseNumbers1764200101000));
const source = (some: typeof migrations) =>
  createDataSource({ service: 'finance', entities: [], migrations: [...messagingMigrations, ...some] });

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(source(before));
}, 60_000);
afterAll(() => test?.drop());

describe('the migration of books that are in use', () => {
  it('keeps the place of what was paid, says who registered a payee, and says which base rates were only shipped', async () => {
    const [payee, payout, run] = [randomUUID(), randomUUID(), randomUUID()];
    // Only what the migrations look at; the rest of the rows is not theirs.
    await test.asAdmin(`SET session_replication_role = replica;
      INSERT INTO payee (id, version, kind, expert_id, name, town, country, iban, account_holder, account_currency, created_at)
      VALUES ('${payee}', 1, 'EXPERT', '${randomUUID()}', 'A', 'B', 'BF', 'FR7630006000011234567890189', 'A', 'EUR', now());
      INSERT INTO payout (id, version, commitment_id, assignment_id, fund_id, instalment, reference, category, budget_year,
        amount_minor, currency, due_on, required_reports, payee_kind, payee_owner_id, payee_id, status, order_signatures)
      VALUES ('${payout}', 1, '${randomUUID()}', '${randomUUID()}', '${randomUUID()}', 1, 'r', 'PERSONAL', 2027, 1, 'EUR', '2027-01-01',
        0, 'EXPERT', '${randomUUID()}', '${payee}', 'DUE', 1);
      INSERT INTO payment_run_item (payment_run_id, payout_id, end_to_end_id, amount_minor) VALUES ('${run}', '${payout}', 'x', 1);
      INSERT INTO audit_record (id, actor, operation, object_id, correlation_id, details)
      VALUES ('${randomUUID()}', 'maker', 'rpc.finance.payee.create', '${payee}', 'c', '{}');
      INSERT INTO base_rate (id, version, valid_from, percent, source) VALUES ('${randomUUID()}', 1, '2027-01-01', 2, 'read in the Bundesanzeiger')`);
    await migrate({ adminUrl: test.adminUrl, services: [source(after)] });
    expect(await test.asAdmin('SELECT account_country FROM payment_run_item')).toEqual([{ accountCountry: 'FR' }]);
    expect(await test.asAdmin('SELECT created_by FROM payee')).toEqual([{ createdBy: 'maker' }]);
    expect(await test.asAdmin(`SELECT DISTINCT mark FROM base_rate WHERE valid_from < '2027-01-01'`)).toEqual([
      { mark: 'GENERAL_KNOWLEDGE' },
    ]);
    expect(await test.asAdmin(`SELECT mark FROM base_rate WHERE valid_from = '2027-01-01'`)).toEqual([
      { mark: 'FOUND' },
    ]);
    await expect(
      test.asAdmin('SET ROLE own_finance; UPDATE payment_run_item SET amount_minor = 2'),
    ).rejects.toMatchObject({
      code: '42501',
    });
  });
});
