import { register } from 'prom-client';
import { type Money, toMinor } from '#contracts';
import {
  type BankEntryDismissalView,
  type BankEntryView,
  confirmBankEntryDismissal,
  getBankEntry,
  listBankEntryDismissalActions,
  listBankEntryDismissals,
  listFundJournal,
  matchBankEntry,
  proposeBankEntryDismissal,
  rejectBankEntryDismissal,
  revokeBankEntryDismissal,
} from '#contracts/finance';
import { possibleActs, refusalOf, type TestCaller } from '#testing';
import { amountOf, BankLoop, changedBy, single } from '../../../test/bank-loop';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, ORDERER } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());

const ON = '2027-02-12';

/** An entry that names no payment from here. */
async function unknownEntry(amount: string, direction: 'DBIT' | 'CRDT' = 'DBIT'): Promise<BankEntryView> {
  const [entry] = await bank.openEntries(await bank.importFile(bank.statement([{ amount, direction, on: ON }])));
  if (!entry) throw new Error('the entry is not on the work list');
  return entry;
}

function propose(entry: BankEntryView, more: object = {}, as = CASHIER): Promise<BankEntryDismissalView> {
  const request = { bankEntryId: entry.id, category: 'BANK_CHARGE' as const, reason: 'Kontoführung Januar', ...more };
  return world.app.rpc(proposeBankEntryDismissal, request, as, { expectedVersion: entry.version });
}

const act = ({ id, version }: BankEntryDismissalView) =>
  [{ dismissalId: id, reason: 'as the contract with the bank says' }, { expectedVersion: version }] as const;

function confirm(dismissal: BankEntryDismissalView, as = FINANCE): Promise<BankEntryDismissalView> {
  const [request, options] = act(dismissal);
  return world.app.rpc(confirmBankEntryDismissal, request, as, options);
}

const minor = (money: Money) => toMinor(money).amountMinor;
const entryOf = (bankEntryId: string) => world.app.rpc(getBankEntry, { bankEntryId }, AUDITOR);

async function unmatchedDebits(): Promise<number> {
  const metric = await register.getSingleMetric('finance_bank_unmatched_amount')?.get();
  return metric?.values.find(({ labels }) => labels['direction'] === 'DEBIT')?.value ?? 0;
}

describe('a bank charge', () => {
  it('leaves the work list when a second person confirms, and is paid out of what the fund has available', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const entry = await unknownEntry('7.90');
    const open = await unmatchedDebits();
    const proposed = await propose(entry, { fundId: fund.id });
    expect(proposed).toMatchObject({ status: 'PROPOSED', charge: { fundId: fund.id, budgetYear: 2027 } });
    expect((await bank.reconciliation(fund.id)).bank).toMatchObject({ proposedDismissals: 1, unmatchedEntries: 1 });
    expect(await confirm(proposed)).toMatchObject({ status: 'CONFIRMED', decision: { by: 'fritz' } });

    expect(await entryOf(entry.id)).toMatchObject({
      status: 'DISMISSED',
      proposals: [],
      dismissals: [{ id: proposed.id, category: 'BANK_CHARGE' }],
    });
    expect(open - (await unmatchedDebits())).toBeCloseTo(7.9, 5);
    expect((await world.balances(fund.id)).total).toMatchObject({
      available: { amount: '992.10' },
      paid: { amount: '7.90' },
    });
    const { items } = await world.app.rpc(listFundJournal, { fundId: fund.id, kind: ['BANK_CHARGE_BOOKED'] }, AUDITOR);
    expect(items).toMatchObject([{ reference: proposed.id, effectiveOn: ON }]);
    const report = await bank.expectReconciled(fund.id);
    expect(report).toMatchObject({ isReconciled: true, bank: { charges: { amount: '7.90' }, dismissedEntries: 1 } });
  });

  it('is reversed, and on the work list again, when the dismissal is revoked', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const entry = await unknownEntry('5.00');
    const confirmed = await confirm(await propose(entry, { fundId: fund.id }));
    const revoke = (as = ORDERER) => {
      const [request, options] = act(confirmed);
      return world.app.rpc(revokeBankEntryDismissal, request, as, options);
    };
    await expect(revoke(CASHIER)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    const revoked = await revoke();
    expect(revoked).toMatchObject({ status: 'REVOKED', revocation: { by: 'anna' } });
    expect(await entryOf(entry.id)).toMatchObject({ status: 'UNMATCHED' });
    expect((await world.balances(fund.id)).total).toMatchObject({
      available: { amount: '1000.00' },
      paid: { amount: '0.00' },
    });
    expect((await bank.expectReconciled(fund.id)).bank).toMatchObject({ charges: { amount: '0.00' } });
    const again = await entryOf(entry.id);
    expect(await confirm(await propose(again, { fundId: fund.id }))).toMatchObject({ status: 'CONFIRMED' });
    const refund = await unknownEntry('5.00', 'CRDT');
    await confirm(await propose(refund, { fundId: fund.id }));
    expect((await bank.expectReconciled(fund.id)).bank.charges.amount).toBe('0.00');
  });

  it('is refused where the fund cannot bear it', async () => {
    const fund = await world.fund({ 2027: '3.00' });
    const entry = await unknownEntry('4.00');
    await expect(propose(entry, { fundId: fund.id, budgetYear: 2031 })).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    });
    await expect(propose(entry, { fundId: entry.id })).rejects.toMatchObject({
      code: 'FINANCE_BANK_ENTRY_FUND_MISMATCH',
    });
    await expect(propose(entry, { fundId: fund.id, category: 'INTEREST' })).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
    });
    const proposed = await propose(entry, { fundId: fund.id });
    await expect(confirm(proposed)).rejects.toMatchObject({ code: 'FINANCE_LEDGER_NOT_COVERED' });
    expect(await entryOf(entry.id)).toMatchObject({ status: 'UNMATCHED' });
  });
});

