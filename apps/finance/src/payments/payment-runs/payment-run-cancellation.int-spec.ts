import {
  blockPayout,
  bookPaymentRun,
  cancelPaymentRun,
  createPaymentRun,
  getPaymentRun,
  getPaymentRunFile,
  getPayout,
  listPaymentRunActions,
  type PaymentRunView,
  type PayoutView,
  releasePayout,
  sendPaymentRun,
} from '#contracts/finance';
import { caller, possibleActs, refusalOf, type TestCaller } from '#testing';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, OFFICER, ORDERER } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const OTHER_CASHIER = caller('cashier', { subject: 'kira' });
const reason = 'A payout in it was blocked; the file did not go to the bank';

const fundOf = (payouts: readonly PayoutView[]): string => payouts[0]?.fundId ?? '';
const makeRun = (fundId: string): Promise<PaymentRunView> =>
  world.app.rpc(createPaymentRun, { fundId, paymentType: 'SEPA', executionOn: '2027-02-12' }, CASHIER);
const cancel = ({ id, version }: PaymentRunView, as: TestCaller = FINANCE): Promise<PaymentRunView> =>
  world.app.rpc(cancelPaymentRun, { paymentRunId: id, reason }, as, { expectedVersion: version });
const send = ({ id, version }: PaymentRunView): Promise<PaymentRunView> =>
  world.app.rpc(sendPaymentRun, { paymentRunId: id }, CASHIER, { expectedVersion: version });
const read = ({ id }: PayoutView): Promise<PayoutView> => world.app.rpc(getPayout, { payoutId: id }, AUDITOR);
const file = (run: PaymentRunView) => world.app.rpc(getPaymentRunFile, { paymentRunId: run.id }, AUDITOR);
const endToEndIds = (xml: string): string[] =>
  [...xml.matchAll(/<EndToEndId>([^<]*)</g)].map(([, id]) => id ?? '').sort();

async function block(payout: PayoutView): Promise<PayoutView> {
  const { id, version } = await read(payout);
  return world.app.rpc(blockPayout, { payoutId: id, reason }, OFFICER, { expectedVersion: version });
}

