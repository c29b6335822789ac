import fc from 'fast-check';
import { addDays, type Period, toMinor } from '#contracts';
import {
  type CommitmentView,
  type CostInputs,
  estimateCost,
  estimateShareChange,
  fundCoverShareChangeRefused,
  getCommitment,
} from '#contracts/finance';
import { newId } from '#platform';
import { caller, eventually } from '#testing';
import { anyInputs } from '../../../test/any-plan';
import { AssignmentChanges, AssignmentMessages } from '../../../test/assignment-changes';
import { AUDITOR, FINANCE, FinanceWorld, type FundingData, OFFICER } from '../../../test/finance-world';

const RUNS = Math.min(40, Number(process.env['PROPERTY_RUNS'] ?? 12));
const PERIOD: Period = { from: '2027-01-01', to: '2028-01-01' };
/** Enough that something is paid of the smallest share. */
const anyPaidInputs = anyInputs.filter(
  (it) => it.instrument !== 'LOCAL_EXPERT' || toMinor(it.salaryMonth).amountMinor > 10_000n,
);
const anyShare = fc.integer({ min: 2, max: 98 });
const DW: CostInputs = { instrument: 'DEVELOPMENT_WORKER', costOfLivingPercent: '0', hasSpouse: false, children: 0 };

let world: FinanceWorld;
let changes: AssignmentChanges;
beforeAll(async () => {
  world = await FinanceWorld.start();
  changes = new AssignmentChanges(world);
  await world.app.asServiceRole(
    `INSERT INTO exchange_rate (id, currency, rate_on, rate, direction, source)
     VALUES (gen_random_uuid(), 'TZS', '2026-12-01', '2815.25', 'LOCAL_PER_EUR', 'test')`,
  );
}, 60_000);
afterAll(() => world?.app.close());

const plenty = () => world.fund(Object.fromEntries([2027, 2028, 2029, 2030].map((year) => [year, '9000000.00'])));

async function view(data: FundingData): Promise<CommitmentView> {
  const commitmentId = (await world.commitments(data.assignmentId)).at(-1)?.id ?? '';
  return world.app.rpc(getCommitment, { commitmentId }, AUDITOR);
}

/** An assignment of a person with this share, covered and departed. */
async function served(fundId: string, more: Partial<FundingData>): Promise<FundingData> {
  const data = world.fundingRequest(fundId, more);
  await world.requestFunding(data);
  await world.commitment(data.assignmentId, 'RESERVED');
  await world.confirm(data);
  await world.depart(data);
  await eventually(async () => expect((await world.payouts(data.assignmentId)).length).toBeGreaterThan(0));
  return data;
}

const cents = (amount: CommitmentView['total']) => toMinor(amount).amountMinor;

/** What is bound in all, and by year. */
async function bound(all: readonly FundingData[]): Promise<Record<string, bigint>> {
  const sums: Record<string, bigint> = {};
  for (const data of all) {
    const { total, byYear } = await view(data);
    sums['total'] = (sums['total'] ?? 0n) + cents(total);
    for (const it of byYear) sums[it.year] = (sums[it.year] ?? 0n) + cents(it.amount) - cents(it.released);
  }
  return sums;
}

async function changedTo(data: FundingData, from: string, percent: number, version = 6): Promise<void> {
  await changes.changeShare(data, { from, percent }, version);
  await eventually(async () => expect((await view(data)).plan?.changes?.shareChanges?.at(-1)).toMatchObject({ from }));
}

describe('the shares of one person', () => {
  it(`bind together what one full post binds, to the cent, before and after a change of both (${RUNS} persons)`, async () => {
    const fund = await plenty();
    await fc.assert(
      fc.asyncProperty(
        anyPaidInputs,
        fc.integer({ min: 40, max: 700 }),
        fc.record({ percent: anyShare, next: anyShare, day: fc.integer({ min: 1, max: 39 }) }),
        async (costInputs, days, { percent, next, day }) => {
          const period = { from: PERIOD.from, to: addDays(PERIOD.from, days) };
          const [expertId, employerMunicipalityId] = [newId(), newId()];
          const share = (fullTimePercent: number) =>
            served(fund.id, { costInputs, period, expertId, employerMunicipalityId, fullTimePercent });
          const one = await share(percent);
          const other = await share(100 - percent);
          const full = await served(fund.id, { costInputs, period });
          const whole = await bound([full]);
          expect(await bound([one, other])).toEqual(whole);
          if (next === percent) return;
          // First the one that gives up, then the one that takes.
          const from = addDays(PERIOD.from, day);
          const order = [
            { data: one, percent: next },
            { data: other, percent: 100 - next },
          ];
          if (next > percent) order.reverse();
          for (const it of order) await changedTo(it.data, from, it.percent);
          expect(await bound([one, other])).toEqual(whole);
        },
      ),
      { numRuns: RUNS },
    );
  }, 300_000);

  it('are paid once what is paid once: with the share that was covered first', async () => {
    const fund = await plenty();
    const expertId = newId();
    const [one, other] = [
      await served(fund.id, { costInputs: DW, expertId, fullTimePercent: 50 }),
      await served(fund.id, { costInputs: DW, expertId, fullTimePercent: 50 }),
    ];
    const categories = async (data: FundingData) => [
      ...new Set((await world.payouts(data.assignmentId)).map((it) => it.category)),
    ];
    expect(await categories(one)).toContain('MOBILITAET');
    expect(await categories(other)).not.toContain('MOBILITAET');
  });

  it('take the same part never twice, however many are decided at once', async () => {
    const fund = await plenty();
    const expertId = newId();
    const all = Array.from({ length: 4 }, () =>
      world.fundingRequest(fund.id, { costInputs: DW, expertId, fullTimePercent: 25 }),
    );
    await Promise.all(all.map((data) => world.requestFunding(data)));
    for (const data of all) await world.commitment(data.assignmentId, 'RESERVED');
    const parts = await Promise.all(all.map(async (data) => (await view(data)).plan?.fullTime?.from));
    expect(parts.sort()).toEqual([0, 25, 50, 75]);
    const full = await served(fund.id, { costInputs: DW });
    expect(await bound(all)).toEqual(await bound([full]));
  });

  it('are one full post for a message of a version that told no share', async () => {
    const fund = await plenty();
    const told = world.fundingRequest(fund.id, { costInputs: DW });
    expect(told).not.toHaveProperty('fullTimePercent');
    await world.requestFunding(told);
    await world.commitment(told.assignmentId, 'RESERVED');
    const full = await served(fund.id, { costInputs: DW, fullTimePercent: 100 });
    expect(await bound([told])).toEqual(await bound([full]));
  });
});

