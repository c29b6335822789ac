import { toMinor } from '#contracts';
import { assignmentInterrupted } from '#contracts/staffing';
import {
  cancelPayout,
  type CommitmentSummary,
  fundCoverExtended,
  fundCoverExtensionRefused,
  getCommitment,
  type PayoutView,
  runDue,
} from '#contracts/finance';
import { allHandled, eventually } from '#testing';
import { AssignmentChanges } from '../../../test/assignment-changes';
import { AUDITOR, FINANCE, FinanceWorld, type FundingData } from '../../../test/finance-world';

let world: FinanceWorld;
let changes: AssignmentChanges;
beforeAll(async () => {
  world = await FinanceWorld.start();
  changes = new AssignmentChanges(world);
}, 60_000);
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const DW = {
  instrument: 'DEVELOPMENT_WORKER' as const,
  costOfLivingPercent: '0',
  hasSpouse: false,
  children: 0,
};
const live = ({ status }: PayoutView) => status !== 'CANCELLED';

/** The newest commitment once its plan has a property; and then the sums must hold. */
function planned(
  { assignmentId }: FundingData,
  check: (plan: NonNullable<Awaited<ReturnType<typeof view>>['plan']>) => void,
  status: CommitmentSummary['status'] = 'COMMITTED',
) {
  return eventually(async () => {
    const commitment = await view(assignmentId);
    expect(commitment.status).toBe(status);
    check(commitment.plan as NonNullable<typeof commitment.plan>);
    await sumsHold(commitment);
    return commitment;
  });
}

async function view(assignmentId: string) {
  const commitment = (await world.commitments(assignmentId)).at(-1);
  return world.app.rpc(getCommitment, { commitmentId: commitment?.id ?? '' }, AUDITOR);
}

/** Payouts, plan and bound money of the years agree to the cent. */
async function sumsHold(commitment: Awaited<ReturnType<typeof view>>): Promise<void> {
  const payouts = (await world.payouts(commitment.assignmentId)).filter(live);
  const sum = (amounts: { amount: string; currency: string }[]) =>
    amounts.reduce((total, it) => total + toMinor(it).amountMinor, 0n);
  const total = sum([commitment.total]);
  expect(sum(payouts.map((it) => it.amount))).toBe(total);
  expect(sum(commitment.plan?.instalments.map((it) => it.amount) ?? [])).toBe(total);
  expect(sum(commitment.byYear.map((it) => it.amount)) - sum(commitment.byYear.map((it) => it.released))).toBe(total);
}

const ofAssignment = async (message: Parameters<typeof world.app.published>[0], { assignmentId }: FundingData) =>
  (await world.app.published(message)).filter(
    (data) => (data as { assignmentId: string }).assignmentId === assignmentId,
  );
/** Everything that was sent to finance is handled, and everything that it tells is published. */
const settled = async () => {
  await allHandled(world.app, 'finance');
  await eventually(async () => {
    expect(await world.app.asServiceRole('SELECT id FROM outbox_message WHERE published_at IS NULL')).toEqual([]);
  });
};

describe('an extension', () => {
  it('commits the additional term and tells so, once', async () => {
    const fund = await world.fund({ 2027: '30000.00', 2028: '6000.00' });
    const data = await world.departed(fund.id);
    await changes.extend(data, '2028-07-01');
    await changes.extend(data, '2028-07-01');
    const { period } = await planned(data, (plan) => expect(plan.total).toEqual(eur('18000.00')));
    expect(period.to).toBe('2028-07-01');
    await settled();
    expect(await ofAssignment(fundCoverExtended, data)).toMatchObject([{ total: eur('18000.00') }]);
    expect((await world.balances(fund.id)).years.map((it) => [it.available.amount, it.committed.amount])).toEqual([
      ['18000.00', '12000.00'],
      ['0.00', '6000.00'],
    ]);
  });

  it('is refused as a whole when a year lacks money, and changes nothing', async () => {
    const fund = await world.fund({ 2027: '30000.00', 2028: '5999.99' });
    const data = await world.departed(fund.id);
    await changes.extend(data, '2028-07-01');
    await eventually(async () =>
      expect(await ofAssignment(fundCoverExtensionRefused, data)).toMatchObject([
        { reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ year: 2028, missing: eur('0.01') }] },
      ]),
    );
    expect(await view(data.assignmentId)).toMatchObject({ total: eur('12000.00'), period: { to: '2028-01-01' } });
    await changes.extend(data, '2028-06-01', 5);
    await settled();
    expect(await ofAssignment(fundCoverExtended, data)).toEqual([]);
  });

  it('is refused to an assignment that ended', async () => {
    const fund = await world.fund({ 2027: '30000.00', 2028: '6000.00' });
    const data = await world.departed(fund.id);
    await changes.endEarly(data, '2027-03-01', 6);
    await world.commitment(data.assignmentId, 'RELEASED');
    await changes.extend(data, '2028-07-01', 7);
    await eventually(async () =>
      expect(await ofAssignment(fundCoverExtensionRefused, data)).toMatchObject([{ reason: 'PLAN_INVALID' }]),
    );
  });

  it('of 20 at once on money for 10 is granted exactly 10 times', async () => {
    const fund = await world.fund({ 2027: '240000.00', 2028: '60000.00' });
    const all = await Promise.all(Array.from({ length: 20 }, () => world.departed(fund.id)));
    await Promise.all(all.map((data) => changes.extend(data, '2028-07-01')));
    const ids = new Set(all.map((it) => it.assignmentId));
    const own = (data: unknown) => ids.has((data as { assignmentId: string }).assignmentId);
    await eventually(async () => {
      const granted = (await world.app.published(fundCoverExtended)).filter(own);
      const refused = (await world.app.published(fundCoverExtensionRefused)).filter(own);
      expect([granted.length, refused.length]).toEqual([10, 10]);
    }, 20_000);
    expect((await world.balances(fund.id)).years.map((it) => it.available.amount)).toEqual(['0.00', '0.00']);
  }, 60_000);
});

