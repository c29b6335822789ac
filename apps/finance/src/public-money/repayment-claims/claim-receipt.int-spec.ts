import assert from 'node:assert/strict';
import {
  type BankMessageView,
  type ClaimView,
  getBankEntry,
  getClaim,
  getReconciliation,
  takeBackBankMatch,
} from '#contracts/finance';
import type { BankEntry } from '../../../test/bank';
import { BankDesk } from '../../../test/bank-desk';
import { BankLoop, changedBy } from '../../../test/bank-loop';
import { Claims } from '../../../test/claims';
import { minorOf } from '../../../test/fund-history';
import { AUDITOR, CASHIER, FinanceWorld, TODAY } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
let desk: BankDesk;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
  desk = new BankDesk(world, bank);
});
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));
afterAll(() => world?.app.close());

const claims = new Claims(() => world);
const now = ({ id }: ClaimView) => world.app.rpc(getClaim, { claimId: id }, AUDITOR);
const credit = (amount: string, remittance: string, more: Partial<BankEntry> = {}): BankEntry => ({
  amount,
  direction: 'CRDT',
  on: TODAY,
  transactions: [{ amount, remittance }],
  ...more,
});

async function entryOf(message: BankMessageView) {
  const [entry] = await bank.entriesOf(message);
  assert(entry);
  return world.app.rpc(getBankEntry, { bankEntryId: entry.id }, AUDITOR);
}

/** The claim, what became of the credit, and whether fund and journal agree. */
async function outcome(claim: ClaimView, message: BankMessageView) {
  const { checks } = await world.app.rpc(getReconciliation, { fundId: claim.fundId }, AUDITOR);
  expect(checks.filter((check) => !check.isEqual)).toEqual([]);
  const [{ status, open, payments }, entry] = [await now(claim), await entryOf(message)];
  return { status, open: open.amount, payments: payments.length, entry: entry.status };
}

describe('a credit that states the reference of a claim', () => {
  it('is booked as its payment, in parts as they come, until nothing is open', async () => {
    const claim = await claims.due();
    const first = await desk.take(credit('4000.00', `Rate 1 ${claim.paymentReference.toLowerCase()}`));
    expect(await outcome(claim, first)).toEqual({ status: 'DUE', open: '6000.00', payments: 1, entry: 'MATCHED' });
    const rest = await desk.take(credit('6000.00', claim.paymentReference.replaceAll(/(.{4})/g, '$1 ')));
    expect(await outcome(claim, rest)).toEqual({ status: 'PAID', open: '0.00', payments: 2, entry: 'MATCHED' });
    const { payments } = await now(claim);
    expect(payments[0]).toMatchObject({ paidOn: TODAY, bankEntryId: (await entryOf(first)).id, settles: 'PRINCIPAL' });
  });

  it('settles interest besides where it is all that is open', async () => {
    const claim = await claims.demand(await claims.due(), '2025-12-31');
    const all = changedBy('10000.00', minorOf(claim.interest.open));
    const message = await desk.take(credit(all, claim.paymentReference));
    expect(await outcome(claim, message)).toEqual({ status: 'PAID', open: '0.00', payments: 2, entry: 'MATCHED' });
    expect((await now(claim)).interest.open.amount).toBe('0.00');
  });

  it('that is more than is open waits for a person, with what is open', async () => {
    const claim = await claims.due();
    const message = await desk.take(credit('10000.01', claim.paymentReference));
    expect(await outcome(claim, message)).toMatchObject({ payments: 0, entry: 'UNMATCHED' });
    expect((await entryOf(message)).explanation).toContain(`${claim.caseNumber}, of which 10,000.00 EUR is open`);
  });

  it('that comes a second time, or late, waits: nothing is open', async () => {
    const claim = await claims.due();
    await desk.take(credit('10000.00', claim.paymentReference));
    world.clock.set('2027-04-20T09:00:00Z');
    const again = await desk.take(credit('10000.00', claim.paymentReference, { on: '2027-04-19' }));
    expect(await outcome(claim, again)).toEqual({ status: 'PAID', open: '0.00', payments: 1, entry: 'UNMATCHED' });
  });

  it.each([
    ['a wrong figure', (it: string) => `${it.slice(0, -1)}${(Number(it.at(-1)) + 1) % 10}`],
    ['no check digits', (it: string) => it.slice(4)],
    ['half of it', (it: string) => it.slice(0, 10)],
  ])('with %s is left to a person', async (_, change) => {
    const claim = await claims.due();
    const message = await desk.take(credit('10000.00', change(claim.paymentReference)));
    expect(await outcome(claim, message)).toMatchObject({ payments: 0, entry: 'UNMATCHED' });
  });

  it('is not booked before the claim is decided, nor for a debit', async () => {
    const draft = await claims.draft();
    const message = await desk.take(credit('100.00', draft.paymentReference));
    expect(await outcome(draft, message)).toMatchObject({ payments: 0, entry: 'UNMATCHED' });
    const claim = await claims.due();
    const debit = await desk.take(credit('100.00', claim.paymentReference, { direction: 'DBIT' }));
    expect(await outcome(claim, debit)).toMatchObject({ payments: 0, entry: 'UNMATCHED' });
  });
});

