import { toMinor } from '#contracts';
import {
  type CommitmentView,
  type CostInputs,
  estimateChange,
  estimateCost,
  fundCoverShareChanged,
  fundCoverShareChangeRefused,
  getCommitment,
  runDue,
  type TermsChange,
} from '#contracts/finance';
import { eventually } from '#testing';
import { AssignmentChanges } from '../../../test/assignment-changes';
import { AUDITOR, FINANCE, FinanceWorld, type FundingData } from '../../../test/finance-world';

const DW: CostInputs = { instrument: 'DEVELOPMENT_WORKER', costOfLivingPercent: '0', hasSpouse: false, children: 0 };
const CHILD: TermsChange = { from: '2027-03-01', terms: { children: 1 } };

let world: FinanceWorld;
let changes: AssignmentChanges;
beforeAll(async () => {
  world = await FinanceWorld.start();
  changes = new AssignmentChanges(world);
}, 60_000);
afterAll(() => world?.app.close());

const plenty = () => world.fund({ 2027: '200000.00', 2028: '200000.00' });
const cents = (amount: CommitmentView['total']) => toMinor(amount).amountMinor;

async function view({ assignmentId }: FundingData): Promise<CommitmentView> {
  const commitmentId = (await world.commitments(assignmentId)).at(-1)?.id ?? '';
  return world.app.rpc(getCommitment, { commitmentId }, AUDITOR);
}

async function changed(data: FundingData, change: TermsChange, version = 6): Promise<CommitmentView> {
  await changes.changeTerms(data, change, version);
  return eventually(async () => {
    const now = await view(data);
    expect(now.plan?.changes?.termsChanges?.map(({ from }) => from)).toContain(change.from);
    return now;
  });
}

describe('other terms from a day on', () => {
  it('bind exactly the difference in each year, and tell so', async () => {
    const data = await world.departed((await plenty()).id, { costInputs: DW });
    const before = await view(data);
    const after = await changed(data, CHILD);
    // 170 a month from March on, and nothing for equipment: the second contract year lies after the term.
    expect(cents(after.total) - cents(before.total)).toBe(170_00n * 10n);
    expect(after.byYear.map((it) => cents(it.amount) - cents(it.released))).toEqual([cents(after.total)]);
    await eventually(async () => {
      const told = (await world.app.published(fundCoverShareChanged)).find(
        (it) => it.assignmentId === data.assignmentId,
      );
      expect(told).toMatchObject({ from: CHILD.from, total: after.total });
    });
  });

  it('release exactly the difference when less is owed', async () => {
    const data = await world.departed((await plenty()).id, { costInputs: { ...DW, children: 1 } });
    const before = await view(data);
    const after = await changed(data, { from: '2027-07-01', terms: { children: 0 } });
    expect(after.byYear.map((it) => cents(it.released))).toEqual([170_00n * 6n]);
    expect(cents(before.total) - cents(after.total)).toBe(170_00n * 6n);
  });

  it('leave the instalments that were ordered as they are, and make up for them in the next ones', async () => {
    const fund = await plenty();
    const data = await world.departed(fund.id, { costInputs: { ...DW, children: 1 } });
    await world.expertPayee(data.expertId);
    await world.app.rpc(runDue, { fundId: fund.id, upTo: '2027-01-31' }, FINANCE);
    const due = (await world.payouts(data.assignmentId)).find(
      (it) => it.status === 'DUE' && it.category === 'PERSONAL',
    );
    if (!due) throw new Error('nothing fell due');
    await world.order(due);
    // The child was not entitled from the first day on: January was ordered with 170.00 too much.
    const { plan } = await changed(data, { from: '2027-01-01', terms: { children: 0 } });
    const january = plan?.instalments.filter((it) => it.dueOn === '2027-01-01') ?? [];
    // Set off against what is owed next, earliest first: the insurance of the same day is 170.00 less.
    expect(january.map((it) => [it.category, it.amount.amount])).toEqual([
      ['PERSONAL', '1900.00'],
      ['SOZIALES', '390.00'],
      ['MOBILITAET', '2400.00'],
      ['AUSSTATTUNG', '520.00'],
    ]);
    const later = plan?.instalments.find((it) => it.dueOn > '2027-01-01' && it.category === 'PERSONAL');
    expect(later?.amount.amount).toBe('1730.00');
  });

  it('owe for a closed year to the first open one', async () => {
    const fund = await plenty();
    const data = await world.departed(fund.id, { costInputs: DW, period: { from: '2027-01-01', to: '2028-07-01' } });
    await world.app.asServiceRole(`UPDATE budget_year SET status = 'CLOSED' WHERE fund_id = $1 AND year = 2027`, [
      fund.id,
    ]);
    const shown = await world.app.rpc(estimateChange, { commitmentId: (await view(data)).id, changed: CHILD }, FINANCE);
    const more = shown.plan.instalments.filter(({ dueOn, year }) => dueOn < '2028-01-01' && year === 2028);
    expect(more.length).toBeGreaterThan(0);
  });

  it('that the fund does not hold are refused whole, as the preview told', async () => {
    const { total } = await world.app.rpc(
      estimateCost,
      { costInputs: DW, period: { from: '2027-01-01', to: '2028-01-01' } },
      FINANCE,
    );
    const data = await world.departed((await world.fund({ 2027: total.amount })).id, { costInputs: DW });
    const before = await view(data);
    const shown = await world.app.rpc(estimateChange, { commitmentId: before.id, changed: CHILD }, FINANCE);
    expect(shown).toMatchObject({ isCovered: false, byYear: [{ year: 2027, missing: { amount: '1700.00' } }] });
    await changes.changeTerms(data, CHILD);
    await eventually(async () => {
      const [refusal] = await world.app.published(fundCoverShareChangeRefused);
      expect(refusal).toMatchObject({
        reason: 'INSUFFICIENT_FUNDS',
        shortfalls: shown.byYear.map(({ year, missing }) => ({ year, missing })),
      });
    });
    expect({ ...(await view(data)), version: before.version }).toEqual(before);
  });

  it('are decided once: what is older changes nothing, and the share stays', async () => {
    const data = await world.departed((await plenty()).id, { costInputs: DW });
    await changed(data, CHILD, 8);
    await changes.changeTerms(data, { from: '2027-05-01', terms: { hasSpouse: true } }, 7);
    const { plan } = await changed(data, { from: '2027-09-01', terms: { children: 2 } }, 9);
    expect(plan?.changes?.termsChanges).toEqual([CHILD, { from: '2027-09-01', terms: { children: 2 } }]);
    expect(plan?.changes?.shareChanges).toBeUndefined();
  });

  it('are kept with every decision, and nobody rewrites them', async () => {
    const data = await world.departed((await plenty()).id, { costInputs: DW });
    await changed(data, CHILD);
    await expect(world.app.asServiceRole('DELETE FROM commitment_terms_change')).rejects.toMatchObject({
      code: '42501',
    });
  });
});
