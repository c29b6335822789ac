import assert from 'node:assert/strict';
import { formatMinor, parseMinor, toMinor } from '#contracts';
import {
  getCommitment,
  getPayout,
  giveBackPayout,
  listPayoutActions,
  type PayoutView,
  reissuePayout,
} from '#contracts/finance';
import { eventually, refusalOf } from '#testing';
import { AssignmentChanges } from '../../../test/assignment-changes';
import { amountOf, BankLoop, idOf, type SentRun, single } from '../../../test/bank-loop';
import { AUDITOR, FINANCE, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());

/** Everything was paid, the assignment ended early, and one payment came back. */
async function returnedAfterEarlyEnd(endedOn: string): Promise<SentRun & { overpaid: string; returned: PayoutView }> {
  const sent = await bank.sentRun();
  await bank.importFile(bank.statement(sent.payouts.map((payout) => single(payout))));
  await new AssignmentChanges(world).endEarly(sent.data, endedOn, 6);
  const overpaid = await eventually(async () => {
    const [{ id: commitmentId } = { id: '' }] = await world.commitments(sent.data.assignmentId);
    const { plan } = await world.app.rpc(getCommitment, { commitmentId }, AUDITOR);
    assert(plan?.overpaid);
    return plan.overpaid.amount;
  });
  const [first] = sent.payouts;
  assert(first);
  const transactions = [{ amount: amountOf(first), endToEndId: idOf(first), returnReason: 'AC04' }];
  await bank.importFile(bank.statement([single(first, { direction: 'CRDT', on: '2027-02-15', transactions })]));
  return { ...sent, overpaid, returned: await world.app.rpc(getPayout, { payoutId: first.id }, AUDITOR) };
}

/** What the finance officer is told before trying. */
async function refusals({ id }: PayoutView): Promise<Record<'reissue' | 'giveBack', string | undefined>> {
  const actions = await world.app.rpc(listPayoutActions, { payoutId: id }, FINANCE);
  return { reissue: refusalOf(actions, reissuePayout), giveBack: refusalOf(actions, giveBackPayout) };
}

describe('what came back after an early end', () => {
  it('is not paid again when it is no longer owed, and is given back to the budget', async () => {
    const { returned } = await returnedAfterEarlyEnd('2027-01-02');
    const options = { expectedVersion: returned.version };
    expect(await refusals(returned)).toEqual({ reissue: 'FINANCE_PAYOUT_NO_LONGER_OWED', giveBack: undefined });
    await expect(world.app.rpc(reissuePayout, { payoutId: returned.id }, FINANCE, options)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'FINANCE_PAYOUT_NO_LONGER_OWED',
    });
    await world.app.rpc(giveBackPayout, { payoutId: returned.id }, FINANCE, options);
    const { bankReturn } = await world.app.rpc(getPayout, { payoutId: returned.id }, AUDITOR);
    expect(bankReturn?.settlement).toMatchObject({ as: 'GIVEN_BACK' });
    const settled = 'FINANCE_PAYOUT_RETURN_SETTLED';
    expect(await refusals(returned)).toEqual({ reissue: settled, giveBack: settled });
    await expect(world.app.rpc(reissuePayout, { payoutId: returned.id }, FINANCE, options)).rejects.toMatchObject({
      code: settled,
    });
  });

  it('is paid again as far as it is still owed', async () => {
    const { returned, overpaid, fundId } = await returnedAfterEarlyEnd('2027-01-18');
    const owedMinor = toMinor(returned.amount).amountMinor - (parseMinor(overpaid, 'EUR') ?? 0n);
    expect(await refusals(returned)).toEqual({ reissue: undefined, giveBack: undefined });
    const again = await world.app.rpc(reissuePayout, { payoutId: returned.id }, FINANCE, {
      expectedVersion: returned.version,
    });
    expect(again.amount).toEqual({ amount: formatMinor(owedMinor, 'EUR'), currency: 'EUR' });
    expect(owedMinor).toBeGreaterThan(0n);
    const { checks } = await bank.reconciliation(fundId);
    expect(checks.filter(({ isEqual }) => !isEqual)).toEqual([]);
  });
});
