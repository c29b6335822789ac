import { randomUUID } from 'node:crypto';
import { createDataSource, migrate } from '#database';
import { documentsMigrations } from '#documents';
import { messagingMigrations } from '#messaging';
import { rulesMigrations } from '#rules';
import { createTestDatabase, type TestDatabase } from '#testing';
import { AppendOnly1764200070000 } from '../migrations/0070-append-only';
import { CaseNumbers1764200101000 } from '../migrations/0101-case-numbers';
import { Transfers1764200195000 } from '../migrations/0195-transfers';
import { migrations } from '../migrations';

const before = migrations.slice(0, migrations.indexOf(AppendOnly1764200070000));
// A later one looks at references, which the rows of this test have not.
const after = migrations.slice(0, migrations.indexOf(CaseNumbers1764200101000));
const LIBRARIES = [...messagingMigrations, ...rulesMigrations, ...documentsMigrations];
const source = (some: typeof migrations, libraries = messagingMigrations) =>
  createDataSource({ service: 'finance', entities: [], migrations: [...libraries, ...some] });

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

describe('the migration to transfers', () => {
  const own = migrations.slice(0, migrations.indexOf(Transfers1764200195000));
  const withTransfers = migrations.slice(0, migrations.indexOf(Transfers1764200195000) + 1);
  let books: TestDatabase;
  beforeAll(async () => {
    books = await createTestDatabase(source(own, LIBRARIES));
  }, 60_000);
  afterAll(() => books?.drop());

  it('makes each payout of a run from before a transfer of its own, which stays as it is', async () => {
    const [payee, commitment, run, assignment] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const payouts = [randomUUID(), randomUUID(), randomUUID()];
    const payout = (id: string, instalment: number, reference: string | null) =>
      `('${id}', 1, 'AZ-2027-000${instalment}-0', '${commitment}', '${assignment}', '${randomUUID()}', ${instalment}, 'r${instalment}', 'PERSONAL', 2027,
        ${instalment}00, 'EUR', '2027-01-01', 0, 'EXPERT', '${randomUUID()}', '${payee}', 'DUE', 1, ${reference === null ? 'NULL' : `'${reference}'`})`;
    await books.asAdmin(`SET session_replication_role = replica;
      INSERT INTO payee (id, version, kind, expert_id, name, town, country, iban, bic, account_holder, account_currency, created_at)
      VALUES ('${payee}', 1, 'EXPERT', '${randomUUID()}', 'A', 'B', 'FR', 'FR7630006000011234567890189', 'AGRIFRPP', 'Aïcha', 'EUR', now());
      INSERT INTO commitment (id, version, assignment_id, attempt, fund_id, instrument, expert_id, employer_municipality_id, period_from,
        period_to, agreed_to, cost_inputs, status, currency, total_minor, created_at)
      VALUES ('${commitment}', 1, '${assignment}', 1, '${randomUUID()}', 'LOCAL_EXPERT', '${randomUUID()}', '${randomUUID()}', '2027-01-01',
        '2028-01-01', '2028-01-01', '{}', 'COMMITTED', 'EUR', 600, now());
      INSERT INTO payout (id, version, case_number, commitment_id, assignment_id, fund_id, instalment, reference, category, budget_year,
        amount_minor, currency, due_on, required_reports, payee_kind, payee_owner_id, payee_id, status, order_signatures, creditor_reference)
      VALUES ${payout(payouts[0] ?? '', 1, null)}, ${payout(payouts[1] ?? '', 2, 'RF18539007547034')}, ${payout(payouts[2] ?? '', 3, null)};
      INSERT INTO payment_run (id, version, case_number, fund_id, payment_type, execution_on, status, account_holder, account_iban, account_bic,
        payout_count, total_minor, currency, message_id, file_name, file_sha256, file_size, created_at)
      VALUES ('${run}', 1, 'ZL-2027-0001-0', '${randomUUID()}', 'SEPA', '2027-01-02', 'SENT', 'F', 'DE02', 'X', 3, 600, 'EUR', 'm', 'f.xml', 'h', 1, now());
      INSERT INTO payment_run_item (payment_run_id, payout_id, end_to_end_id, amount_minor, account_country)
      VALUES ('${run}', '${payouts[0]}', 'e1', 100, 'FR'), ('${run}', '${payouts[1]}', 'e2', 200, 'FR')`);
    await migrate({ adminUrl: books.adminUrl, services: [source(withTransfers, LIBRARIES)] });
    const transfers = `SELECT t.end_to_end_id, t.amount_minor::int, t.account_holder, t.iban, t.creditor_reference, t.purpose, t.commitment_id, i.payout_id
      FROM transfer t JOIN payment_run_item i ON i.transfer_id = t.id AND i.payment_run_id = t.payment_run_id ORDER BY 1`;
    const same = {
      accountHolder: 'Aïcha',
      iban: 'FR7630006000011234567890189',
      purpose: null,
      commitmentId: commitment,
    };
    const first = { ...same, endToEndId: 'e1', amountMinor: 100, creditorReference: null, payoutId: payouts[0] };
    const second = {
      ...same,
      endToEndId: 'e2',
      amountMinor: 200,
      creditorReference: 'RF18539007547034',
      payoutId: payouts[1],
    };
    expect(await books.asAdmin(transfers)).toEqual([first, second]);
    expect(await books.asAdmin('SELECT transfer_count FROM payment_run')).toEqual([{ transferCount: null }]);
    // A replica of the version before still writes its items without one.
    await books.asAdmin(`INSERT INTO payment_run_item (payment_run_id, payout_id, end_to_end_id, amount_minor, account_country)
      VALUES ('${run}', '${payouts[2]}', 'e3', 300, 'FR')`);
    const third = { ...first, endToEndId: 'e3', amountMinor: 300, payoutId: payouts[2] };
    expect(await books.asAdmin(transfers)).toEqual([first, second, third]);
    for (const change of ['UPDATE transfer SET amount_minor = 1', 'UPDATE payment_run_item SET amount_minor = 1'])
      await expect(books.asAdmin(`SET ROLE own_finance; ${change}`)).rejects.toMatchObject({ code: '42501' });
  });
});
