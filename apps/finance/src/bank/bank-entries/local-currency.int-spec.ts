import { toMinor, toMoney } from '#contracts';
import {
  bookPaymentRun,
  cancelPayout,
  changeCommitmentRate,
  createPaymentRun,
  exportJournalCsv,
  getCommitment,
  getPayout,
  giveBackPayout,
  type JournalVerification,
  payoutBooked,
  payoutSent,
  type PayoutView,
  reissuePayout,
  sendPaymentRun,
  verifyJournal,
} from '#contracts/finance';
import { eventually } from '#testing';
import { back, BankDesk, promised } from '../../../test/bank-desk';
import { BankLoop, EXECUTION_ON } from '../../../test/bank-loop';
import {
  AUDITOR,
  CASHIER,
  FINANCE,
  FinanceWorld,
  LOCAL_INPUTS,
  PROMISED_INPUTS,
  TODAY,
} from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
let desk: BankDesk;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
  desk = new BankDesk(world, bank);
});
afterAll(() => world?.app.close());

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const shillings = (amount: string) => ({ amount, currency: 'TZS' });

/** The first instalment of a local contract of 16,800,000.00 TZS, due, in a fund with so much money. */
async function due(money = '20000.00') {
  await world.rate('2800');
  const fund = await world.fund({ 2027: money });
  const data = await world.departed(fund.id, { costInputs: PROMISED_INPUTS });
  await world.municipalityPayee(data.employerMunicipalityId);
  const payout = await dueOf(data.assignmentId);
  const [{ id: commitmentId } = { id: '' }] = await world.commitments(data.assignmentId);
  return { fundId: fund.id, data, payout, commitmentId };
}

async function dueOf(assignmentId: string): Promise<PayoutView> {
  return eventually(async () => {
    const [payout, ...others] = (await world.payouts(assignmentId)).filter((it) => it.status === 'DUE');
    expect(others).toEqual([]);
    if (!payout) throw new Error('nothing is due');
    return payout;
  });
}

const commitment = (commitmentId: string) => world.app.rpc(getCommitment, { commitmentId }, AUDITOR);

async function fixAnew(commitmentId: string, from: string) {
  const { version } = await commitment(commitmentId);
  return world.app.rpc(changeCommitmentRate, { commitmentId, from }, FINANCE, { expectedVersion: version });
}

/** Journal, stored amounts, plan, payouts and bank agree. */
async function expectEqual(fundId: string, commitmentId: string): Promise<void> {
  const { checks } = await bank.reconciliation(fundId);
  expect(checks.filter(({ isEqual }) => !isEqual)).toEqual([]);
  const findings = [];
  for (let after: string | undefined = undefined; ;) {
    const part: JournalVerification = await world.app.rpc(verifyJournal, { after }, AUDITOR);
    findings.push(...part.findings);
    if (part.next === null) break;
    after = part.next;
  }
  expect(findings).toEqual([]);
  const { plan, total, byYear } = await commitment(commitmentId);
  expect(plan?.total).toEqual(total);
  expect(plan?.byYear.map(({ amount }) => amount)).toEqual(
    byYear.map(({ amount, released }) => toMoney(toMinor(amount).amountMinor - toMinor(released).amountMinor, 'EUR')),
  );
}

/** What stands on these stages in 2027. */
async function stand(
  fundId: string,
): Promise<Record<'available' | 'committed' | 'payable' | 'paid' | 'returned', string>> {
  const { years } = await world.balances(fundId);
  const of = years.find(({ year }) => year === 2027);
  const at = (stage: 'available' | 'committed' | 'payable' | 'paid' | 'returned') => of?.[stage].amount ?? '';
  const [available, committed, payable, paid, returned] = [
    at('available'),
    at('committed'),
    at('payable'),
    at('paid'),
    at('returned'),
  ];
  return { available, committed, payable, paid, returned };
}

/** What the journal's file says of each kind of entry about the promise. */
async function promisedIn(fundId: string): Promise<Set<string>> {
  const year = { from: '2027-01-01', to: '2028-01-01' };
  const { body } = await world.app.rpc(exportJournalCsv, { fundId, ...year }, AUDITOR);
  const [headings = '', ...rows] = Buffer.from(body, 'base64').toString().trimEnd().split('\r\n');
  expect(headings.split(',').slice(-2)).toEqual(['instructedAmount', 'instructedCurrency']);
  return new Set(rows.map((row) => row.split(',')).map((cells) => [cells[2], ...cells.slice(-2)].join(',')));
}

const read = (payout: PayoutView | undefined) => world.app.rpc(getPayout, { payoutId: payout?.id ?? '' }, AUDITOR);

