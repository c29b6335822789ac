import { randomUUID } from 'node:crypto';
import {
  type BudgetChangeKind,
  type BudgetChangeView,
  closeBudgetYear,
  confirmBudgetChange,
  createFund,
  fundCoverExtensionRefused,
  fundCoverRefused,
  type FundView,
  getBudgetChange,
  getFund,
  getFundPeriodStatement,
  listBudgetChanges,
  listFundJournal,
  openBudgetYear,
  proposeBudgetChange,
  rejectBudgetChange,
  releaseBudget,
  reverseRelease,
} from '#contracts/finance';
import { caller, eventually } from '#testing';
import { AssignmentChanges } from '../../../test/assignment-changes';
import { AUDITOR, BUDGET, FINANCE, FinanceWorld, GERMAN_ACCOUNT, TODAY } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
}, 60_000);
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));
afterAll(() => world?.app.close());

const COLLEAGUE = caller('budget-officer', { subject: 'bruno' });
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const fresh = (fundId: string): Promise<FundView> => world.app.rpc(getFund, { fundId }, AUDITOR);

function propose(fundId: string, kind: BudgetChangeKind, amount?: string, year = 2027): Promise<BudgetChangeView> {
  const request = {
    fundId,
    year,
    kind,
    reason: 'Haushaltsgesetz',
    ...(amount !== undefined && { amount: eur(amount) }),
  };
  return world.app.rpc(proposeBudgetChange, request, BUDGET);
}

function confirm({ id: changeId, version }: BudgetChangeView, by = COLLEAGUE): Promise<BudgetChangeView> {
  const request = { changeId, reason: 'Gelesen' };
  return world.app.rpc(confirmBudgetChange, request, by, { expectedVersion: version });
}

async function change(fundId: string, kind: BudgetChangeKind, amount?: string, year = 2027): Promise<BudgetChangeView> {
  return confirm(await propose(fundId, kind, amount, year));
}

async function yearOf(fundId: string, year = 2027) {
  const [budget, balance] = [
    (await fresh(fundId)).budgetYears.find((it) => it.year === year),
    (await world.balances(fundId)).years.find((it) => it.year === year),
  ];
  return {
    plan: budget?.plan.amount,
    released: budget?.released.amount,
    available: balance?.available.amount,
    blocked: balance?.blocked.amount,
    committed: balance?.committed.amount,
  };
}

describe('a supplement', () => {
  it('raises the plan once another person confirmed it, and the raise can be released', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const proposed = await propose(fund.id, 'SUPPLEMENT', '500.00');
    expect((await fresh(fund.id)).budgetYears[0]?.plan).toEqual(eur('1000.00'));
    await expect(confirm(proposed, BUDGET)).rejects.toMatchObject({ code: 'FINANCE_BUDGET_CHANGE_FOUR_EYES' });
    expect(await confirm(proposed)).toMatchObject({
      status: 'CONFIRMED',
      plan: { before: eur('1000.00'), after: eur('1500.00') },
      proposedBy: 'berta',
      decision: { by: 'bruno', reason: 'Gelesen' },
    });
    const { version } = await fresh(fund.id);
    const release = { fundId: fund.id, year: 2027, amount: eur('500.00') };
    await world.app.rpc(releaseBudget, release, BUDGET, { expectedVersion: version });
    expect(await yearOf(fund.id)).toMatchObject({ plan: '1500.00', released: '1500.00', available: '1500.00' });
    await expect(
      confirm(await world.app.rpc(getBudgetChange, { changeId: proposed.id }, AUDITOR)),
    ).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_CHANGE_DECIDED',
    });
  });

  it('raises the commitment authority of a year to come', async () => {
    const fund = await world.fund({ 2028: '1000.00' });
    await change(fund.id, 'SUPPLEMENT', '250.00', 2028);
    expect((await fresh(fund.id)).budgetYears).toMatchObject([{ authority: 'COMMITMENT', plan: eur('1250.00') }]);
  });

  it('changes nothing when it is rejected, also by who proposed it', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const { id: changeId, version } = await propose(fund.id, 'SUPPLEMENT', '500.00');
    await world.app.rpc(rejectBudgetChange, { changeId, reason: 'Irrtum' }, BUDGET, { expectedVersion: version });
    expect(await yearOf(fund.id)).toMatchObject({ plan: '1000.00' });
    const listed = await world.app.rpc(listBudgetChanges, { fundId: fund.id, status: ['REJECTED'] }, AUDITOR);
    expect(listed.items).toMatchObject([{ id: changeId, plan: null, decision: { by: 'berta' } }]);
  });
});

