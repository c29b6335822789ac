import { parseMinor, toMinor, toMoney } from '#contracts';
import {
  changeCommitmentRate,
  closeBudgetYear,
  type CommitmentView,
  estimateCost,
  fundCoverChangeGranted,
  fundCoverChangeRefused,
  getCommitment,
  getFund,
  listCommitmentActions,
  listCommitments,
  releaseBudget,
  requestCommitmentCover,
} from '#contracts/finance';
import { RecurringTasks } from '#messaging';
import { caller, eventually, possibleActs, refusalOf } from '#testing';
import { AssignmentChanges } from '../../../test/assignment-changes';
import { AUDITOR, BUDGET, FINANCE, FinanceWorld, type FundingData, OFFICER, TODAY } from '../../../test/finance-world';
import { UncoveredChangeService } from './uncovered-change.service';

let world: FinanceWorld;
let changes: AssignmentChanges;
let waiting: UncoveredChangeService;
beforeAll(async () => {
  world = await FinanceWorld.start();
  changes = new AssignmentChanges(world);
  waiting = world.app.app.get(UncoveredChangeService, { strict: false });
  // Only the tests take up what waits.
  await world.app.app.get(RecurringTasks).onModuleDestroy();
}, 60_000);
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const DW = { instrument: 'DEVELOPMENT_WORKER' as const, costOfLivingPercent: '0', hasSpouse: false, children: 0 };
const TERM = { from: '2027-01-01', to: '2028-07-01' };
/** 11 full months of reintegration allowance and the travel home fall into 2027, less half a December. */
const END = '2027-12-16';

async function view({ assignmentId }: FundingData): Promise<CommitmentView> {
  const commitment = (await world.commitments(assignmentId)).at(-1);
  return world.app.rpc(getCommitment, { commitmentId: commitment?.id ?? '' }, AUDITOR);
}

/** Two years that hold exactly what the whole term costs, and an expert who departed. */
async function exactlyCovered() {
  const { byYear } = await world.app.rpc(estimateCost, { costInputs: DW, period: TERM }, FINANCE);
  const fund = await world.fund(Object.fromEntries(byYear.map((it) => [it.year, it.amount.amount])));
  const data = await world.departed(fund.id, { costInputs: DW, period: TERM });
  return { fund, data };
}

async function endedWithoutCover() {
  const { fund, data } = await exactlyCovered();
  await changes.endEarly(data, END);
  const commitment = await eventually(async () => {
    const it = await view(data);
    expect(it.coverShortfall).not.toBeNull();
    return it;
  });
  return { fund, data, commitment };
}

async function release(fundId: string, amount: string): Promise<void> {
  const { version } = await world.app.rpc(getFund, { fundId }, AUDITOR);
  await world.app.asServiceRole('UPDATE budget_year SET plan_minor = plan_minor * 2 WHERE fund_id = $1', [fundId]);
  await world.app.rpc(releaseBudget, { fundId, year: 2027, amount: eur(amount) }, BUDGET, { expectedVersion: version });
}

const minor = (amount: string) => parseMinor(amount, 'EUR') ?? 0n;
const sum = (amounts: { amount: string; currency: string }[]) =>
  amounts.reduce((total, it) => total + toMinor(it).amountMinor, 0n);
const told = async (
  message: typeof fundCoverChangeRefused | typeof fundCoverChangeGranted,
  { assignmentId }: FundingData,
) => (await world.app.published(message)).filter((it) => it.assignmentId === assignmentId);
const ask = ({ id, version }: CommitmentView, as = FINANCE) =>
  world.app.rpc(requestCommitmentCover, { commitmentId: id }, as, { expectedVersion: version });

async function holds(commitment: CommitmentView): Promise<void> {
  const payouts = (await world.payouts(commitment.assignmentId)).filter((it) => it.status !== 'CANCELLED');
  const total = toMinor(commitment.total).amountMinor;
  expect(sum(payouts.map((it) => it.amount))).toBe(total);
  expect(sum(commitment.plan?.instalments.map((it) => it.amount) ?? [])).toBe(total);
  expect(sum((await world.balances(commitment.fundId)).years.map((it) => it.committed))).toBe(total);
}

