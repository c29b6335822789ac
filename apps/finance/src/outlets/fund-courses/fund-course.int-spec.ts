import { toMinor } from '#contracts';
import {
  bookPaymentRun,
  createPaymentRun,
  type FundYearCourse,
  getFundYearCourse,
  sendPaymentRun,
} from '#contracts/finance';
import { AUDITOR, CASHIER, FinanceWorld, TODAY } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
}, 60_000);
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));
afterAll(() => world?.app.close());

/** Months with something in them, as `month spent expected`. */
function busy({ months }: FundYearCourse): string[] {
  return months
    .map(({ month, spent, expected }) => `${month} ${spent.amount} ${expected.amount}`)
    .filter((line) => !line.endsWith(' 0.00 0.00'));
}

describe('the course of a budget year', () => {
  it('has what was paid in its month and expects the rest when it falls due, what is late now', async () => {
    const [first, ...others] = await world.orderedPayouts();
    const fundId = first?.fundId ?? '';
    const read = () => world.app.rpc(getFundYearCourse, { fundId, year: 2027 }, AUDITOR);
    const before = await read();
    expect(before.months).toHaveLength(12);
    // Five instalments of January and February, 11,800.00 together, none of them paid.
    expect(busy(before)[0]).toBe('2027-02 0.00 11800.00');

    const run = await world.app.rpc(
      createPaymentRun,
      { fundId, paymentType: 'SEPA', executionOn: '2027-02-12', payoutIds: first ? [first.id] : [] },
      CASHIER,
    );
    const { version } = await world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, {
      expectedVersion: run.version,
    });
    const booking = { paymentRunId: run.id, bookedOn: '2027-02-10', statementReference: 'STATEMENT 31' };
    await world.app.rpc(bookPaymentRun, booking, CASHIER, { expectedVersion: version });
    world.clock.set('2027-03-02T09:00:00Z');

    const after = await read();
    expect(after.asOf).toBe('2027-03-02');
    expect(others).toHaveLength(4);
    expect(busy(after)[0]).toBe(`2027-02 ${first?.amount.amount ?? ''} 0.00`);
    const { total } = await world.balances(fundId);
    expect(sumOf(after, 'spent')).toBe(toMinor(total.paid).amountMinor);
    expect(sumOf(after, 'expected')).toBe(sumOf(before, 'expected') - sumOf(after, 'spent'));
  });

  it('counts what falls due after the year in December, and nothing of another year', async () => {
    const fund = await world.fund({ 2027: '30000.00', 2028: '1000.00' });
    await world.departed(fund.id);
    const course = (year: number) => world.app.rpc(getFundYearCourse, { fundId: fund.id, year }, AUDITOR);
    world.clock.set('2028-01-10T09:00:00Z');
    expect(busy(await course(2027))).toEqual(['2027-12 0.00 12000.00']);
    expect(busy(await course(2028))).toEqual([]);
  });

  it('is refused for a year that the fund has not', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const read = world.app.rpc(getFundYearCourse, { fundId: fund.id, year: 2031 }, AUDITOR);
    await expect(read).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_UNKNOWN' });
  });
});

function sumOf({ months }: FundYearCourse, member: 'spent' | 'expected'): bigint {
  return months.reduce((sum, { [member]: money }) => sum + toMinor(money).amountMinor, 0n);
}
