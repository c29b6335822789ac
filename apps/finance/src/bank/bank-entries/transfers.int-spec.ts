import assert from 'node:assert/strict';
import {
  type BankEntryDetail,
  type BankMessageView,
  createPaymentRun,
  getPaymentRun,
  listBankEntries,
  listFundJournal,
  listPaymentAnswers,
  listTransfers,
  matchBankEntry,
  type PayoutView,
  payoutBooked,
  payoutReturned,
  reissuePayout,
  type TransferView,
} from '#contracts/finance';
import { eventually } from '#testing';
import { camt054, pain002, pain002Of } from '../../../test/bank';
import { BankDesk, together } from '../../../test/bank-desk';
import { amountOf, BankLoop, changedBy, EXECUTION_ON, newIban, type SentRun } from '../../../test/bank-loop';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
let desk: BankDesk;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
  desk = new BankDesk(world, bank);
});
afterAll(() => world?.app.close());

const sentRun = () => bank.sentRun(undefined, undefined, 'TOGETHER');
const allBack = (sent: SentRun) => together(sent, { direction: 'CRDT', on: '2027-02-15' });

async function transferOf({ run }: SentRun): Promise<TransferView> {
  const { items } = await world.app.rpc(listTransfers, { paymentRunId: run.id }, AUDITOR);
  const [transfer, ...more] = items;
  expect(more).toEqual([]);
  assert(transfer);
  return transfer;
}

const statuses = async (sent: SentRun) => new Set((await transferOf(sent)).parts.map(({ status }) => status));
const runOf = async ({ run }: SentRun) =>
  (await world.app.rpc(getPaymentRun, { paymentRunId: run.id }, AUDITOR)).status;

/** What the journal moved by entries of this kind. */
async function posted({ fundId }: SentRun, kind: 'PAYMENT_BOOKED' | 'PAYMENT_RETURNED' | 'PAYMENT_REJECTED') {
  return (await world.app.rpc(listFundJournal, { fundId, kind: [kind] }, AUDITOR)).items.length;
}

async function expectEqual({ fundId }: SentRun): Promise<void> {
  const { checks } = await bank.reconciliation(fundId);
  expect(checks.filter(({ isEqual }) => !isEqual)).toEqual([]);
}

async function match(entry: BankEntryDetail, parts: readonly PayoutView[], amounts = parts.map(amountOf)) {
  const allocations = parts.map(({ id }, index) => ({
    payoutId: id,
    amount: { amount: amounts[index] ?? '', currency: 'EUR' },
  }));
  const options = { expectedVersion: entry.version };
  return world.app.rpc(matchBankEntry, { bankEntryId: entry.id, allocations }, CASHIER, options);
}

async function waiting(message: BankMessageView): Promise<BankEntryDetail> {
  const [entry] = await bank.openEntries(message);
  assert(entry, 'nothing waits');
  return desk.entry(entry.id);
}

describe('what the rules of the day of execution do not join', () => {
  it('is a payment for each payout, until two persons decide otherwise', async () => {
    const apart = await bank.sentRun();
    const { items } = await world.app.rpc(listTransfers, { paymentRunId: apart.run.id }, AUDITOR);
    expect(items.map(({ parts }) => parts.length)).toEqual(apart.payouts.map(() => 1));
    await world.confirmRule({ ruleSet: 'TRANSFERS', key: 'INTEGRATED_EXPERT', value: 'JOINED', unit: 'TRANSFERS' });
    const joined = await bank.sentRun(newIban());
    expect((await transferOf(joined)).parts).toHaveLength(joined.payouts.length);
    // What was decided before stays as it was sent.
    expect((await world.app.rpc(listTransfers, { paymentRunId: apart.run.id }, AUDITOR)).items).toHaveLength(
      items.length,
    );
  });
});

