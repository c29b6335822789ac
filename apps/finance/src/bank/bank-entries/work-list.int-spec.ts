import { randomUUID } from 'node:crypto';
import {
  type BankEntryObstacle,
  type ClaimView,
  closeBudgetYear,
  createPaymentRun,
  type DismissalCategory,
  getBankEntry,
  getFund,
  matchBankEntry,
} from '#contracts/finance';
import { caller } from '#testing';
import { back, BankDesk, together, type Way, type Waiting } from '../../../test/bank-desk';
import { amountOf, BankLoop, changedBy, EXECUTION_ON as ON, idOf, newIban, single } from '../../../test/bank-loop';
import { Claims } from '../../../test/claims';
import { AUDITOR, BUDGET, CASHIER, FinanceWorld, ORDERER, TODAY } from '../../../test/finance-world';
import { ODD_ENTRIES } from '../../../test/odd-entries';
import { promisedWays } from '../../../test/promised-ways';
import { type ReasonCode, sentenceOf } from './reasons';

let world: FinanceWorld;
let bank: BankLoop;
let desk: BankDesk;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
  desk = new BankDesk(world, bank);
});
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));
afterAll(() => world?.app.close());

const match = (entry: Waiting) => desk.match(entry);
const reinstate = (entry: Waiting) => desk.reinstate(entry);
const dismiss = (category: DismissalCategory) => (entry: Waiting) => desk.dismiss(entry, category);
const odd = (kind: keyof typeof ODD_ENTRIES) => async () => {
  const sent = await bank.sentRun();
  return desk.takeWaiting(sent, ODD_ENTRIES[kind](sent));
};

async function notSeen(): Promise<Waiting> {
  const sent = await bank.sentRun();
  return desk.takeWaiting(sent, back(sent.payouts[0]));
}

async function partByPerson(): Promise<Waiting> {
  const sent = await bank.sentRun();
  const entry = await desk.takeWaiting(sent, { amount: amountOf(sent.payouts[0]), on: ON });
  await desk.match(entry, '1.00');
  return entry;
}

/** More or less than a claim takes without a person; the one who knows says what it settles. */
function ofClaim(amount: string, { open, demands = false }: { open: string; demands?: boolean }): Way {
  const claims = new Claims(() => world);
  let claim: ClaimView | undefined;
  return {
    async waits() {
      const due = await claims.due();
      claim = demands ? await claims.demand(due, '2025-12-31') : due;
      const transactions = [{ amount, remittance: claim.paymentReference }];
      return desk.takeWaiting(await bank.sentRun(), { amount, direction: 'CRDT', on: TODAY, transactions });
    },
    async out(entry) {
      if (claim) await claims.pay(claim, open, { bankEntryId: entry.id });
      if (open !== amount) await desk.dismiss(entry, 'NOT_OF_THE_FUND');
    },
  };
}

