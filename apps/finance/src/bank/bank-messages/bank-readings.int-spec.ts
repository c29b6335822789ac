import { randomUUID } from 'node:crypto';
import { type BankEntryView, closeBudgetYear, getBankEntry, getFund, listBankEntries } from '#contracts/finance';
import { type BankEntry, camt054 } from '../../../test/bank';
import {
  amountOf,
  BankLoop,
  changedBy,
  EXECUTION_ON as ON,
  idOf,
  newIban,
  type SentRun,
  single,
} from '../../../test/bank-loop';
import { AUDITOR, BUDGET, FinanceWorld, GERMAN_ACCOUNT, TODAY } from '../../../test/finance-world';
import { ODD_ENTRIES } from '../../../test/odd-entries';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));

const reference = () => `R-${randomUUID().slice(0, 20)}`;
const statementId = () => `S-${randomUUID().slice(0, 20)}`;

async function entriesOf(bankMessageId: string): Promise<BankEntryView[]> {
  return (await world.app.rpc(listBankEntries, { bankMessageId }, AUDITOR)).items;
}

async function statusOf(sent: SentRun, at: number): Promise<string | undefined> {
  const payout = sent.payouts[at];
  return (await bank.statusOf(sent.fundId, payout?.assignmentId ?? ''))[payout?.id ?? ''];
}

describe('a statement is known by what it says', () => {
  it('has an id that another one had a year before', async () => {
    const sent = await bank.sentRun();
    const [first, second] = sent.payouts;
    const id = statementId();
    const of = (payout: typeof first, day: string) =>
      bank.statement([single(payout, { reference: reference(), on: day })], { id, day, sequence: 1 });
    await bank.importFile(of(first, '2027-01-04'));
    const next = await bank.importFile(of(second, '2028-01-04'));
    expect(next).toMatchObject({ entries: 1, bookedPayouts: 1, statements: [{ statementId: id, isRepeated: false }] });
    expect(await entriesOf(next.id)).toMatchObject([{ statementId: id }]);
  });

  it('comes corrected under its id: what is new is booked, what is the same counts once, what changed waits for a person', async () => {
    const sent = await bank.sentRun();
    const [same, changed, added] = sent.payouts;
    const id = statementId();
    const [r1, r2] = [reference(), reference()];
    const kept = single(same, { reference: r1 });
    const before = single(changed, { amount: '10.00', reference: r2, transactions: [{ amount: '10.00' }] });
    await bank.importFile(bank.statement([kept, before], { id, day: ON, sequence: 900 }));
    const after = single(changed, { reference: r2 });
    const corrected = await bank.importFile(
      bank.statement([kept, after, single(added, { reference: reference() })], { id, day: ON, sequence: 900 }),
    );
    expect(corrected).toMatchObject({ entries: 3, matchedEntries: 2, unmatchedEntries: 1, bookedPayouts: 1 });
    expect(await bank.openEntries(corrected)).toMatchObject([{ bankReference: r2, obstacle: 'CHANGED' }]);
    expect([await statusOf(sent, 0), await statusOf(sent, 1), await statusOf(sent, 2)]).toEqual([
      'BOOKED',
      'SENT',
      'BOOKED',
    ]);
  });

  it('keeps what a payment refers to in structured fields: invoice, creditor reference and what was added', async () => {
    const structured = `<RmtInf><Strd><RfrdDocInf><Nb>R 2027-11</Nb></RfrdDocInf>
      <CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf><AddtlRmtInf>zweiter Teil</AddtlRmtInf></Strd></RmtInf>`;
    const odd = (xml: string) => xml.replace('</TxDtls>', `${structured}</TxDtls>`);
    const entry = { amount: '2.00', on: ON, transactions: [{ amount: '2.00' }], odd };
    const { id } = await bank.importFile(bank.statement([entry], { day: ON, sequence: 906 }));
    const [kept] = await entriesOf(id);
    const { transactions } = await world.app.rpc(getBankEntry, { bankEntryId: kept?.id ?? '' }, AUDITOR);
    expect(transactions.map((it) => it.remittance)).toEqual(['R 2027-11 RF18539007547034 zweiter Teil']);
  });

  it('covers days that another one covers too: what both have counts once', async () => {
    const sent = await bank.sentRun();
    const fee = { amount: '2.00', on: ON, transactions: [{ amount: '2.00', remittance: `Entgelt ${reference()}` }] };
    const [first, second] = sent.payouts;
    const a = single(first, { reference: reference() });
    await bank.importFile(bank.statement([a, fee], { day: ON, sequence: 901 }));
    const overlap = await bank.importFile(bank.statement([a, fee, fee, single(second)], { day: ON, sequence: 901 }));
    expect(overlap).toMatchObject({ entries: 4, bookedPayouts: 1 });
    expect((await entriesOf(overlap.id)).map((it) => it.status).sort()).toEqual([
      'DUPLICATE',
      'DUPLICATE',
      'MATCHED',
      'UNMATCHED',
    ]);
  });

  it('leaves it to a person whether a part is another one, when nothing tells', async () => {
    const sent = await bank.sentRun();
    const [first] = sent.payouts;
    const part = single(first, { amount: '20.00', transactions: [{ amount: '20.00', endToEndId: idOf(first) }] });
    await bank.importFile(bank.statement([part], { closing: '1.00' }));
    const second = await bank.importFile(bank.statement([part], { closing: '1.00' }));
    expect(await bank.openEntries(second)).toMatchObject([{ obstacle: 'LOOKS_REPEATED' }]);
    expect((await bank.reconciliation(sent.fundId)).bank.debits.amount).toBe('20.00');
  });

  it('proves by its balances that it follows another one: an entry alike is then no repetition', async () => {
    const iban = newIban();
    const sent = await bank.sentRun(iban);
    const [first] = sent.payouts;
    const entries = [single(first, { amount: '20.00', transactions: [{ amount: '20.00', endToEndId: idOf(first) }] })];
    // Without a reference: with one, the bank has said that it is the same.
    await bank.importFile(bank.statement(entries, { iban, opening: '100.00', sequence: 1, day: ON }));
    await bank.importFile(bank.statement(entries, { iban, opening: '80.00', sequence: 2, day: ON }));
    const { items } = await world.app.rpc(listBankEntries, { accountIban: iban }, AUDITOR);
    expect(items.map((it) => it.obstacle)).toEqual([null, 'LOOKS_REPEATED']);
  });

  it('may come in pages, whose entries are never each other’s', async () => {
    const sent = await bank.sentRun();
    const [first] = sent.payouts;
    const id = statementId();
    const part = single(first, { amount: '30.00', transactions: [{ amount: '30.00', endToEndId: idOf(first) }] });
    for (const number of [1, 2]) {
      const page = { number, isLast: number === 2 };
      await bank.importFile(bank.statement([part], { id, day: ON, sequence: 902, page }));
    }
    expect((await bank.reconciliation(sent.fundId)).bank.debits.amount).toBe('60.00');
  });
});

