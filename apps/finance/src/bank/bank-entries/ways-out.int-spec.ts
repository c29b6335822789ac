import assert from 'node:assert/strict';
import {
  type BankEntryDetail,
  type BankMessageView,
  bookPaymentRun,
  cancelPaymentRun,
  getBankEntry,
  getPaymentRun,
  getPayout,
  giveBackPayout,
  listBankEntryActions,
  listFundJournal,
  listPaymentRunActions,
  listPayoutReturns,
  matchBankEntry,
  payoutReopened,
  reissuePayout,
  type PayoutView,
  sendPaymentRun,
  takeBackBankMatch,
} from '#contracts/finance';
import { caller } from '#testing';
import { pain002 } from '../../../test/bank';
import { amountOf, BankLoop, EXECUTION_ON as ON, idOf, single } from '../../../test/bank-loop';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, TODAY } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());

const reason = 'The debit belongs to the payment of the month before.';
const back = (payout: PayoutView | undefined) =>
  single(payout, {
    direction: 'CRDT',
    on: '2027-02-15',
    transactions: [{ amount: amountOf(payout), endToEndId: idOf(payout), returnReason: 'AC04' }],
  });
const payoutNow = (payout: PayoutView | undefined) => world.app.rpc(getPayout, { payoutId: payout?.id ?? '' }, AUDITOR);
const runNow = (paymentRunId: string) => world.app.rpc(getPaymentRun, { paymentRunId }, AUDITOR);

async function entryOf(message: BankMessageView): Promise<BankEntryDetail> {
  const [entry] = await bank.openEntries(message);
  assert(entry);
  return world.app.rpc(getBankEntry, { bankEntryId: entry.id }, AUDITOR);
}

const explanation = async ({ id }: BankEntryDetail, language: 'de' | 'en') =>
  (await world.app.rpc(getBankEntry, { bankEntryId: id }, AUDITOR, { language })).explanation;

const match = (entry: BankEntryDetail, payout: PayoutView | undefined) =>
  world.app.rpc(
    matchBankEntry,
    { bankEntryId: entry.id, allocations: [{ payoutId: payout?.id ?? '', amount: entry.amount }] },
    CASHIER,
    { expectedVersion: entry.version },
  );

async function takeBack(bankEntryId: string, as = CASHIER): Promise<BankEntryDetail> {
  const { version } = await world.app.rpc(getBankEntry, { bankEntryId }, AUDITOR);
  return world.app.rpc(takeBackBankMatch, { bankEntryId, reason }, as, { expectedVersion: version });
}

const can = async (bankEntryId: string, operation: string, as = CASHIER) =>
  (await world.app.rpc(listBankEntryActions, { bankEntryId }, as)).items.find((it) => it.operation === operation)
    ?.isPossible;

/** The only entry of a message, whatever became of it. */
async function onlyEntry(message: BankMessageView): Promise<BankEntryDetail> {
  const [entry] = await bank.entriesOf(message);
  assert(entry);
  return world.app.rpc(getBankEntry, { bankEntryId: entry.id }, AUDITOR);
}

describe('a debit of a run that nobody has recorded as sent', () => {
  it('keeps the run from being given up, and its actions say so', async () => {
    const { run, payouts } = await bank.createdRun();
    const message = await bank.importFile(bank.statement([single(payouts[0])]));
    const entry = await entryOf(message);
    expect(await explanation(entry, 'de')).toContain(`die Bank hat den Zahllauf ${run.caseNumber} ausgeführt`);
    const { version } = await runNow(run.id);
    await expect(
      world.app.rpc(cancelPaymentRun, { paymentRunId: run.id, reason }, FINANCE, { expectedVersion: version }),
    ).rejects.toMatchObject({ kind: 'conflict', code: 'FINANCE_PAYMENT_RUN_CARRIED_OUT' });
    const { items } = await world.app.rpc(listPaymentRunActions, { paymentRunId: run.id }, FINANCE);
    expect(items.find((it) => it.operation === 'payment-run_cancel')).toMatchObject({
      isPossible: false,
      refusal: { code: 'FINANCE_PAYMENT_RUN_CARRIED_OUT' },
    });
  });

  it('is booked as soon as the sending is recorded', async () => {
    const { run, payouts } = await bank.createdRun();
    const message = await bank.importFile(bank.statement([single(payouts[0])]));
    const { version } = await runNow(run.id);
    await world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, { expectedVersion: version });
    expect(await bank.openEntries(message)).toEqual([]);
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'BOOKED' });
    expect(await runNow(run.id)).toMatchObject({ status: 'SETTLING' });
  });

  it('names the run that was cancelled before, in the language of the reader', async () => {
    const { run, payouts } = await bank.createdRun();
    await world.app.rpc(cancelPaymentRun, { paymentRunId: run.id, reason }, FINANCE, { expectedVersion: run.version });
    const whole = { amount: run.total.amount, on: ON, batch: run.file.messageId };
    const [named, batch] = [
      await entryOf(await bank.importFile(bank.statement([single(payouts[0])]))),
      await entryOf(await bank.importFile(bank.statement([whole]))),
    ];
    expect(await explanation(named, 'en')).toBe(
      `${payouts[0]?.caseNumber}: is a payment of run ${run.caseNumber}, which was cancelled here; two persons decide`,
    );
    expect(await explanation(named, 'de')).toBe(
      `${payouts[0]?.caseNumber}: ist eine Zahlung des Zahllaufs ${run.caseNumber}, der hier abgebrochen wurde; zwei Personen entscheiden`,
    );
    expect(await explanation(batch, 'de')).toContain(`führt den Zahllauf ${run.caseNumber} aus`);
  });
});

