import {
  getBankEntry,
  getPayout,
  listFundJournal,
  listPayoutReturns,
  payoutReopened,
  payoutReturned,
  reissuePayout,
} from '#contracts/finance';
import { back, BankDesk } from '../../../test/bank-desk';
import { amountOf, BankLoop, changedBy, idOf, type SentRun, single } from '../../../test/bank-loop';
import { AUDITOR, FINANCE, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
let desk: BankDesk;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
  desk = new BankDesk(world, bank);
});
afterAll(() => world?.app.close());

async function bookedRun(): Promise<SentRun> {
  const sent = await bank.sentRun();
  await desk.book(sent);
  return sent;
}

const statusOf = async ({ payouts: [payout] }: SentRun) => (await desk.payout(payout)).status;
const returned = async ({ payouts: [payout] }: SentRun) =>
  (await world.app.rpc(listPayoutReturns, { payoutId: payout?.id }, AUDITOR)).items.map(({ amount }) => amount.amount);

async function expectEqual({ fundId }: SentRun, returnedOfFund: string): Promise<void> {
  const { checks, journal } = await bank.reconciliation(fundId);
  expect(checks.filter(({ isEqual }) => !isEqual)).toEqual([]);
  expect(journal.returned.amount).toBe(returnedOfFund);
}

/** The bank takes back what it had returned, and says so. */
const takenBack = (sent: SentRun, reason: string | undefined, amount = amountOf(sent.payouts[0])) => {
  const [payout] = sent.payouts;
  const transactions = [{ amount, endToEndId: idOf(payout), ...(reason !== undefined && { returnReason: reason }) }];
  return single(payout, { amount, on: '2027-02-18', transactions });
};

describe('a return in parts', () => {
  it('is booked part by part; each is told, and what did not come back stays paid', async () => {
    const sent = await bookedRun();
    const [payout] = sent.payouts;
    const rest = changedBy(amountOf(payout), -1500n);
    expect(await desk.take(back(payout, '10.00'))).toMatchObject({ returnedPayouts: 1, unmatchedEntries: 0 });
    expect([await statusOf(sent), await returned(sent)]).toEqual(['RETURNED', ['10.00']]);
    await expectEqual(sent, '10.00');
    expect(await desk.take(back(payout, rest, '2027-02-16'))).toMatchObject({
      returnedPayouts: 1,
      unmatchedEntries: 0,
    });
    expect(await returned(sent)).toEqual([changedBy(amountOf(payout), -500n)]);
    await expectEqual(sent, changedBy(amountOf(payout), -500n));
    const told = (await world.app.published(payoutReturned)).filter(({ payoutId }) => payoutId === payout?.id);
    expect(told.map((it) => it.returned.amount)).toEqual(['10.00', rest]);
    // What came back is what is paid again.
    const { id: payoutId, version: expectedVersion } = await desk.payout(payout);
    const again = await world.app.rpc(reissuePayout, { payoutId }, FINANCE, { expectedVersion });
    expect(again.amount.amount).toBe(changedBy(amountOf(payout), -500n));
  });

  it('comes in one entry as well', async () => {
    const sent = await bookedRun();
    const [payout] = sent.payouts;
    const part = { endToEndId: idOf(payout), returnReason: 'AC04' };
    const transactions = [
      { amount: '10.00', ...part },
      { amount: '15.00', ...part },
    ];
    const entry = single(payout, { amount: '25.00', direction: 'CRDT', on: '2027-02-15', transactions });
    expect(await desk.take(entry)).toMatchObject({ returnedPayouts: 1, unmatchedEntries: 0 });
    expect(await returned(sent)).toEqual(['25.00']);
    await expectEqual(sent, '25.00');
  });

  it('never exceeds what was paid, and waits once the money was decided on', async () => {
    const sent = await bookedRun();
    const [payout] = sent.payouts;
    await desk.take(back(payout, '10.00'));
    const tooMuch = await desk.takeWaiting(sent, back(payout, changedBy(amountOf(payout), -999n)));
    expect((await desk.entry(tooMuch.id)).explanation).toContain('more came back than was paid');
    await desk.giveBack(sent);
    const late = await desk.takeWaiting(sent, back(payout, '2.00'));
    expect((await desk.entry(late.id)).explanation).toContain('what became of the money was decided since');
    await expect(desk.match(late)).rejects.toMatchObject({ code: 'FINANCE_MATCH_NOT_POSSIBLE' });
  });

  it('is taken back part by part; each is told, with what is still back', async () => {
    const sent = await bookedRun();
    const [payout] = sent.payouts;
    const [first] = await bank.entriesOf(await desk.take(back(payout, '10.00')));
    const [second] = await bank.entriesOf(await desk.take(back(payout, '15.00', '2027-02-16')));
    await desk.takeBack(first?.id ?? '');
    expect([await statusOf(sent), await returned(sent)]).toEqual(['RETURNED', ['15.00']]);
    await expectEqual(sent, '15.00');
    await desk.takeBack(second?.id ?? '');
    expect([await statusOf(sent), await returned(sent)]).toEqual(['BOOKED', []]);
    await expectEqual(sent, '0.00');
    const told = (await world.app.published(payoutReopened)).filter(({ payoutId }) => payoutId === payout?.id);
    expect(told.map(({ status, returned: left }) => [status, left?.amount])).toEqual([
      ['RETURNED', '15.00'],
      ['BOOKED', undefined],
    ]);
  });
});