const WAYS: Readonly<Record<BankEntryObstacle | ReasonCode, Way>> = {
  STATUS_UNKNOWN: { waits: odd('STATUS_UNKNOWN'), out: match },
  NO_BOOKING_DAY: { waits: odd('NO_BOOKING_DAY'), out: match },
  // The entry in the currency of the account tells the same.
  FOREIGN_CURRENCY: { waits: odd('FOREIGN_CURRENCY'), out: dismiss('REPEATED') },
  AMOUNT_UNCLEAR: {
    waits: odd('AMOUNT_UNCLEAR'),
    async out(entry) {
      await desk.match(entry, '1.00');
      await dismiss('REPEATED')(entry);
    },
  },
  PART_WITHOUT_AMOUNT: {
    waits: odd('PART_WITHOUT_AMOUNT'),
    async out(entry) {
      await desk.match(entry, amountOf(entry.sent.payouts[0]), 0);
      await desk.match(entry, amountOf(entry.sent.payouts[1]), 1);
    },
  },
  PARTS_CONTRADICT: { waits: odd('PARTS_CONTRADICT'), out: match },
  REVERSAL: {
    async waits() {
      const sent = await bank.sentRun();
      await desk.book(sent);
      await desk.take(back(sent.payouts[0]));
      return desk.takeWaiting(sent, ODD_ENTRIES.REVERSAL(sent));
    },
    out: match,
  },
  CHANGED: {
    async waits() {
      const sent = await bank.sentRun();
      const [payout] = sent.payouts;
      const [id, reference] = [randomUUID().slice(0, 20), randomUUID().slice(0, 20)];
      const before = single(payout, { amount: '10.00', reference, transactions: [{ amount: '10.00' }] });
      await bank.importFile(bank.statement([before], { id, day: ON, sequence: 900 }));
      const after = bank.statement([single(payout, { reference })], { id, day: ON, sequence: 900 });
      return desk.waiting(sent, await bank.importFile(after));
    },
    out: match,
  },
  LOOKS_REPEATED: {
    async waits() {
      const sent = await bank.sentRun();
      const [payout] = sent.payouts;
      const part = single(payout, { amount: '20.00', transactions: [{ amount: '20.00', endToEndId: idOf(payout) }] });
      await bank.importFile(bank.statement([part], { closing: '1.00' }));
      return desk.waiting(sent, await bank.importFile(bank.statement([part], { closing: '1.00' })));
    },
    out: dismiss('REPEATED'),
  },
  PAYMENTS_EXCEED_ENTRY: {
    async waits() {
      const sent = await bank.sentRun();
      const [first, second] = sent.payouts;
      const entry = await desk.takeWaiting(sent, back(first));
      await bank.importFile(bank.statement([single(second)]));
      await desk.match(entry, '1.00', 1);
      await bank.importFile(bank.statement([single(first)]));
      return entry;
    },
    out: (entry) => desk.match(entry, changedBy(amountOf(entry.sent.payouts[0]), -100n)),
  },
  PAYMENT_UNKNOWN: {
    async waits() {
      const transactions = [{ amount: '3.00', endToEndId: randomUUID().slice(0, 30) }];
      return desk.takeWaiting(await bank.sentRun(), { amount: '3.00', on: ON, transactions });
    },
    out: dismiss('NOT_OF_THE_FUND'),
  },
  NAMES_NOTHING: {
    waits: async () => desk.takeWaiting(await bank.sentRun(), { amount: '7.90', on: ON }),
    out: dismiss('BANK_CHARGE'),
  },
  RETURN_WITHOUT_PAYMENT: {
    async waits() {
      const sent = await bank.sentRun();
      await desk.book(sent);
      const amount = amountOf(sent.payouts[0]);
      return desk.takeWaiting(sent, { amount, direction: 'CRDT', on: '2027-02-15', batch: sent.run.file.messageId });
    },
    out: match,
  },
  RUN_AMOUNT_DIFFERS: {
    async waits() {
      const sent = await bank.sentRun();
      const amount = changedBy(sent.run.total.amount, 500n);
      return desk.takeWaiting(sent, { amount, on: ON, batch: sent.run.file.messageId });
    },
    async out(entry) {
      const { version: expectedVersion } = await desk.entry(entry.id);
      const request = { bankEntryId: entry.id, paymentRunId: entry.sent.run.id };
      await world.app.rpc(matchBankEntry, request, CASHIER, { expectedVersion });
      await dismiss('PAID_WITHOUT_ORDER')(entry);
    },
  },
  PART_OF_TRANSFER: {
    async waits() {
      const sent = await bank.sentRun(undefined, undefined, 'TOGETHER');
      return desk.takeWaiting(sent, together(sent, { amount: amountOf(sent.payouts[0]) }));
    },
    out: match,
  },
  OTHER_ACCOUNT: {
    async waits() {
      const sent = await bank.sentRun();
      const statement = bank.statement([single(sent.payouts[0])], { iban: newIban() });
      return desk.waiting(sent, await bank.importFile(statement));
    },
    out: dismiss('NOT_OF_THE_FUND'),
  },
  OTHER_CURRENCY: {
    async waits() {
      const sent = await bank.sentRun();
      const statement = bank.statement([single(sent.payouts[0])]).replaceAll('EUR', 'USD');
      return desk.waiting(sent, await bank.importFile(statement));
    },
    out: dismiss('REPEATED'),
  },
  NOTHING_OPEN: {
    async waits() {
      const sent = await bank.sentRun();
      const transactions = [
        { amount: '0.00', endToEndId: idOf(sent.payouts[0]) },
        { amount: '4.00', endToEndId: randomUUID().slice(0, 30) },
      ];
      return desk.takeWaiting(sent, { amount: '4.00', on: ON, transactions });
    },
    out: dismiss('BANK_CHARGE'),
  },
  // As soon as the debit is seen the return is booked by itself.
  BOOKING_NOT_SEEN: {
    waits: notSeen,
    out: ({ sent }) => bank.importFile(bank.statement([single(sent.payouts[0])])),
  },
  FITS_NOW: {
    async waits() {
      const entry = await notSeen();
      return desk.bookByHand(entry.sent).then(() => entry);
    },
    out: match,
  },
  PAYOUT_STATUS: {
    async waits() {
      const sent = await bank.sentRun();
      await desk.reject(sent);
      return desk.takeWaiting(sent, back(sent.payouts[0]));
    },
    async out(entry) {
      await desk.match(await desk.takeWaiting(entry.sent, single(entry.sent.payouts[0])));
      await desk.match(entry);
    },
  },
  RUN_NOT_SENT: {
    async waits() {
      const sent = await bank.createdRun();
      return desk.takeWaiting(sent, single(sent.payouts[0]));
    },
    out: ({ sent }) => desk.send(sent),
  },
  RUN_GIVEN_UP: {
    async waits() {
      const sent = await desk.cancelledRun();
      return desk.takeWaiting(sent, single(sent.payouts[0]));
    },
    out: reinstate,
  },
  RUN_OF_ENTRY_GIVEN_UP: {
    async waits() {
      const sent = await desk.cancelledRun();
      return desk.takeWaiting(sent, { amount: sent.run.total.amount, on: ON, batch: sent.run.file.messageId });
    },
    out: reinstate,
  },
  TAKEN_OUT_OF_RUN: {
    async waits() {
      const sent = await desk.cancelledRun();
      const request = { fundId: sent.fundId, paymentType: 'SEPA' as const, executionOn: ON };
      const next = await world.app.rpc(createPaymentRun, request, CASHIER);
      await desk.send({ run: next });
      const entry = await desk.takeWaiting(sent, single(sent.payouts[0]));
      await reinstate(entry);
      return entry;
    },
    out: dismiss('PAID_WITHOUT_ORDER'),
  },
  REJECTED_BEFORE: {
    async waits() {
      const sent = await bank.sentRun();
      await desk.reject(sent);
      return desk.takeWaiting(sent, single(sent.payouts[0]));
    },
    out: match,
  },
  REJECTED_AND_SETTLED: {
    async waits() {
      const sent = await bank.sentRun();
      await desk.reject(sent);
      await desk.giveBack(sent);
      return desk.takeWaiting(sent, single(sent.payouts[0]));
    },
    out: dismiss('PAID_WITHOUT_ORDER'),
  },
  YEAR_CLOSED: {
    async waits() {
      const sent = await bank.sentRun();
      await desk.book(sent);
      world.clock.set('2028-01-10T09:00:00Z');
      for (const to of ['CLOSING', 'CLOSED'] as const) {
        const { version } = await world.app.rpc(getFund, { fundId: sent.fundId }, AUDITOR);
        const request = { fundId: sent.fundId, year: 2027, to };
        await world.app.rpc(closeBudgetYear, request, BUDGET, { expectedVersion: version });
      }
      return desk.takeWaiting(sent, back(sent.payouts[0], undefined, '2028-01-10'));
    },
    out: dismiss('RETURN_OF_CLOSED_YEAR'),
  },
  CHARGE_LEFT: {
    async waits() {
      const sent = await bank.sentRun();
      const [payout] = sent.payouts;
      const amount = changedBy(amountOf(payout), 350n);
      const charged = (xml: string) =>
        xml.replace(
          '</CdtDbtInd>',
          '</CdtDbtInd><Chrgs><Rcrd><Amt Ccy="EUR">3.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>',
        );
      return desk.takeWaiting(
        sent,
        single(payout, { amount, transactions: [{ amount, endToEndId: idOf(payout), odd: charged }] }),
      );
    },
    out: dismiss('BANK_CHARGE'),
  },
  OTHER_AMOUNT_BACK: {
    async waits() {
      const sent = await bank.sentRun();
      await desk.book(sent);
      return desk.takeWaiting(sent, back(sent.payouts[0], changedBy(amountOf(sent.payouts[0]), 5n)));
    },
    async out(entry) {
      await desk.match(entry, amountOf(entry.sent.payouts[0]));
      await dismiss('INTEREST')(entry);
    },
  },
  RETURN_DECIDED: {
    async waits() {
      const sent = await bank.sentRun();
      await desk.book(sent);
      await desk.take(back(sent.payouts[0], '1.00'));
      await desk.giveBack(sent);
      return desk.takeWaiting(sent, back(sent.payouts[0], '2.00'));
    },
    out: dismiss('PAID_WITHOUT_ORDER'),
  },
  CAME_BACK_BEFORE: {
    async waits() {
      const sent = await bank.sentRun();
      await desk.book(sent);
      await desk.take(back(sent.payouts[0]));
      return desk.takeWaiting(sent, single(sent.payouts[0], { on: '2027-02-18' }));
    },
    out: match,
  },
  OWN_ACT: {
    async waits() {
      const sent = await bank.sentRun();
      const orderer = caller('cashier', { subject: ORDERER.subject });
      return desk.waiting(sent, await bank.importFile(bank.statement([single(sent.payouts[0])]), {}, orderer));
    },
    out: match,
  },
  MORE_THAN_ORDERED: {
    async waits() {
      const sent = await bank.sentRun();
      const [payout] = sent.payouts;
      const amount = changedBy(amountOf(payout), 500n);
      return desk.takeWaiting(sent, single(payout, { amount, transactions: [{ amount, endToEndId: idOf(payout) }] }));
    },
    async out(entry) {
      await desk.match(entry, amountOf(entry.sent.payouts[0]));
      await dismiss('PAID_WITHOUT_ORDER')(entry);
    },
  },
  ...promisedWays(() => ({ bank, desk })),
  CLAIM_OPEN_LESS: ofClaim('10000.50', { open: '10000.00' }),
  CLAIM_FOR_PERSON: ofClaim('50.00', { open: '50.00', demands: true }),
  PART_BY_PERSON: {
    waits: partByPerson,
    out: (entry) => desk.match(entry, changedBy(amountOf(entry.sent.payouts[0]), -100n)),
  },
  TAKEN_BACK: {
    async waits() {
      const entry = await partByPerson();
      await desk.takeBack(entry.id);
      return entry;
    },
    out: match,
  },
};