describe('a booking that two kinds of message tell', () => {
  const total = ({ run }: SentRun): BankEntry => ({
    amount: run.total.amount,
    on: ON,
    reference: 'SAME',
    batch: run.file.messageId,
  });
  const notification = (entries: readonly BankEntry[]) =>
    camt054({ id: `N-${randomUUID().slice(0, 20)}`, iban: GERMAN_ACCOUNT.iban, entries });
  const singles = ({ payouts }: SentRun) => payouts.map((it) => single(it, { reference: 'SAME' }));

  it('counts once: the statement’s total after the notification’s payments', async () => {
    const sent = await bank.sentRun();
    await bank.importFile(notification(singles(sent)));
    const message = await bank.importFile(bank.statement([total(sent)]));
    expect(message).toMatchObject({ matchedEntries: 1, unmatchedEntries: 0, bookedPayouts: 0 });
    expect(await entriesOf(message.id)).toMatchObject([{ status: 'DUPLICATE' }]);
    // A second total is no repetition of what the notifications told.
    const again = await bank.importFile(bank.statement([{ ...total(sent), reference: 'OTHER' }]));
    expect(again).toMatchObject({ unmatchedEntries: 1 });
    await bank.expectReconciled(sent.fundId);
  });

  it('counts once: the notification’s payments after the statement’s total, also when it gives its payments', async () => {
    for (const withPayments of [false, true]) {
      const sent = await bank.sentRun();
      const transactions = sent.payouts.map((it) => ({ amount: amountOf(it), endToEndId: idOf(it) }));
      await bank.importFile(bank.statement([withPayments ? { ...total(sent), transactions } : total(sent)]));
      const message = await bank.importFile(notification(singles(sent)));
      expect(message).toMatchObject({ matchedEntries: 5, unmatchedEntries: 0, bookedPayouts: 0 });
      expect(new Set((await entriesOf(message.id)).map((it) => it.status))).toEqual(new Set(['DUPLICATE']));
      await bank.expectReconciled(sent.fundId);
    }
  });

  it('counts once: payments that share a reference and an amount', async () => {
    const sent = await bank.sentRun();
    const parts = sent.payouts.map((it) => ({
      amount: '5.00',
      on: ON,
      reference: 'SAME',
      transactions: [{ amount: '5.00', endToEndId: idOf(it) }],
    }));
    await bank.importFile(notification(parts));
    const message = await bank.importFile(bank.statement(parts));
    expect(message).toMatchObject({ matchedEntries: 5, unmatchedEntries: 0 });
    expect((await bank.reconciliation(sent.fundId)).bank.debits.amount).toBe('25.00');
  });
});

