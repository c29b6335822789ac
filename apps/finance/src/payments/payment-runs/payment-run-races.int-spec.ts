import {
  createPaymentRun,
  getPaymentRunFile,
  orderPayout,
  orderPayouts,
  type PaymentRunView,
  type PayoutView,
} from '#contracts/finance';
import { caller } from '#testing';
import { CASHIER, FinanceWorld } from '../../../test/finance-world';

const CONTENDERS = 100;

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

/** What became of 100 requests that were sent at once: one winner, and every loser refused as by a conflict. */
async function race<T>(attempt: (number: number) => Promise<T>, loserCode: string): Promise<T> {
  const outcomes = await Promise.allSettled(Array.from({ length: CONTENDERS }, (_, number) => attempt(number)));
  const winners = outcomes.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
  const losers = outcomes.flatMap((it) => (it.status === 'rejected' ? [it.reason as unknown] : []));
  expect(winners).toHaveLength(1);
  expect(losers).toHaveLength(CONTENDERS - 1);
  // The kind is what the gateway makes 409 of.
  for (const loser of losers) expect(loser).toMatchObject({ kind: 'conflict', code: loserCode });
  return winners[0] as T;
}

const checkedPayouts = async (): Promise<PayoutView[]> =>
  Promise.all((await world.duePayouts()).map((due) => world.check(due)));
const orderer = (number: number) => caller('payment-orderer', { subject: `anna-${number}` });
const fundOf = (payouts: readonly PayoutView[]): string => payouts[0]?.fundId ?? '';
const payable = async (payouts: readonly PayoutView[]) => (await world.balances(fundOf(payouts))).total.payable.amount;

/** The winner's run has each payout once, in its items and in its file. */
async function assertPaidOnce(run: PaymentRunView, ordered: readonly PayoutView[]): Promise<void> {
  const payouts = await world.payouts(ordered[0]?.assignmentId ?? '');
  const inRun = payouts.filter((it) => it.status === 'IN_RUN');
  expect(inRun.map((it) => it.id).sort()).toEqual(ordered.map((it) => it.id).sort());
  expect(new Set(inRun.map((it) => it.paymentRunId))).toEqual(new Set([run.id]));
  const items = await world.app.asServiceRole<{ payoutId: string; endToEndId: string }>(
    'SELECT payout_id, end_to_end_id FROM payment_run_item WHERE payout_id = ANY ($1)',
    [ordered.map((it) => it.id)],
  );
  expect(items.map((it) => it.payoutId).sort()).toEqual(ordered.map((it) => it.id).sort());
  const { body } = await world.app.rpc(getPaymentRunFile, { paymentRunId: run.id }, CASHIER);
  const inFile = [...body.matchAll(/<EndToEndId>([^<]*)</g)].map(([, id]) => id);
  expect(inFile.sort()).toEqual([...new Set(items.map((it) => it.endToEndId))].sort());
}

describe('100 orders at once', () => {
  it('order one payout once; the others answer 409', async () => {
    const [payout] = await checkedPayouts();
    if (!payout) throw new Error('nothing is checked');
    const order = (number: number) =>
      world.app.rpc(orderPayout, { payoutId: payout.id }, orderer(number), { expectedVersion: payout.version });
    const won = await race(order, 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    expect(won).toMatchObject({ status: 'ORDERED' });
    expect(await payable([payout])).toBe(payout.amount.amount);
  }, 30_000);

  it('of the same payouts together order each once; the others answer 409', async () => {
    const checked = await checkedPayouts();
    const payouts = checked.map(({ id, version }) => ({ payoutId: id, version }));
    // In another order each time, as people tick them.
    const order = (number: number) =>
      world.app.rpc(orderPayouts, { payouts: number % 2 ? payouts : payouts.toReversed() }, orderer(number));
    const won = await race(order, 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    expect(won).toMatchObject({ ordered: 5, totals: [{ amount: '11800.00' }] });
    expect(await payable(checked)).toBe('11800.00');
  }, 30_000);
});

describe('100 payment runs at once', () => {
  const run = (fundId: string, payoutIds?: string[]) =>
    world.app.rpc(createPaymentRun, { fundId, paymentType: 'SEPA', executionOn: '2027-02-12', payoutIds }, CASHIER);

  it('take all that is ordered once; the others answer 409', async () => {
    const ordered = await world.orderedPayouts();
    await assertPaidOnce(await race(() => run(fundOf(ordered)), 'FINANCE_PAYMENT_RUN_EMPTY'), ordered);
  }, 30_000);

  it('of the same payouts by name take each once; the others answer 409', async () => {
    const ordered = await world.orderedPayouts();
    const ids = ordered.map((it) => it.id);
    const attempt = (number: number) => run(fundOf(ordered), number % 2 ? ids : ids.toReversed());
    await assertPaidOnce(await race(attempt, 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED'), ordered);
  }, 30_000);
});
