import { randomUUID } from 'node:crypto';
import { verifyJournal } from '#contracts/finance';
import { Audit } from '#messaging';
import { AUDITOR, FinanceWorld, OFFICER } from '../../../test/finance-world';

/** What is written once. A new table of this kind is added here, to its migration's REVOKE and to its trigger. */
const APPEND_ONLY = [
  'assignment_change_copy',
  'audit_record',
  'audit_seal',
  'bank_match',
  'bank_message',
  'bank_receipt',
  'bank_statement',
  'bank_transaction',
  'base_rate',
  'carry_over',
  'claim_interest_demand',
  'claim_payment',
  'claim_payment_outcome',
  'claim_waiver',
  'commitment_plan',
  'commitment_rate_change',
  'commitment_share_change',
  'commitment_terms_change',
  'exchange_rate',
  'journal_entry',
  'journal_line',
  'journal_seal',
  'payment_run_file',
  'payment_run_item',
  'payout_cancellation',
  'payout_exchange_difference',
  'payout_return_withdrawal',
  'payout_voided_order',
  'proof_receipt',
  'sanctioned_subject',
  'sanctions_list',
  'signing_key',
  'transfer',
  'travel_claim',
  'travel_receipt',
];

/** Written once, too, but emptied by the owner when a message can no longer come again. */
// A year's base of case numbers is written once by the trigger that gives them.
const WITHOUT_TRIGGER = ['case_number_year', 'inbox_message'];

/** What else the service may not delete, with the columns it may set where those are not all. */
const SETTABLE: Readonly<Record<string, readonly string[]>> = {
  audit_checkpoint: ['written_to'],
  audit_why: ['erased_at', 'text'],
  bank_entry: ['duplicate_of', 'explanation', 'matched_minor', 'obstacle', 'reasons', 'status', 'version'],
  drawdown_part: ['deadline_on', 'rule_id'],
  ledger_account: ['balance_minor', 'is_open'],
  payout_block: ['release_note', 'released_at', 'released_by'],
  payout_return: ['amount_minor', 'settled_as', 'settled_at', 'settled_by'],
};
const KEPT = [
  'bank_account_change',
  'budget_change',
  'budget_year',
  'claim',
  'commitment',
  'commitment_year',
  'drawdown',
  'fund',
  'payee',
  'payment_answer',
  'payment_run',
  'payout',
  'proof_of_use',
  'screening',
];

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const asService = (sql: string) => world.app.asServiceRole(sql);
const asAdmin = <Row extends object>(sql: string, parameters?: unknown[]) =>
  world.app.testDatabase.asAdmin<Row & Record<string, unknown>>(sql, parameters);

