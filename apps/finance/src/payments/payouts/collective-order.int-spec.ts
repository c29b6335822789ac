import { randomUUID } from 'node:crypto';
import {
  blockPayout,
  checkPayoutArithmetically,
  checkPayoutFactually,
  getPayout,
  orderPayouts,
  payoutOrdered,
  type PayoutView,
  releasePayout,
} from '#contracts/finance';
import { caller, eventually, type TestCaller } from '#testing';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, OFFICER, ORDERER } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const SECOND_ORDERER = caller('payment-orderer', { subject: 'arne' });
const reason = 'The invoice of the airline is missing';

const orderAll = (payouts: readonly PayoutView[], as: TestCaller = ORDERER) =>
  world.app.rpc(orderPayouts, { payouts: payouts.map(({ id, version }) => ({ payoutId: id, version })) }, as);
const checkedPayouts = async (): Promise<PayoutView[]> =>
  Promise.all((await world.duePayouts()).map((due) => world.check(due)));
const read = ({ id }: PayoutView): Promise<PayoutView> => world.app.rpc(getPayout, { payoutId: id }, AUDITOR);
const payable = async ([first]: readonly PayoutView[]) =>
  (await world.balances(first?.fundId ?? '')).total.payable.amount;

/** Nothing of a refused act remains: neither on the payouts that were fit, nor on the books. */
async function assertUntouched(payouts: readonly PayoutView[]): Promise<void> {
  for (const payout of payouts) expect(await read(payout)).toMatchObject(payout);
  expect(await payable(payouts)).toBe('0.00');
}

/** Checked, and so dear that two persons have to order it. */
async function dearPayout(): Promise<PayoutView> {
  const fund = await world.fund({ 2027: '900000.00' });
  const data = world.fundingRequest(fund.id, {
    costInputs: {
      instrument: 'LOCAL_EXPERT',
      salaryMonth: { amount: '9000.00', currency: 'EUR' },
      employerContributionPercent: '0',
    },
  });
  await world.municipalityPayee(data.employerMunicipalityId);
  await world.departed(fund.id, data);
  const [due] = (await world.payouts(data.assignmentId)).filter((it) => it.status === 'DUE');
  if (!due) throw new Error('nothing is due');
  return world.check(due);
}

describe('an order of many payouts', () => {
  it('orders all of them, with one entry in the books and one message each', async () => {
    const checked = await checkedPayouts();
    expect(await orderAll(checked)).toEqual({
      ordered: 5,
      waitingForSecondSignature: 0,
      totals: [{ amount: '11800.00', currency: 'EUR' }],
    });
    expect(await payable(checked)).toBe('11800.00');
    for (const payout of checked) {
      expect(await read(payout)).toMatchObject({
        status: 'ORDERED',
        order: { by: 'anna' },
        version: payout.version + 1,
      });
    }
    const ids = checked.map(({ id }) => id);
    await eventually(async () =>
      expect((await world.app.published(payoutOrdered)).filter((it) => ids.includes(it.payoutId))).toHaveLength(5),
    );
  });

  it('takes the first signature of what needs two, and money moves with the second', async () => {
    const dear = await dearPayout();
    expect(await orderAll([dear])).toEqual({ ordered: 0, waitingForSecondSignature: 1, totals: [] });
    const once = await read(dear);
    expect(once).toMatchObject({ status: 'ARITHMETICALLY_CHECKED', orderSignatures: 2, order: { by: 'anna' } });
    expect(await payable([dear])).toBe('0.00');
    expect(await orderAll([once], SECOND_ORDERER)).toMatchObject({ ordered: 1, totals: [dear.amount] });
    expect(await payable([dear])).toBe(dear.amount.amount);
  });

  it('is refused as a whole when one payout is not checked', async () => {
    const [first, ...others] = await world.duePayouts();
    const checked = await Promise.all(others.map((due) => world.check(due)));
    await expect(orderAll([...checked, ...(first ? [first] : [])])).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
      details: { payoutId: first?.id, from: 'DUE' },
    });
    await assertUntouched(checked);
  });

  it('is refused as a whole when one payout is held', async () => {
    const [first, ...others] = await checkedPayouts();
    const blocked = await world.app.rpc(blockPayout, { payoutId: first?.id ?? '', reason }, CASHIER, {
      expectedVersion: first?.version,
    });
    await expect(orderAll([blocked, ...others])).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_BLOCKED' });
    await assertUntouched([blocked, ...others]);
  });

  it('is refused as a whole when one version is stale, and names the payout', async () => {
    const [first, ...others] = await checkedPayouts();
    if (!first) throw new Error('nothing is checked');
    await expect(orderAll([...others, { ...first, version: first.version - 1 }])).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
      details: { payoutId: first.id, currentVersion: first.version },
    });
    await assertUntouched([first, ...others]);
  });

  it('is refused as a whole when one payout does not exist', async () => {
    const checked = await checkedPayouts();
    const [first] = checked;
    if (!first) throw new Error('nothing is checked');
    await expect(orderAll([...checked, { ...first, id: randomUUID() }])).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    await assertUntouched(checked);
  });

  it('is refused when the commitment does not cover all of them together', async () => {
    const checked = await checkedPayouts();
    await world.app.asServiceRole(
      `UPDATE commitment_year SET released_minor = amount_minor - ordered_minor - 1179999 WHERE commitment_id = $1 AND year = 2027`,
      [checked[0]?.commitmentId],
    );
    await expect(orderAll(checked)).rejects.toMatchObject({ code: 'FINANCE_LEDGER_NOT_COVERED' });
    await assertUntouched(checked);
  });

  it('is refused empty and with more than 500', async () => {
    for (const count of [0, 501]) {
      const payouts = Array.from({ length: count }, () => ({ payoutId: randomUUID(), version: 1 }));
      await expect(world.app.rpc(orderPayouts, { payouts }, ORDERER)).rejects.toMatchObject({
        code: 'PLATFORM_REQUEST_INVALID',
      });
    }
  });

  it.each(['programme-officer', 'finance-officer', 'cashier', 'budget-officer', 'auditor'] as const)(
    'is refused to a %s',
    async (role) => {
      const checked = await checkedPayouts();
      await expect(orderAll(checked, caller(role))).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
      await assertUntouched(checked);
    },
  );
});

