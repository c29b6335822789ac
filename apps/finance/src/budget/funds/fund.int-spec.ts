import { createFund, listFundActions, listFundJournal, openBudgetYear, releaseBudget } from '#contracts/finance';
import { possibleActs, refusalOf } from '#testing';
import { AUDITOR, BUDGET, FinanceWorld, OFFICER } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('a fund', () => {
  it('is refused with an account whose IBAN is wrong', async () => {
    const debtorAccount = { holder: 'Fonds', iban: 'DE00512108001245126199', bic: 'SOGEDEFF' };
    const create = world.app.rpc(createFund, { name: 'Wrong', debtorAccount }, BUDGET);
    await expect(create).rejects.toMatchObject({ code: 'FINANCE_FUND_ACCOUNT_INVALID' });
  });

  it('says what can be done with it, and by whom', async () => {
    const { id: fundId, version } = await world.fund({ 2027: '100.00' });
    const actions = await world.app.rpc(listFundActions, { fundId }, BUDGET);
    expect(possibleActs(actions)).toEqual([
      'budget-change_propose',
      'budget-year_close',
      'budget-year_open',
      'budget_release',
      'budget_reverse-release',
    ]);
    expect(actions.version).toBe(version);
    expect(actions.items.map(({ path }) => path)).toContain(`/funds/${fundId}/budget-years/{year}/closings`);
    const audited = await world.app.rpc(listFundActions, { fundId }, AUDITOR);
    expect(possibleActs(audited)).toEqual([]);
    expect(refusalOf(audited, releaseBudget)).toBe('PLATFORM_ACTION_NOT_ALLOWED');
    const release = world.app.rpc(releaseBudget, { fundId, year: 2027, amount: eur('1.00') }, BUDGET, {
      expectedVersion: version - 1,
    });
    await expect(release).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
  });

  it('is not changed by a programme officer', async () => {
    const fund = await world.fund({});
    const open = world.app.rpc(openBudgetYear, { fundId: fund.id, year: 2027, plan: eur('1.00') }, OFFICER, {
      expectedVersion: 1,
    });
    await expect(open).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
  });
});

describe('a budget year', () => {
  it('is opened once', async () => {
    const fund = await world.fund({ 2027: '100.00' });
    const again = world.app.rpc(openBudgetYear, { fundId: fund.id, year: 2027, plan: eur('5.00') }, BUDGET, {
      expectedVersion: fund.version,
    });
    await expect(again).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_EXISTS' });
  });

  it('holds commitment authority while it lies in the future', async () => {
    const fund = await world.fund({ 2027: '100.00', 2028: '50.00' });
    expect(fund.budgetYears.map((it) => [it.year, it.authority])).toEqual([
      [2027, 'PAYMENT'],
      [2028, 'COMMITMENT'],
    ]);
  });
});

describe('releasing budget', () => {
  it('moves external money to available and is refused above the plan', async () => {
    const fund = await world.fund({ 2027: '100.00' });
    const more = world.app.rpc(releaseBudget, { fundId: fund.id, year: 2027, amount: eur('0.01') }, BUDGET, {
      expectedVersion: fund.version,
    });
    await expect(more).rejects.toMatchObject({ code: 'FINANCE_RELEASE_ABOVE_PLAN' });
    const { total } = await world.balances(fund.id);
    expect(total).toMatchObject({ released: eur('100.00'), available: eur('100.00'), external: eur('-100.00') });
  });

  it('is refused for a year that was not opened', async () => {
    const fund = await world.fund({});
    const release = world.app.rpc(releaseBudget, { fundId: fund.id, year: 2031, amount: eur('1.00') }, BUDGET, {
      expectedVersion: fund.version,
    });
    await expect(release).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_UNKNOWN' });
  });

  it('is refused for a closed year', async () => {
    const fund = await world.fund({ 2026: '100.00' });
    await world.app.asServiceRole(`UPDATE budget_year SET status = 'CLOSED', plan_minor = 20000 WHERE fund_id = $1`, [
      fund.id,
    ]);
    const release = world.app.rpc(releaseBudget, { fundId: fund.id, year: 2026, amount: eur('1.00') }, BUDGET, {
      expectedVersion: fund.version,
    });
    await expect(release).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_CLOSED' });
  });

  it('happens once when the same request is repeated', async () => {
    const fund = await world.fund({ 2027: '100.00' });
    const open = await world.app.rpc(openBudgetYear, { fundId: fund.id, year: 2028, plan: eur('10.00') }, BUDGET, {
      expectedVersion: fund.version,
    });
    const options = { expectedVersion: open.version, idempotencyKey: 'release-once' };
    const request = { fundId: fund.id, year: 2028, amount: eur('4.00') };
    const first = await world.app.rpc(releaseBudget, request, BUDGET, options);
    expect(await world.app.rpc(releaseBudget, request, BUDGET, options)).toEqual(first);
    expect((await world.balances(fund.id)).years[1]?.available).toEqual(eur('4.00'));
  });
});

describe('the journal', () => {
  it('shows every entry with balanced lines, newest first, in pages', async () => {
    const fund = await world.fund({ 2027: '100.00', 2028: '50.00' });
    const first = await world.app.rpc(listFundJournal, { fundId: fund.id, limit: 1 }, AUDITOR);
    expect(first.items[0]?.lines).toEqual([
      { year: 2028, stage: 'external', category: null, amount: eur('-50.00') },
      { year: 2028, stage: 'available', category: null, amount: eur('50.00') },
    ]);
    const second = await world.app.rpc(
      listFundJournal,
      { fundId: fund.id, limit: 1, cursor: first.page.next ?? '' },
      AUDITOR,
    );
    expect(second.items[0]?.lines[0]?.year).toBe(2027);
    expect(second.page.next).toBeNull();
  });

  it('replays to the balances of an earlier instant', async () => {
    const fund = await world.fund({ 2027: '100.00', 2028: '50.00' });
    const [latest, earlier] = (await world.app.rpc(listFundJournal, { fundId: fund.id }, AUDITOR)).items;
    const justAfter = (bookedAt = '') => new Date(Date.parse(bookedAt) + 1).toISOString();
    const replayed = async (asOf: string) => (await world.balances(fund.id, asOf)).total.available;
    expect(await replayed('2020-01-01T00:00:00Z')).toEqual(eur('0.00'));
    expect(await replayed(justAfter(earlier?.bookedAt))).toEqual(eur('100.00'));
    expect(await replayed(justAfter(latest?.bookedAt))).toEqual(eur('150.00'));
  });
});