describe('a cut', () => {
  it('takes what was not released, then free money with an entry of its own, and never what is bound', async () => {
    const fund = await world.fund({ 2027: '20000.00' });
    await world.departed(fund.id);
    expect(await yearOf(fund.id)).toMatchObject({ available: '8000.00', committed: '12000.00' });
    await change(fund.id, 'SUPPLEMENT', '1000.00');
    await expect(propose(fund.id, 'CUT', '9000.01')).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_FREE_EXCEEDED',
      details: { year: 2027, freeMinor: '900000' },
    });
    const { id } = await change(fund.id, 'CUT', '9000.00');
    expect(await yearOf(fund.id)).toEqual({
      plan: '12000.00',
      released: '12000.00',
      available: '0.00',
      blocked: '0.00',
      committed: '12000.00',
    });
    const { items } = await world.app.rpc(listFundJournal, { fundId: fund.id, reference: id }, AUDITOR);
    expect(items).toMatchObject([
      {
        kind: 'BUDGET_CUT',
        bookedBy: 'bruno',
        lines: [
          { stage: 'available', amount: eur('-8000.00') },
          { stage: 'external', amount: eur('8000.00') },
        ],
      },
    ]);
    const { sources } = await world.app.rpc(getFundPeriodStatement, { fundId: fund.id, period: '2027' }, AUDITOR);
    expect(sources).toMatchObject([{ released: eur('20000.00'), cut: eur('-8000.00'), total: eur('12000.00') }]);
  });

  it('is refused at its confirmation when the money was bound since', async () => {
    const fund = await world.fund({ 2027: '20000.00' });
    const proposed = await propose(fund.id, 'CUT', '20000.00');
    await world.departed(fund.id);
    await expect(confirm(proposed)).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_FREE_EXCEEDED',
      details: { freeMinor: '800000' },
    });
    expect(await yearOf(fund.id)).toMatchObject({ plan: '20000.00' });
  });

  it('of a whole release leaves nothing of it to take back', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    await change(fund.id, 'CUT', '600.00');
    const { items } = await world.app.rpc(listFundJournal, { fundId: fund.id, kind: ['BUDGET_RELEASED'] }, AUDITOR);
    const request = { fundId: fund.id, journalEntryId: items[0]?.id ?? '', reason: 'Irrtum' };
    const { version } = await fresh(fund.id);
    await expect(world.app.rpc(reverseRelease, request, BUDGET, { expectedVersion: version })).rejects.toMatchObject({
      code: 'FINANCE_LEDGER_NOT_COVERED',
    });
  });
});

describe('a block', () => {
  it('takes free money out of use, so that no cover is granted with it, until it is lifted', async () => {
    const fund = await world.fund({ 2027: '12000.00' });
    await change(fund.id, 'BLOCK', '0.01');
    expect(await yearOf(fund.id)).toMatchObject({ available: '11999.99', blocked: '0.01' });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data);
    expect(await world.commitment(data.assignmentId, 'REFUSED')).toMatchObject({ refusal: 'INSUFFICIENT_FUNDS' });
    await expect(propose(fund.id, 'BLOCK_LIFTING', '0.02')).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_FREE_EXCEEDED',
      details: { freeMinor: '1' },
    });
    await change(fund.id, 'BLOCK_LIFTING', '0.01');
    expect(await yearOf(fund.id)).toMatchObject({ available: '12000.00', blocked: '0.00' });
    const { years, total } = await world.balances(fund.id);
    for (const row of [...years, total]) expect(row.released).toEqual(eur('12000.00'));
  });

  it('is refused above what is free, with the amount', async () => {
    const fund = await world.fund({ 2027: '100.00' });
    await expect(propose(fund.id, 'BLOCK', '100.01')).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_FREE_EXCEEDED',
      details: { freeMinor: '10000' },
    });
  });

  it('lapses with the year', async () => {
    const fund = await world.fund({ 2027: '100.00', 2028: '1.00' });
    await change(fund.id, 'BLOCK', '30.00');
    world.clock.set('2028-01-10T09:00:00Z');
    for (const to of ['CLOSING', 'CLOSED'] as const) {
      const { version } = await fresh(fund.id);
      await world.app.rpc(closeBudgetYear, { fundId: fund.id, year: 2027, to }, BUDGET, { expectedVersion: version });
    }
    expect(await yearOf(fund.id)).toMatchObject({ available: '0.00', blocked: '0.00' });
    const { sources } = await world.app.rpc(getFundPeriodStatement, { fundId: fund.id, period: '2028' }, AUDITOR);
    expect(sources[0]).toMatchObject({ year: 2027, lapsed: eur('-100.00'), total: eur('0.00') });
    await expect(propose(fund.id, 'SUPPLEMENT', '1.00')).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_CLOSED' });
  });
});

