import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  type BankEntryDetail,
  createDrawdown,
  type DrawdownView,
  getBankEntry,
  getDrawdown,
  getDrawdownUse,
  matchDrawdown,
  receiveDrawdown,
  takeBackBankMatch,
} from '#contracts/finance';
import type { BankEntry } from '../../../test/bank';
import { BankLoop } from '../../../test/bank-loop';
import { minorOf } from '../../../test/fund-history';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, TODAY } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });

async function requested(): Promise<DrawdownView> {
  const fund = await world.fund({ 2027: '1000.00' });
  const request = {
    fundId: fund.id,
    approvalReference: 'BMZ 2027/4711',
    ruleSet: 'BENGO' as const,
    parts: [
      { place: 'SEPA' as const, amount: eur('3000.00') },
      { place: 'NON_SEPA' as const, amount: eur('2000.00') },
    ],
    justification: 'Instalments that fall due.',
    requestedOn: '2026-12-01',
  };
  return world.app.rpc(createDrawdown, request, FINANCE);
}

/** Booked on Monday, 8 February, with value of the Friday before. */
async function credited(amount = '5000.00', more: Partial<BankEntry> = {}): Promise<BankEntryDetail> {
  const odd = (xml: string) => xml.replace(/<ValDt><Dt>[^<]*/, '<ValDt><Dt>2027-02-05');
  const reference = randomUUID().slice(0, 20);
  const message = await bank.importFile(
    bank.statement([{ amount, direction: 'CRDT', on: '2027-02-08', reference, odd, ...more }]),
  );
  const [entry] = await bank.entriesOf(message);
  assert(entry);
  return entryNow(entry.id);
}

const entryNow = (bankEntryId: string) => world.app.rpc(getBankEntry, { bankEntryId }, AUDITOR);
const match = ({ id, version }: DrawdownView, { id: bankEntryId }: Pick<BankEntryDetail, 'id'>) =>
  world.app.rpc(matchDrawdown, { drawdownId: id, bankEntryId }, CASHIER, { expectedVersion: version });

describe('the credit that is the money of a drawdown', () => {
  it('is its receipt, on the value day of the bank, and explains the credit', async () => {
    const entry = await credited();
    const drawdown = await match(await requested(), entry);
    expect(drawdown).toMatchObject({ status: 'RECEIVED', receivedOn: '2027-02-05', bankEntryId: entry.id });
    expect(drawdown.parts.map(({ deadlineOn }) => deadlineOn)).toEqual(['2027-03-19', '2027-06-05']);
    expect(await entryNow(entry.id)).toMatchObject({
      status: 'MATCHED',
      receipts: [{ drawdownId: drawdown.id, amount: eur('5000.00'), takenBackAt: null }],
    });
  });

  it('counts for deadlines and interest in place of the day that a person had recorded', async () => {
    const { id, version } = await requested();
    const options = { expectedVersion: version };
    const byHand = await world.app.rpc(receiveDrawdown, { drawdownId: id, receivedOn: '2027-02-09' }, CASHIER, options);
    const interest = async () =>
      (await world.app.rpc(getDrawdownUse, { drawdownId: id, asOf: '2027-12-31' }, AUDITOR)).interest;
    const before = await interest();
    expect(await match(byHand, await credited())).toMatchObject({ receivedOn: '2027-02-05' });
    const days = async () => (await interest()).periods.map(({ from }) => from);
    expect([before.periods[0]?.from, (await days())[0]]).toEqual(['2027-02-09', '2027-02-05']);
    expect(minorOf((await interest()).amount)).toBeGreaterThan(minorOf(before.amount));
  });

  it('has the whole amount open, is a credit of the account, and stands for one drawdown', async () => {
    const drawdown = await requested();
    await expect(match(drawdown, await credited('4999.99'))).rejects.toMatchObject({
      code: 'FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED',
    });
    await expect(match(drawdown, await credited('5000.00', { direction: 'DBIT' }))).rejects.toMatchObject({
      code: 'FINANCE_BANK_ENTRY_NO_CREDIT',
    });
    const entry = await credited();
    const matched = await match(drawdown, entry);
    await expect(match(matched, await credited())).rejects.toMatchObject({
      code: 'FINANCE_DRAWDOWN_TRANSITION_NOT_ALLOWED',
    });
    await expect(match(await requested(), entry)).rejects.toMatchObject({ code: 'FINANCE_BANK_ENTRY_SETTLED' });
  });

  it('is open again when it is taken back; the drawdown stays received and waits for another credit', async () => {
    const entry = await credited();
    const drawdown = await match(await requested(), entry);
    const { version } = await entryNow(entry.id);
    const request = { bankEntryId: entry.id, reason: 'It was the one of March.' };
    await world.app.rpc(takeBackBankMatch, request, CASHIER, { expectedVersion: version });
    const now = await world.app.rpc(getDrawdown, { drawdownId: drawdown.id }, AUDITOR);
    expect(now).toMatchObject({ status: 'RECEIVED', bankEntryId: null });
    expect(await entryNow(entry.id)).toMatchObject({ status: 'UNMATCHED', matched: eur('0.00') });
    expect(await match(now, entry)).toMatchObject({ bankEntryId: entry.id });
  });
});
