import {
  blockPayout,
  checkPayoutFactually,
  getPayout,
  listPayoutActions,
  orderPayout,
  type PayoutView,
  reissuePayout,
  releasePayout,
} from '#contracts/finance';
import { caller, possibleActs, refusalOf, type TestCaller } from '#testing';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, OFFICER, ORDERER } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const actions = ({ id }: PayoutView, as: TestCaller) => world.app.rpc(listPayoutActions, { payoutId: id }, as);
const read = ({ id }: PayoutView) => world.app.rpc(getPayout, { payoutId: id }, AUDITOR);

async function due(): Promise<PayoutView> {
  const [payout] = await world.duePayouts();
  if (!payout) throw new Error('nothing is due');
  return payout;
}

describe('what can be done with a payout', () => {
  it('follows its state and who asks, and is what the acts say', async () => {
    const payout = await due();
    expect(possibleActs(await actions(payout, OFFICER))).toEqual(['payout_block', 'payout_check-factually']);
    expect(possibleActs(await actions(payout, FINANCE))).toEqual(['payout_block', 'payout_cancel']);
    expect(possibleActs(await actions(payout, AUDITOR))).toEqual([]);
    expect(refusalOf(await actions(payout, AUDITOR), orderPayout)).toBe('PLATFORM_ACTION_NOT_ALLOWED');

    const checked = await world.check(payout);
    // Ordering shares its transaction with others and is listed all the same.
    expect(possibleActs(await actions(checked, ORDERER))).toEqual(['payout_block', 'payout_order']);
    const both = caller('payment-orderer', { subject: OFFICER.subject });
    expect(refusalOf(await actions(checked, both), orderPayout)).toBe('FINANCE_PAYOUT_FOUR_EYES');
    const order = world.app.rpc(orderPayout, { payoutId: payout.id }, both, { expectedVersion: checked.version });
    await expect(order).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_FOUR_EYES' });
    const done = await world.app.rpc(orderPayout, { payoutId: payout.id }, ORDERER, {
      expectedVersion: checked.version,
    });
    expect(refusalOf(await actions(done, ORDERER), orderPayout)).toBe('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    expect(refusalOf(await actions(done, FINANCE), reissuePayout)).toBe('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
  });

  it('is to be released while a person holds it, and nothing else', async () => {
    const payout = await due();
    const held = await world.app.rpc(blockPayout, { payoutId: payout.id, reason: 'The invoice is missing' }, CASHIER, {
      expectedVersion: payout.version,
    });
    expect(refusalOf(await actions(held, OFFICER), checkPayoutFactually)).toBe('FINANCE_PAYOUT_BLOCKED');
    expect(possibleActs(await actions(held, ORDERER))).toContain('payout_release');
    expect(refusalOf(await actions(payout, FINANCE), releasePayout)).toBeUndefined();
  });

  it('is told only of payouts that the caller may see', async () => {
    const payout = await due();
    const stranger = caller('expert', { subject: 'erik', expertId: payout.commitmentId });
    await expect(actions(payout, stranger)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });

  it('refuses by the state before the version', async () => {
    const payout = await due();
    const check = (expectedVersion: number, as = OFFICER) =>
      world.app.rpc(checkPayoutFactually, { payoutId: payout.id }, as, { expectedVersion });
    await expect(check(payout.version + 1)).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    await check(payout.version);
    const late = caller('programme-officer', { subject: 'otto' });
    await expect(check(payout.version, late)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED' });
    expect((await read(payout)).factualCheck?.by).toBe(OFFICER.subject);
  });
});
