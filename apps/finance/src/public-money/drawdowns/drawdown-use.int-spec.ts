import { formatMinor, parseMinor } from '#contracts';
import {
  confirmBankAccountChange,
  createDrawdown,
  type DrawdownUseView,
  type DrawdownView,
  getDrawdownUse,
  getPayee,
  proposeBankAccountChange,
  listBaseRates,
  recordBaseRate,
} from '#contracts/finance';
import { eventually } from '#testing';
import { BankLoop, EXECUTION_ON, idOf, type SentRun, single } from '../../../test/bank-loop';
import { AUDITOR, FINANCE, FinanceWorld, ORDERER, TODAY } from '../../../test/finance-world';

/** Invented, also in place of those that are shipped: after 1.27 from 2025-07-01. */
const BASE_RATES = { '2026-01-01': '1.52', '2026-07-01': '-0.38', '2027-01-01': '2.02' };

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
  const { items: shipped } = await world.app.rpc(listBaseRates, { limit: 200 }, FINANCE);
  for (const [validFrom, percent] of Object.entries(BASE_RATES)) {
    const correctsId = shipped.find((rate) => rate.validFrom === validFrom)?.id;
    const rate = { validFrom, percent, source: 'invented for this test', ...(correctsId && { correctsId }) };
    await world.app.rpc(recordBaseRate, rate, FINANCE);
  }
});
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const use = (drawdownId: string, asOf: string): Promise<DrawdownUseView> =>
  world.app.rpc(getDrawdownUse, { drawdownId, asOf }, AUDITOR);

/** Money that came in on a day; both places of spending unless stated. */
function received(fundId: string, receivedOn: string, more: object = {}): Promise<DrawdownView> {
  return world.app.rpc(
    createDrawdown,
    {
      fundId,
      approvalReference: 'BMZ 2027/4711',
      ruleSet: 'BENGO',
      parts: [
        { place: 'SEPA', amount: eur('5000.00') },
        { place: 'NON_SEPA', amount: eur('5000.00') },
      ],
      justification: 'Instalments that fall due.',
      requestedOn: '2025-11-01',
      receivedOn,
      ...more,
    },
    FINANCE,
  );
}

/** Five payouts inside SEPA, 11,800.00 together, booked on 2027-02-12. */
async function booked(): Promise<SentRun> {
  const run = await bank.sentRun();
  await bank.importFile(bank.statement(run.payouts.map((it) => single(it))));
  return run;
}

const spent = (view: DrawdownUseView) =>
  Object.fromEntries(view.parts.map(({ place, spent: { amount } }) => [place, amount]));

describe('the place of spending', () => {
  it('stays where the money went when the payee has another account later', async () => {
    const { fundId, payouts } = await booked();
    const drawdown = await received(fundId, '2027-02-01');
    expect(spent(await use(drawdown.id, EXECUTION_ON))).toEqual({ SEPA: '5000.00', NON_SEPA: '0.00' });
    const payeeId = payouts[0]?.payeeId ?? '';
    const proposal = {
      payeeId,
      bankAccount: { accountNumber: '0123456789', bic: 'BICBBFBX', holder: 'Jürgen Müller' },
    };
    const change = await world.app.rpc(proposeBankAccountChange, { ...proposal, reason: 'Letter' }, FINANCE);
    const confirmation = { payeeId, changeId: change.id, callBackNote: 'Called back on the number of the contract' };
    await world.app.rpc(confirmBankAccountChange, confirmation, ORDERER, { expectedVersion: change.version });
    world.clock.set('2027-02-12T09:00:00Z');
    await eventually(async () => {
      const { bankAccount } = await world.app.rpc(getPayee, { payeeId }, AUDITOR);
      expect(bankAccount.iban ?? null).toBeNull();
    });
    // The payee lives in Germany: the country counts where there is no IBAN, so it is moved, too.
    await world.app.testDatabase.asAdmin(`UPDATE payee SET country = 'BF' WHERE id = $1`, [payeeId]);
    expect(spent(await use(drawdown.id, EXECUTION_ON))).toEqual({ SEPA: '5000.00', NON_SEPA: '0.00' });
  });

  it('is written by the database, whatever who inserts an item says', async () => {
    const { run, payouts } = await bank.sentRun();
    await world.app.testDatabase.asAdmin(
      `INSERT INTO payment_run_item (payment_run_id, payout_id, end_to_end_id, amount_minor, account_country)
       SELECT id, $2, 'another', 1, 'BF' FROM payment_run WHERE id <> $1 LIMIT 1`,
      [run.id, payouts[0]?.id],
    );
    const [item] = await world.app.asServiceRole<{ country: string }>(
      `SELECT account_country AS country FROM payment_run_item WHERE end_to_end_id = 'another'`,
    );
    expect(item?.country).toBe('DE');
  });
});

