import {
  bookPaymentRun,
  createPaymentRun,
  getPaymentRunFile,
  type PaymentRunView,
  runDue,
  sendPaymentRun,
} from '#contracts/finance';
import { eventually } from '#testing';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld } from '../../../test/finance-world';
import { nextEdition } from '../../../test/sanctions/sanctions-sample';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());
beforeEach(() => world.clock.set('2027-02-10T09:00:00Z'));

const pay = (fundId: string, executionOn: string, more: object = {}) =>
  world.app.rpc(createPaymentRun, { fundId, paymentType: 'SEPA', executionOn, ...more }, CASHIER);

const dayInFile = async ({ id }: PaymentRunView) => {
  const { body } = await world.app.rpc(getPaymentRunFile, { paymentRunId: id }, AUDITOR);
  return /<ReqdExctnDt>\s*<Dt>(.*?)</.exec(body)?.[1];
};

async function sentRun(): Promise<PaymentRunView> {
  const [first] = await world.orderedPayouts();
  const run = await pay(first?.fundId ?? '', '2027-02-12');
  return world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, { expectedVersion: run.version });
}

describe('the day of execution', () => {
  it.each([
    ['2027-02-10', '2027-02-10', null],
    ['2027-02-13', '2027-02-15', '2027-02-13'],
    ['2027-03-26', '2027-03-30', '2027-03-26'],
  ])('asked for %s is %s, and the run says what was asked', async (asked, executed, requestedOn) => {
    const [first] = await world.orderedPayouts();
    const run = await pay(first?.fundId ?? '', asked);
    expect(run).toMatchObject({ executionOn: executed, requestedOn });
    expect(await dayInFile(run)).toBe(executed);
  });

  it('is neither in the past nor later than the rule allows', async () => {
    const [first] = await world.orderedPayouts();
    for (const day of ['2027-02-09', '2027-04-12', '9999-12-31']) {
      await expect(pay(first?.fundId ?? '', day)).rejects.toMatchObject({
        code: 'FINANCE_PAYMENT_RUN_DAY_OUT_OF_RANGE',
        errors: [{ pointer: '#/executionOn', detail: 'must be from 2027-02-10 to 2027-04-11' }],
      });
    }
  });
});

describe('the day of booking by hand', () => {
  it('is neither in the future nor before the file was written', async () => {
    const run = await sentRun();
    const book = (bookedOn: string) =>
      world.app.rpc(bookPaymentRun, { paymentRunId: run.id, bookedOn, statementReference: 'S 12' }, CASHIER, {
        expectedVersion: run.version,
      });
    for (const day of ['2099-01-01', '2027-02-11', '2027-02-09']) {
      await expect(book(day)).rejects.toMatchObject({
        code: 'FINANCE_PAYMENT_RUN_BOOKING_DAY_IMPOSSIBLE',
        errors: [{ pointer: '#/bookedOn', detail: 'must be from 2027-02-10 to 2027-02-10' }],
      });
    }
    world.clock.set('2027-02-12T09:00:00Z');
    await expect(book('2027-02-12')).resolves.toMatchObject({ status: 'BOOKED', bookedOn: '2027-02-12' });
  });
});

describe('around New Year (BHO 72)', () => {
  // The list of February is too old by then: it would clear nobody.
  beforeAll(async () => {
    world.clock.set('2027-12-14T09:00:00Z');
    await world.importSanctions(nextEdition('2027-12-14'));
  });

  /** An integrated expert from January 2028 on: payouts of each month of that year. */
  async function plannedIn2028(): Promise<{ fundId: string; assignmentId: string }> {
    world.clock.set('2027-12-14T09:00:00Z');
    const fund = await world.fund({ 2027: '100000.00', 2028: '100000.00' });
    const data = world.fundingRequest(fund.id, {
      period: { from: '2028-01-01', to: '2028-12-01' },
      costInputs: {
        instrument: 'INTEGRATED_EXPERT',
        localSalaryMonth: { amount: '1000.00', currency: 'EUR' },
        hasSpouse: false,
        children: 0,
      },
    });
    await world.expertPayee(data.expertId);
    await world.departed(fund.id, data);
    return { fundId: fund.id, assignmentId: data.assignmentId };
  }

  it('no due run reaches beyond the January of the next year, and it says so', async () => {
    const { fundId, assignmentId } = await plannedIn2028();
    const run = await world.app.rpc(runDue, { fundId, upTo: '2099-12-31' }, FINANCE);
    expect(run).toMatchObject({ upTo: '2028-01-31', remaining: 0 });
    const due = (await world.payouts(assignmentId)).filter(({ status }) => status === 'DUE');
    expect(due.map(({ id }) => id).toSorted()).toEqual([...run.duePayoutIds].sort());
    expect(due.length).toBeGreaterThan(0);
    for (const { dueOn } of due) expect(dueOn.slice(0, 7)).toBe('2028-01');
  });

  it('what is due in January goes out in the last half of December, and not before', async () => {
    const { fundId, assignmentId } = await plannedIn2028();
    await world.app.rpc(runDue, { fundId, upTo: '2028-01-31' }, FINANCE);
    const due = (await world.payouts(assignmentId)).filter(({ status }) => status === 'DUE');
    for (const payout of due) await world.order(payout);
    await expect(pay(fundId, '2027-12-15')).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_YEAR_NOT_STARTED' });
    await expect(pay(fundId, '2027-12-16')).resolves.toMatchObject({ payouts: due.length });
  });

  it('what is due later in the new year waits for it, though a due run reached it', async () => {
    const { fundId, assignmentId } = await plannedIn2028();
    world.clock.set('2028-01-03T09:00:00Z');
    await world.app.rpc(runDue, { fundId, upTo: '2028-06-30' }, FINANCE);
    const june = await eventually(async () => {
      const all = await world.payouts(assignmentId);
      const found = all.find(({ status, dueOn }) => status === 'DUE' && dueOn >= '2028-06-01');
      expect(found).toBeDefined();
      return found;
    });
    if (june) await world.order(june);
    world.clock.set('2027-12-16T09:00:00Z');
    await expect(pay(fundId, '2027-12-16', { payoutIds: [june?.id ?? ''] })).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_YEAR_NOT_STARTED',
    });
  });
});
