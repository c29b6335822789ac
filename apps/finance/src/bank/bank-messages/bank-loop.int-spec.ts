import { createHash, randomUUID } from 'node:crypto';
import { FILE_PART_BYTES, type Money, parseMinor, toMinor } from '#contracts';
import {
  createPaymentRun,
  getBankEntry,
  getBankMessageFile,
  getPaymentRun,
  getReconciliation,
  giveBackPayout,
  listPaymentRuns,
  listPayoutReturns,
  matchBankEntry,
  payoutRejected,
  payoutReturned,
  reissuePayout,
  sendPaymentRun,
} from '#contracts/finance';
import { caller, eventually } from '#testing';
import { camt054, pain002 } from '../../../test/bank';
import { amountOf, BankLoop, changedBy, EXECUTION_ON as ON, idOf, single } from '../../../test/bank-loop';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, GERMAN_ACCOUNT } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());

describe('a bank statement', () => {
  // One of the two has a letter of two bytes where a part ends. Pending entries are not kept.
  it.each(['', ' '])('comes back as the bank delivered it, in parts that break no letter%s', async (shift) => {
    const pending = `<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><BkTxCd/>
      <NtryDtls><TxDtls><RmtInf><Ustrd>${'ü'.repeat(140)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
    const entries = pending.repeat(FILE_PART_BYTES / 400);
    const content = bank.statement([]).replace('?>', `?>${shift}`).replace('</Stmt>', `${entries}</Stmt>`);
    const { id, sha256 } = await bank.importFile(content);
    const parts: Buffer[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const part: { body: string; nextOffset: number | null } = await world.app.rpc(
        getBankMessageFile,
        { bankMessageId: id, offset },
        AUDITOR,
      );
      parts.push(Buffer.from(part.body, 'base64'));
      offset = part.nextOffset;
    }
    const whole = Buffer.concat(parts);
    expect(parts).toHaveLength(2);
    expect(whole.toString('utf8')).toBe(content);
    expect(createHash('sha256').update(whole).digest('hex')).toBe(sha256);
  });

  it('books each payment that it names, and the run with the last of them', async () => {
    const { run, payouts, fundId } = await bank.sentRun();
    // A run whose day is over and of which no statement has said anything.
    const unanswered = async (executionOnTo: string) => {
      const filter = { fundId, status: ['SENT' as const, 'SETTLING' as const], executionOnTo };
      return (await world.app.rpc(listPaymentRuns, filter, CASHIER)).items.map(({ id }) => id);
    };
    expect([await unanswered(ON), await unanswered('2027-02-13')]).toEqual([[], [run.id]]);
    const message = await bank.importFile(bank.statement(payouts.map((it) => single(it))));
    expect(await unanswered('2027-02-13')).toEqual([]);
    expect(message).toMatchObject({ entries: 5, matchedEntries: 5, unmatchedEntries: 0, bookedPayouts: 5 });
    expect(await world.app.rpc(getPaymentRun, { paymentRunId: run.id }, AUDITOR)).toMatchObject({
      status: 'BOOKED',
      bookedOn: ON,
    });
    const report = await bank.expectReconciled(fundId);
    expect(report.journal).toMatchObject({ payable: { amount: '0.00' }, paid: run.total });
    expect(report.bank.debits).toEqual(run.total);
  });

  it('books a whole run from one entry that names it, and from one entry with all its payments', async () => {
    for (const withDetails of [false, true]) {
      const { run, payouts, fundId } = await bank.sentRun();
      const transactions = payouts.map((it) => ({ amount: amountOf(it), endToEndId: idOf(it) }));
      const entry = withDetails ? { transactions } : { batch: run.file.messageId };
      const message = await bank.importFile(bank.statement([{ amount: run.total.amount, on: ON, ...entry }]));
      expect(message).toMatchObject({ matchedEntries: 1, bookedPayouts: 5 });
      await bank.expectReconciled(fundId);
    }
  });

  it('books a payment in parts: paid once all of them are there', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const [first, ...rest] = payouts;
    const part = (amount: string) => single(first, { amount, transactions: [{ amount, endToEndId: idOf(first) }] });
    await bank.importFile(bank.statement([part('100.00'), ...rest.map((it) => single(it))]));
    expect((await bank.statusOf(fundId, first?.assignmentId ?? ''))[first?.id ?? '']).toBe('SENT');
    const open = changedBy(amountOf(first), -100_00n);
    const report = await world.app.rpc(getReconciliation, { fundId }, AUDITOR);
    expect(report.payouts.inFlight.amount).toBe(open);
    expect(report.checks.every((check) => check.isEqual)).toBe(true);
    await bank.importFile(bank.statement([part(open)]));
    expect((await bank.statusOf(fundId, first?.assignmentId ?? ''))[first?.id ?? '']).toBe('BOOKED');
    await bank.expectReconciled(fundId);
  });

  it('has no effect twice: neither as the same file nor as the same statement in another file', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const id = `S-${randomUUID().slice(0, 20)}`;
    const content = bank.statement(
      payouts.map((it) => single(it)),
      { id },
    );
    const first = await bank.importFile(content);
    expect(await bank.importFile(content)).toMatchObject({ id: first.id, isRepeated: true });
    const again = await bank.importFile(`${content}\n<!-- sent again -->`);
    expect(again).toMatchObject({ entries: 0, bookedPayouts: 0, statements: [{ isRepeated: true }] });
    await bank.expectReconciled(fundId);
  });

  it('counts a booking once that a notification announced before', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const entries = payouts.map((it, index) => single(it, { reference: `REF-${idOf(it).slice(0, 20)}${index}` }));
    const notification = camt054({ id: `N-${randomUUID().slice(0, 20)}`, iban: GERMAN_ACCOUNT.iban, entries });
    expect(await bank.importFile(notification)).toMatchObject({ kind: 'CAMT_054', bookedPayouts: 5 });
    expect(await bank.importFile(bank.statement(entries))).toMatchObject({
      entries: 5,
      matchedEntries: 5,
      bookedPayouts: 0,
    });
    await bank.expectReconciled(fundId);
  });

  it('tells two parts of the same amount apart that a notification announced', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const [first] = payouts;
    const transactions = [{ amount: '50.00', endToEndId: idOf(first) }];
    const parts = [1, 2].map(() => ({ amount: '50.00', on: ON, transactions }));
    const notification = camt054({ id: `N-${randomUUID().slice(0, 20)}`, iban: GERMAN_ACCOUNT.iban, entries: parts });
    expect(await bank.importFile(notification)).toMatchObject({ matchedEntries: 2 });
    expect(await bank.importFile(bank.statement(parts))).toMatchObject({ entries: 2, unmatchedEntries: 0 });
    expect((await bank.reconciliation(fundId)).bank.debits.amount).toBe('100.00');
  });

  it('may arrive out of order: a return waits for its booking', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const [first] = payouts;
    const returned = single(first, {
      direction: 'CRDT',
      on: '2027-02-15',
      transactions: [{ amount: amountOf(first), endToEndId: idOf(first), returnReason: 'AC04' }],
    });
    const booking = bank.statement(payouts.map((it) => single(it)));
    const late = await bank.importFile(bank.statement([returned]));
    expect(late).toMatchObject({ unmatchedEntries: 1 });
    expect((await bank.openEntries(late))[0]?.explanation).toContain('before its booking');
    expect(await bank.importFile(booking)).toMatchObject({ bookedPayouts: 5, returnedPayouts: 1 });
    expect(await bank.openEntries(late)).toEqual([]);
    const report = await bank.expectReconciled(fundId);
    expect(report.journal.returned).toEqual(first?.amount);
  });

  it('changes nothing in a dry run, and leaves pending entries alone', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const content = bank.statement([...payouts.map((it) => single(it)), { amount: '5.00', on: ON, status: 'PDNG' }]);
    expect(await bank.importFile(content, { dryRun: true })).toMatchObject({
      isDryRun: true,
      bookedPayouts: 5,
      pendingEntries: 1,
    });
    expect(Object.values(await bank.statusOf(fundId, payouts[0]?.assignmentId ?? '')).includes('BOOKED')).toBe(false);
    expect(await bank.importFile(content)).toMatchObject({ isDryRun: false, isRepeated: false, bookedPayouts: 5 });
  });

  it('is refused when it is no bank message, breaks its schema, or brings a document type', async () => {
    const content = bank.statement([{ amount: '1.00', on: ON }]);
    await expect(bank.importFile('<a/>')).rejects.toMatchObject({ code: 'FINANCE_BANK_MESSAGE_UNREADABLE' });
    await expect(bank.importFile('not xml')).rejects.toMatchObject({ code: 'FINANCE_BANK_MESSAGE_UNREADABLE' });
    const evil = content.replace('?>', '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>');
    await expect(bank.importFile(evil)).rejects.toMatchObject({ code: 'FINANCE_BANK_MESSAGE_UNREADABLE' });
    const broken = content.replace('<Id><IBAN>', '<Id><IBAN> ');
    await expect(bank.importFile(broken)).rejects.toMatchObject({ code: 'FINANCE_BANK_MESSAGE_SCHEMA' });
    await expect(bank.importFile(content, {}, FINANCE)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
  });
});

describe('an entry that no rule decides', () => {
  it('waits in the work list with ranked, explained proposals and is matched by a cashier', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const [first, ...rest] = payouts;
    const nameless = {
      amount: amountOf(first),
      iban: GERMAN_ACCOUNT.iban,
      remittance: `zu ${first?.caseNumber.toLowerCase()} vom 1.2.`,
    };
    const message = await bank.importFile(
      bank.statement([
        { amount: amountOf(first), on: ON, transactions: [nameless] },
        ...rest.map((it) => single(it)),
        { amount: '12.34', on: ON, transactions: [{ amount: '12.34', endToEndId: 'unknown' }] },
      ]),
    );
    expect(message).toMatchObject({ matchedEntries: 4, unmatchedEntries: 2 });
    const open = await bank.openEntries(message);
    const entry = await world.app.rpc(
      getBankEntry,
      { bankEntryId: open.find((it) => it.amount.amount === amountOf(first))?.id ?? '' },
      AUDITOR,
    );
    expect(entry.proposals[0]).toMatchObject({ rank: 1, rule: 'REMITTANCE', allocations: [{ payoutId: first?.id }] });
    expect(entry.proposals[0]?.explanation).toContain('the remittance names it');
    const allocations = entry.proposals[0]?.allocations;
    const request = { bankEntryId: entry.id, allocations };
    const match = (as = CASHIER, expectedVersion = entry.version) =>
      world.app.rpc(matchBankEntry, request, as, { expectedVersion });
    await expect(match(caller('cashier', { subject: 'anna' }))).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_FOUR_EYES',
    });
    await expect(match(CASHIER, entry.version + 1)).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    const matched = await match();
    expect(matched).toMatchObject({
      status: 'MATCHED',
      proposals: [],
      matches: [{ kind: 'BOOKED', rule: 'PERSON', by: 'karl' }],
    });
    await expect(match(CASHIER, matched.version)).rejects.toMatchObject({ code: 'FINANCE_BANK_ENTRY_SETTLED' });
    const report = await bank.expectReconciled(fundId);
    expect(report.isReconciled).toBe(false);
    expect(minor(report.bank.unmatchedDebits) >= 1234n).toBe(true);
  });

  it('takes no more than entry and payout have, and only what fits its direction', async () => {
    const { payouts } = await bank.sentRun();
    const [first] = payouts;
    const message = await bank.importFile(
      bank.statement([
        { amount: '50.00', on: ON },
        { amount: '50.00', direction: 'CRDT', on: ON },
      ]),
    );
    const [debit, credit] = (await bank.openEntries(message)).sort((a, b) => b.direction.localeCompare(a.direction));
    const match = (bankEntryId: string | undefined, amount: string) =>
      world.app.rpc(
        matchBankEntry,
        {
          bankEntryId: bankEntryId ?? '',
          allocations: [{ payoutId: first?.id ?? '', amount: { amount, currency: 'EUR' } }],
        },
        CASHIER,
        { expectedVersion: 2 },
      );
    await expect(match(debit?.id, '50.01')).rejects.toMatchObject({ code: 'FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED' });
    await expect(match(credit?.id, '50.00')).rejects.toMatchObject({ code: 'FINANCE_MATCH_NOT_POSSIBLE' });
  });
});

describe('a payment that fails', () => {
  it('is rejected by a status report, reissued, and paid under a new EndToEndId', async () => {
    const { run, payouts, fundId } = await bank.sentRun();
    const [first, ...rest] = payouts;
    const report = pain002(run.file.messageId, [idOf(first)]);
    expect(await bank.importFile(report)).toMatchObject({ kind: 'PAIN_002', rejectedPayouts: 1 });
    await bank.importFile(bank.statement(rest.map((it) => single(it))));
    expect((await bank.expectReconciled(fundId)).journal.returned).toEqual(first?.amount);
    const rejected = (await world.payouts(first?.assignmentId ?? '')).find((it) => it.id === first?.id);
    expect(rejected?.status).toBe('REJECTED');
    await eventually(async () =>
      expect((await world.app.published(payoutRejected)).map((it) => it.payoutId)).toContain(first?.id),
    );
    const reissue = (expectedVersion: number) =>
      world.app.rpc(reissuePayout, { payoutId: first?.id ?? '' }, FINANCE, { expectedVersion });
    const next = await reissue(rejected?.version ?? 0);
    expect(next).toMatchObject({
      attempt: 2,
      reissueOf: first?.id,
      instalment: first?.instalment,
      amount: first?.amount,
      status: 'DUE',
    });
    expect(next.caseNumber).not.toBe(first?.caseNumber);
    await expect(reissue((rejected?.version ?? 0) + 1)).rejects.toMatchObject({
      code: 'FINANCE_PAYOUT_RETURN_SETTLED',
    });
    await world.order(next);
    const second = await world.app.rpc(createPaymentRun, { fundId, paymentType: 'SEPA', executionOn: ON }, CASHIER);
    await world.app.rpc(sendPaymentRun, { paymentRunId: second.id }, CASHIER, { expectedVersion: second.version });
    expect(await bank.importFile(bank.statement([single(next)]))).toMatchObject({ bookedPayouts: 1 });
    const { total } = await world.balances(fundId);
    expect(total).toMatchObject({ payable: { amount: '0.00' }, returned: { amount: '0.00' }, paid: run.total });
    await bank.expectReconciled(fundId);
  });

  it('leaves nothing in flight when the bank refuses the whole file', async () => {
    const { run, payouts, fundId } = await bank.sentRun();
    expect(await bank.importFile(pain002(run.file.messageId, 'ALL'))).toMatchObject({ rejectedPayouts: 5 });
    expect(await world.app.rpc(getPaymentRun, { paymentRunId: run.id }, AUDITOR)).toMatchObject({ status: 'REJECTED' });
    const report = await bank.expectReconciled(fundId);
    expect(report.journal).toMatchObject({
      payable: { amount: '0.00' },
      paid: { amount: '0.00' },
      returned: run.total,
    });
    expect(
      Object.values(await bank.statusOf(fundId, payouts[0]?.assignmentId ?? '')).filter((it) => it === 'REJECTED'),
    ).toHaveLength(5);
  });

  it('comes back less a charge: what came back is booked, and goes to the budget', async () => {
    const { payouts, fundId } = await bank.sentRun();
    const [first] = payouts;
    await bank.importFile(bank.statement(payouts.map((it) => single(it))));
    const amount = changedBy(amountOf(first), -15_00n);
    const message = await bank.importFile(
      bank.statement([
        {
          amount,
          direction: 'CRDT',
          on: '2027-02-20',
          transactions: [{ amount, endToEndId: idOf(first), returnReason: 'AC01' }],
        },
      ]),
    );
    expect(message).toMatchObject({ returnedPayouts: 1, unmatchedEntries: 0 });
    const returned = (await world.payouts(first?.assignmentId ?? '')).find((it) => it.id === first?.id);
    expect(returned?.status).toBe('RETURNED');
    const waiting = await world.app.rpc(listPayoutReturns, { fundId, isSettled: false }, FINANCE);
    expect(waiting.items).toEqual([
      {
        id: first?.id,
        fundId,
        assignmentId: first?.assignmentId,
        payeeId: first?.payeeId,
        instalment: first?.instalment,
        kind: 'RETURNED',
        paid: first?.amount,
        amount: { amount, currency: 'EUR' },
        reason: 'AC01',
        occurredOn: '2027-02-20',
        purpose: null,
        settlement: null,
      },
    ]);
    await eventually(async () =>
      expect((await world.app.published(payoutReturned)).map((it) => it.payoutId)).toContain(first?.id),
    );
    const before = await world.balances(fundId);
    await world.app.rpc(giveBackPayout, { payoutId: first?.id ?? '' }, FINANCE, { expectedVersion: returned?.version });
    const after = await world.balances(fundId);
    expect(after.total.returned.amount).toBe('0.00');
    expect(minor(after.total.available) - minor(before.total.available)).toBe(parseMinor(amount, 'EUR'));
    const left = await world.app.rpc(listPayoutReturns, { fundId, isSettled: false }, FINANCE);
    const settled = await world.app.rpc(listPayoutReturns, { payoutId: first?.id, isSettled: true }, FINANCE);
    expect(left.items).toEqual([]);
    expect(settled.items).toMatchObject([{ settlement: { as: 'GIVEN_BACK' } }]);
    await bank.expectReconciled(fundId);
  });
});

function minor(money: Money): bigint {
  return toMinor(money).amountMinor;
}