describe('one transfer for several payouts', () => {
  it('is one payment of the file, whose debit books each of them', async () => {
    const sent = await sentRun();
    const { endToEndId, amount, parts } = await transferOf(sent);
    expect({ payouts: parts.length, amount }).toEqual({ payouts: 8, amount: sent.run.total });
    expect(await desk.take(together(sent))).toMatchObject({ bookedPayouts: 8, matchedEntries: 1, unmatchedEntries: 0 });
    expect(await statuses(sent)).toEqual(new Set(['BOOKED']));
    expect(await runOf(sent)).toBe('BOOKED');
    expect(await posted(sent, 'PAYMENT_BOOKED')).toBe(1);
    await bank.expectReconciled(sent.fundId);
    await eventually(async () => {
      const told = (await world.app.published(payoutBooked)).filter((it) => it.paymentRunId === sent.run.id);
      expect(told.map((it) => it.payoutId).sort()).toEqual(parts.map(({ payoutId }) => payoutId).sort());
      expect(new Set(told.map((it) => it.endToEndId))).toEqual(new Set([endToEndId]));
    });
  });

  it('is booked once, however often and in whatever message the bank tells it', async () => {
    const sent = await bank.sentRun(newIban(), undefined, 'TOGETHER');
    const { iban } = sent.run.debtorAccount;
    const entry = together(sent, { reference: 'R-1' });
    const statement = bank.statement([entry], { iban, day: EXECUTION_ON });
    await bank.importFile(statement);
    expect(await bank.importFile(statement)).toMatchObject({ isRepeated: true });
    const notice = await bank.importFile(camt054({ id: 'N-1', iban, entries: [{ ...entry, reference: undefined }] }));
    const { items } = await world.app.rpc(listBankEntries, { bankMessageId: notice.id }, AUDITOR);
    expect(items.map(({ status }) => status)).toEqual(['DUPLICATE']);
    expect(await posted(sent, 'PAYMENT_BOOKED')).toBe(1);
    // Once more on another day: nothing of it is open.
    const again = await bank.importFile(bank.statement([together(sent, { on: '2027-02-17' })], { iban }));
    expect((await waiting(again)).explanation).toContain('booked more than was ordered');
  });

  it('comes back as a whole with each of them, also where the return was seen first', async () => {
    const sent = await sentRun();
    const early = await desk.take(allBack(sent));
    expect((await waiting(early)).explanation).toContain('came back before its booking was seen');
    expect(await desk.take(together(sent))).toMatchObject({ bookedPayouts: 8, returnedPayouts: 8 });
    expect(await statuses(sent)).toEqual(new Set(['RETURNED']));
    expect(await posted(sent, 'PAYMENT_RETURNED')).toBe(1);
    await expectEqual(sent);
    await eventually(async () => {
      const told = (await world.app.published(payoutReturned)).filter((it) => it.paymentRunId === sent.run.id);
      expect(told.map((it) => it.returned.amount).sort()).toEqual(sent.payouts.map(amountOf).sort());
    });
    // The bank takes the return back: that is of all of them, too.
    const taken = together(sent, { on: '2027-02-18' });
    const transactions = (taken.transactions ?? []).map((it) => ({ ...it, returnReason: 'AC04' }));
    await desk.take({ ...taken, transactions });
    expect(await statuses(sent)).toEqual(new Set(['BOOKED']));
    await expectEqual(sent);
  });

  it('that came back pays again each by itself', async () => {
    const sent = await sentRun();
    await desk.take(together(sent));
    await desk.take(allBack(sent));
    const again: PayoutView[] = [];
    for (const payout of sent.payouts.slice(0, 2)) {
      const { version: expectedVersion } = await desk.payout(payout);
      again.push(await world.app.rpc(reissuePayout, { payoutId: payout.id }, FINANCE, { expectedVersion }));
    }
    for (const payout of again) await world.order(payout);
    const request = { fundId: sent.fundId, paymentType: 'SEPA' as const, executionOn: EXECUTION_ON };
    expect(await world.app.rpc(createPaymentRun, request, CASHIER)).toMatchObject({ payouts: 2, transfers: 2 });
  });

  it('of which a part comes back waits, and a person says which payouts it is of', async () => {
    const sent = await sentRun();
    await desk.take(together(sent));
    const [first, second, third] = sent.payouts;
    assert(first && second && third);
    const amount = changedBy(amountOf(second), BigInt(amountOf(third).replace('.', '')));
    const entry = await waiting(await desk.take(together(sent, { amount, direction: 'CRDT', on: '2027-02-15' })));
    expect(entry.explanation).toContain('one transfer pays 8 payouts');
    expect(await statuses(sent)).toEqual(new Set(['BOOKED']));
    expect(await match(entry, [second, third])).toMatchObject({ status: 'MATCHED' });
    expect((await desk.payout(second)).status).toBe('RETURNED');
    expect((await desk.payout(first)).status).toBe('BOOKED');
    await expectEqual(sent);
    // Taken back and decided anew: nothing is lost.
    await desk.takeBack(entry.id);
    expect(await statuses(sent)).toEqual(new Set(['BOOKED']));
    await match(await desk.entry(entry.id), [third, first], [amountOf(third), amountOf(second)]);
    await expectEqual(sent);
    // What is left of it comes back by itself.
    const rest = changedBy(sent.run.total.amount, -BigInt(amount.replace('.', '')));
    expect(await desk.take(together(sent, { amount: rest, direction: 'CRDT', on: '2027-02-16' }))).toMatchObject({
      unmatchedEntries: 0,
    });
    expect(await statuses(sent)).toEqual(new Set(['RETURNED']));
    await expectEqual(sent);
  });

  it('of which a part is debited waits; all of it is proposed where more was booked, and what is left follows by itself', async () => {
    const sent = await sentRun();
    const [first] = sent.payouts;
    assert(first);
    const part = await waiting(await desk.take(together(sent, { amount: amountOf(first) })));
    expect(part.proposals[0]?.allocations).toEqual([{ payoutId: first.id, amount: first.amount }]);
    await match(part, [first]);
    expect((await desk.payout(first)).status).toBe('BOOKED');
    const more = changedBy(sent.run.total.amount, 300n);
    const charged = await waiting(await desk.take(together(sent, { amount: more, reference: 'R-2' })));
    const open = sent.payouts.filter(({ id }) => id !== first.id);
    expect(charged.proposals[0]?.explanation).toContain('all 7 payouts of one transfer');
    expect(charged.proposals[0]?.allocations.map(({ payoutId }) => payoutId).sort()).toEqual(
      open.map(({ id }) => id).sort(),
    );
    const rest = changedBy(sent.run.total.amount, -BigInt(amountOf(first).replace('.', '')));
    expect(await desk.take(together(sent, { amount: rest }))).toMatchObject({ bookedPayouts: 7, unmatchedEntries: 0 });
    await desk.dismiss({ sent, id: charged.id }, 'PAID_WITHOUT_ORDER');
    await bank.expectReconciled(sent.fundId);
  });

  it('that the bank rejects is rejected with each of them, once, also before it was recorded as sent', async () => {
    const sent = await sentRun();
    const { endToEndId } = await transferOf(sent);
    const reject = pain002(sent.run.file.messageId, [endToEndId]);
    expect(await bank.importFile(reject)).toMatchObject({ rejectedPayouts: 8 });
    expect(await bank.importFile(reject)).toMatchObject({ isRepeated: true });
    expect(await bank.importFile(reject.replace('<MsgId>R-', '<MsgId>Q-'))).toMatchObject({ rejectedPayouts: 0 });
    expect(await statuses(sent)).toEqual(new Set(['REJECTED']));
    expect([await runOf(sent), await posted(sent, 'PAYMENT_REJECTED')]).toEqual(['REJECTED', 1]);
    await expectEqual(sent);

    const early = await bank.createdRun(undefined, undefined, 'TOGETHER');
    expect(await bank.importFile(pain002(early.run.file.messageId, 'ALL'))).toMatchObject({ rejectedPayouts: 0 });
    await desk.send(early);
    expect(await statuses(early)).toEqual(new Set(['REJECTED']));
    await expectEqual(early);
  });

  it('whose payee has another name is stopped by one verdict, that each of its payouts shows', async () => {
    const created = await bank.createdRun(undefined, undefined, 'TOGETHER');
    const { endToEndId } = await transferOf(created);
    const verdict = { id: endToEndId, status: 'RVNM', name: 'Erika Mustermann' };
    await bank.importFile(pain002Of(created.run.file.messageId, [verdict]));
    for (const { id: payoutId } of created.payouts) {
      const { items } = await world.app.rpc(listPaymentAnswers, { payoutId }, AUDITOR);
      expect(items).toEqual([expect.objectContaining({ status: 'RVNM', state: 'OPEN' })]);
    }
    await expect(desk.send(created)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_NAME_UNCONFIRMED' });
    const { items } = await world.app.rpc(listPaymentAnswers, { paymentRunId: created.run.id }, AUDITOR);
    expect(items).toHaveLength(1);
  });
});