async function columnsOf(table: string): Promise<string[]> {
  const rows = await asAdmin<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname`,
    [`finance.${table}`],
  );
  return rows.map(({ name }) => name);
}

async function refusalOf(sql: string): Promise<unknown> {
  return asService(sql).then(
    () => `allowed: ${sql}`,
    (error: unknown) => {
      const { code, message } = error as { code: string; message: string };
      return [code, message];
    },
  );
}

const denied = (table: string) => ['42501', `permission denied for table ${table}`];

describe('the tables that are written once', () => {
  it('are those whose changes a trigger refuses, by the catalogue', async () => {
    const rows = await asAdmin<{ name: string }>(
      `SELECT DISTINCT class.relname AS name FROM pg_trigger JOIN pg_class class ON class.oid = tgrelid
       JOIN pg_proc ON pg_proc.oid = tgfoid
       WHERE class.relnamespace = 'finance'::regnamespace AND proname = 'refuse_change' AND tgenabled IN ('O', 'A')
         AND tgtype & 58 = 58`, // before (2), delete (8), update (16), truncate (32)
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(APPEND_ONLY);
  });

  it('are those that the service may neither update nor delete from nor empty, by the catalogue', async () => {
    const rows = await asAdmin<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'finance'::regnamespace AND relkind IN ('r', 'p') AND has_any_column_privilege('svc_finance', oid, 'INSERT')
         AND NOT has_any_column_privilege('svc_finance', oid, 'UPDATE')
         AND NOT has_table_privilege('svc_finance', oid, 'DELETE') AND NOT has_table_privilege('svc_finance', oid, 'TRUNCATE')`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...APPEND_ONLY, ...WITHOUT_TRIGGER].sort());
  });

  it.each([...APPEND_ONLY, ...WITHOUT_TRIGGER])(
    '%s: UPDATE, DELETE and TRUNCATE as the service end in 42501',
    async (table) => {
      for (const column of await columnsOf(table)) {
        expect(await refusalOf(`UPDATE ${table} SET ${column} = ${column}`)).toEqual(denied(table));
      }
      expect(await refusalOf(`DELETE FROM ${table}`)).toEqual(denied(table));
      expect(await refusalOf(`TRUNCATE ${table}`)).toEqual(denied(table));
      expect(await refusalOf(`TRUNCATE ${table} CASCADE`)).toEqual(denied(table));
    },
  );

  it.each(APPEND_ONLY)('%s: the trigger stops the owner of the schema, too', async (table) => {
    const [column] = await columnsOf(table);
    for (const sql of [
      `UPDATE ${table} SET ${column} = ${column}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ]) {
      await expect(asAdmin(`SET ROLE own_finance; ${sql}`)).rejects.toMatchObject({
        code: '42501',
        message: expect.stringContaining('is append-only') as string,
      });
    }
  });
});

describe('the tables that are kept', () => {
  it.each(Object.entries(SETTABLE))(
    '%s: only the columns named can be set, and no row goes',
    async (table, settable) => {
      for (const column of await columnsOf(table)) {
        const attempt = await refusalOf(`UPDATE ${table} SET ${column} = ${column} WHERE false`);
        expect([column, attempt]).toEqual([
          column,
          settable.includes(column) ? `allowed: UPDATE ${table} SET ${column} = ${column} WHERE false` : denied(table),
        ]);
      }
      expect(await refusalOf(`DELETE FROM ${table}`)).toEqual(denied(table));
      expect(await refusalOf(`TRUNCATE ${table} CASCADE`)).toEqual(denied(table));
    },
  );

  it.each(KEPT)('%s: no row goes', async (table) => {
    expect(await refusalOf(`DELETE FROM ${table}`)).toEqual(denied(table));
    expect(await refusalOf(`TRUNCATE ${table} CASCADE`)).toEqual(denied(table));
  });
});

describe('the journal', () => {
  it('takes no time of booking from the service', async () => {
    const attempt = await refusalOf(
      `INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id, booked_at)
       SELECT gen_random_uuid(), id, 'YEAR_LAPSED', 'x', '2020-01-01', 'x', '2020-01-01' FROM fund`,
    );
    expect(attempt).toEqual(denied('journal_entry'));
  });

  it('accepts an unbalanced entry until COMMIT, and refuses it there', async () => {
    const fund = await world.fund({ 2027: '10.00' });
    const reached: string[] = [];
    const commit = world.app.database.transaction(async (tx) => {
      await tx.query(
        `WITH entry AS (INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id)
           VALUES ($1::uuid, $2::uuid, 'YEAR_LAPSED', $1::text, '2027-01-01', 'x') RETURNING id)
         INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor)
         SELECT id, 1, $2::uuid, 2027, 'paid', 100 FROM entry`,
        [randomUUID(), fund.id],
      );
      reached.push('written');
    });
    await expect(commit).rejects.toMatchObject({ code: '23514', constraint: 'ck_journal_entry_balanced' });
    expect(reached).toEqual(['written']);
  });
});

describe('who gets past the triggers', () => {
  const seal = () => world.app.app.get(Audit, { strict: false }).seal();
  const verify = () => world.app.rpc(verifyJournal, {}, AUDITOR);
  const entries = (fundId: string) =>
    asAdmin<{ id: string }>('SELECT id FROM journal_entry WHERE fund_id = $1 ORDER BY booked_at', [fundId]);

  it('is found out by the chain, which names the first entry that was changed', async () => {
    const fund = await world.fund({ 2027: '10.00', 2028: '20.00', 2029: '30.00', 2030: '40.00' });
    await seal();
    expect(await verify()).toMatchObject({ isIntact: true, fault: null });
    const [, second, , fourth] = await entries(fund.id);
    // The owner takes the guard away, moves a cent in two entries and puts the guard back. Each still balances.
    const change = (id: unknown) =>
      `UPDATE journal_line SET amount_minor = amount_minor + sign(amount_minor) WHERE entry_id = '${String(id)}';`;
    await asAdmin(`SET ROLE own_finance; ALTER TABLE journal_line DISABLE TRIGGER journal_line_append_only;
      ${change(fourth?.id)} ${change(second?.id)} ALTER TABLE journal_line ENABLE TRIGGER journal_line_append_only`);
    expect(await verify()).toMatchObject({ isIntact: false, fault: { kind: 'entry-changed', entryId: second?.id } });
    const restore = (id: unknown) => change(id).replace('+ sign', '- sign');
    await asAdmin(`SET session_replication_role = replica; ${restore(fourth?.id)} ${restore(second?.id)}`);
    expect(await verify()).toMatchObject({ isIntact: true });
  });

  it('is found out when an entry is gone, or a seal was made anew', async () => {
    const fund = await world.fund({ 2027: '10.00' });
    await seal();
    const [entry] = await entries(fund.id);
    const { head } = await verify();
    const superuser = (sql: string) => asAdmin(`SET session_replication_role = replica; ${sql}`);
    await superuser(`CREATE TABLE kept_line AS SELECT * FROM journal_line WHERE entry_id = '${entry?.id}';
      CREATE TABLE kept AS SELECT * FROM journal_entry WHERE id = '${entry?.id}';
      DELETE FROM journal_line WHERE entry_id = '${entry?.id}'; DELETE FROM journal_entry WHERE id = '${entry?.id}'`);
    expect(await verify()).toMatchObject({ isIntact: false, fault: { kind: 'entry-missing', entryId: entry?.id } });
    await superuser('INSERT INTO journal_entry SELECT * FROM kept; INSERT INTO journal_line SELECT * FROM kept_line');
    expect(await verify()).toMatchObject({ isIntact: true });
    // Without the last seal the chain is whole; only a head that was kept elsewhere tells.
    await superuser(`DELETE FROM journal_seal WHERE seq = ${head?.seq ?? 0}`);
    const checkpoint = { checkpointSeq: head?.seq ?? 0, checkpointHash: head?.hash ?? '' };
    expect(await world.app.rpc(verifyJournal, checkpoint, AUDITOR)).toMatchObject({
      isIntact: false,
      fault: { kind: 'seal-missing' },
    });
    await expect(world.app.rpc(verifyJournal, {}, OFFICER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