describe('one person, ordering many payouts', () => {
  const orderer = (subject: string) => caller('payment-orderer', { subject });

  it.each([
    ['certified one as factually right', 'olga'],
    ['certified one as arithmetically right', 'fritz'],
  ])('is refused all of them who %s', async (_act, subject) => {
    const [first, ...others] = await world.duePayouts();
    if (!first) throw new Error('nothing is due');
    // Only one of them was checked by that person.
    const mine = await world.check(first);
    const theirs = await Promise.all(others.map(checkByOthers));
    await expect(orderAll([...theirs, mine], orderer(subject))).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_FOUR_EYES',
      details: { payoutId: mine.id },
    });
    await assertUntouched([mine, ...theirs]);
    expect(await orderAll(theirs, orderer(subject))).toMatchObject({ ordered: theirs.length });
  });

  it('does not give both signatures', async () => {
    const dear = await dearPayout();
    await orderAll([dear]);
    const once = await read(dear);
    await expect(orderAll([once])).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_FOUR_EYES' });
    expect(await read(dear)).toEqual(once);
    expect(await payable([dear])).toBe('0.00');
  });

  it('is refused who released a block of one', async () => {
    const [first, ...others] = await checkedPayouts();
    const payoutId = first?.id ?? '';
    const blocked = await world.app.rpc(blockPayout, { payoutId, reason }, CASHIER, {
      expectedVersion: first?.version,
    });
    const released = await world.app.rpc(releasePayout, { payoutId, reason }, SECOND_ORDERER, {
      expectedVersion: blocked.version,
    });
    await expect(orderAll([released, ...others], SECOND_ORDERER)).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_FOUR_EYES',
      details: { payoutId },
    });
    await assertUntouched([released, ...others]);
    expect(await orderAll([released, ...others])).toMatchObject({ ordered: 5 });
  });

  it('signs second only what the first signature bound', async () => {
    const dear = await dearPayout();
    await orderAll([dear]);
    const once = await read(dear);
    await world.app.asServiceRole(`UPDATE payee SET town = 'Elsewhere' WHERE id = $1`, [once.payeeId]);
    await expect(orderAll([once], SECOND_ORDERER)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_ORDER_OUTDATED' });
    expect(await read(dear)).toEqual(once);
  });

  async function checkByOthers(due: PayoutView): Promise<PayoutView> {
    const factual = await world.app.rpc(
      checkPayoutFactually,
      { payoutId: due.id },
      { ...OFFICER, subject: 'oskar' },
      {
        expectedVersion: due.version,
      },
    );
    return world.app.rpc(
      checkPayoutArithmetically,
      { payoutId: due.id },
      { ...FINANCE, subject: 'frida' },
      {
        expectedVersion: factual.version,
      },
    );
  }
});
