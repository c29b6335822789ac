import { randomUUID } from 'node:crypto';
import { formatMinor, parseMinor } from '#contracts';
import { bookPaymentRun, getPaymentRun, payoutBooked } from '#contracts/finance';
import { eventually } from '#testing';
import type { BankEntry } from '../../../test/bank';
import { amountOf, BankLoop, changedBy, EXECUTION_ON as ON, idOf, type SentRun, single } from '../../../test/bank-loop';
import { AUDITOR, CASHIER, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());

function part({ payouts: [first] }: SentRun, amount: string): BankEntry {
  return single(first, { amount, transactions: [{ amount, endToEndId: idOf(first) }] });
}

function allInOne({ run, payouts }: SentRun, on = ON): BankEntry {
  const transactions = payouts.map((it) => ({ amount: amountOf(it), endToEndId: idOf(it) }));
  return { amount: run.total.amount, on, transactions };
}

const oneByOne = ({ payouts }: SentRun): BankEntry[] => payouts.map((it) => single(it));

const returnOf = ({ payouts: [first] }: SentRun): BankEntry => ({
  amount: amountOf(first),
  direction: 'CRDT',
  on: '2027-02-15',
  transactions: [{ amount: amountOf(first), endToEndId: idOf(first), returnReason: 'AC04' }],
});

interface Case {
  readonly name: string;
  /** The statements in the order in which they arrive. */
  readonly statements: (sent: SentRun) => readonly string[];
  /** Entries left on the work list. */
  readonly unmatched?: number;
  /** Whether the first payout came back. */
  readonly isReturned?: boolean;
}

const CASES: readonly Case[] = [
  { name: 'full: each payment is an entry', statements: (sent) => [bank.statement(oneByOne(sent))] },
  {
    name: 'partial: a payment in two parts on two days',
    statements: (sent) => {
      const [first, ...rest] = oneByOne(sent);
      const remaining = changedBy(first?.amount ?? '', -100_00n);
      return [bank.statement([part(sent, '100.00'), ...rest]), bank.statement([part(sent, remaining)])];
    },
  },
  { name: 'several payments to one entry', statements: (sent) => [bank.statement([allInOne(sent)])] },
  {
    name: 'one payment to several entries of one statement',
    statements: (sent) => {
      const [first, ...rest] = oneByOne(sent);
      const remaining = changedBy(first?.amount ?? '', -200_00n);
      return [bank.statement([part(sent, '150.00'), part(sent, '50.00'), part(sent, remaining), ...rest])];
    },
  },
  {
    name: 'returned',
    statements: (sent) => [bank.statement(oneByOne(sent)), bank.statement([returnOf(sent)])],
    isReturned: true,
  },
  {
    name: 'unknown: entries of somebody else',
    statements: (sent) => [
      bank.statement([
        ...oneByOne(sent),
        { amount: '12.34', on: ON, transactions: [{ amount: '12.34', endToEndId: 'somebody-else' }] },
        { amount: '0.56', direction: 'CRDT', on: ON },
      ]),
    ],
    unmatched: 2,
  },
  {
    name: 'the same statement twice, as it was and in another file',
    statements: (sent) => {
      const content = bank.statement(oneByOne(sent));
      return [content, content, `${content}\n<!-- sent again -->`];
    },
  },
  {
    name: 'out of order: the return, then the second statement, then the first',
    statements: (sent) => {
      const [first, second, ...rest] = oneByOne(sent);
      const one = bank.statement([first, second].filter((it) => it !== undefined));
      const two = bank.statement(rest);
      return [bank.statement([returnOf(sent)]), two, one];
    },
    isReturned: true,
  },
];

