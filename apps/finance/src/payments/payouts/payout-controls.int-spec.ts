import { randomUUID } from 'node:crypto';
import { type Message, parseMinor, toMoney } from '#contracts';
import {
  blockPayout,
  cancelPayout,
  checkPayoutArithmetically,
  checkPayoutFactually,
  createPaymentRun,
  getPayout,
  listPaymentRules,
  listPayoutBlocks,
  orderPayout,
  payoutBlocked,
  payoutCancelled,
  payoutOrderVoided,
  payoutReleased,
  type PayoutView,
  releasePayout,
  runDue,
  sendPaymentRun,
} from '#contracts/finance';
import { caller, eventually, type TestCaller } from '#testing';
import {
  AUDITOR,
  CASHIER,
  FINANCE,
  FinanceWorld,
  type FundingData,
  OFFICER,
  ORDERER,
} from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const SECOND_ORDERER = caller('payment-orderer', { subject: 'arne' });
const OTHER_FINANCE = caller('finance-officer', { subject: 'frida' });
const REASON = { reason: 'The invoice of the airline is missing' };

/** The first instalments of an expert; with this salary one instalment is above the second signature. */
async function duePayouts(localSalary = '1000.00'): Promise<PayoutView[]> {
  const fund = await world.fund({ 2027: '900000.00' });
  const data = world.fundingRequest(fund.id, {
    costInputs: {
      instrument: 'LOCAL_EXPERT',
      salaryMonth: { amount: localSalary, currency: 'EUR' },
      employerContributionPercent: '0',
    },
  });
  await world.municipalityPayee(data.employerMunicipalityId);
  await world.departed(fund.id, data);
  return (await world.payouts(data.assignmentId)).filter((it) => it.status === 'DUE');
}

async function due(localSalary?: string): Promise<PayoutView> {
  const [payout] = await duePayouts(localSalary);
  if (!payout) throw new Error('nothing is due');
  return payout;
}

/** Another service hears of it, once. */
async function told(message: typeof payoutCancelled | typeof payoutBlocked, { id }: PayoutView): Promise<void> {
  await eventually(async () =>
    expect((await world.app.published<Message>(message)).filter((it) => it['payoutId'] === id)).toHaveLength(1),
  );
}

type Act = typeof orderPayout;
const act = (operation: Act, payout: PayoutView, as: TestCaller) =>
  world.app.rpc(operation, { payoutId: payout.id }, as, { expectedVersion: payout.version });

async function checked(payout: PayoutView): Promise<PayoutView> {
  return act(checkPayoutArithmetically, await act(checkPayoutFactually, payout, OFFICER), FINANCE);
}

type Control = typeof blockPayout;
const control = (operation: Control, payout: PayoutView, as: TestCaller) =>
  world.app.rpc(operation, { payoutId: payout.id, ...REASON }, as, { expectedVersion: payout.version });

const read = (payout: PayoutView) => world.app.rpc(getPayout, { payoutId: payout.id }, AUDITOR);
const sql = (text: string, payout: PayoutView) => world.app.asServiceRole(text, [payout.id]);
const payable = async ({ fundId }: PayoutView) => (await world.balances(fundId)).total.payable.amount;

const minor = (amount: string) => parseMinor(amount, 'EUR') ?? 0n;

