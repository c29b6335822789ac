import {
  bookPaymentRun,
  createDrawdown,
  createPaymentRun,
  type DrawdownView,
  getDrawdown,
  getDrawdownUse,
  listBaseRates,
  listDrawdownActions,
  listDrawdowns,
  listPublicMoneyRules,
  receiveDrawdown,
  recordBaseRate,
  sendPaymentRun,
} from '#contracts/finance';
import { possibleActs, refusalOf } from '#testing';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, OFFICER } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });

function request(fundId: string, more: object = {}) {
  return {
    fundId,
    approvalReference: 'BMZ 2027/4711',
    ruleSet: 'BENGO' as const,
    parts: [
      { place: 'SEPA' as const, amount: eur('5000.00') },
      { place: 'NON_SEPA' as const, amount: eur('300.00') },
    ],
    justification: 'Instalments of February; earlier drawdowns are used up.',
    requestedOn: '2026-12-01',
    ...more,
  };
}

function draw(fundId: string, more: object = {}): Promise<DrawdownView> {
  return world.app.rpc(createDrawdown, request(fundId, more), FINANCE);
}

describe('a drawdown', () => {
  it('has one deadline per place of spending once the money is there', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const requested = await draw(fund.id);
    expect(requested).toMatchObject({ status: 'REQUESTED', total: { amount: '5300.00' }, receivedOn: null });
    const received = await world.app.rpc(
      receiveDrawdown,
      { drawdownId: requested.id, receivedOn: '2026-12-10' },
      FINANCE,
      { expectedVersion: requested.version },
    );
    expect(received.parts.map(({ place, deadlineOn }) => [place, deadlineOn])).toEqual([
      ['SEPA', '2027-01-21'],
      ['NON_SEPA', '2027-04-10'],
    ]);
    expect(await world.app.rpc(getDrawdown, { drawdownId: requested.id }, AUDITOR)).toEqual(received);
    const { items } = await world.app.rpc(listDrawdowns, { fundId: fund.id }, AUDITOR);
    const { justification: _justification, bankEntryId: _bankEntryId, ...summary } = received;
    expect(items).toEqual([summary]);
    const again = { drawdownId: requested.id, receivedOn: '2026-12-11' };
    await expect(
      world.app.rpc(receiveDrawdown, again, FINANCE, { expectedVersion: received.version }),
    ).rejects.toMatchObject({ code: 'FINANCE_DRAWDOWN_TRANSITION_NOT_ALLOWED' });
  });

  it.each([
    [{ receivedOn: '2026-11-30' }, 'FINANCE_DRAWDOWN_DATE_INVALID'],
    [{ receivedOn: '2027-02-11' }, 'FINANCE_DRAWDOWN_DATE_INVALID'],
    [{ parts: [1, 2].map(() => ({ place: 'SEPA', amount: eur('1.00') })) }, 'FINANCE_DRAWDOWN_PLACE_REPEATED'],
    [{ parts: [{ place: 'SEPA', amount: { amount: '1.00', currency: 'USD' } }] }, 'FINANCE_AMOUNT_CURRENCY_MISMATCH'],
    [{ requestedOn: '1999-01-01', receivedOn: '1999-02-01' }, 'FINANCE_PUBLIC_MONEY_RULE_MISSING'],
  ])('is refused with %j', async (more, code) => {
    const fund = await world.fund({ 2027: '1000.00' });
    await expect(draw(fund.id, more)).rejects.toMatchObject({ code });
  });

  it('says what can be done with it, which is what its acts answer', async () => {
    const { id: drawdownId, version } = await draw((await world.fund({ 2027: '1000.00' })).id);
    const actions = (as = CASHIER) => world.app.rpc(listDrawdownActions, { drawdownId }, as);
    expect(possibleActs(await actions())).toEqual(['drawdown_match', 'drawdown_receive']);
    expect(refusalOf(await actions(AUDITOR), receiveDrawdown)).toBe('PLATFORM_ACTION_NOT_ALLOWED');
    const receive = (expectedVersion: number) =>
      world.app.rpc(receiveDrawdown, { drawdownId, receivedOn: '2026-12-10' }, CASHIER, { expectedVersion });
    await expect(receive(version + 1)).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    await receive(version);
    expect(refusalOf(await actions(), receiveDrawdown)).toBe('FINANCE_DRAWDOWN_TRANSITION_NOT_ALLOWED');
    await expect(receive(version)).rejects.toMatchObject({ code: 'FINANCE_DRAWDOWN_TRANSITION_NOT_ALLOWED' });
  });

  it('is not made by a programme officer', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const create = world.app.rpc(createDrawdown, request(fund.id), OFFICER);
    await expect(create).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
  });

  it('is used by booked payouts, first in, first out, and bears interest on what is late', async () => {
    const fundId = await bookedFund();
    // 11,800.00 are booked on 2027-02-10: 5,000 use the first (late since 2027-01-21), the rest the second (in time).
    const first = await draw(fundId, { receivedOn: '2026-12-10' });
    const second = await draw(fundId, {
      parts: [{ place: 'SEPA', amount: eur('10000.00') }],
      requestedOn: '2027-01-20',
      receivedOn: '2027-02-01',
    });
    const use = (drawdownId: string, asOf: string) => world.app.rpc(getDrawdownUse, { drawdownId, asOf }, AUDITOR);

    expect(await use(first.id, '2027-01-21')).toMatchObject({ late: eur('0.00'), interest: { amount: eur('0.00') } });
    const before = await use(first.id, '2027-02-09');
    expect(before.parts[0]).toMatchObject({ spent: eur('0.00'), late: eur('5000.00') });
    const after = await use(first.id, '2027-02-10');
    expect(after.parts[0]).toMatchObject({ spent: eur('5000.00'), late: eur('0.00'), spentLate: eur('5000.00') });
    // 5,000.00 at 1.52 + 5 points: 22 days of 2026 and 40 of 2027 by 365 = 55.38
    expect(after.interest).toMatchObject({ amount: eur('55.38'), isProvisional: true });
    expect((await use(second.id, '2027-02-10')).parts[0]).toMatchObject({
      spent: eur('6800.00'),
      unspent: eur('3200.00'),
      late: eur('0.00'),
    });
    expect((await use(second.id, '2027-05-01')).late).toEqual(eur('3200.00'));
  });
});