describe('an entry that cannot be booked waits, and the rest of its file is taken', () => {
  it.each(Object.entries(ODD_ENTRIES))('with %s', async (obstacle, entryOf) => {
    const sent = await bank.sentRun();
    const last = sent.payouts[4];
    const message = await bank.importFile(bank.statement([entryOf(sent), single(last)]));
    expect(message).toMatchObject({ entries: 2, matchedEntries: 1, unmatchedEntries: 1, bookedPayouts: 1 });
    const [entry] = await bank.openEntries(message);
    expect(entry).toMatchObject({ obstacle });
    expect(entry?.explanation).toMatch(/./);
    expect(await statusOf(sent, 0)).toBe('SENT');
  });

  it('that returns a payment of a closed budget year', async () => {
    const sent = await bank.sentRun();
    const other = await bank.sentRun();
    const [first] = sent.payouts;
    await bank.importFile(bank.statement(sent.payouts.map((it) => single(it))));
    world.clock.set('2028-01-10T09:00:00Z');
    for (const to of ['CLOSING', 'CLOSED'] as const) {
      const { version } = await world.app.rpc(getFund, { fundId: sent.fundId }, AUDITOR);
      await world.app.rpc(closeBudgetYear, { fundId: sent.fundId, year: 2027, to }, BUDGET, {
        expectedVersion: version,
      });
    }
    const back = single(first, {
      direction: 'CRDT',
      on: '2028-01-10',
      transactions: [{ amount: amountOf(first), endToEndId: idOf(first), returnReason: 'AC04' }],
    });
    const message = await bank.importFile(bank.statement([back, single(other.payouts[0])]));
    expect(message).toMatchObject({ matchedEntries: 1, unmatchedEntries: 1, bookedPayouts: 1, returnedPayouts: 0 });
    expect((await bank.openEntries(message))[0]?.explanation).toContain('the budget year 2027 is closed');
  });
});

