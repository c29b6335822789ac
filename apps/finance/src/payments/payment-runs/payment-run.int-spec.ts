import { createHash, randomUUID } from 'node:crypto';
import {
  bookPaymentRun,
  createPaymentRun,
  getPaymentRunFile,
  listPaymentRuns,
  listPayouts,
  listTransfers,
  type PaymentRunView,
  payoutBooked,
  payoutDue,
  payoutOrdered,
  payoutSent,
  type PayoutView,
  readPayoutFeed,
  sendPaymentRun,
} from '#contracts/finance';
import { caller, eventually } from '#testing';
import {
  AUDITOR,
  CASHIER,
  FINANCE,
  FinanceWorld,
  GERMAN_ACCOUNT,
  ORDERER,
  type PERIOD,
} from '../../../test/finance-world';
import { Iso20022Schemas } from '../iso20022/iso20022-schemas';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
  // So that a run of several payouts has a payment of several parts.
  await world.confirmRule({ ruleSet: 'TRANSFERS', key: 'INTEGRATED_EXPERT', value: 'JOINED', unit: 'TRANSFERS' });
});
afterAll(() => world?.app.close());

const orderedPayouts = (period?: typeof PERIOD) => world.orderedPayouts(period);

function pay(fundId: string, more: object = {}, as = CASHIER): Promise<PaymentRunView> {
  return world.app.rpc(createPaymentRun, { fundId, paymentType: 'SEPA', executionOn: '2027-02-12', ...more }, as);
}

const fundOf = (payouts: PayoutView[]): string => payouts[0]?.fundId ?? '';