describe('giving up a payment run', () => {
  it('orders its payouts again, and a later run pays each once under a new EndToEndId', async () => {
    const due = await world.duePayouts();
    const ordered = await Promise.all(due.map((payout) => world.order(payout)));
    const run = await makeRun(fundOf(ordered));
    const before = await file(run);
    const cancelled = await cancel(run);
    expect(cancelled).toMatchObject({ status: 'CANCELLED', cancellation: { by: 'fritz', reason } });
    for (const payout of ordered) {
      expect(await read(payout)).toMatchObject({ status: 'ORDERED', payment: null, paymentRunId: null });
    }
    // What was ordered stays payable, and the file that was given up can still be read.
    expect((await world.balances(fundOf(ordered))).total).toMatchObject({ payable: { amount: '11800.00' } });
    expect(await file(run)).toEqual(before);

    const next = await makeRun(fundOf(ordered));
    const after = await file(next);
    expect(endToEndIds(after.body)).toEqual(ordered.map(({ id }) => `${id.replaceAll('-', '')}r2`).sort());
    expect(endToEndIds(before.body).filter((id) => endToEndIds(after.body).includes(id))).toEqual([]);
    const sent = await send(next);
    const booking = { paymentRunId: next.id, bookedOn: '2027-02-10', statementReference: 'S 1' };
    await world.app.rpc(bookPaymentRun, booking, CASHIER, { expectedVersion: sent.version });
    expect((await world.balances(fundOf(ordered))).total).toMatchObject({
      payable: { amount: '0.00' },
      paid: { amount: '11800.00' },
    });
    for (const payout of ordered) expect(await read(payout)).toMatchObject({ status: 'BOOKED', paymentRunId: next.id });
  });

  it('is the way out when a payout in it was held; that one stays held and the others are paid', async () => {
    const ordered = await world.orderedPayouts();
    const [first] = ordered;
    if (!first) throw new Error('nothing is ordered');
    const run = await makeRun(fundOf(ordered));
    const held = await block(first);
    await expect(send(run)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED' });
    await cancel(run, OTHER_CASHIER);
    expect(await read(held)).toMatchObject({ status: 'BLOCKED', blocked: 'MANUAL', paymentRunId: null });
    const next = await makeRun(fundOf(ordered));
    expect(next.payouts).toBe(ordered.length - 1);
    await send(next);
    const { id: payoutId, version: expectedVersion } = await read(held);
    const frida = caller('finance-officer', { subject: 'frida' });
    const released = await world.app.rpc(releasePayout, { payoutId, reason }, frida, { expectedVersion });
    expect(released.status).toBe('ORDERED');
    expect((await makeRun(fundOf(ordered))).payouts).toBe(1);
  });

  it('leaves alone what left the run before, because its order was voided', async () => {
    const ordered = await world.orderedPayouts();
    const run = await makeRun(fundOf(ordered));
    const [first] = ordered;
    await world.app.asServiceRole(
      `UPDATE payout SET status = 'ARITHMETICALLY_CHECKED', ordered_by = NULL, order_hash = NULL, payment_run_id = NULL,
         paid_by = NULL, version = version + 1 WHERE id = $1`,
      [first?.id],
    );
    await expect(send(run)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED' });
    await cancel(run);
    const states = await Promise.all(ordered.map(async (payout) => (await read(payout)).status));
    expect(states.filter((status) => status === 'ORDERED')).toHaveLength(ordered.length - 1);
    expect(states[0]).toBe('ARITHMETICALLY_CHECKED');
  });

  it('is refused once the file went to the bank, and a second time', async () => {
    const run = await makeRun(fundOf(await world.orderedPayouts()));
    const sent = await send(run);
    // Whatever version is named: the state decides.
    for (const version of [sent, run]) {
      await expect(cancel(version)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED' });
    }
    const other = await makeRun(fundOf(await world.orderedPayouts()));
    const cancelled = await cancel(other);
    await expect(cancel(cancelled)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED' });
    await expect(send(cancelled)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED' });
  });

  it('is refused to who made the run, to who ordered a payout in it, and to other roles', async () => {
    const run = await makeRun(fundOf(await world.orderedPayouts()));
    await expect(cancel(run, CASHIER)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_FOUR_EYES' });
    const orderer = caller('cashier', { subject: 'anna' });
    await expect(cancel(run, orderer)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_FOUR_EYES' });
    for (const as of [ORDERER, OFFICER, AUDITOR]) {
      await expect(cancel(run, as)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    }
    await expect(cancel({ ...run, version: run.version + 1 })).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
    });
    expect((await world.app.rpc(getPaymentRun, { paymentRunId: run.id }, AUDITOR)).status).toBe('CREATED');
    const direct = world.app.asServiceRole(
      `UPDATE payment_run SET status = 'CANCELLED', cancelled_by = created_by, cancelled_at = now(), cancellation_reason = 'x'
       WHERE id = $1`,
      [run.id],
    );
    await expect(direct).rejects.toMatchObject({ code: '23514', constraint: 'ck_payment_run_four_eyes' });
  });

  it('is listed for who may do it, with what else can be done', async () => {
    const run = await makeRun(fundOf(await world.orderedPayouts()));
    const actions = (as: TestCaller) => world.app.rpc(listPaymentRunActions, { paymentRunId: run.id }, as);
    expect(possibleActs(await actions(OTHER_CASHIER))).toEqual(['payment-run_cancel', 'payment-run_send']);
    expect(refusalOf(await actions(CASHIER), cancelPaymentRun)).toBe('FINANCE_PAYMENT_RUN_FOUR_EYES');
    expect(possibleActs(await actions(AUDITOR))).toEqual([]);
    await send(run);
    expect(possibleActs(await actions(OTHER_CASHIER))).toEqual(['payment-run_book']);
    expect(refusalOf(await actions(FINANCE), cancelPaymentRun)).toBe('FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED');
  });

  it('and sending it at once: one of them happens', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ordered = await world.orderedPayouts();
      const run = await makeRun(fundOf(ordered));
      const [sending, giving] = await Promise.allSettled([send(run), cancel(run)]);
      expect([sending.status, giving.status].sort()).toEqual(['fulfilled', 'rejected']);
      const expected = sending.status === 'fulfilled' ? 'SENT' : 'ORDERED';
      for (const payout of ordered) expect((await read(payout)).status).toBe(expected);
    }
  }, 20_000);
});