describe('a year before its plan is in force', () => {
  async function provisionalFund(): Promise<FundView> {
    const account = { holder: 'Fachkräftefonds', ...GERMAN_ACCOUNT };
    let fund = await world.app.rpc(createFund, { name: `Fund ${randomUUID()}`, debtorAccount: account }, BUDGET);
    const on = () => ({ expectedVersion: fund.version });
    const open = { fundId: fund.id, year: 2028, plan: eur('50000.00'), isProvisional: true };
    fund = await world.app.rpc(openBudgetYear, { ...open, year: 2027, isProvisional: false }, BUDGET, on());
    fund = await world.app.rpc(openBudgetYear, open, BUDGET, on());
    for (const year of [2027, 2028]) {
      fund = await world.app.rpc(releaseBudget, { fundId: fund.id, year, amount: eur('50000.00') }, BUDGET, on());
    }
    return fund;
  }

  it('takes no new commitment until another person confirms that it is in force', async () => {
    const fund = await provisionalFund();
    const period = { from: '2027-07-01', to: '2028-07-01' };
    const early = world.fundingRequest(fund.id, { period });
    await world.requestFunding(early);
    expect(await world.commitment(early.assignmentId, 'REFUSED')).toMatchObject({ refusal: 'YEAR_CLOSED' });
    await eventually(async () => {
      const refused = await world.app.published(fundCoverRefused);
      expect(refused.find((it) => it.assignmentId === early.assignmentId)?.reason).toBe('YEAR_CLOSED');
    });
    await change(fund.id, 'ENACTMENT', undefined, 2028);
    expect((await fresh(fund.id)).budgetYears.map(({ isProvisional }) => isProvisional)).toEqual([false, false]);
    const later = world.fundingRequest(fund.id, { period });
    await world.requestFunding(later);
    await world.commitment(later.assignmentId, 'RESERVED');
    await expect(propose(fund.id, 'ENACTMENT', undefined, 2028)).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_YEAR_IN_FORCE',
    });
  });

  it('takes no extension, and leaves alone what touches another year', async () => {
    const fund = await provisionalFund();
    const data = await world.departed(fund.id);
    await new AssignmentChanges(world).extend(data, '2028-04-01');
    await eventually(async () => {
      const refused = await world.app.published(fundCoverExtensionRefused);
      const reasons = refused.filter((it) => it.assignmentId === data.assignmentId).map(({ reason }) => reason);
      expect(reasons).toEqual(['YEAR_CLOSED']);
    });
    expect((await world.balances(fund.id)).years.map(({ committed }) => committed)).toEqual([
      eur('12000.00'),
      eur('0.00'),
    ]);
  });
});

it('refuses an amount where there is none, none where there has to be one, and a year that is not open', async () => {
  const fund = await world.fund({ 2027: '100.00' });
  const code = 'FINANCE_BUDGET_CHANGE_AMOUNT_INVALID';
  await expect(propose(fund.id, 'CUT')).rejects.toMatchObject({ code });
  await expect(propose(fund.id, 'ENACTMENT', '1.00')).rejects.toMatchObject({ code });
  await expect(propose(fund.id, 'CUT', '1.00', 2031)).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_UNKNOWN' });
  const request = { fundId: fund.id, year: 2027, kind: 'CUT' as const, amount: eur('1.00'), reason: 'Nein' };
  await expect(world.app.rpc(proposeBudgetChange, request, FINANCE)).rejects.toMatchObject({ kind: 'forbidden' });
});