describe('an amount above the threshold', () => {
  it('is ordered by two persons; the money moves with the second signature', async () => {
    const both = await checked(await due('9000.00'));
    const once = await act(orderPayout, both, ORDERER);
    expect(once).toMatchObject({ status: 'ARITHMETICALLY_CHECKED', orderSignatures: 2, order: { by: 'anna' } });
    expect(await payable(once)).toBe('0.00');
    await expect(act(orderPayout, once, ORDERER)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_FOUR_EYES' });
    const checker = caller('payment-orderer', { subject: 'fritz' });
    await expect(act(orderPayout, once, checker)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_FOUR_EYES' });
    const twice = await act(orderPayout, once, SECOND_ORDERER);
    expect(twice).toMatchObject({ status: 'ORDERED', secondOrder: { by: 'arne' } });
    expect(await payable(twice)).toBe(twice.amount.amount);
  });

  it('is signed once by 100 at the same time, and again once by 100', async () => {
    let payout = await checked(await due('9000.00'));
    // After the first signature it can still be ordered: the others saw an old version. After the second nobody can order it.
    const refusals = { first: 'PLATFORM_VERSION_STALE', second: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED' };
    for (const [round, code] of Object.entries(refusals)) {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 100 }, (_, index) =>
          act(orderPayout, payout, caller('payment-orderer', { subject: `${round}-${index}` })),
        ),
      );
      expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code });
      }
      payout = await read(payout);
    }
    expect(payout).toMatchObject({ status: 'ORDERED' });
    expect(await payable(payout)).toBe(payout.amount.amount);
  }, 30_000);

  it('cannot be ordered with one signature, nor twice by one person, by SQL under the role of the service', async () => {
    const once = await act(orderPayout, await checked(await due('9000.00')), ORDERER);
    await expect(sql(`UPDATE payout SET status = 'ORDERED' WHERE id = $1`, once)).rejects.toMatchObject({
      code: '23514',
      constraint: 'ck_payout_acts',
    });
    for (const column of ['ordered_by', 'factually_checked_by', 'arithmetically_checked_by']) {
      const twice = sql(`UPDATE payout SET second_ordered_by = ${column} WHERE id = $1`, once);
      await expect(twice).rejects.toMatchObject({ code: '23514', constraint: 'ck_payout_second_order' });
    }
    const fewer = sql(`UPDATE payout SET order_signatures = 1, status = 'ORDERED' WHERE id = $1`, once);
    await expect(fewer).rejects.toMatchObject({ code: '23514', constraint: 'ck_payout_order_bound' });
  });
});

