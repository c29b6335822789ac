import { getReconciliation } from '#contracts/finance';
import { BankLoop, type SentRun, single } from '../../../test/bank-loop';
import { AUDITOR, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
}, 60_000);
afterAll(() => world?.app.close());

describe('the reconciliation fund = journal = bank', () => {
  const report = (fundId: string) => world.app.rpc(getReconciliation, { fundId }, AUDITOR);
  const wrong = async (fundId: string) =>
    (await report(fundId)).checks
      .filter((check) => !check.isEqual)
      .map(({ name, difference }) => [name, difference.amount]);

  it('agrees after the bank booked the run', async () => {
    const { fundId, run } = await bookedRun();
    expect(await wrong(fundId)).toEqual([]);
    expect((await report(fundId)).bank.debits).toEqual(run.total);
  });

  it('says that the journal paid what no payout and no statement knows, and how much', async () => {
    const { fundId } = await bookedRun();
    await world.app.asServiceRole(
      `WITH entry AS (INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id)
         VALUES (gen_random_uuid(), $1, 'PAYMENT_BOOKED', 'by hand', '2027-02-12', 'x') RETURNING id),
       line AS (INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor)
         SELECT id, line, $1, 2027, stage, amount FROM entry, (VALUES (1, 'committed', -700), (2, 'paid', 700)) AS l (line, stage, amount))
       UPDATE ledger_account SET balance_minor = balance_minor + CASE stage WHEN 'paid' THEN 700 ELSE -700 END
       WHERE fund_id = $1 AND budget_year = 2027 AND stage IN ('committed', 'paid')`,
      [fundId],
    );
    expect(await wrong(fundId)).toEqual([
      [expect.stringContaining('paid = booked payouts'), '7.00'],
      [expect.stringContaining('paid = bank debits'), '7.00'],
    ]);
    expect((await report(fundId)).isReconciled).toBe(false);
  });

  it('says that a payout changed its amount after the bank booked it', async () => {
    const { fundId, payouts } = await bookedRun();
    // Past the trigger that keeps what an order binds.
    await world.app.testDatabase.asAdmin(
      `SET session_replication_role = replica; UPDATE payout SET amount_minor = amount_minor - 1 WHERE id = '${payouts[0]?.id}'`,
    );
    expect(await wrong(fundId)).toContainEqual([expect.stringContaining('paid = booked payouts'), '0.01']);
  });
});

async function bookedRun(): Promise<SentRun> {
  const run = await bank.sentRun();
  await bank.importFile(bank.statement(run.payouts.map((it) => single(it))));
  return run;
}