describe('rules and base rates', () => {
  it('are listed with their source', async () => {
    const { items } = await world.app.rpc(listPublicMoneyRules, { ruleSet: ['BENGO'], on: '2027-01-01' }, AUDITOR);
    expect(items.find(({ key }) => key === 'spending-window-non-sepa')).toMatchObject({ value: '4', unit: 'MONTHS' });
  });

  it('takes a new base rate once and never changes it', async () => {
    const rate = { validFrom: '2030-01-01', percent: '2.02', source: 'Deutsche Bundesbank' };
    await world.app.rpc(recordBaseRate, rate, FINANCE);
    await expect(world.app.rpc(recordBaseRate, { ...rate, percent: '9' }, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_BASE_RATE_EXISTS',
    });
    const { items } = await world.app.rpc(listBaseRates, { limit: 1 }, AUDITOR);
    expect(items[0]).toMatchObject(rate);
  });

  it('says which base rates came with the product, and corrects one by another row', async () => {
    const { items } = await world.app.rpc(listBaseRates, { limit: 200 }, AUDITOR);
    const shipped = items.filter(({ mark }) => mark === 'GENERAL_KNOWLEDGE');
    const rates = Object.fromEntries(shipped.map(({ validFrom, percent }) => [validFrom, percent]));
    expect(rates).toMatchObject({ '2025-07-01': '1.27', '2026-01-01': '1.27', '2026-07-01': '1.52' });
    expect(shipped.every(({ source }) => source.includes('Bundesbank'))).toBe(true);
    const last = shipped.find(({ validFrom }) => validFrom === '2025-07-01');
    const rate = { validFrom: '2025-07-01', percent: '1.37', source: 'Bundesbank, table of 1 July 2025' };
    const other = { ...rate, validFrom: '2026-01-01', correctsId: last?.id };
    await expect(world.app.rpc(recordBaseRate, other, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_BASE_RATE_CORRECTION_MISMATCH',
    });
    const fund = await world.fund({ 2027: '1000.00' });
    const drawdown = await draw(fund.id, { requestedOn: '2025-08-01', receivedOn: '2025-08-01' });
    const interest = async () =>
      (await world.app.rpc(getDrawdownUse, { drawdownId: drawdown.id, asOf: '2025-10-12' }, AUDITOR)).interest;
    // 5,000.00 for 72 days at 6.27 %, then at 6.37 %: 61.84 and 62.83.
    expect((await interest()).amount).toEqual(eur('61.84'));
    const correction = { ...rate, correctsId: last?.id };
    expect(await world.app.rpc(recordBaseRate, correction, FINANCE)).toMatchObject({
      mark: 'FOUND',
      correctsId: last?.id,
    });
    expect((await interest()).amount).toEqual(eur('62.83'));
    for (const again of [rate, correction]) {
      await expect(world.app.rpc(recordBaseRate, again, FINANCE)).rejects.toMatchObject({
        code: 'FINANCE_BASE_RATE_EXISTS',
      });
    }
  });
});

/** A fund with 11,800.00 booked today to a payee inside SEPA. */
async function bookedFund(): Promise<string> {
  const fund = await world.fund({ 2027: '100000.00', 2028: '100000.00' });
  const data = world.fundingRequest(fund.id, {
    costInputs: {
      instrument: 'INTEGRATED_EXPERT',
      localSalaryMonth: eur('1000.00'),
      hasSpouse: false,
      children: 0,
    },
  });
  await world.expertPayee(data.expertId);
  await world.departed(fund.id, data);
  const due = (await world.payouts(data.assignmentId)).filter(({ status }) => status === 'DUE');
  for (const payout of due) await world.order(payout);
  const run = await world.app.rpc(
    createPaymentRun,
    { fundId: fund.id, paymentType: 'SEPA', executionOn: '2027-02-10' },
    CASHIER,
  );
  const paymentRunId = run.id;
  const sent = await world.app.rpc(sendPaymentRun, { paymentRunId }, CASHIER, { expectedVersion: run.version });
  const booking = { paymentRunId, bookedOn: '2027-02-10', statementReference: 'STATEMENT 31' };
  await world.app.rpc(bookPaymentRun, booking, CASHIER, { expectedVersion: sent.version });
  return fund.id;
}