describe('a local contract in its own currency', () => {
  it('promises the instalments in it, and sets EUR aside with a reserve', async () => {
    const { payout, commitmentId, fundId } = await due();
    expect(payout).toMatchObject({
      amount: euros('6600.00'),
      instructed: { amount: shillings('16800000.00'), rate: '2800' },
    });
    const { plan, total } = await commitment(commitmentId);
    expect(total).toEqual(euros('13200.00'));
    expect(plan?.local).toEqual({ total: shillings('33600000.00'), reservePercent: 10 });
    expect(await stand(fundId)).toMatchObject({ available: '6800.00', committed: '13200.00' });
    await expectEqual(fundId, commitmentId);
  });

  it('is not ordered by a rate that has moved too far, and is by the rate that is fixed anew', async () => {
    const { payout, commitmentId, data, fundId } = await due();
    await world.rate('2500');
    await expect(world.order(payout)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'FINANCE_PAYOUT_RATE_MOVED',
      details: { rate: '2500', setAsideRate: '2800' },
    });
    await fixAnew(commitmentId, TODAY);
    const anew = await dueOf(data.assignmentId);
    // 16,800,000 / 2,500 = 6,720.00, and 10 % above.
    expect(anew).toMatchObject({
      amount: euros('7392.00'),
      instructed: { amount: shillings('16800000.00'), rate: '2500' },
    });
    expect(await world.order(anew)).toMatchObject({ status: 'ORDERED' });
    await expectEqual(fundId, commitmentId);
  });

  it('is not ordered for more than is set aside, and fixing the rate anew is refused where the year does not hold it', async () => {
    const { payout, commitmentId } = await due('13200.00');
    // Within 10 % of 2,800, and more than the reserve of 10 % covers.
    await world.rate('2530');
    await expect(world.order(payout)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_RESERVE_EXCEEDED' });
    await expect(fixAnew(commitmentId, TODAY)).rejects.toMatchObject({ code: 'FINANCE_COMMITMENT_INSUFFICIENT_FUNDS' });
  });

  it('goes back to the budget whole when it is cancelled, and is not owed again', async () => {
    const { payout, commitmentId, fundId } = await due();
    const request = { payoutId: payout.id, reason: 'The municipality needs less.' };
    await world.app.rpc(cancelPayout, request, FINANCE, { expectedVersion: payout.version });
    expect((await commitment(commitmentId)).plan).toMatchObject({
      total: euros('6600.00'),
      local: { total: shillings('16800000.00') },
      cancelled: shillings('16800000.00'),
    });
    await expectEqual(fundId, commitmentId);
  });
});

describe('a payment run', () => {
  it('is of one currency, instructs what is promised, and is booked by the statement alone', async () => {
    const { payout, data, fundId } = await due('40000.00');
    await world.order(payout);
    const inEuros = await world.departed(fundId, { costInputs: LOCAL_INPUTS });
    await world.municipalityPayee(inEuros.employerMunicipalityId);
    await world.order(await dueOf(inEuros.assignmentId));
    const request = { fundId, paymentType: 'FOREIGN' as const, executionOn: EXECUTION_ON };
    await expect(world.app.rpc(createPaymentRun, request, CASHIER)).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_CURRENCIES_MIXED',
    });
    const run = await world.app.rpc(createPaymentRun, { ...request, currency: 'TZS' }, CASHIER);
    expect(run).toMatchObject({ total: euros('6600.00'), instructed: shillings('16800000.00'), payouts: 1 });
    expect((await world.payouts(data.assignmentId)).filter(({ status }) => status === 'IN_RUN')).toHaveLength(1);
    const { version } = await world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, {
      expectedVersion: run.version,
    });
    const booking = { paymentRunId: run.id, bookedOn: TODAY, statementReference: 'AZ 9' };
    await expect(world.app.rpc(bookPaymentRun, booking, CASHIER, { expectedVersion: version })).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_DEBIT_UNKNOWN',
    });
    expect(await world.app.rpc(createPaymentRun, request, CASHIER)).toMatchObject({ instructed: null, payouts: 1 });
  });
});