describe('a payment that a person recorded', () => {
  it('is confirmed by the credit that comes after it, and not booked again', async () => {
    const claim = await claims.pay(await claims.due(), '4000.00');
    const message = await desk.take(credit('4000.00', claim.paymentReference));
    expect(await outcome(claim, message)).toEqual({ status: 'DUE', open: '6000.00', payments: 1, entry: 'MATCHED' });
    // Another one of the same amount is another payment.
    const another = await desk.take(credit('4000.00', claim.paymentReference));
    expect(await outcome(claim, another)).toMatchObject({ open: '2000.00', payments: 2, entry: 'MATCHED' });
  });

  it('is refused where the bank has brought it', async () => {
    const claim = await claims.due();
    await desk.take(credit('4000.00', claim.paymentReference));
    await expect(claims.pay(await now(claim), '4000.00')).rejects.toMatchObject({
      code: 'FINANCE_CLAIM_PAYMENT_RECEIVED',
    });
  });

  it('names the credit without reference that it is: one on the account, of its day and with enough open', async () => {
    const claim = await claims.due();
    const { id: bankEntryId } = await entryOf(await desk.take(credit('500.00', 'Rueckzahlung Pumpe')));
    const debit = await entryOf(await desk.take(credit('500.00', 'x', { direction: 'DBIT' })));
    const pay = (more: object, amount = '500.00') => claims.pay(claim, amount, { bankEntryId, ...more });
    await expect(pay({}, '500.01')).rejects.toMatchObject({ code: 'FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED' });
    await expect(pay({ paidOn: '2027-02-09' })).rejects.toMatchObject({ code: 'FINANCE_CLAIM_DATE_INVALID' });
    await expect(pay({ bankEntryId: debit.id })).rejects.toMatchObject({
      code: 'FINANCE_BANK_ENTRY_NO_CREDIT',
      errors: [expect.objectContaining({ pointer: '#/bankEntryId' })],
    });
    const paid = await pay({});
    expect(paid.payments[0]).toMatchObject({ amount: { amount: '500.00' }, bankEntryId });
    await expect(claims.pay(paid, '1.00', { bankEntryId })).rejects.toMatchObject({
      code: 'FINANCE_BANK_ENTRY_SETTLED',
    });
  });
});

describe('a credit that was received for a claim by mistake', () => {
  it('is open again when its payment is reversed', async () => {
    const claim = await claims.due();
    const message = await desk.take(credit('4000.00', claim.paymentReference));
    await claims.reverse(await now(claim), 1);
    expect(await outcome(claim, message)).toMatchObject({ open: '10000.00', entry: 'UNMATCHED' });
  });

  it('reverses its payment when it is taken back, but none that a person had recorded', async () => {
    const claim = await claims.due();
    const booked = await desk.take(credit('4000.00', claim.paymentReference));
    await claims.pay(await now(claim), '300.00');
    const confirmed = await desk.take(credit('300.00', claim.paymentReference));
    for (const message of [booked, confirmed]) {
      const { id, version } = await entryOf(message);
      const reason = 'It was for another claim.';
      const entry = await world.app.rpc(takeBackBankMatch, { bankEntryId: id, reason }, CASHIER, {
        expectedVersion: version,
      });
      expect([entry.status, entry.matched.amount]).toEqual(['UNMATCHED', '0.00']);
    }
    expect(await outcome(claim, confirmed)).toEqual({
      status: 'DUE',
      open: '9700.00',
      payments: 2,
      entry: 'UNMATCHED',
    });
  });

  it('is not taken back once its money was settled', async () => {
    const claim = await claims.due();
    const { id, version } = await entryOf(await desk.take(credit('4000.00', claim.paymentReference)));
    await claims.settle(await now(claim), 1, 'GIVEN_BACK');
    const request = { bankEntryId: id, reason: 'It was for another claim.' };
    await expect(
      world.app.rpc(takeBackBankMatch, request, CASHIER, { expectedVersion: version }),
    ).rejects.toMatchObject({ code: 'FINANCE_BANK_MATCH_FOLLOWED' });
  });
});