describe('a return that the bank takes back', () => {
  it('is booked by itself when the bank gives its reason: the payment stands again', async () => {
    const sent = await bookedRun();
    await desk.take(back(sent.payouts[0]));
    const message = await desk.take(takenBack(sent, 'FOCR'));
    expect(message).toMatchObject({ matchedEntries: 1, unmatchedEntries: 0 });
    const [entry] = await bank.entriesOf(message);
    expect(await desk.entry(entry?.id ?? '')).toMatchObject({
      status: 'MATCHED',
      matches: [{ kind: 'RETURN_REVERSED', statusBefore: 'RETURNED', rule: 'END_TO_END_ID' }],
    });
    expect([await statusOf(sent), await returned(sent)]).toEqual(['BOOKED', []]);
    await expectEqual(sent, '0.00');
    const { items } = await world.app.rpc(
      listFundJournal,
      { fundId: sent.fundId, kind: ['PAYMENT_RETURN_REVERSED'] },
      AUDITOR,
    );
    expect(items).toMatchObject([{ effectiveOn: '2027-02-18' }]);
    // It may come back once more.
    expect(await desk.take(back(sent.payouts[0], undefined, '2027-02-19'))).toMatchObject({ returnedPayouts: 1 });
    await expectEqual(sent, amountOf(sent.payouts[0]));
  });

  it('waits for a person without a reason, or where the money was decided on', async () => {
    const sent = await bookedRun();
    await desk.take(back(sent.payouts[0]));
    const entry = await desk.takeWaiting(sent, takenBack(sent, undefined));
    const shown = await world.app.rpc(getBankEntry, { bankEntryId: entry.id }, AUDITOR);
    expect(shown.explanation).toContain('it takes the return back, or pays once more');
    expect(shown.proposals[0]).toMatchObject({ rule: 'END_TO_END_ID' });
    await desk.giveBack(sent);
    const { explanation } = await desk.entry(entry.id);
    expect(explanation).toContain('what became of the money was decided since');
    await expect(desk.match(entry)).rejects.toMatchObject({ code: 'FINANCE_MATCH_NOT_POSSIBLE' });
  });

  it('is taken back by a person as well, and decided again: it has come back then', async () => {
    const sent = await bookedRun();
    const [payout] = sent.payouts;
    await desk.take(back(payout));
    const [entry] = await bank.entriesOf(await desk.take(takenBack(sent, 'FOCR')));
    const id = entry?.id ?? '';
    for (let round = 0; round < 2; round += 1) {
      await desk.takeBack(id);
      expect([await statusOf(sent), await returned(sent)]).toEqual(['RETURNED', [amountOf(payout)]]);
      await expectEqual(sent, amountOf(payout));
      await desk.match({ sent, id });
      expect(await statusOf(sent)).toBe('BOOKED');
      await expectEqual(sent, '0.00');
    }
    const { bankReturn } = await world.app.rpc(getPayout, { payoutId: payout?.id ?? '' }, AUDITOR);
    expect(bankReturn).toBeNull();
  });
});
