import { randomUUID } from 'node:crypto';
import {
  changeCommitmentRate,
  closeBudgetYear,
  type CommitmentSummary,
  estimateCost,
  getFund,
  getFundBalances,
  listCommitments,
  listFundJournal,
  reverseRelease,
} from '#contracts/finance';
import { caller } from '#testing';
import {
  AUDITOR,
  BUDGET,
  FINANCE,
  FinanceWorld,
  type FundingData,
  LOCAL_INPUTS,
  OFFICER,
  PERIOD,
  TODAY,
} from '../../../test/finance-world';
import { ReservationExpiry } from './reservation-expiry.service';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
  await world.app.asServiceRole(
    `INSERT INTO exchange_rate (id, currency, rate_on, rate, direction, source)
     VALUES ($1, 'TZS', '2027-03-31', 4000, 'LOCAL_PER_EUR', 'test')`,
    [randomUUID()],
  );
}, 60_000);
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const IF = {
  instrument: 'INTEGRATED_EXPERT' as const,
  localSalaryMonth: { amount: '2000000.00', currency: 'TZS' },
  hasSpouse: false,
  children: 0,
};

/** A fund that holds exactly what a year of an integrated expert costs. */
async function exactFund() {
  const { total } = await world.app.rpc(estimateCost, { costInputs: IF, period: PERIOD }, FINANCE);
  return world.fund({ 2027: total.amount });
}
const latest = async ({ assignmentId }: FundingData) => (await world.commitments(assignmentId)).at(-1);
const changeRate = (commitment: CommitmentSummary | undefined, as = FINANCE) =>
  world.app.rpc(changeCommitmentRate, { commitmentId: commitment?.id ?? '', from: '2027-04-01' }, as, {
    expectedVersion: commitment?.version ?? 1,
  });
const close = async (fundId: string, to: 'CLOSING' | 'CLOSED', more: object = {}) => {
  const { version } = await world.app.rpc(getFund, { fundId }, AUDITOR);
  return world.app.rpc(closeBudgetYear, { fundId, year: 2027, to, ...more }, BUDGET, { expectedVersion: version });
};

describe('a new rate', () => {
  it('is refused whole when the year does not hold the higher top-up, and tells how much it lacks', async () => {
    const fund = await exactFund();
    const data = await world.departed(fund.id, { costInputs: IF });
    const before = await latest(data);
    await expect(changeRate(before)).rejects.toMatchObject({
      code: 'FINANCE_COMMITMENT_INSUFFICIENT_FUNDS',
      details: { years: ['2027'] },
    });
    expect(await latest(data)).toEqual(before);
    expect((await world.balances(fund.id)).total.available).toEqual(eur('0.00'));
  });

  it('is for the finance officer, on what is committed', async () => {
    const fund = await exactFund();
    const data = world.fundingRequest(fund.id, { costInputs: IF });
    await world.requestFunding(data);
    const reserved = await world.commitment(data.assignmentId, 'RESERVED');
    await expect(changeRate(reserved)).rejects.toMatchObject({ code: 'FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED' });
    await expect(changeRate(reserved, OFFICER)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
  });
});

describe('a budget year at its end', () => {
  it('carries nothing into a year that is not opened, and stays as it is', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = await world.departed(fund.id, { costInputs: LOCAL_INPUTS });
    await close(fund.id, 'CLOSING');
    world.clock.set('2028-01-10T09:00:00Z');
    await expect(close(fund.id, 'CLOSED')).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_UNKNOWN' });
    expect((await world.balances(fund.id)).years.map((it) => it.year)).toEqual([2027]);
    expect((await latest(data))?.byYear).toMatchObject([{ year: 2027, open: eur('12000.00') }]);
  });

  it('takes no reversal once it is closed, and is not closed twice', async () => {
    const fund = await world.fund({ 2027: '100.00', 2028: '100.00' });
    const { items } = await world.app.rpc(listFundJournal, { fundId: fund.id }, AUDITOR);
    await close(fund.id, 'CLOSING');
    world.clock.set('2028-01-10T09:00:00Z');
    await close(fund.id, 'CLOSED', { carryOver: eur('100.00'), reason: 'Late start' });
    await expect(close(fund.id, 'CLOSED')).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_YEAR_TRANSITION_NOT_ALLOWED',
    });
    const { version } = await world.app.rpc(getFund, { fundId: fund.id }, AUDITOR);
    const release2027 = items.find((it) => it.lines.some((line) => line.year === 2027));
    const request = { fundId: fund.id, journalEntryId: release2027?.id ?? '', reason: 'Typed twice' };
    await expect(world.app.rpc(reverseRelease, request, BUDGET, { expectedVersion: version })).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect((await world.balances(fund.id)).total.available).toEqual(eur('200.00'));
  });
});

describe('a reservation that ran out', () => {
  it('is bound by no confirmation and no departure that come later', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data);
    await world.commitment(data.assignmentId, 'RESERVED');
    world.clock.set('2027-03-10T09:00:00Z');
    await world.app.app.get(ReservationExpiry, { strict: false }).sweep();
    await world.confirm(data);
    await world.depart(data);
    // The answer to another one, asked for afterwards, shows that both were taken in.
    const next = world.fundingRequest(fund.id);
    await world.requestFunding(next);
    await world.commitment(next.assignmentId, 'RESERVED');
    expect(await world.commitment(data.assignmentId, 'EXPIRED')).toMatchObject({ expiresAt: null });
    expect(await world.payouts(data.assignmentId)).toEqual([]);
  });
});

describe('balances and commitments', () => {
  it('are refused as of what is no instant, of an unknown fund, and to outsiders', async () => {
    const fund = await world.fund({ 2027: '1.00' });
    const read = (fundId: string, asOf: string, as = AUDITOR) => world.app.rpc(getFundBalances, { fundId, asOf }, as);
    await expect(read(fund.id, '2027-02-30T00:00:00Z')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(read(fund.id, 'yesterday')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(read(randomUUID(), '2027-02-10T00:00:00Z')).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    await expect(read(fund.id, '2027-02-10T00:00:00Z', caller('expert'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    expect((await read(fund.id, '2020-01-01T00:00:00Z')).total.available).toEqual(eur('0.00'));
  });

  it('show an expert the own ones only', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = await world.departed(fund.id);
    const own = await world.app.rpc(listCommitments, {}, caller('expert', { expertId: data.expertId }));
    expect(own.items.map((it) => it.assignmentId)).toEqual([data.assignmentId]);
    const other = await world.app.rpc(listCommitments, {}, caller('expert', { expertId: randomUUID() }));
    expect(other.items).toEqual([]);
  });
});
