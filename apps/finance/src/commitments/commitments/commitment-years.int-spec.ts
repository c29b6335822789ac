import { cancelPayout, type CommitmentSummary } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { FINANCE, FinanceWorld } from '../../../test/finance-world';
import { bindYears, carryOverYear, orderFromYears, releaseYears, returnToYear } from './commitment-years.service';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
}, 60_000);
afterAll(() => world?.app.close());

const YEAR = 2027;
const CENTS = 600_000n;

/** 12,000.00 bound in 2027. */
async function commitment(): Promise<CommitmentSummary> {
  const fund = await world.fund({ 2027: '12000.00', 2028: '1000.00' });
  const data = world.fundingRequest(fund.id);
  await world.requestFunding(data);
  return world.commitment(data.assignmentId, 'RESERVED');
}

const write = <T>(work: (tx: Tx) => Promise<T>) => world.app.app.get(Database).transaction(work);
const years = async ({ assignmentId }: { assignmentId: string }) =>
  (await world.commitments(assignmentId))
    .at(-1)
    ?.byYear.map(({ year, amount, released, open }) => [year, amount.amount, released.amount, open.amount]);
const NOT_COVERED = { code: 'FINANCE_LEDGER_NOT_COVERED' };

describe('what a commitment binds of a year', () => {
  it('is open until it is ordered, again once the order is void, and never below zero', async () => {
    const it = await commitment();
    const order = { commitmentId: it.id, year: YEAR, amountMinor: CENTS };
    await write((tx) => orderFromYears(tx, [order]));
    expect(await years(it)).toEqual([[YEAR, '12000.00', '0.00', '6000.00']]);
    const tooMuch = { ...order, amountMinor: CENTS + 1n };
    await expect(write((tx) => orderFromYears(tx, [tooMuch]))).rejects.toMatchObject(NOT_COVERED);
    await expect(write((tx) => releaseYears(tx, it.id, [tooMuch]))).rejects.toMatchObject(NOT_COVERED);
    await write((tx) => returnToYear(tx, order));
    expect(await years(it)).toEqual([[YEAR, '12000.00', '0.00', '12000.00']]);
  });

  it('grows where more is bound, in years that the fund has opened', async () => {
    const it = await commitment();
    await write((tx) =>
      bindYears(tx, it, [
        { year: YEAR, amountMinor: 100n },
        { year: 2028, amountMinor: 200n },
      ]),
    );
    expect(await years(it)).toEqual([
      [YEAR, '12001.00', '0.00', '12001.00'],
      [2028, '2.00', '0.00', '2.00'],
    ]);
    const unknown = write((tx) => bindYears(tx, it, [{ year: 2031, amountMinor: 1n }]));
    await expect(unknown).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_UNKNOWN' });
  });

  it('goes to the next year as far as it is open', async () => {
    const it = await commitment();
    const order = { commitmentId: it.id, year: YEAR, amountMinor: CENTS };
    await write((tx) => orderFromYears(tx, [order]));
    expect(await write((tx) => carryOverYear(tx, it.fundId, YEAR))).toEqual([order]);
    expect(await years(it)).toEqual([
      [YEAR, '12000.00', '6000.00', '0.00'],
      [2028, '6000.00', '0.00', '6000.00'],
    ]);
    expect(await write((tx) => carryOverYear(tx, it.fundId, YEAR))).toEqual([]);
  });

  it('is given up, not ordered, when an ordered payout is cancelled', async () => {
    const fund = await world.fund({ 2027: '12000.00' });
    const data = world.fundingRequest(fund.id);
    await world.municipalityPayee(data.employerMunicipalityId);
    await world.departed(fund.id, data);
    const due = (await world.payouts(data.assignmentId)).find(({ status }) => status === 'DUE');
    if (!due) throw new Error('nothing is due');
    const { id: payoutId, version } = await world.order(due);
    expect(await years(data)).toEqual([[YEAR, '12000.00', '0.00', '6000.00']]);
    await world.app.rpc(cancelPayout, { payoutId, reason: 'Paid by the partner' }, FINANCE, {
      expectedVersion: version,
    });
    expect(await years(data)).toEqual([[YEAR, '12000.00', '6000.00', '6000.00']]);
  });
});