describe('the debit of the bank', () => {
  it('says what a payment in another currency took; the rest is free', async () => {
    const { payouts, fundId, data } = await bank.promisedRun();
    const [{ id: commitmentId } = { id: '' }] = await world.commitments(data.assignmentId);
    const debit = bank.statement([promised(payouts[0], '6012.34')]);
    await bank.importFile(debit);
    expect(await read(payouts[0])).toMatchObject({ status: 'BOOKED', amount: euros('6012.34') });
    expect(await stand(fundId)).toMatchObject({
      available: '7387.66',
      committed: '6600.00',
      payable: '0.00',
      paid: '6012.34',
    });
    await expectEqual(fundId, commitmentId);
    const told = { payoutId: payouts[0]?.id, instructed: shillings('16800000.00') };
    await eventually(async () => {
      expect(await world.app.published(payoutSent)).toContainEqual(
        expect.objectContaining({ ...told, amount: euros('6600.00') }),
      );
      expect(await world.app.published(payoutBooked)).toContainEqual(
        expect.objectContaining({ ...told, amount: euros('6012.34'), exchangeDifference: euros('587.66') }),
      );
    });
    expect(await promisedIn(fundId)).toEqual(
      new Set([
        'COMMITMENT_CONFIRMED,,',
        'COMMITMENT_RESERVED,,',
        'BUDGET_RELEASED,,',
        'PAYOUT_ORDERED,16800000.00,TZS',
        'PAYMENT_BOOKED,16800000.00,TZS',
        'EXCHANGE_DIFFERENCE_BOOKED,16800000.00,TZS',
      ]),
    );
    // The same statement again, and a second debit of the same payment.
    await bank.importFile(debit);
    const second = await bank.importFile(bank.statement([promised(payouts[0], '6012.34', { on: '2027-02-16' })]));
    expect(await bank.openEntries(second)).toHaveLength(1);
    expect(await stand(fundId)).toMatchObject({ paid: '6012.34' });
    await expectEqual(fundId, commitmentId);
  });

  it('is none where its match is taken back: the same is set aside again', async () => {
    const { payouts, fundId, data } = await bank.promisedRun();
    const [{ id: commitmentId } = { id: '' }] = await world.commitments(data.assignmentId);
    const message = await bank.importFile(bank.statement([promised(payouts[0], '6500.00')]));
    const [entry] = await bank.entriesOf(message);
    await desk.takeBack(entry?.id ?? '');
    expect(await read(payouts[0])).toMatchObject({ status: 'SENT', amount: euros('6600.00') });
    await expectEqual(fundId, commitmentId);
    await bank.importFile(bank.statement([promised(payouts[0], '6300.00', { on: '2027-02-16' })]));
    expect(await read(payouts[0])).toMatchObject({ status: 'BOOKED', amount: euros('6300.00') });
    await expectEqual(fundId, commitmentId);
  });

  it('comes back by another rate and is promised again by that of the day, with what is missing from free money', async () => {
    const { payouts, fundId, data } = await bank.promisedRun();
    const [{ id: commitmentId } = { id: '' }] = await world.commitments(data.assignmentId);
    await bank.importFile(bank.statement([promised(payouts[0], '6000.00')]));
    await bank.importFile(bank.statement([back(payouts[0], '5950.00')]));
    const returned = await read(payouts[0]);
    expect(returned).toMatchObject({ status: 'RETURNED', bankReturn: { amount: euros('5950.00') } });
    await expectEqual(fundId, commitmentId);
    const again = await world.app.rpc(reissuePayout, { payoutId: returned.id }, FINANCE, {
      expectedVersion: returned.version,
    });
    expect(again).toMatchObject({
      amount: euros('6600.00'),
      instructed: { amount: shillings('16800000.00') },
      attempt: 2,
    });
    // 50.00 did not come back: 20,000.00 less two instalments and that.
    expect(await stand(fundId)).toMatchObject({ available: '6750.00', committed: '13200.00', paid: '50.00' });
    await expectEqual(fundId, commitmentId);
    expect(await world.order(again)).toMatchObject({ status: 'ORDERED' });
    await expectEqual(fundId, commitmentId);
  });

  it('comes back and goes back to the budget: then it is not owed again', async () => {
    const { payouts, fundId, data } = await bank.promisedRun();
    const [{ id: commitmentId } = { id: '' }] = await world.commitments(data.assignmentId);
    await bank.importFile(bank.statement([promised(payouts[0], '6000.00')]));
    await bank.importFile(bank.statement([back(payouts[0], '5990.00')]));
    const returned = await read(payouts[0]);
    await world.app.rpc(giveBackPayout, { payoutId: returned.id }, FINANCE, { expectedVersion: returned.version });
    await expectEqual(fundId, commitmentId);
    await fixAfterMove(commitmentId);
    const { plan } = await commitment(commitmentId);
    expect(plan).toMatchObject({
      cancelled: shillings('16800000.00'),
      local: { total: shillings('16800000.00') },
      // 10.00 were kept by banks, and the other instalment by the new rate.
      total: euros('7123.16'),
    });
    await expectEqual(fundId, commitmentId);
  });

  it('is not made of a reject: the same stays for another attempt', async () => {
    const sent = await bank.promisedRun();
    await desk.reject(sent);
    const rejected = await read(sent.payouts[0]);
    expect(rejected).toMatchObject({ status: 'REJECTED', amount: euros('6600.00') });
    await world.app.rpc(reissuePayout, { payoutId: rejected.id }, FINANCE, { expectedVersion: rejected.version });
    expect(await stand(sent.fundId)).toMatchObject({ available: '6800.00', committed: '13200.00', returned: '0.00' });
  });
});

/** A rate of 2,598 is fixed, which makes the plan anew. */
async function fixAfterMove(commitmentId: string): Promise<void> {
  await world.rate('2598');
  await fixAnew(commitmentId, TODAY);
}