describe('a run that was booked by hand', () => {
  it('is confirmed by its debit although the return came first', async () => {
    const { run, payouts, fundId } = await bank.sentRun();
    const booking = { paymentRunId: run.id, bookedOn: TODAY, statementReference: 'AZ 12' };
    await world.app.rpc(bookPaymentRun, booking, CASHIER, { expectedVersion: run.version });
    await bank.importFile(bank.statement([back(payouts[0])]));
    const message = await bank.importFile(bank.statement([single(payouts[0])]));
    expect(message).toMatchObject({ matchedEntries: 1 });
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'RETURNED' });
    expect((await onlyEntry(message)).matches).toMatchObject([{ kind: 'CONFIRMED' }]);
    expect((await bank.reconciliation(fundId)).checks.every((it) => it.isEqual)).toBe(true);
  });
});

describe('a payment that the bank had rejected', () => {
  it('is booked by a person when the bank has carried it out all the same', async () => {
    const { run, payouts, fundId } = await bank.sentRun();
    await bank.importFile(pain002(run.file.messageId, [idOf(payouts[0])]));
    const entry = await entryOf(await bank.importFile(bank.statement([single(payouts[0])])));
    expect(entry.explanation).toContain('had rejected it, and has carried it out all the same');
    expect(entry.proposals[0]).toMatchObject({ rule: 'END_TO_END_ID' });
    const matched = await match(entry, payouts[0]);
    expect(matched).toMatchObject({ status: 'MATCHED', matches: [{ kind: 'BOOKED', statusBefore: 'REJECTED' }] });
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'BOOKED' });
    const returns = { payoutId: payouts[0]?.id };
    expect((await world.app.rpc(listPayoutReturns, returns, AUDITOR)).items).toEqual([]);
    const report = await bank.reconciliation(fundId);
    expect(report.checks.filter((it) => !it.isEqual)).toEqual([]);
    // Taken back, it is rejected again.
    await takeBack(entry.id);
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'REJECTED', bookedOn: null });
    expect((await world.app.rpc(listPayoutReturns, returns, AUDITOR)).items).toMatchObject([{ reason: 'AC04' }]);
    expect((await bank.reconciliation(fundId)).checks.filter((it) => !it.isEqual)).toEqual([]);
  });

  it('is not booked once its money was given back', async () => {
    const { run, payouts } = await bank.sentRun();
    await bank.importFile(pain002(run.file.messageId, [idOf(payouts[0])]));
    const { id, version } = await payoutNow(payouts[0]);
    await world.app.rpc(giveBackPayout, { payoutId: id }, FINANCE, { expectedVersion: version });
    const entry = await entryOf(await bank.importFile(bank.statement([single(payouts[0])])));
    expect(entry.explanation).toContain('it may be paid twice');
    await expect(match(entry, payouts[0])).rejects.toMatchObject({ code: 'FINANCE_MATCH_NOT_POSSIBLE' });
  });
});