describe('another share of full time', () => {
  const estimate = (commitmentId: string, from: string, fullTimePercent: number, by = OFFICER) =>
    world.app.rpc(estimateShareChange, { commitmentId, from, fullTimePercent }, by);

  it('is shown with its money before it is asked for, and then binds just that', async () => {
    const fund = await plenty();
    const data = await served(fund.id, { costInputs: DW });
    const before = await view(data);
    const shown = await estimate(before.id, '2027-07-01', 50);
    expect(await view(data)).toEqual(before);
    expect(shown).toMatchObject({ total: { before: before.total }, isCovered: true, fullTime: { from: 0, to: 50 } });
    await changedTo(data, '2027-07-01', 50);
    const after = await view(data);
    expect(after.total).toEqual(shown.total.after);
    expect(after.plan?.instalments).toEqual(shown.plan.instalments);
    expect(after.byYear.map((it) => cents(it.released))).toEqual(
      shown.byYear.map((it) => cents(it.before) - cents(it.after)),
    );
  });

  it('that the fund does not hold is refused whole, as the preview told', async () => {
    const half = { costInputs: DW, fullTimePercent: 50 };
    const { total } = await world.app.rpc(
      estimateCost,
      { costInputs: DW, period: PERIOD, fullTimePercent: 50 },
      FINANCE,
    );
    const fund = await world.fund({ 2027: total.amount });
    const data = await served(fund.id, half);
    const before = await view(data);
    const shown = await estimate(before.id, '2027-07-01', 100);
    expect(shown.isCovered).toBe(false);
    await changes.changeShare(data, { from: '2027-07-01', percent: 100 });
    const refusal = await eventually(async () => {
      const [first] = await world.app.published(fundCoverShareChangeRefused);
      expect(first).toBeDefined();
      return first;
    });
    const missing = shown.byYear.map(({ year, missing: it }) => ({ year, missing: it }));
    expect(refusal).toMatchObject({ reason: 'INSUFFICIENT_FUNDS', fullTimePercent: 100, shortfalls: missing });
    expect({ ...(await view(data)), version: before.version }).toEqual(before);
  });

  it('is decided once: what is older or the same changes nothing', async () => {
    const fund = await plenty();
    const data = await served(fund.id, { costInputs: DW });
    await changedTo(data, '2027-07-01', 50, 8);
    const before = await view(data);
    await world.app.publish(new AssignmentMessages(data).shareChangeRequested('2027-03-01', 80, 7));
    await changedTo(data, '2027-09-01', 40, 9);
    expect((await view(data)).plan?.changes?.shareChanges?.map((it) => it.from)).toEqual(['2027-07-01', '2027-09-01']);
    expect(cents((await view(data)).total)).toBeLessThan(cents(before.total));
  });

  it.each([
    ['before the period', '2026-12-31', 50],
    ['after the period', '2028-01-01', 50],
    ['that is no other one', '2027-07-01', 100],
  ])('%s is refused', async (_, from, percent) => {
    const fund = await plenty();
    const data = await served(fund.id, { costInputs: DW });
    const { id } = await view(data);
    await expect(estimate(id, from, percent)).rejects.toMatchObject({ code: 'FINANCE_SHARE_CHANGE_NOT_APPLICABLE' });
  });

  it('is not shown to those who do not see pay', async () => {
    const fund = await plenty();
    const data = await served(fund.id, { costInputs: DW });
    const { id } = await view(data);
    await expect(estimate(id, '2027-07-01', 50, caller('adviser'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });

  it('follows an estimate for the share that others leave', async () => {
    const request = { costInputs: DW, period: PERIOD, fullTimePercent: 50 };
    const lower = await world.app.rpc(estimateCost, request, FINANCE);
    const upper = await world.app.rpc(estimateCost, { ...request, fullTimeTaken: 50 }, FINANCE);
    const full = await world.app.rpc(estimateCost, { costInputs: DW, period: PERIOD }, FINANCE);
    expect(cents(lower.total) + cents(upper.total)).toBe(cents(full.total));
    const excess = world.app.rpc(estimateCost, { ...request, fullTimeTaken: 51 }, FINANCE);
    await expect(excess).rejects.toMatchObject({ code: 'PLATFORM_REQUEST_INVALID' });
  });
});
