import { randomUUID } from 'node:crypto';
import { toMinor } from '#contracts';
import {
  changeCommitmentRate,
  closeBudgetYear,
  type FundView,
  fundCoverExpired,
  fundCoverRefused,
  getCommitment,
  getFund,
  getFundPeriodStatement,
  listFundJournal,
  openBudgetYear,
  releaseBudget,
  reverseRelease,
  verifyJournal,
} from '#contracts/finance';
import { Audit } from '#messaging';
import { eventually } from '#testing';
import { AUDITOR, BUDGET, FINANCE, FinanceWorld, OFFICER, TODAY } from '../../../test/finance-world';
import { ReservationExpiry } from '../../commitments/commitments/reservation-expiry.service';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
}, 60_000);
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const fresh = (fundId: string): Promise<FundView> => world.app.rpc(getFund, { fundId }, AUDITOR);
async function close(fundId: string, to: 'CLOSING' | 'CLOSED', more: object = {}): Promise<FundView> {
  const { version } = await fresh(fundId);
  return world.app.rpc(closeBudgetYear, { fundId, year: 2027, to, ...more }, BUDGET, { expectedVersion: version });
}

describe('closing a budget year', () => {
  it('carries over what is bound and what has a reason, lets the rest lapse, and takes no booking any more', async () => {
    const fund = await world.fund({ 2027: '30000.00', 2028: '1000.00' });
    const data = await world.departed(fund.id);
    await close(fund.id, 'CLOSING');
    world.clock.set('2028-01-10T09:00:00Z');
    const closed = await close(fund.id, 'CLOSED', { carryOver: eur('5000.00'), reason: 'Delayed start' });
    expect(closed.budgetYears.map((it) => it.status)).toEqual(['CLOSED', 'OPEN']);
    expect(closed.budgetYears.map(({ carriedOver, carryOver }) => ({ carriedOver, carryOver }))).toEqual([
      { carriedOver: eur('0.00'), carryOver: null },
      {
        carriedOver: eur('17000.00'),
        carryOver: { fromYear: 2027, amount: eur('5000.00'), reason: 'Delayed start' },
      },
    ]);
    const { years } = await world.balances(fund.id);
    expect(years.map((it) => [it.available.amount, it.committed.amount, it.external.amount])).toEqual([
      ['0.00', '0.00', '0.00'],
      ['6000.00', '12000.00', '-18000.00'],
    ]);
    const payouts = await world.payouts(data.assignmentId);
    expect(new Set(payouts.map((it) => it.budgetYear))).toEqual(new Set([2028]));
    const [commitment] = await world.commitments(data.assignmentId);
    const { plan } = await world.app.rpc(getCommitment, { commitmentId: commitment?.id ?? '' }, AUDITOR);
    expect(plan?.byYear).toEqual([{ year: 2028, amount: eur('12000.00') }]);
    const { version } = await fresh(fund.id);
    const release = world.app.rpc(releaseBudget, { fundId: fund.id, year: 2027, amount: eur('1.00') }, BUDGET, {
      expectedVersion: version,
    });
    await expect(release).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('is refused out of order, before the year is over, without a reason, and while money is reserved', async () => {
    const fund = await world.fund({ 2027: '30000.00', 2028: '1000.00' });
    await expect(close(fund.id, 'CLOSED')).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_YEAR_TRANSITION_NOT_ALLOWED',
    });
    await expect(close(fund.id, 'CLOSING', { year: 2035 })).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data);
    await world.commitment(data.assignmentId, 'RESERVED');
    await close(fund.id, 'CLOSING');
    await expect(close(fund.id, 'CLOSED')).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_NOT_OVER' });
    world.clock.set('2028-01-10T09:00:00Z');
    await expect(close(fund.id, 'CLOSED', { carryOver: eur('1.00') })).rejects.toMatchObject({
      code: 'FINANCE_CARRY_OVER_REASON_MISSING',
    });
    await expect(close(fund.id, 'CLOSED')).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_IN_USE' });
    const late = world.fundingRequest(fund.id);
    await world.requestFunding(late);
    await eventually(async () => {
      const refused = await world.app.published(fundCoverRefused);
      expect(refused.find((it) => it.assignmentId === late.assignmentId)).toMatchObject({ reason: 'YEAR_CLOSED' });
    });
  });

  it('is not for other roles, and not to carry over more than there is', async () => {
    const fund = await world.fund({ 2027: '100.00', 2028: '100.00' });
    const { version } = await fresh(fund.id);
    const request = { fundId: fund.id, year: 2027, to: 'CLOSING' as const };
    await expect(world.app.rpc(closeBudgetYear, request, OFFICER, { expectedVersion: version })).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    await close(fund.id, 'CLOSING');
    world.clock.set('2028-01-10T09:00:00Z');
    const tooMuch = close(fund.id, 'CLOSED', { carryOver: eur('100.01'), reason: 'More' });
    await expect(tooMuch).rejects.toMatchObject({ code: 'FINANCE_LEDGER_NOT_COVERED' });
    expect((await fresh(fund.id)).budgetYears[0]?.status).toBe('CLOSING');
  });
});

describe('reversing a release', () => {
  it('books it back once, with its reason, while the money is available', async () => {
    const fund = await world.fund({ 2027: '100.00' });
    const { items } = await world.app.rpc(listFundJournal, { fundId: fund.id }, AUDITOR);
    const reverse = async (journalEntryId = items[0]?.id ?? '') =>
      world.app.rpc(reverseRelease, { fundId: fund.id, journalEntryId, reason: 'Typed twice' }, BUDGET, {
        expectedVersion: (await fresh(fund.id)).version,
      });
    expect((await reverse()).budgetYears[0]?.released).toEqual(eur('0.00'));
    expect((await world.balances(fund.id)).total.available).toEqual(eur('0.00'));
    await expect(reverse()).rejects.toMatchObject({ kind: 'conflict' });
    await expect(reverse(randomUUID())).rejects.toMatchObject({ code: 'FINANCE_ENTRY_NOT_REVERSIBLE' });
  });
});

