import type { RequestInputOf } from '#contracts';
import { estimateChange, getCommitment } from '#contracts/finance';
import { eventually } from '#testing';
import { AssignmentChanges } from '../../../test/assignment-changes';
import { AUDITOR, FINANCE, FinanceWorld, type FundingData } from '../../../test/finance-world';

let world: FinanceWorld;
let changes: AssignmentChanges;
beforeAll(async () => {
  world = await FinanceWorld.start();
  changes = new AssignmentChanges(world);
}, 60_000);
afterAll(() => world?.app.close());

const DW = { instrument: 'DEVELOPMENT_WORKER' as const, costOfLivingPercent: '0', hasSpouse: false, children: 0 };

const CHILD = { from: '2027-04-16', terms: { children: 1, rentMonth: { amount: '500.00', currency: 'EUR' } } };

type Asked = Omit<RequestInputOf<typeof estimateChange>, 'commitmentId'>;

async function view({ assignmentId }: FundingData) {
  const commitment = (await world.commitments(assignmentId)).at(-1);
  return world.app.rpc(getCommitment, { commitmentId: commitment?.id ?? '' }, AUDITOR);
}

async function estimate(data: FundingData, asked: Asked) {
  return world.app.rpc(estimateChange, { commitmentId: (await view(data)).id, ...asked }, FINANCE);
}

async function served(budgets: Record<number, string>): Promise<FundingData> {
  return world.departed((await world.fund(budgets)).id, { costInputs: DW });
}

const PLENTY = { 2027: '200000.00', 2028: '200000.00' };

describe('the money of a change, shown before it is done', () => {
  it.each<[string, Asked, (data: FundingData) => Promise<unknown>]>([
    ['an extension', { extendedTo: '2028-07-01' }, (data) => changes.extend(data, '2028-07-01')],
    ['other terms', { changed: CHILD }, (data) => changes.changeTerms(data, CHILD)],
    ['an early end', { endedOn: '2027-05-01' }, (data) => changes.endEarly(data, '2027-05-01')],
    [
      'an interruption',
      { interrupted: { from: '2027-02-01', to: '2027-08-01' } },
      async (data) => {
        await changes.interrupt(data, '2027-02-01');
        await changes.resume(data, { interruptedOn: '2027-02-01', resumedOn: '2027-08-01' });
      },
    ],
  ])('of %s is what it then binds', async (_, asked, change) => {
    const data = await served(PLENTY);
    const before = await view(data);
    const shown = await estimate(data, asked);
    expect(await view(data)).toEqual(before);
    expect(shown.total.before).toEqual(before.total);
    expect(shown.total.after).not.toEqual(before.total);
    await change(data);
    await eventually(async () => expect((await view(data)).total).toEqual(shown.total.after));
    expect((await view(data)).plan?.instalments).toEqual(shown.plan.instalments);
  });

  it('says from when nothing is paid during an interruption, and that pay goes on through a short one', async () => {
    const data = await served(PLENTY);
    const long = await estimate(data, { interrupted: { from: '2027-02-01', to: '2027-08-01' } });
    const short = await estimate(data, { interrupted: { from: '2027-02-01', to: '2027-03-01' } });
    expect([long.pausedFrom, short.pausedFrom]).toEqual(['2027-03-15', null]);
    expect(short.total.after).toEqual(short.total.before);
  });

  it('says what the fund lacks for an extension', async () => {
    const data = await served({ 2027: '200000.00', 2028: '0.01' });
    const { isCovered, byYear } = await estimate(data, { extendedTo: '2028-07-01' });
    expect(isCovered).toBe(false);
    expect(byYear.find(({ year }) => year === 2028)?.missing.amount).not.toBe('0.00');
  });

  it.each<[string, Asked]>([
    ['an extension that is none', { extendedTo: '2027-12-01' }],
    [
      'terms of another instrument',
      { changed: { from: '2027-04-16', terms: { salaryMonth: { amount: '1.00', currency: 'EUR' } } } },
    ],
    ['terms that hold already', { changed: { from: '2027-04-16', terms: { children: 0 } } }],
    ['terms after the period', { changed: { from: '2028-01-01', terms: { children: 1 } } }],
    ['an end after the period', { endedOn: '2028-02-01' }],
    ['an interruption before it', { interrupted: { from: '2026-11-01', to: '2027-02-01' } }],
  ])('is refused for %s', async (_, asked) => {
    const data = await served(PLENTY);
    await expect(estimate(data, asked)).rejects.toMatchObject({ code: 'FINANCE_CHANGE_NOT_APPLICABLE' });
  });
});