describe('an interruption', () => {
  it('holds what lies beyond the sixth week until the resumption takes it out of the plan', async () => {
    const fund = await world.fund({ 2027: '90000.00' });
    const data = await world.departed(fund.id, { costInputs: DW });
    const before = await view(data.assignmentId);
    // Paid on to 12 February: 1 January and six weeks.
    await changes.interrupt(data, '2027-01-02');
    await settled();
    await sumsHold(await view(data.assignmentId));
    await world.app.rpc(runDue, { fundId: fund.id, upTo: '2027-06-30' }, FINANCE);
    const waiting = (await world.payouts(data.assignmentId)).filter(live).filter((it) => it.dueOn >= '2027-02-13');
    expect(new Set(waiting.map((it) => it.status))).toEqual(new Set(['PLANNED']));
    await changes.resume(data, { interruptedOn: '2027-01-02', resumedOn: '2027-07-01' });
    const after = await planned(data, (plan) => expect(plan.changes?.interruptions).toHaveLength(1));
    expect(toMinor(after.total).amountMinor).toBeLessThan(toMinor(before.total).amountMinor);
    expect((await world.balances(fund.id)).total.committed).toEqual(after.total);
    const july = (await world.payouts(data.assignmentId)).filter(live).filter((it) => it.dueOn === '2027-07-01');
    expect(july.length).toBeGreaterThan(0);
  });

  it('that arrives twice, or after the resumption, comes to the same', async () => {
    const fund = await world.fund({ 2027: '90000.00' });
    const data = await world.departed(fund.id, { costInputs: DW });
    await changes.resume(data, { interruptedOn: '2027-02-01', resumedOn: '2027-07-01' });
    await settled();
    await changes.interrupt(data, '2027-02-01');
    await changes.interrupt(data, '2027-02-01');
    const late = await planned(data, (plan) => expect(plan.changes?.interruptions).toHaveLength(1));
    const other = await world.departed(fund.id, { costInputs: DW });
    await changes.interrupt(other, '2027-02-01');
    await changes.resume(other, { interruptedOn: '2027-02-01', resumedOn: '2027-07-01' });
    const inOrder = await planned(other, (plan) => expect(plan.changes?.interruptions).toHaveLength(1));
    expect(late.total).toEqual(inOrder.total);
  });

  it('that is malformed is set aside, and the next one counts', async () => {
    const fund = await world.fund({ 2027: '90000.00' });
    const data = await world.departed(fund.id, { costInputs: DW });
    const broker = await world.app.broker.as('staffing');
    broker.publish(assignmentInterrupted.subject, '{"assignmentId":"no uuid"}');
    await changes.endEarly(data, '2027-03-01');
    await planned(data, (plan) => expect(plan.changes?.earlyEnd?.endedOn).toBeDefined(), 'RELEASED');
    await eventually(async () => {
      const [row] = await world.app.asServiceRole<{ count: string }>(
        `SELECT count(*) FROM dead_letter WHERE subject = '${assignmentInterrupted.subject}'`,
      );
      expect(Number(row?.count)).toBeGreaterThan(0);
    });
  });
});