describe('an early end whose year does not hold what it costs', () => {
  it('is no dead letter: what is covered is bound, the rest is a shortfall that everybody sees', async () => {
    const { fund, data, commitment } = await endedWithoutCover();
    expect(commitment).toMatchObject({
      status: 'COMMITTED',
      coverShortfall: { reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ year: 2027 }] },
    });
    await holds(commitment);
    expect(
      (await world.payouts(data.assignmentId)).filter((it) => it.dueOn >= END && it.status !== 'CANCELLED'),
    ).toEqual([]);
    const missing = minor(commitment.coverShortfall?.shortfalls[0]?.missing.amount ?? '');
    const uncovered = commitment.plan?.uncovered ?? eur('0.00');
    expect(toMinor(uncovered).amountMinor).toBeGreaterThanOrEqual(missing);
    await eventually(async () =>
      expect(await told(fundCoverChangeRefused, data)).toMatchObject([
        { commitmentId: commitment.id, shortfalls: commitment.coverShortfall?.shortfalls },
      ]),
    );
    const { items } = await world.app.rpc(listCommitments, { fundId: fund.id, lacksCover: true }, OFFICER);
    expect(items.map((it) => it.id)).toEqual([commitment.id]);
    expect((await world.app.rpc(listCommitments, { fundId: fund.id, lacksCover: false }, OFFICER)).items).toEqual([]);
    const [dead] = await world.app.asServiceRole<{ count: bigint }>('SELECT count(*) FROM dead_letter');
    expect(String(dead?.count)).toBe('0');
  });

  it('stays as it is, and says nothing again, while there is no money and when the message comes again', async () => {
    const { data, commitment } = await endedWithoutCover();
    expect(await waiting.sweep()).toBe(0);
    await changes.endEarly(data, END);
    // Late, and without effect: whether it has been handled makes no difference to what follows.
    await changes.interrupt(data, END, 3);
    await expect(ask(commitment)).rejects.toMatchObject({
      code: 'FINANCE_COMMITMENT_INSUFFICIENT_FUNDS',
      details: { years: ['2027'] },
    });
    await waiting.sweep();
    expect(await told(fundCoverChangeRefused, data)).toHaveLength(1);
  });

  it('is taken up once money is released, and then the commitment ends to the cent', async () => {
    const { fund, data, commitment } = await endedWithoutCover();
    const missing = minor(commitment.coverShortfall?.shortfalls[0]?.missing.amount ?? '');
    await release(fund.id, toMoney(missing - 1n, 'EUR').amount);
    await waiting.sweep();
    const still = await view(data);
    expect(still.coverShortfall?.shortfalls).toEqual([{ year: 2027, missing: eur('0.01') }]);
    await holds(still);
    await release(fund.id, '0.01');
    expect(await waiting.sweep()).toBeGreaterThan(0);
    const ended = await view(data);
    expect(ended).toMatchObject({ status: 'RELEASED', coverShortfall: null });
    expect(ended.plan?.uncovered).toBeUndefined();
    expect(ended.plan?.byItem.map((it) => it.item)).toEqual(expect.arrayContaining(['WEB', 'RUECKREISE']));
    await holds(ended);
    await eventually(async () =>
      expect(await told(fundCoverChangeGranted, data)).toMatchObject([{ total: ended.total }]),
    );
    await expect(ask(ended)).rejects.toMatchObject({ code: 'FINANCE_COMMITMENT_COVERED' });
  });

  it('is taken up at once when a person asks, and by nobody else', async () => {
    const { fund, data, commitment } = await endedWithoutCover();
    await release(fund.id, '20000.00');
    await expect(ask(commitment, caller('expert', { expertId: data.expertId }))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    await expect(ask({ ...commitment, version: 99 })).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    expect(await ask(commitment, OFFICER)).toMatchObject({ status: 'RELEASED', coverShortfall: null });
    await holds(await view(data));
  });

  it('binds no cent above the budget when several wait for the same money', async () => {
    const { byYear } = await world.app.rpc(estimateCost, { costInputs: DW, period: TERM }, FINANCE);
    const times = (count: bigint, amount: string) => toMoney(minor(amount) * count, 'EUR').amount;
    const fund = await world.fund(Object.fromEntries(byYear.map((it) => [it.year, times(4n, it.amount.amount)])));
    const all = await Promise.all(
      Array.from({ length: 4 }, () => world.departed(fund.id, { costInputs: DW, period: TERM })),
    );
    const soundness = async () => {
      const commitments = await Promise.all(all.map(view));
      const [year] = (await world.balances(fund.id)).years;
      expect(toMinor(year?.available ?? eur('-1.00')).amountMinor).toBeGreaterThanOrEqual(0n);
      expect(sum((await world.balances(fund.id)).years.map((it) => it.committed))).toBe(
        sum(commitments.map((it) => it.total)),
      );
      return commitments.filter((it) => it.coverShortfall !== null).length;
    };
    await Promise.all(all.map((data) => changes.endEarly(data, END)));
    await eventually(async () => {
      for (const data of all) expect((await view(data)).plan?.changes?.earlyEnd?.endedOn).toBe(END);
    });
    expect(await soundness()).toBe(4);
    await release(fund.id, '9000.00');
    await Promise.all([waiting.sweep(), waiting.sweep(), waiting.sweep()]);
    const left = await soundness();
    expect([left > 0, left < 4]).toEqual([true, true]);
    await release(fund.id, '20000.00');
    await waiting.sweep();
    expect(await soundness()).toBe(0);
  });
});