describe('a payment run', () => {
  it('goes from the order to the books, with one file whose bytes never change', async () => {
    const ordered = await orderedPayouts();
    const run = await pay(fundOf(ordered));
    expect(run).toMatchObject({ status: 'CREATED', payouts: 5, transfers: 1, total: { amount: '11800.00' } });
    expect(run.verificationOfPayee).toBe('SINGLE');
    const file = await world.app.rpc(getPaymentRunFile, { paymentRunId: run.id }, AUDITOR);
    (await new Iso20022Schemas().ready('pain.001.001.09')).assertValid(file.body);
    // One payment to one payee: the number to call about, then what is paid; the run has a number of its own.
    const purposes = [...file.body.matchAll(/<Ustrd>(.*)<\/Ustrd>/g)].map(([, purpose]) => purpose);
    const what = 'Gehaltszuschuss + Soziale Sicherung, Januar-Februar 2027, Reise und Umzug, Januar 2027';
    expect(purposes).toEqual([`${ordered[0]?.caseNumber} ${what}`]);
    expect(file.body.match(/<InstdAmt Ccy="EUR">11800\.00</g)).toHaveLength(1);
    const { items } = await world.app.rpc(listTransfers, { paymentRunId: run.id }, AUDITOR);
    expect(items).toEqual([
      expect.objectContaining({
        amount: run.total,
        purpose: `${ordered[0]?.caseNumber} ${what.replace('Januar-', 'Januar–')}`,
      }),
    ]);
    expect(items[0]?.account).toEqual({ holder: 'Jürgen Müller', ...GERMAN_ACCOUNT, accountNumber: null });
    expect(items[0]?.parts.map(({ caseNumber, amount }) => [caseNumber, amount])).toEqual(
      ordered.map(({ caseNumber, amount }) => [caseNumber, amount]),
    );
    const paying = async (payoutId: string) =>
      (await world.app.rpc(listTransfers, { paymentRunId: run.id, payoutId }, AUDITOR)).items;
    expect(await paying(ordered[4]?.id ?? '')).toEqual(items);
    expect(await paying(run.id)).toEqual([]);
    expect(run.caseNumber).toMatch(/^ZL-/);
    const found = await world.app.rpc(listPaymentRuns, { caseNumber: run.caseNumber }, AUDITOR);
    expect(found.items.map(({ id }) => id)).toEqual([run.id]);
    const [first] = ordered;
    const payouts = await world.app.rpc(listPayouts, { caseNumber: first?.caseNumber }, AUDITOR);
    expect(payouts.items.map(({ id }) => id)).toEqual([first?.id]);
    expect(createHash('sha256').update(file.body).digest('hex')).toBe(run.file.sha256);

    const sent = await world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, {
      expectedVersion: run.version,
    });
    const request = { paymentRunId: run.id, bookedOn: '2027-02-10', statementReference: 'STATEMENT 31' };
    const booked = await world.app.rpc(bookPaymentRun, request, CASHIER, { expectedVersion: sent.version });
    expect(booked.status).toBe('BOOKED');
    expect(await world.app.rpc(getPaymentRunFile, { paymentRunId: run.id }, AUDITOR)).toEqual(file);

    const { total } = await world.balances(fundOf(ordered));
    expect(total).toMatchObject({ payable: { amount: '0.00' }, paid: { amount: '11800.00' } });
    const paid = await world.payouts(ordered[0]?.assignmentId ?? '');
    expect(paid.filter((it) => it.status === 'BOOKED' && it.booking?.by === 'karl')).toHaveLength(5);
    await eventually(async () => {
      for (const message of [payoutSent, payoutBooked]) {
        const data = await world.app.published(message);
        const facts = data.filter((it) => it.paymentRunId === run.id);
        expect(facts.map((it) => it.caseNumber).toSorted()).toEqual(ordered.map((it) => it.caseNumber).toSorted());
      }
    });
  });

  it('is refused without an ordered payout, for payouts of another type or fund, and for one that is not ordered', async () => {
    const ordered = await orderedPayouts();
    const fundId = fundOf(ordered);
    await expect(pay(fundId, { paymentType: 'FOREIGN' })).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_EMPTY' });
    const payoutIds = ordered.map((it) => it.id);
    await expect(pay(fundId, { paymentType: 'FOREIGN', payoutIds })).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_PAYOUT_UNFIT',
    });
    await expect(pay(fundId, { payoutIds: [randomUUID()] })).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_PAYOUT_UNFIT',
    });
    const planned = (await world.payouts(ordered[0]?.assignmentId ?? '')).find((it) => it.status === 'PLANNED');
    await expect(pay(fundId, { payoutIds: [planned?.id ?? ''] })).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
    });
  });

  it('is refused to the person who ordered, and to a finance officer', async () => {
    const ordered = await orderedPayouts();
    const both = { ...ORDERER, roles: ['payment-orderer', 'cashier'] as const };
    await expect(pay(fundOf(ordered), {}, both)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_FOUR_EYES' });
    await expect(pay(fundOf(ordered), {}, FINANCE)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
  });

  it('is not booked before it was sent, nor by the person who ordered', async () => {
    const ordered = await orderedPayouts();
    const run = await pay(fundOf(ordered));
    const request = { paymentRunId: run.id, bookedOn: '2027-02-10', statementReference: 'S' };
    const book = (as = CASHIER, expectedVersion = run.version) =>
      world.app.rpc(bookPaymentRun, request, as, { expectedVersion });
    await expect(book()).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED' });
    const sent = await world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, {
      expectedVersion: run.version,
    });
    await expect(book(caller('cashier', { subject: 'anna' }), sent.version)).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_FOUR_EYES',
    });
  });

  it('cannot be altered by SQL under the role of the service', async () => {
    const run = await pay(fundOf(await orderedPayouts()));
    const rehash = world.app.asServiceRole(`UPDATE payment_run SET file_sha256 = 'x' WHERE id = $1`, [run.id]);
    await expect(rehash).rejects.toMatchObject({ code: '23503' });
    const { id: other } = await pay(fundOf(await orderedPayouts()));
    const again = world.app.asServiceRole(
      `INSERT INTO payment_run_item (payment_run_id, payout_id, end_to_end_id, amount_minor)
       SELECT $2, payout_id, end_to_end_id, amount_minor FROM payment_run_item WHERE payment_run_id = $1`,
      [run.id, other],
    );
    await expect(again).rejects.toMatchObject({ code: '23505', constraint: 'uq_transfer_end_to_end_id' });
    const less = world.app.asServiceRole(
      `WITH whole AS (SELECT * FROM transfer WHERE payment_run_id = $1 LIMIT 1), less AS (
         INSERT INTO transfer (id, payment_run_id, end_to_end_id, commitment_id, payee_id, account_holder, iban, amount_minor, currency)
         SELECT gen_random_uuid(), $2, 'less', commitment_id, payee_id, account_holder, iban, amount_minor - 1, currency
         FROM whole RETURNING id, payment_run_id)
       INSERT INTO payment_run_item (payment_run_id, payout_id, transfer_id, end_to_end_id, amount_minor)
       SELECT less.payment_run_id, item.payout_id, less.id, 'less', item.amount_minor FROM less, whole, payment_run_item item
       WHERE item.transfer_id = whole.id`,
      [run.id, other],
    );
    await expect(less).rejects.toMatchObject({ code: '23514', constraint: 'ck_transfer_sum' });
  });
});

describe('the payout feed', () => {
  it('gives the very data that goes over NATS, in order, from any position', async () => {
    await orderedPayouts();
    const read = (after: string, limit = 1000) => world.app.rpc(readPayoutFeed, { after, limit }, FINANCE);
    const over = async () => [
      ...(await world.app.published(payoutDue)),
      ...(await world.app.published(payoutOrdered)),
      ...(await world.app.published(payoutSent)),
      ...(await world.app.published(payoutBooked)),
    ];
    await eventually(async () => expect((await read('0')).items).toHaveLength((await over()).length));
    const { items } = await read('0');
    expect(items.map((it) => it.data).sort()).toEqual((await over()).map((it) => JSON.stringify(it)).sort());
    const middle = items[Math.floor(items.length / 2)];
    const rest = await read(middle?.position ?? '0');
    expect(rest.items).toEqual(items.slice(Math.floor(items.length / 2) + 1));
    expect(await read(rest.next)).toEqual({ items: [], next: rest.next });
  });

  it('waits for the next message when asked to', async () => {
    const { next } = await world.app.rpc(readPayoutFeed, { limit: 1000 }, FINANCE);
    const waiting = world.app.rpc(readPayoutFeed, { after: next, waitSeconds: 20 }, FINANCE);
    await orderedPayouts();
    expect((await waiting).items.length).toBeGreaterThan(0);
  });
});