describe('a round trip', () => {
  it.each(CASES)('$name', async ({ statements, unmatched = 0, isReturned = false }) => {
    const sent = await bank.sentRun();
    const messages = [];
    for (const content of statements(sent)) messages.push(await bank.importFile(content));

    const { fundId, run, payouts } = sent;
    const report = await bank.expectReconciled(fundId);
    const came = isReturned ? (parseMinor(amountOf(payouts[0]), 'EUR') ?? 0n) : 0n;
    expect(report.journal).toEqual({
      payable: { amount: '0.00', currency: 'EUR' },
      paid: { amount: changedBy(run.total.amount, -came), currency: 'EUR' },
      returned: { amount: formatMinor(came, 'EUR'), currency: 'EUR' },
    });
    expect(await world.app.rpc(getPaymentRun, { paymentRunId: run.id }, AUDITOR)).toMatchObject({ status: 'BOOKED' });
    const status = await bank.statusOf(fundId, payouts[0]?.assignmentId ?? '');
    expect(payouts.map((it) => status[it.id])).toEqual(
      payouts.map((_, index) => (isReturned && index === 0 ? 'RETURNED' : 'BOOKED')),
    );
    const open = await Promise.all(messages.map((message) => bank.openEntries(message)));
    expect(open.flat()).toHaveLength(unmatched);
    const entries = await world.app.database.query<{ booked: number }>(
      `SELECT count(*)::int AS booked FROM journal_entry WHERE kind = 'PAYMENT_BOOKED' AND fund_id = $1`,
      [fundId],
    );
    expect(entries[0]?.booked).toBeLessThanOrEqual(payouts.length + 2);
  });

  it('names the statements that are missing until they arrive', async () => {
    const account = (await bank.sentRun()).fundId;
    const late = bank.statement([]);
    await bank.importFile(bank.statement([]));
    const before = await bank.reconciliation(account);
    expect(before.bank.missingSequenceNumbers).toHaveLength(1);
    expect(before.isReconciled).toBe(false);
    await bank.importFile(late);
    expect((await bank.reconciliation(account)).bank.missingSequenceNumbers).toEqual([]);
  });
});

describe('a run that was booked by hand before its statement came', () => {
  const bookByHand = async ({ run }: SentRun) =>
    world.app.rpc(
      bookPaymentRun,
      { paymentRunId: run.id, bookedOn: '2027-02-10', statementReference: `PAPER ${randomUUID().slice(0, 8)}` },
      CASHIER,
      { expectedVersion: run.version },
    );

  const booked = (fundId: string) =>
    world.app.published(payoutBooked).then((all) => all.filter((it) => it.fundId === fundId).length);

  it.each([
    ['entry by entry', (sent: SentRun) => [bank.statement(oneByOne(sent))]],
    ['as one entry', (sent: SentRun) => [bank.statement([allInOne(sent)])]],
    [
      'as one entry that names the run only',
      ({ run }: SentRun) => [bank.statement([{ amount: run.total.amount, on: ON, batch: run.file.messageId }])],
    ],
    [
      'with a payment in parts',
      (sent: SentRun) => {
        const [first, ...rest] = oneByOne(sent);
        const remaining = changedBy(first?.amount ?? '', -100_00n);
        return [bank.statement([part(sent, '100.00'), ...rest]), bank.statement([part(sent, remaining)])];
      },
    ],
  ] as const)('is confirmed by the statement %s, and nothing is booked twice', async (_how, statements) => {
    const sent = await bank.sentRun();
    const { fundId, run } = sent;
    await bookByHand(sent);
    const before = await bank.expectReconciled(fundId);
    expect(before).toMatchObject({ isReconciled: false, payouts: { bookedWithoutStatement: run.total } });
    await eventually(async () => expect(await booked(fundId)).toBe(5));

    for (const content of statements(sent)) {
      expect(await bank.importFile(content)).toMatchObject({ bookedPayouts: 0, unmatchedEntries: 0 });
      await bank.expectReconciled(fundId);
    }
    const after = await bank.expectReconciled(fundId);
    expect(after.journal).toEqual(before.journal);
    expect(after).toMatchObject({
      payouts: { bookedWithoutStatement: { amount: '0.00' } },
      bank: { debits: run.total },
    });
    expect(await booked(fundId)).toBe(5);
  });

  it('is not booked by hand once a statement has shown a part of it', async () => {
    const sent = await bank.sentRun();
    await bank.importFile(bank.statement([part(sent, '100.00')]));
    const now = await world.app.rpc(getPaymentRun, { paymentRunId: sent.run.id }, AUDITOR);
    await expect(bookByHand({ ...sent, run: now })).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED',
    });
  });
});
