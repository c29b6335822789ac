import assert from 'node:assert/strict';
import { cancelPaymentRun, createPaymentRun, getReconciliation, type ReconciliationView } from '#contracts/finance';
import { BankDesk } from '../../../test/bank-desk';
import { BankLoop, EXECUTION_ON, newIban, single } from '../../../test/bank-loop';
import { Claims } from '../../../test/claims';
import { minorOf } from '../../../test/fund-history';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, TODAY } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
let desk: BankDesk;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
  desk = new BankDesk(world, bank);
});
beforeEach(() => on(TODAY));
afterAll(() => world?.app.close());

const on = (day: string) => world.clock.set(`${day}T09:00:00Z`);
const reason = 'As the bank said when it was asked.';

function report(fundId: string, more: object = {}): Promise<ReconciliationView> {
  return world.app.rpc(getReconciliation, { fundId, ...more }, AUDITOR);
}

/** Answered at the end of a day, and asked for that day later. */
async function expectAsAnswered(then: ReconciliationView, day: string): Promise<ReconciliationView> {
  const later = await report(then.fundId, { asOf: day });
  expect({ ...later, asOf: then.asOf, day: null }).toEqual(then);
  expect(later.checks.filter((check) => !check.isEqual)).toEqual([]);
  return later;
}

describe('the reconciliation of a former day', () => {
  it('has what was matched then, although it was taken back since', async () => {
    const { fundId, payouts } = await bank.sentRun(newIban());
    on(EXECUTION_ON);
    const iban = (await report(fundId)).accountIban;
    const message = await bank.importFile(bank.statement([single(payouts[0])], { iban, day: EXECUTION_ON }));
    const then = await report(fundId);
    on('2027-02-16');
    const [entry] = await bank.entriesOf(message);
    await desk.takeBack(entry?.id ?? '');
    expect((await report(fundId)).bank.unmatchedEntries).toBe(1);
    const later = await expectAsAnswered(then, EXECUTION_ON);
    expect([later.bank.debits, later.bank.unmatchedEntries]).toEqual([payouts[0]?.amount, 0]);
  });

  it('has what was in a run and what was in flight', async () => {
    const created = await bank.createdRun(newIban());
    const inRun = await report(created.fundId);
    on('2027-02-11');
    await desk.send(created);
    const sent = await report(created.fundId);
    expect([inRun.payouts.waiting, sent.payouts.inFlight]).toEqual([created.run.total, created.run.total]);
    on(EXECUTION_ON);
    await desk.book(created);
    await expectAsAnswered(inRun, TODAY);
    await expectAsAnswered(sent, '2027-02-11');
  });

  it('has an order that was voided since', async () => {
    const { fundId, run, payouts } = await bank.createdRun(newIban());
    const ordered = await report(fundId);
    const options = { expectedVersion: run.version };
    await world.app.rpc(cancelPaymentRun, { paymentRunId: run.id, reason }, FINANCE, options);
    on('2027-02-11');
    // The next run finds that the payee is another one than was ordered.
    await world.app.asServiceRole(`UPDATE payee SET town = 'Elsewhere' WHERE id = $1`, [payouts[0]?.payeeId]);
    const again = { fundId, paymentType: 'SEPA' as const, executionOn: EXECUTION_ON };
    await expect(world.app.rpc(createPaymentRun, again, CASHIER)).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_EMPTY',
    });
    expect((await report(fundId)).payouts.waiting.amount).toBe('0.00');
    expect((await expectAsAnswered(ordered, TODAY)).payouts.waiting).toEqual(run.total);
  });

  it('has what the bank had rejected, before it was booked in spite of that', async () => {
    const sent = await bank.sentRun();
    const { fundId, payouts } = sent;
    await desk.reject(sent);
    const open = async (asOf?: string) => (await report(fundId, { asOf })).payouts.returned;
    expect(await open()).toEqual(payouts[0]?.amount);
    on(EXECUTION_ON);
    await desk.match(await desk.takeWaiting(sent, single(payouts[0])));
    expect([await open(TODAY), (await open(EXECUTION_ON)).amount]).toEqual([payouts[0]?.amount, '0.00']);
    const { checks } = await report(fundId, { asOf: TODAY });
    expect(checks.every((check) => check.isEqual)).toBe(true);
  });

  it('says how many entries of these days were recorded later', async () => {
    const claims = new Claims(() => world);
    const claim = await claims.makeDue(
      await claims.decide(await claims.state(await claims.hear(await claims.draft())), { decidedOn: '2026-11-01' }),
    );
    // The database books by its own clock, which no test sets back.
    await claims.pay(claim, '100.00', { paidOn: '2026-11-20', budgetYear: 2027 });
    expect(await report(claim.fundId, { asOf: '2026-11-20' })).toMatchObject({
      recordedLater: 1,
      journal: { returned: { amount: '100.00' } },
    });
    expect((await report(claim.fundId, { asOf: '2026-11-19' })).journal.returned.amount).toBe('0.00');
  });

  it.each([
    [{ asOf: TODAY, from: TODAY, to: '2027-03-01' }, 'asOf'],
    [{ from: TODAY }, 'to'],
    [{ from: TODAY, to: TODAY }, 'to'],
  ])('refuses %j', async (days, field) => {
    const { id } = await world.fund({ 2027: '1.00' });
    await expect(report(id, days)).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [expect.objectContaining({ pointer: `#/${field}` })],
    });
  });
});

describe('an account from which two funds are paid', () => {
  it('is split by what its entries were matched to, and what is nobody’s is said', async () => {
    const iban = newIban();
    const [first, second] = [await bank.sentRun(iban), await bank.sentRun(iban)];
    const [own, other] = [first.payouts[0], second.payouts[1]];
    assert(own && other);
    const unknown = { amount: '7.00', on: EXECUTION_ON, transactions: [{ amount: '7.00' }] };
    await bank.importFile(bank.statement([single(own), single(other), unknown], { iban, day: EXECUTION_ON }));
    const { period, sharedWith, balance } = await report(first.fundId, { from: EXECUTION_ON, to: '2027-02-13' });
    expect(sharedWith.map(({ id }) => id)).toEqual([second.fundId]);
    const moved = Object.fromEntries((period?.split ?? []).map((it) => [it.fundId, it.moved.amount]));
    expect(moved).toEqual({ [first.fundId]: `-${own.amount.amount}`, [second.fundId]: `-${other.amount.amount}` });
    expect([period?.ofNoFund.amount, period?.opening, period?.difference]).toEqual(['-7.00', null, null]);
    expect(balance).toMatchObject({ statedOn: EXECUTION_ON, amount: period?.closing?.amount });
  });

  it('shows that a statement is missing where the balances are not what the entries give', async () => {
    const iban = newIban();
    const { fundId, payouts } = await bank.sentRun(iban);
    await bank.importFile(bank.statement([single(payouts[0])], { iban, day: EXECUTION_ON, opening: '20000.00' }));
    const [opening, day] = ['9000.00', '2027-02-15'];
    await bank.importFile(bank.statement([single(payouts[1], { on: day })], { iban, day, opening }));
    const { period } = await report(fundId, { from: '2027-02-13', to: '2027-02-16' });
    const held = minorOf(period?.opening?.amount ?? { amount: '0.00', currency: 'EUR' });
    expect(period?.difference && minorOf(period.difference)).toBe(900_000n - held);
  });
});