describe('first in, first out', () => {
  it('goes over all drawdowns of the fund; each has the deadline of its own rule set', async () => {
    const { fundId } = await booked();
    const sepa = (amount: string) => ({ parts: [{ place: 'SEPA', amount: eur(amount) }] });
    // Received on one day each: two months for Bavaria (to 31 January), six weeks for bengo (to 15 January, to 12 March).
    const bavaria = await received(fundId, '2026-11-30', { ...sepa('4000.00'), ruleSet: 'BAVARIA' });
    const bengo = await received(fundId, '2026-12-04', { ...sepa('4000.00'), approvalReference: 'another approval' });
    const later = await received(fundId, '2027-01-29', sepa('9000.00'));
    expect([bavaria, bengo, later].map(({ parts }) => parts[0]?.deadlineOn)).toEqual([
      '2027-01-30',
      '2027-01-15',
      '2027-03-12',
    ]);
    const views = await Promise.all([bavaria, bengo, later].map(({ id }) => use(id, EXECUTION_ON)));
    expect(views.map(({ parts }) => [parts[0]?.spent.amount, parts[0]?.spentLate.amount])).toEqual([
      ['4000.00', '4000.00'],
      ['4000.00', '4000.00'],
      ['3800.00', '0.00'],
    ]);
    expect((await use(bavaria.id, '2027-01-30')).late.amount).toBe('0.00');
    expect((await use(bavaria.id, '2027-01-31')).late.amount).toBe('4000.00');
    expect((await use(later.id, '2027-03-13')).late.amount).toBe('5200.00');
  });

  it('counts a payment that came back as spent until that day, and the money as unspent from then on', async () => {
    const { fundId, payouts } = await booked();
    const drawdown = await received(fundId, '2027-02-01', { parts: [{ place: 'SEPA', amount: eur('20000.00') }] });
    expect(spent(await use(drawdown.id, '2027-02-28'))).toEqual({ SEPA: '11800.00' });
    const [first] = payouts;
    const amount = first?.amount.amount ?? '';
    const back = { amount, endToEndId: idOf(first), returnReason: 'AC04' };
    await bank.importFile(bank.statement([{ amount, direction: 'CRDT', on: '2027-03-01', transactions: [back] }]));
    expect(spent(await use(drawdown.id, '2027-02-28'))).toEqual({ SEPA: '11800.00' });
    expect(spent(await use(drawdown.id, '2027-03-01'))).toEqual({
      SEPA: formatMinor(1_180_000n - (parseMinor(amount, 'EUR') ?? 0n), 'EUR'),
    });
  });
});

describe('interest on what was spent late', () => {
  it('is the amount computed by hand over three changes of the base rate', async () => {
    const { fundId } = await booked();
    const drawdown = await received(fundId, '2025-12-01', { parts: [{ place: 'SEPA', amount: eur('5000.00') }] });
    expect(drawdown.parts[0]?.deadlineOn).toBe('2026-01-12');
    const { interest, parts } = await use(drawdown.id, '2027-06-30');
    expect(parts[0]).toMatchObject({ spentLate: eur('5000.00'), late: eur('0.00') });
    // Each payout that used it has the same periods; all are rounded once.
    const periods = interest.periods.map((it) => [it.from, it.to, it.days, it.ratePercent]);
    expect(periods).toHaveLength(4 * (parts[0]?.uses.length ?? 0));
    expect(periods.slice(0, 4)).toEqual([
      ['2025-12-01', '2026-01-01', 31, '6.2700'],
      ['2026-01-01', '2026-07-01', 181, '6.5200'],
      ['2026-07-01', '2027-01-01', 184, '4.6200'],
      ['2027-01-01', '2027-02-12', 42, '7.0200'],
    ]);
    // 5,000 x (31 x 6.27 + 181 x 6.52 + 184 x 4.62 + 42 x 7.02) / 36,500 = 5,000 x 2,519.41 / 36,500 = 345.1246...
    expect(interest).toMatchObject({ amount: eur('345.12'), isProvisional: false });
  });

  it('runs on while money is unspent after its deadline, and is zero until then', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const drawdown = await received(fund.id, '2026-11-16', { parts: [{ place: 'NON_SEPA', amount: eur('7300.00') }] });
    expect(drawdown.parts[0]?.deadlineOn).toBe('2027-03-16');
    expect(await use(drawdown.id, '2027-03-16')).toMatchObject({
      late: eur('0.00'),
      interest: { amount: eur('0.00') },
    });
    const view = await use(drawdown.id, '2027-03-17');
    expect(view.late).toEqual(eur('7300.00'));
    // 7,300 x (46 x 4.62 + 75 x 7.02) / 36,500 = 0.2 x (212.52 + 526.50) = 147.804
    expect(view.interest).toMatchObject({ amount: eur('147.80'), isProvisional: false });
    // A half-year later no rate of its own is known: 7,300 x (46 x 4.62 + 182 x 7.02) / 36,500 = 298.032, and provisional.
    expect((await use(drawdown.id, '2027-07-02')).interest).toMatchObject({
      amount: eur('298.03'),
      isProvisional: true,
    });
  });

  it('is refused where no base rate is known', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const old = await received(fund.id, '2016-01-04', { requestedOn: '2016-01-01' });
    await expect(use(old.id, '2016-09-01')).rejects.toMatchObject({ code: 'FINANCE_BASE_RATE_MISSING' });
  });
});