describe('money that is not of the fund', () => {
  it('is dismissed without touching the ledger and stays in the reconciliation', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const before = (await bank.reconciliation(fund.id)).bank;
    for (const [category, direction] of [
      ['INTEREST', 'CRDT'],
      ['FUNDING_RECEIVED', 'CRDT'],
      ['CLAIM_REPAID', 'CRDT'],
      ['NOT_OF_THE_FUND', 'DBIT'],
    ] as const) {
      const dismissal = await propose(await unknownEntry('100.00', direction), { category });
      expect(await confirm(dismissal)).toMatchObject({ status: 'CONFIRMED', category, charge: null });
    }
    const report = await bank.expectReconciled(fund.id);
    expect(report.journal.paid.amount).toBe('0.00');
    expect(report.bank.dismissedEntries - before.dismissedEntries).toBe(4);
    expect(minor(report.bank.dismissedCredits) - minor(before.dismissedCredits)).toBe(30_000n);
    expect(minor(report.bank.dismissedDebits) - minor(before.dismissedDebits)).toBe(10_000n);
    expect(report.bank.unmatchedEntries).toBe(before.unmatchedEntries);
  });
});

describe('a dismissal', () => {
  it('needs two persons, of whom the second is no cashier', async () => {
    const both: TestCaller = { subject: CASHIER.subject, roles: ['cashier', 'finance-officer'] };
    const proposed = await propose(await unknownEntry('1.00'));
    await expect(confirm(proposed, CASHIER)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    await expect(confirm(proposed, both)).rejects.toMatchObject({ code: 'FINANCE_BANK_ENTRY_DISMISSAL_FOUR_EYES' });
    await expect(
      world.app.asServiceRole(
        `UPDATE bank_entry_dismissal SET status = 'CONFIRMED', decided_by = 'karl', decided_at = now(), decision_reason = 'x'
         WHERE id = '${proposed.id}'`,
      ),
    ).rejects.toMatchObject({ constraint: 'ck_bank_entry_dismissal_four_eyes' });
    await expect(
      world.app.asServiceRole(`UPDATE bank_entry_dismissal SET amount_minor = 1 WHERE id = '${proposed.id}'`),
    ).rejects.toMatchObject({ constraint: 'ck_bank_entry_dismissal_fixed' });
  });

  it('is decided as its actions say, by the state before the version', async () => {
    const proposed = await propose(await unknownEntry('1.70'), { category: 'NOT_OF_THE_FUND' });
    const actions = (as = ORDERER) => world.app.rpc(listBankEntryDismissalActions, { dismissalId: proposed.id }, as);
    expect(possibleActs(await actions())).toEqual(['bank-entry-dismissal_confirm', 'bank-entry-dismissal_reject']);
    expect(possibleActs(await actions(CASHIER))).toEqual(['bank-entry-dismissal_reject']);
    const stale = { ...proposed, version: proposed.version + 1 };
    await expect(confirm(stale)).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    await confirm(proposed);
    expect(possibleActs(await actions())).toEqual(['bank-entry-dismissal_revoke']);
    expect(refusalOf(await actions(), confirmBankEntryDismissal)).toBe(
      'FINANCE_BANK_ENTRY_DISMISSAL_TRANSITION_NOT_ALLOWED',
    );
    await expect(confirm(proposed)).rejects.toMatchObject({
      code: 'FINANCE_BANK_ENTRY_DISMISSAL_TRANSITION_NOT_ALLOWED',
    });
  });

  it('is proposed once at a time, by a cashier who saw the entry as it is, and may be withdrawn', async () => {
    const entry = await unknownEntry('2.00');
    await expect(propose(entry, {}, FINANCE)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    await expect(propose({ ...entry, version: entry.version + 1 })).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
    });
    const proposed = await propose(entry);
    await expect(propose(entry)).rejects.toMatchObject({ code: 'FINANCE_BANK_ENTRY_DISMISSAL_PENDING' });
    const [request, options] = act(proposed);
    const rejected = await world.app.rpc(rejectBankEntryDismissal, request, CASHIER, options);
    expect(rejected).toMatchObject({ status: 'REJECTED' });
    await expect(confirm(rejected)).rejects.toMatchObject({
      code: 'FINANCE_BANK_ENTRY_DISMISSAL_TRANSITION_NOT_ALLOWED',
    });
    const list = { bankEntryId: entry.id, status: ['REJECTED'] };
    expect((await world.app.rpc(listBankEntryDismissals, list, AUDITOR)).items).toEqual([rejected]);
    expect(await propose(entry)).toMatchObject({ status: 'PROPOSED' });
  });

  it('is refused when a payment was found for the entry in the meantime, and takes no settled entry', async () => {
    const { payouts } = await bank.sentRun();
    const [first] = payouts;
    const amount = first?.amount ?? { amount: '', currency: '' };
    const entry = await unknownEntry(amount.amount);
    const proposed = await propose(entry, { category: 'NOT_OF_THE_FUND' });
    const matched = await world.app.rpc(
      matchBankEntry,
      { bankEntryId: entry.id, allocations: [{ payoutId: first?.id ?? '', amount }] },
      CASHIER,
      { expectedVersion: entry.version },
    );
    await expect(confirm(proposed)).rejects.toMatchObject({ code: 'FINANCE_BANK_ENTRY_SETTLED' });
    await expect(propose(matched)).rejects.toMatchObject({ code: 'FINANCE_BANK_ENTRY_SETTLED' });
  });

  it('of a part leaves the matched part alone, and a second copy of the booking is a duplicate', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const [first, ...rest] = payouts;
    const amount = changedBy(amountOf(first), 2_50n);
    const entry = single(first, { amount, reference: `CHARGED-${first?.id.slice(-12) ?? ''}` });
    const message = await bank.importFile(bank.statement([entry, ...rest.map((it) => single(it))]));
    const [partly] = await bank.openEntries(message);
    if (!partly) throw new Error('the charge is not on the work list');
    expect(partly).toMatchObject({ status: 'PARTLY_MATCHED' });
    const proposed = await propose(partly, { fundId });
    expect(proposed.amount.amount).toBe('2.50');
    await confirm(proposed);
    expect(await entryOf(partly.id)).toMatchObject({ status: 'DISMISSED', matched: first?.amount });
    const report = await bank.expectReconciled(fundId);
    expect(report.bank.charges.amount).toBe('2.50');
  });
});