/** What of its sentence stands whatever it is about. */
function fragmentsOf(code: ReasonCode): string[] {
  const of: Readonly<Record<string, string>> = { amount: '0', open: '0', currency: 'EUR', status: 'REJECTED' };
  const facts = new Proxy({}, { get: (_, name) => of[String(name)] ?? '§' });
  return sentenceOf([{ code, facts }], 'en')?.split(/§|0\.00 EUR|rejected by the bank/) ?? [];
}

describe('the work list of the bank', () => {
  it.each(Object.entries(WAYS))(
    'has a way out of %s, which leaves fund and bank equal',
    async (state, { waits, out }) => {
      const entry = await waits();
      const { explanation, obstacle } = await desk.entry(entry.id);
      if (obstacle === null) {
        for (const part of fragmentsOf(state as ReasonCode)) expect(explanation).toContain(part);
      } else expect(obstacle).toBe(state);
      const german = await world.app.rpc(getBankEntry, { bankEntryId: entry.id }, AUDITOR, { language: 'de' });
      expect(explanation).toMatch(/./);
      expect(german.explanation).not.toBe(explanation);
      await out(entry);
      expect(['MATCHED', 'DISMISSED']).toContain((await desk.entry(entry.id)).status);
      const { checks } = await bank.reconciliation(entry.sent.fundId);
      expect(checks.filter(({ isEqual }) => !isEqual)).toEqual([]);
    },
  );
});