describe('an amount is read in the currency of its account', () => {
  const usd = (xml: string) => xml.replace('Ccy="EUR"', 'Ccy="USD"');

  it('the only payment of an entry has the amount of the entry, whatever it says in another currency', async () => {
    const sent = await bank.sentRun();
    const [first] = sent.payouts;
    const transactions = [{ amount: '1.00', endToEndId: idOf(first), odd: usd }];
    await bank.importFile(bank.statement([single(first, { transactions })]));
    expect((await bank.reconciliation(sent.fundId)).bank.debits).toEqual(first?.amount);
  });

  it('of the amounts of a payment the one in the currency of the account counts', async () => {
    const sent = await bank.sentRun();
    const [a, b] = sent.payouts;
    const details = (amount: string) => (xml: string) =>
      usd(xml).replace('</CdtDbtInd>', `</CdtDbtInd><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls>`);
    const transactions = [a, b].map((it) => ({ amount: '1.00', endToEndId: idOf(it), odd: details(amountOf(it)) }));
    const amount = changedBy(amountOf(a), BigInt(amountOf(b).replace('.', '')));
    const message = await bank.importFile(bank.statement([{ amount, on: ON, transactions }]));
    expect(message).toMatchObject({ matchedEntries: 1, bookedPayouts: 2 });
  });

  const charge = (xml: string) =>
    xml.replace(
      '</CdtDbtInd>',
      '</CdtDbtInd><Chrgs><Rcrd><Amt Ccy="EUR">3.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>',
    );

  it('a stated charge is not part of the payment: it is left for a person', async () => {
    const sent = await bank.sentRun();
    const [first] = sent.payouts;
    const amount = changedBy(amountOf(first), 350n);
    const transactions = [{ amount, endToEndId: idOf(first), odd: charge }];
    const message = await bank.importFile(bank.statement([single(first, { amount, transactions })]));
    expect(message).toMatchObject({ bookedPayouts: 1, unmatchedEntries: 1 });
    const [entry] = await bank.openEntries(message);
    expect(entry).toMatchObject({ status: 'PARTLY_MATCHED', matched: first?.amount });
    expect(entry?.explanation).toContain('a charge of 3.50');
  });

  it('a stated charge that was taken from a return explains it: what came in is returned', async () => {
    const sent = await bank.sentRun();
    const [first] = sent.payouts;
    const amount = changedBy(amountOf(first), -350n);
    const transactions = [{ amount, endToEndId: idOf(first), returnReason: 'AC04', odd: charge }];
    await bank.importFile(bank.statement(sent.payouts.map((it) => single(it))));
    const back = single(first, { amount, direction: 'CRDT', on: '2027-02-15', transactions });
    expect(await bank.importFile(bank.statement([back]))).toMatchObject({ returnedPayouts: 1, unmatchedEntries: 0 });
    const report = await bank.expectReconciled(sent.fundId);
    expect(report.journal.returned.amount).toBe(amount);
  });

  it('a net entry books some payments and returns others', async () => {
    const sent = await bank.sentRun();
    const [returned, paid, ...rest] = sent.payouts;
    await bank.importFile(bank.statement([returned, ...rest].map((it) => single(it))));
    const net = BigInt(amountOf(paid).replace('.', '')) - BigInt(amountOf(returned).replace('.', ''));
    const transactions = [
      { amount: amountOf(paid), endToEndId: idOf(paid), odd: (xml: string) => xml.replace('>CRDT<', '>DBIT<') },
      {
        amount: amountOf(returned),
        endToEndId: idOf(returned),
        returnReason: 'AC04',
        odd: (xml: string) => xml.replace('>DBIT<', '>CRDT<'),
      },
    ];
    const amount = changedBy('0.00', net < 0n ? -net : net);
    const message = await bank.importFile(
      bank.statement([{ amount, direction: net < 0n ? 'CRDT' : 'DBIT', on: ON, transactions }]),
    );
    expect(message).toMatchObject({ matchedEntries: 1, bookedPayouts: 1, returnedPayouts: 1 });
    const [entry] = await entriesOf(message.id);
    const detail = await world.app.rpc(getBankEntry, { bankEntryId: entry?.id ?? '' }, AUDITOR);
    expect(detail.transactions.map((it) => it.direction)).toEqual(['DEBIT', 'CREDIT']);
    await bank.expectReconciled(sent.fundId);
  });
});

describe('the statements of an account', () => {
  it('are complete only when none is missing and none contradicts another', async () => {
    const iban = newIban();
    const sent = await bank.sentRun(iban);
    const at = (sequence: number, day: string, opening: string, entries: readonly BankEntry[] = []) =>
      bank.importFile(bank.statement(entries, { iban, sequence, day, opening, id: `AZ-${sequence}` }));
    await at(250, '2026-12-30', '900000.00');
    await at(1, '2027-01-04', '900000.00');
    const all = sent.payouts.map((it) => single(it));
    await at(3, '2027-01-06', '895000.00', all);
    const report = await bank.reconciliation(sent.fundId);
    expect(report).toMatchObject({ isReconciled: false, bank: { missingSequenceNumbers: [2] } });
    expect(report.bank.statementFaults).toMatchObject([
      { kind: 'STATEMENT_MISSING', year: 2027, numbers: { from: 2, to: 2 } },
    ]);
    expect(report.checks.every((check) => check.isEqual)).toBe(true);
    // It comes late, and says what the others leave open.
    const fee = { amount: '5000.00', on: '2027-01-05' };
    await at(2, '2027-01-05', '900001.00', [fee]);
    expect((await bank.reconciliation(sent.fundId)).bank.statementFaults).toMatchObject([
      { kind: 'OPENING_DIFFERS', expected: { amount: '900000.00' }, stated: { amount: '900001.00' } },
      { kind: 'OPENING_DIFFERS', expected: { amount: '895001.00' }, stated: { amount: '895000.00' } },
    ]);
    await at(2, '2027-01-05', '900000.00', [fee]);
    expect((await bank.reconciliation(sent.fundId)).bank.statementFaults).toEqual([]);
  });
});