describe('a reservation that was not confirmed in time', () => {
  it('is given back and told of, once', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data);
    await world.commitment(data.assignmentId, 'RESERVED');
    const expiry = world.app.app.get(ReservationExpiry, { strict: false });
    await expiry.sweep();
    await world.commitment(data.assignmentId, 'RESERVED');
    world.clock.set('2027-03-10T09:00:00Z');
    await Promise.all([expiry.sweep(), expiry.sweep()]);
    await world.commitment(data.assignmentId, 'EXPIRED');
    expect((await world.balances(fund.id)).total.available).toEqual(eur('30000.00'));
    await eventually(async () => {
      const expired = await world.app.published(fundCoverExpired);
      expect(expired.filter((it) => it.assignmentId === data.assignmentId)).toHaveLength(1);
    });
    await world.confirm(data);
    await world.requestFunding(data, 4);
    await world.commitment(data.assignmentId, 'RESERVED');
  });
});

describe('a new rate', () => {
  it('re-fixes the top-up and commits more, or is refused', async () => {
    const fund = await world.fund({ 2027: '90000.00' });
    const IF = {
      instrument: 'INTEGRATED_EXPERT' as const,
      localSalaryMonth: { amount: '2000000.00', currency: 'TZS' },
      hasSpouse: false,
      children: 0,
    };
    const data = await world.departed(fund.id, { costInputs: IF });
    const [before] = await world.commitments(data.assignmentId);
    const change = async (from: string) => {
      const { id, version } = (await world.commitments(data.assignmentId))[0] ?? { id: '', version: 1 };
      return world.app.rpc(changeCommitmentRate, { commitmentId: id, from }, FINANCE, { expectedVersion: version });
    };
    await expect(change('2027-04-01')).rejects.toMatchObject({ code: 'FINANCE_RATE_CHANGE_NOT_APPLICABLE' });
    await expect(change('2029-04-01')).rejects.toMatchObject({ code: 'FINANCE_RATE_CHANGE_DAY_NOT_ALLOWED' });
    await world.app.asServiceRole(
      `INSERT INTO exchange_rate (id, currency, rate_on, rate, direction, source)
       VALUES ($1, 'TZS', '2027-03-31', 4000, 'LOCAL_PER_EUR', 'test')`,
      [randomUUID()],
    );
    const after = await change('2027-04-01');
    expect(toMinor(after.total).amountMinor).toBeGreaterThan(toMinor(before?.total ?? eur('0.00')).amountMinor);
    expect((await world.balances(fund.id)).total.committed).toEqual(after.total);
    expect(after.plan?.changes?.rateChanges).toMatchObject([{ from: '2027-04-01', exchangeRate: { rate: '4000' } }]);
    const { assignmentId } = await world.departed(fund.id, { period: { from: '2027-01-01', to: '2027-03-01' } });
    const local = (await world.commitments(assignmentId))[0];
    await expect(
      world.app.rpc(changeCommitmentRate, { commitmentId: local?.id ?? '', from: '2027-02-01' }, FINANCE, {
        expectedVersion: local?.version ?? 1,
      }),
    ).rejects.toMatchObject({ code: 'FINANCE_RATE_CHANGE_NOT_APPLICABLE' });
  });
});

describe('a statement', () => {
  it('opens with what went before, and its closing adds up to zero', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    await world.departed(fund.id);
    for (const period of ['2027-02', '2027', '2027-03']) {
      const statement = await world.app.rpc(getFundPeriodStatement, { fundId: fund.id, period }, AUDITOR);
      expect(statement.closing.map((it) => [it.stage, it.amount.amount])).toEqual([
        ['external', '-30000.00'],
        ['available', '18000.00'],
        ['blocked', '0.00'],
        ['reserved', '0.00'],
        ['committed', '12000.00'],
        ['payable', '0.00'],
        ['paid', '0.00'],
        ['returned', '0.00'],
      ]);
      expect(statement.entries).toBe(period === '2027-03' ? 0 : 3);
    }
  });
});

describe('the chain of the journal', () => {
  it('is intact, cannot be written by the service, and names what the owner changed', async () => {
    const fund = await world.fund({ 2027: '100.00' });
    const audit = world.app.app.get(Audit, { strict: false });
    await audit.seal();
    const [left] = await world.app.asServiceRole<{ count: string }>(
      'SELECT count(*) FROM journal_entry e WHERE NOT EXISTS (SELECT FROM journal_seal s WHERE s.entry_id = e.id)',
    );
    expect(Number(left?.count)).toBe(0);
    const before = await world.app.rpc(verifyJournal, {}, AUDITOR);
    expect(before).toMatchObject({ isIntact: true, fault: null });
    for (const table of ['journal_seal', 'journal_entry', 'journal_line', 'carry_over']) {
      for (const sql of [`DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
        await expect(world.app.asServiceRole(sql)).rejects.toMatchObject({ code: '42501' });
      }
    }
    const checkpointed = { checkpointSeq: before.head?.seq, checkpointHash: '0'.repeat(64) };
    expect(await world.app.rpc(verifyJournal, checkpointed, AUDITOR)).toMatchObject({
      fault: { kind: 'checkpoint-differs' },
    });
    await world.app.rpc(openBudgetYear, { fundId: fund.id, year: 2030, plan: eur('1.00') }, BUDGET, {
      expectedVersion: (await fresh(fund.id)).version,
    });
    await expect(world.app.rpc(verifyJournal, {}, OFFICER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
