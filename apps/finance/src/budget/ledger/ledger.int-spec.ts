import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { LEDGER_STAGES, type LedgerStage } from '#contracts/finance';
import type { Database } from '#database';
import { FinanceWorld } from '../../../test/finance-world';
import { Ledger, type LedgerEntry, move } from './ledger.service';

let world: FinanceWorld;
let ledger: Ledger;
let database: Database;
beforeAll(async () => {
  world = await FinanceWorld.start();
  ledger = world.app.app.get(Ledger, { strict: false });
  database = world.app.database;
});
afterAll(() => world?.app.close());

function entry(fundId: string, lines: LedgerEntry['lines'], reference: string = randomUUID()): LedgerEntry {
  return { fundId, kind: 'COMMITMENT_RESERVED', reference, effectiveOn: '2027-01-01', correlationId: 'test', lines };
}

const post = (it: LedgerEntry) => database.transaction((tx) => ledger.post(tx, it));
const reserve = (amountMinor: bigint) => move(2027, amountMinor, { from: 'available', to: 'reserved' });

describe('posting an entry', () => {
  it('is refused when the account does not cover it, and leaves nothing behind', async () => {
    const fund = await world.fund({ 2027: '10.00' });
    await expect(post(entry(fund.id, reserve(1001n)))).rejects.toMatchObject({ code: 'FINANCE_LEDGER_NOT_COVERED' });
    expect((await world.balances(fund.id)).total).toMatchObject({
      available: { amount: '10.00' },
      reserved: { amount: '0.00' },
    });
  });

  it('is refused a second time under the same business reference', async () => {
    const fund = await world.fund({ 2027: '10.00' });
    const reference = randomUUID();
    await post(entry(fund.id, reserve(1n), reference));
    await expect(post(entry(fund.id, reserve(1n), reference))).rejects.toMatchObject({
      code: 'FINANCE_ENTRY_ALREADY_POSTED',
    });
  });

  it('is refused for a year that the fund has not', async () => {
    const fund = await world.fund({ 2027: '10.00' });
    const lines = move(2030, 1n, { from: 'external', to: 'available' });
    await expect(post(entry(fund.id, lines))).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_UNKNOWN' });
  });

  it('is refused for a closed year', async () => {
    const fund = await world.fund({ 2027: '10.00' });
    await world.app.asServiceRole(`UPDATE budget_year SET status = 'CLOSED' WHERE fund_id = $1`, [fund.id]);
    await expect(post(entry(fund.id, reserve(1n)))).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_CLOSED' });
  });

  it('accepts exactly as many of 100 at once as the money covers', async () => {
    const fund = await world.fund({ 2027: '50.00' });
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => post(entry(fund.id, reserve(100n)))));
    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(50);
    expect((await world.balances(fund.id)).total).toMatchObject({
      available: { amount: '0.00' },
      reserved: { amount: '50.00' },
    });
  });
});

describe('the books', () => {
  it('balance, never go below zero and equal their replay after random histories', async () => {
    const stages = LEDGER_STAGES.filter((stage) => stage !== 'external');
    const step = fc.record({
      year: fc.constantFrom(2027, 2028),
      from: fc.constantFrom<LedgerStage>(...stages),
      to: fc.constantFrom<LedgerStage>(...stages),
      amount: fc.bigInt({ min: 1n, max: 6000n }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const fund = await world.fund({ 2027: '100.00', 2028: '40.00' });
        for (const { year, from, to, amount } of steps.filter((it) => it.from !== it.to)) {
          await post(entry(fund.id, move(year, amount, { from, to }))).catch((error: unknown) =>
            expect(error).toMatchObject({ code: 'FINANCE_LEDGER_NOT_COVERED' }),
          );
        }
        const stored = await world.balances(fund.id);
        const replayed = await world.balances(fund.id, '2100-01-01T00:00:00Z');
        expect({ ...replayed, asOf: null }).toEqual(stored);
        const balances = await ledger.balances(fund.id);
        expect(balances.reduce((sum, it) => sum + it.balanceMinor, 0n)).toBe(0n);
        expect(balances.filter((it) => it.stage !== 'external' && it.balanceMinor < 0n)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('the journal under the role of the service', () => {
  const attempts = ['journal_entry', 'journal_line', 'commitment_plan', 'payment_run_file'].flatMap((table) => [
    `UPDATE ${table} SET ${table === 'journal_entry' ? 'reference' : 'ctid'} = DEFAULT`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table}`,
  ]);

  it.each(attempts.filter((sql) => !sql.includes('ctid')))('refuses "%s"', async (sql) => {
    await expect(world.app.asServiceRole(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses an update of a line', async () => {
    const update = world.app.asServiceRole('UPDATE journal_line SET amount_minor = 1');
    await expect(update).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses a booking time of the writer', async () => {
    const fund = await world.fund({ 2027: '1.00' });
    const insert = world.app.asServiceRole(
      `INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id, booked_at)
       VALUES ($1, $2, 'PAYMENT_BOOKED', 'x', '2027-01-01', 'x', '2020-01-01')`,
      [randomUUID(), fund.id],
    );
    await expect(insert).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses an unbalanced entry at commit', async () => {
    const fund = await world.fund({ 2027: '1.00' });
    const insert = world.app.asServiceRole(
      `WITH e AS (INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id)
         VALUES ($1, $2, 'PAYMENT_BOOKED', $3, '2027-01-01', 'x') RETURNING id, fund_id)
       INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor)
       SELECT id, 1, fund_id, 2027, 'paid', 100 FROM e`,
      [randomUUID(), fund.id, randomUUID()],
    );
    await expect(insert).rejects.toMatchObject({ code: '23514', constraint: 'ck_journal_entry_balanced' });
  });

  it('refuses an entry that balances over two years but not in each', async () => {
    const fund = await world.fund({ 2027: '1.00', 2028: '1.00' });
    const lines = [
      { year: 2027, stage: 'available' as const, amountMinor: -50n },
      { year: 2028, stage: 'available' as const, amountMinor: 50n },
    ];
    await expect(post(entry(fund.id, lines))).rejects.toMatchObject({ constraint: 'ck_journal_entry_balanced' });
  });

  it('refuses an entry without lines at commit', async () => {
    const fund = await world.fund({ 2027: '1.00' });
    const insert = world.app.asServiceRole(
      `INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id)
       VALUES ($1, $2, 'PAYMENT_BOOKED', $3, '2027-01-01', 'x')`,
      [randomUUID(), fund.id, randomUUID()],
    );
    await expect(insert).rejects.toMatchObject({ code: '23514', constraint: 'ck_journal_entry_lines' });
  });

  it('refuses a balance below zero', async () => {
    const fund = await world.fund({ 2027: '1.00' });
    const update = world.app.asServiceRole(
      `UPDATE ledger_account SET balance_minor = -1 WHERE fund_id = $1 AND stage = 'available'`,
      [fund.id],
    );
    await expect(update).rejects.toMatchObject({ code: '23514', constraint: 'ck_ledger_account_covered' });
  });
});