describe('a match that was wrong', () => {
  it('is taken back: reversed in the journal, payout and run wait again, both stay to be seen', async () => {
    const { run, payouts, fundId } = await bank.sentRun();
    const message = await bank.importFile(bank.statement([single(payouts[0])]));
    const { id } = await onlyEntry(message);
    const before = await world.app.rpc(listFundJournal, { fundId }, AUDITOR);
    expect(await can(id, 'bank-entry_take-back-match')).toBe(true);
    const entry = await takeBack(id, FINANCE);
    expect(entry).toMatchObject({
      status: 'UNMATCHED',
      matched: { amount: '0.00' },
      matches: [{ kind: 'BOOKED', statusBefore: 'SENT', takenBackAt: expect.any(String) }],
      reversals: [{ by: FINANCE.subject, reason }],
    });
    expect(await explanation(entry, 'de')).toBe('eine Person hat ihre Zuordnung zurückgenommen');
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'SENT', bookedOn: null, booking: null });
    expect(await runNow(run.id)).toMatchObject({ status: 'SENT' });
    const booking = before.items.find((it) => it.kind === 'PAYMENT_BOOKED');
    const after = await world.app.rpc(listFundJournal, { fundId }, AUDITOR);
    expect(after.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: booking?.id, kind: 'PAYMENT_BOOKED', lines: booking?.lines }),
        expect.objectContaining({ kind: 'PAYMENT_BOOKING_REVERSED', reverses: { entryId: booking?.id, reason } }),
      ]),
    );
    expect((await bank.reconciliation(fundId)).checks.filter((it) => !it.isEqual)).toEqual([]);
    const told = await world.app.published(payoutReopened);
    expect(told).toContainEqual(expect.objectContaining({ payoutId: payouts[0]?.id, status: 'SENT', reason }));
    // It can be matched again, and taken back again.
    expect(await can(id, 'bank-entry_take-back-match')).toBe(false);
    await match(entry, payouts[0]);
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'BOOKED' });
    await takeBack(id);
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'SENT' });
  });

  it('is taken back from the last: a booking whose return was seen is not, its return is', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const booked = await onlyEntry(await bank.importFile(bank.statement([single(payouts[0])])));
    const returned = await onlyEntry(await bank.importFile(bank.statement([back(payouts[0])])));
    await expect(takeBack(booked.id)).rejects.toMatchObject({ code: 'FINANCE_BANK_MATCH_FOLLOWED' });
    await takeBack(returned.id);
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'BOOKED' });
    await takeBack(booked.id);
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'SENT' });
    expect((await bank.reconciliation(fundId)).checks.filter((it) => !it.isEqual)).toEqual([]);
  });

  it('stays where its money was decided on, and what was never matched has nothing to take back', async () => {
    const { payouts } = await bank.sentRun();
    await bank.importFile(bank.statement([single(payouts[0])]));
    const returned = await onlyEntry(await bank.importFile(bank.statement([back(payouts[0])])));
    const { id, version } = await payoutNow(payouts[0]);
    await world.app.rpc(giveBackPayout, { payoutId: id }, FINANCE, { expectedVersion: version });
    await expect(takeBack(returned.id)).rejects.toMatchObject({ code: 'FINANCE_BANK_MATCH_FOLLOWED' });
    const unknown = await entryOf(await bank.importFile(bank.statement([{ amount: '1.00', on: ON }])));
    await expect(takeBack(unknown.id)).rejects.toMatchObject({ code: 'FINANCE_BANK_ENTRY_NOT_MATCHED' });
    await expect(takeBack(returned.id, caller('auditor', { subject: 'a' }))).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it('of a run that was booked by hand leaves it booked', async () => {
    const { run, payouts } = await bank.sentRun();
    const booking = { paymentRunId: run.id, bookedOn: TODAY, statementReference: 'AZ 13' };
    await world.app.rpc(bookPaymentRun, booking, CASHIER, { expectedVersion: run.version });
    const entry = await onlyEntry(await bank.importFile(bank.statement([single(payouts[0])])));
    await takeBack(entry.id);
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'BOOKED' });
    expect(await runNow(run.id)).toMatchObject({ status: 'BOOKED' });
  });
});

describe('a payment that came back', () => {
  it('shows the bank’s reason in words, the amount and the decision, and warns as long as the account is the same', async () => {
    const { run, payouts } = await bank.sentRun();
    await bank.importFile(pain002(run.file.messageId, [idOf(payouts[0])]));
    const payoutId = payouts[0]?.id ?? '';
    const shown = await world.app.rpc(getPayout, { payoutId }, FINANCE, { language: 'de' });
    expect(shown).toMatchObject({
      bankReturn: {
        kind: 'REJECTED',
        reason: 'AC04',
        reasonText: 'das Konto ist erloschen',
        amount: payouts[0]?.amount,
        settlement: null,
      },
      warnings: [expect.stringContaining('AC04: das Konto ist erloschen')],
    });
    const reissued = await world.app.rpc(reissuePayout, { payoutId }, FINANCE, { expectedVersion: shown.version });
    expect(await payoutNow(payouts[0])).toMatchObject({
      bankReturn: { settlement: { as: 'REISSUED', by: FINANCE.subject } },
      warnings: [],
    });
    expect(await payoutNow(reissued)).toMatchObject({
      bankReturn: null,
      warnings: [expect.stringContaining('AC04: the account is closed')],
    });
    expect(await payoutNow(payouts[1])).toMatchObject({ bankReturn: null, warnings: [] });
  });
});