describe('an early end that comes to light after its year was closed', () => {
  it('binds what it costs in the next year, and nothing in the closed one', async () => {
    const { fund, data } = await exactlyCovered();
    const close = async (to: 'CLOSING' | 'CLOSED') => {
      const { version } = await world.app.rpc(getFund, { fundId: fund.id }, AUDITOR);
      await world.app.rpc(closeBudgetYear, { fundId: fund.id, year: 2027, to }, BUDGET, { expectedVersion: version });
    };
    await close('CLOSING');
    world.clock.set('2028-01-10T09:00:00Z');
    await close('CLOSED');
    await changes.endEarly(data, END);
    const ended = await eventually(async () => {
      const it = await view(data);
      expect(it.plan?.changes?.earlyEnd?.endedOn).toBe(END);
      return it;
    });
    expect(ended.plan?.byYear.map((it) => it.year)).toEqual([2028]);
    await holds(ended);
    world.clock.set(`${TODAY}T09:00:00Z`);
  });
});

describe('what can be done with a commitment', () => {
  it('follows its state and who asks, and is what the acts answer', async () => {
    const { data, commitment } = await endedWithoutCover();
    const asked = (id: string, as = FINANCE) => world.app.rpc(listCommitmentActions, { commitmentId: id }, as);
    expect(possibleActs(await asked(commitment.id))).toEqual(['commitment_request-cover']);
    expect(refusalOf(await asked(commitment.id), changeCommitmentRate)).toBe('FINANCE_RATE_CHANGE_NOT_APPLICABLE');
    expect(refusalOf(await asked(commitment.id, AUDITOR), requestCommitmentCover)).toBe('PLATFORM_ACTION_NOT_ALLOWED');
    await expect(ask({ ...commitment, version: 1 })).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    const covered = await view((await exactlyCovered()).data);
    expect(refusalOf(await asked(covered.id), requestCommitmentCover)).toBe('FINANCE_COMMITMENT_COVERED');
    await expect(ask({ ...covered, version: 1 })).rejects.toMatchObject({ code: 'FINANCE_COMMITMENT_COVERED' });
    const { employerMunicipalityId, expertId } = data;
    const own = [
      caller('municipality-partner', { municipalityId: employerMunicipalityId }),
      caller('expert', { expertId }),
    ];
    for (const as of own) expect((await asked(commitment.id, as)).items).toHaveLength(2);
    const stranger = asked(covered.id, caller('expert', { expertId }));
    await expect(stranger).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });
});