describe('an early end', () => {
  it('leaves what is due to the day and releases the exact rest', async () => {
    const fund = await world.fund({ 2027: '90000.00' });
    const data = await world.departed(fund.id, { costInputs: DW });
    await changes.endEarly(data, '2027-03-16');
    const ended = await planned(data, (plan) => expect(plan.changes?.earlyEnd?.endedOn).toBeDefined(), 'RELEASED');
    const { total } = await world.balances(fund.id);
    expect(total.committed).toEqual(ended.total);
    expect(toMinor(total.available).amountMinor + toMinor(ended.total).amountMinor).toBe(9_000_000n);
    expect(ended.plan?.byItem.map((it) => it.item)).toContain('WEB');
    expect((await world.payouts(data.assignmentId)).filter(live).every((it) => it.dueOn < '2027-03-16')).toBe(true);
  });

  it('during an interruption ends the pay with it', async () => {
    const fund = await world.fund({ 2027: '90000.00' });
    const data = await world.departed(fund.id, { costInputs: DW });
    await changes.interrupt(data, '2027-02-01');
    await changes.endEarly(data, '2027-05-01');
    const ended = await planned(data, (plan) => expect(plan.changes?.earlyEnd?.endedOn).toBeDefined(), 'RELEASED');
    expect(ended.plan?.changes?.interruptions).toEqual([
      { from: '2027-02-01', to: '2027-05-01', attributableToExpert: false },
    ]);
  });
});

describe('an instalment that a person cancelled', () => {
  const cancelMay = async (data: FundingData) => {
    const may = (await world.payouts(data.assignmentId)).find((it) => it.dueOn === '2027-05-01');
    const request = { payoutId: may?.id ?? '', reason: 'The employer pays this month' };
    const cancelled = await world.app.rpc(cancelPayout, request, FINANCE, { expectedVersion: may?.version });
    await sumsHold(await view(data.assignmentId));
    return cancelled;
  };
  const ofMay = async (data: FundingData) =>
    (await world.payouts(data.assignmentId)).filter(live).filter((it) => it.dueOn.startsWith('2027-05'));

  it('leaves the plan at once and does not come back by an extension, an interruption or an early end', async () => {
    const fund = await world.fund({ 2027: '90000.00', 2028: '90000.00' });
    const data = await world.departed(fund.id, { costInputs: DW });
    const others = (await ofMay(data)).length - 1;
    const { amount } = await cancelMay(data);
    expect((await view(data.assignmentId)).plan?.cancelled).toEqual(amount);
    await changes.extend(data, '2028-03-01', 6);
    await planned(data, (plan) => expect(plan.period.to).toBe('2028-03-01'));
    expect(await ofMay(data)).toHaveLength(others);
    await changes.interrupt(data, '2027-08-01', 7);
    await changes.resume(data, { interruptedOn: '2027-08-01', resumedOn: '2027-11-01' }, 8);
    await planned(data, (plan) => expect(plan.changes?.interruptions).toHaveLength(1));
    expect(await ofMay(data)).toHaveLength(others);
    await changes.endEarly(data, '2027-12-01', 9);
    const ended = await planned(data, (plan) => expect(plan.changes?.earlyEnd?.endedOn).toBeDefined(), 'RELEASED');
    expect(await ofMay(data)).toHaveLength(others);
    expect(ended.plan?.cancelled).toEqual(amount);
    expect((await world.balances(fund.id)).total.committed).toEqual(ended.total);
  });

  it('stays out of the plan while an interruption holds what is due after it', async () => {
    const fund = await world.fund({ 2027: '90000.00' });
    const data = await world.departed(fund.id, { costInputs: DW });
    await world.app.rpc(runDue, { fundId: fund.id, upTo: '2027-07-31' }, FINANCE);
    const others = (await ofMay(data)).length - 1;
    await cancelMay(data);
    await changes.interrupt(data, '2027-02-01');
    await eventually(async () => {
      const may = await ofMay(data);
      expect(may.every((it) => it.status === 'PLANNED')).toBe(true);
      expect(may).toHaveLength(others);
    });
    await sumsHold(await view(data.assignmentId));
  });

  it('is kept with who and why, and nobody rewrites that', async () => {
    const fund = await world.fund({ 2027: '90000.00' });
    const data = await world.departed(fund.id, { costInputs: DW });
    const { id } = await cancelMay(data);
    const rows = await world.app.asServiceRole(
      'SELECT reason, cancelled_by FROM payout_cancellation WHERE payout_id = $1',
      [id],
    );
    expect(rows).toEqual([{ reason: 'The employer pays this month', cancelledBy: FINANCE.subject }]);
    for (const sql of ['DELETE FROM payout_cancellation', `UPDATE payout_cancellation SET reason = 'x'`]) {
      await expect(world.app.asServiceRole(sql)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