describe('an order', () => {
  it('binds its content: no SQL of the service changes it', async () => {
    const ordered = await world.order(await due());
    expect(ordered.orderHash).toMatch(/^[0-9a-f]{64}$/);
    for (const change of [
      'amount_minor = amount_minor + 1',
      `reference = 'x'`,
      'payee_id = NULL',
      `order_hash = 'x'`,
    ]) {
      const update = sql(`UPDATE payout SET ${change} WHERE id = $1`, ordered);
      await expect(update).rejects.toMatchObject({ code: '23514', constraint: 'ck_payout_order_bound' });
    }
  });

  it('is void when the payee is another one at the time of the run, and can be made again', async () => {
    const ordered = await world.order(await due());
    await world.app.asServiceRole(`UPDATE payee SET town = 'Elsewhere' WHERE id = $1`, [ordered.payeeId]);
    const run = () =>
      world.app.rpc(
        createPaymentRun,
        { fundId: ordered.fundId, paymentType: 'FOREIGN', executionOn: '2027-02-12' },
        CASHIER,
      );
    await expect(run()).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_EMPTY' });
    const voided = await read(ordered);
    expect(voided).toMatchObject({ status: 'ARITHMETICALLY_CHECKED', order: null, orderHash: null });
    expect(await payable(voided)).toBe('0.00');
    await eventually(async () =>
      expect((await world.app.published(payoutOrderVoided)).map((it) => it.payoutId)).toContain(ordered.id),
    );
    await act(orderPayout, voided, ORDERER);
    expect(await payable(voided)).toBe(ordered.amount.amount);
    await expect(run()).resolves.toMatchObject({ status: 'CREATED' });
    const rewrite = world.app.asServiceRole('DELETE FROM payout_voided_order WHERE payout_id = $1', [ordered.id]);
    await expect(rewrite).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a block by hand', () => {
  it('stops every act until another person releases it', async () => {
    const blocked = await control(blockPayout, await due(), CASHIER);
    expect(blocked).toMatchObject({ status: 'BLOCKED', blocked: 'MANUAL' });
    await expect(act(checkPayoutFactually, blocked, OFFICER)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_BLOCKED' });
    await expect(control(blockPayout, blocked, OFFICER)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_BLOCKED' });
    const same = { ...CASHIER, roles: ['cashier', 'payment-orderer'] as const };
    await expect(control(releasePayout, blocked, same)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_FOUR_EYES' });
    const released = await control(releasePayout, blocked, OTHER_FINANCE);
    expect(released).toMatchObject({ status: 'DUE', blocked: null });
    await told(payoutBlocked, blocked);
    await told(payoutReleased, blocked);
    const { items } = await world.app.rpc(listPayoutBlocks, { payoutId: blocked.id }, AUDITOR);
    expect(items).toMatchObject([{ reason: 'MANUAL', blockedBy: 'karl', releasedBy: 'frida', note: REASON.reason }]);
    await expect(control(releasePayout, released, OTHER_FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
    });
  });

  it('is not released by who acted on the payout, and who released acts no more', async () => {
    const both = await checked(await due());
    const blocked = await control(blockPayout, both, CASHIER);
    await expect(control(releasePayout, blocked, FINANCE)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_FOUR_EYES' });
    const released = await control(releasePayout, blocked, SECOND_ORDERER);
    expect(released.status).toBe('ARITHMETICALLY_CHECKED');
    await expect(act(orderPayout, released, SECOND_ORDERER)).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_FOUR_EYES',
    });
    await expect(act(orderPayout, released, ORDERER)).resolves.toMatchObject({ status: 'ORDERED' });
    const direct = sql(`UPDATE payout SET released_by = factually_checked_by WHERE id = $1`, released);
    await expect(direct).rejects.toMatchObject({ code: '23514', constraint: 'ck_payout_release' });
    const alone = world.app.asServiceRole(
      `UPDATE payout_block SET released_by = blocked_by, released_at = now() WHERE payout_id = $1`,
      [released.id],
    );
    await expect(alone).rejects.toMatchObject({ code: '23514', constraint: 'ck_payout_block_four_eyes' });
  });

  it('keeps a written file from going to the bank', async () => {
    const ordered = await world.order(await due());
    const request = { fundId: ordered.fundId, paymentType: 'FOREIGN' as const, executionOn: '2027-02-12' };
    const run = await world.app.rpc(createPaymentRun, request, CASHIER);
    const blocked = await control(blockPayout, await read(ordered), OFFICER);
    const send = () =>
      world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, { expectedVersion: run.version });
    await expect(send()).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED' });
    const again = world.app.rpc(createPaymentRun, { ...request, payoutIds: [ordered.id] }, CASHIER);
    await expect(again).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_BLOCKED' });
    await expect(control(cancelPayout, blocked, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
    });
    const released = await control(releasePayout, blocked, OTHER_FINANCE);
    expect(released.status).toBe('IN_RUN');
    await send();
    await expect(control(blockPayout, await read(ordered), OFFICER)).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
    });
  });

  it('is refused to a budget officer, and with a stale version', async () => {
    const payout = await due();
    await expect(control(blockPayout, payout, caller('budget-officer'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    await expect(control(blockPayout, { ...payout, version: 99 }, CASHIER)).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
    });
  });
});

describe('a cancellation', () => {
  it('gives the money of an ordered payout back to the fund', async () => {
    const ordered = await world.order(await due());
    const before = (await world.balances(ordered.fundId)).total.available.amount;
    const cancelled = await control(cancelPayout, ordered, FINANCE);
    expect(cancelled).toMatchObject({ status: 'CANCELLED', order: null });
    await told(payoutCancelled, cancelled);
    const { total } = await world.balances(ordered.fundId);
    expect(total.payable.amount).toBe('0.00');
    expect(total.available.amount).toBe(toMoney(minor(before) + minor(ordered.amount.amount), 'EUR').amount);
    await expect(control(cancelPayout, cancelled, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
    });
  });

  it('is refused to a cashier', async () => {
    await expect(control(cancelPayout, await due(), CASHIER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});

describe('the duplicate detector', () => {
  /** A second payout for the same thing, as a faulty import or plan would make it. */
  async function repeated(of: PayoutView, change: { reference?: string; dueOn?: string } = {}): Promise<string> {
    const id = `ffffffff-0000-7000-8000-${randomUUID().slice(24)}`;
    await world.app.asServiceRole(
      `INSERT INTO payout (id, version, commitment_id, assignment_id, fund_id, instalment, reference, category, budget_year,
         amount_minor, currency, due_on, required_reports, payee_kind, payee_owner_id, status)
       SELECT $2, 1, commitment_id, assignment_id, fund_id, 90, coalesce($3, reference), category, budget_year,
         amount_minor, currency, coalesce($4, due_on), 0, payee_kind, payee_owner_id, 'PLANNED' FROM payout WHERE id = $1`,
      [of.id, id, change.reference ?? null, change.dueOn ?? null],
    );
    await world.app.rpc(runDue, { fundId: of.fundId, upTo: '2027-12-31' }, FINANCE);
    return id;
  }
  const readId = (payoutId: string) => world.app.rpc(getPayout, { payoutId }, AUDITOR);

  it('holds the same payee, amount and reference, until a person who checks nothing releases it', async () => {
    const original = await due();
    const held = await readId(await repeated(original));
    expect(held).toMatchObject({ status: 'BLOCKED', blocked: 'DUPLICATE_SUSPECTED' });
    expect((await read(original)).status).toBe('DUE');
    const released = await control(releasePayout, held, FINANCE);
    expect(released.status).toBe('DUE');
    const factual = await act(checkPayoutFactually, released, OFFICER);
    await expect(act(checkPayoutArithmetically, factual, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_FOUR_EYES',
    });
    await expect(act(checkPayoutArithmetically, factual, OTHER_FINANCE)).resolves.toMatchObject({
      status: 'ARITHMETICALLY_CHECKED',
    });
  });

  it.each([
    ['another reference', { reference: 'another invoice' }],
    ['more than 90 days apart', { dueOn: '2027-06-30' }],
  ])('lets %s pass', async (_case, change) => {
    const held = await readId(await repeated(await due(), change));
    expect(held).toMatchObject({ status: 'DUE', blocked: null });
  });

  /** What two assignments that are alike pay at once, by the assignment. */
  async function twice(more: Partial<FundingData>, payee: (data: FundingData) => Promise<unknown>) {
    const fund = await world.fund({ 2027: '200000.00', 2028: '200000.00' });
    const ground = world.fundingRequest(fund.id, more);
    await payee(ground);
    const found: PayoutView[][] = [];
    for (const assignmentId of [randomUUID(), randomUUID()]) {
      await world.departed(fund.id, { ...ground, expertId: randomUUID(), ...more, assignmentId });
      const all = await world.payouts(assignmentId);
      found.push(all.filter(({ status, category }) => status !== 'PLANNED' && category === 'PERSONAL'));
    }
    const [first = [], second = []] = found;
    expect(first.length).toBeGreaterThan(0);
    expect(second.map(({ amount }) => amount)).toEqual(first.map(({ amount }) => amount));
    return { first, second };
  }

  it('holds what a second commitment pays to the same payee for the same month, and names the first', async () => {
    const ground = world.fundingRequest('');
    const { first, second } = await twice({ employerMunicipalityId: ground.employerMunicipalityId }, () =>
      world.municipalityPayee(ground.employerMunicipalityId),
    );
    expect(first.map(({ blocked }) => blocked)).toEqual(first.map(() => null));
    expect(second.map(({ blocked }) => blocked)).toEqual(second.map(() => 'DUPLICATE_SUSPECTED'));
    const { items } = await world.app.rpc(listPayoutBlocks, { payoutId: second[0]?.id ?? '' }, AUDITOR);
    expect(items.at(-1)?.note).toContain(first[0]?.caseNumber);
  });

  it('lets the two halves of a full post of one person pass', async () => {
    const costInputs = {
      instrument: 'INTEGRATED_EXPERT' as const,
      localSalaryMonth: { amount: '1000.00', currency: 'EUR' },
      hasSpouse: false,
      children: 0,
    };
    const { first, second } = await twice({ costInputs, expertId: randomUUID(), fullTimePercent: 50 }, ({ expertId }) =>
      world.expertPayee(expertId),
    );
    for (const { blocked } of [...first, ...second]) expect(blocked).toBeNull();
  });

  it('does not fire on equal monthly instalments of one commitment', async () => {
    const fund = await world.fund({ 2027: '100000.00' });
    const data = world.fundingRequest(fund.id, {
      costInputs: {
        instrument: 'INTEGRATED_EXPERT',
        localSalaryMonth: { amount: '1000.00', currency: 'EUR' },
        hasSpouse: false,
        children: 0,
      },
    });
    await world.expertPayee(data.expertId);
    await world.departed(fund.id, data);
    await world.app.rpc(runDue, { fundId: fund.id, upTo: '2027-12-31' }, FINANCE);
    const payouts = await world.payouts(data.assignmentId);
    const monthly = payouts.filter((it) => it.category === 'PERSONAL').slice(0, 10);
    expect(new Set(monthly.map((it) => it.amount.amount)).size).toBe(1);
    expect(new Set(payouts.map((it) => it.reference)).size).toBe(payouts.length);
    expect(payouts.filter((it) => it.status === 'BLOCKED')).toEqual([]);
  });
});

describe('the rules of the controls', () => {
  it('are dated and name their source', async () => {
    const { items } = await world.app.rpc(listPaymentRules, { on: '2027-02-10' }, AUDITOR);
    expect(items).toHaveLength(7);
    for (const rule of items) expect(rule.source.length).toBeGreaterThan(20);
    expect((await world.app.rpc(listPaymentRules, { on: '2019-12-31' }, AUDITOR)).items).toEqual([]);
  });
});
