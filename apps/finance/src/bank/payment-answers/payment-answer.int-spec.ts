import assert from 'node:assert/strict';
import type { Role } from '#contracts';
import {
  cancelPaymentRun,
  confirmPaymentAnswerSettlement,
  getPaymentAnswer,
  getPaymentRun,
  getPayout,
  listBankAccountChanges,
  listPaymentAnswerActions,
  listPaymentAnswers,
  type PaymentAnswerView,
  type PaymentRunView,
  type PayoutView,
  proposePaymentAnswerSettlement,
  rejectPaymentAnswerSettlement,
  sendPaymentRun,
} from '#contracts/finance';
import { caller, type TestCaller, walkActions } from '#testing';
import { pain002, pain002Of } from '../../../test/bank';
import { BankLoop, idOf, single } from '../../../test/bank-loop';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, ORDERER } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());

const reason = 'The payee was called on the number known before.';
const payoutNow = (payout: PayoutView | undefined) => world.app.rpc(getPayout, { payoutId: payout?.id ?? '' }, AUDITOR);
const answersOf = async (filter: object, language: 'de' | 'en' = 'en'): Promise<PaymentAnswerView[]> =>
  (await world.app.rpc(listPaymentAnswers, filter, AUDITOR, { language })).items;

async function send({ id }: PaymentRunView): Promise<PaymentRunView> {
  const { version } = await world.app.rpc(getPaymentRun, { paymentRunId: id }, AUDITOR);
  return world.app.rpc(sendPaymentRun, { paymentRunId: id }, CASHIER, { expectedVersion: version });
}

async function propose(answer: PaymentAnswerView, as = CASHIER): Promise<PaymentAnswerView> {
  const { version } = await world.app.rpc(getPaymentAnswer, { paymentAnswerId: answer.id }, AUDITOR);
  const request = { paymentAnswerId: answer.id, reason };
  return world.app.rpc(proposePaymentAnswerSettlement, request, as, { expectedVersion: version });
}

const confirm = ({ id, version }: PaymentAnswerView, as = FINANCE) =>
  world.app.rpc(confirmPaymentAnswerSettlement, { paymentAnswerId: id, reason }, as, { expectedVersion: version });

describe('a reject of the bank', () => {
  it('that comes before the sending is recorded takes effect with it, and says so until then', async () => {
    const { run, payouts } = await bank.createdRun();
    const file = pain002(run.file.messageId, [idOf(payouts[0])]);
    expect(await bank.importFile(file)).toMatchObject({ rejectedPayouts: 0, waitingAnswers: 1, openAnswers: 0 });
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'IN_RUN' });
    expect(await send(run)).toMatchObject({ status: 'SETTLING' });
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'REJECTED', bankReturn: { reason: 'AC04' } });
    expect(await bank.importFile(file)).toMatchObject({ isRepeated: true, waitingAnswers: 0 });
    expect(await answersOf({ paymentRunId: run.id })).toMatchObject([{ status: 'RJCT', state: 'APPLIED' }]);
  });

  it('is taken in by the id of the instruction, and CANC as RJCT', async () => {
    const { run, payouts } = await bank.sentRun();
    const answers = [
      { id: idOf(payouts[0]), status: 'RJCT', reason: 'AC04', by: 'OrgnlInstrId' as const },
      { id: idOf(payouts[1]), status: 'CANC', reason: 'CUST' },
    ];
    expect(await bank.importFile(pain002Of(run.file.messageId, answers))).toMatchObject({ rejectedPayouts: 2 });
    for (const payout of payouts.slice(0, 2)) expect(await payoutNow(payout)).toMatchObject({ status: 'REJECTED' });
  });

  it('of a booked, a foreign or an unknown payment waits for two persons, with the reason in words', async () => {
    const { run, payouts } = await bank.sentRun();
    await bank.importFile(bank.statement([single(payouts[0])]));
    const answers = [
      { id: idOf(payouts[0]), status: 'RJCT', reason: 'AC04' },
      { id: 'NOT-FROM-HERE', status: 'RJCT' },
    ];
    const message = await bank.importFile(pain002Of(run.file.messageId, answers));
    expect(message).toMatchObject({ rejectedPayouts: 0, openAnswers: 2 });
    const open = await answersOf({ bankMessageId: message.id, state: ['OPEN'] }, 'de');
    expect(open.map(({ explanation }) => explanation).sort()).toEqual([
      expect.stringContaining('Die Bank hat die Zahlung schon gebucht.'),
      expect.stringContaining('Die Bank nennt eine Zahlung, die nicht in dieser Datei steht.'),
    ]);
    const unknown = await bank.importFile(pain002('0'.repeat(32), 'ALL'));
    const [foreign] = await answersOf({ bankMessageId: unknown.id });
    assert(foreign);
    expect(foreign).toMatchObject({ state: 'OPEN', paymentRunId: null, reason: 'AM04' });
    const proposed = await propose(foreign);
    const waiting = async (state: string) =>
      (await answersOf({ bankMessageId: unknown.id, state: [state] })).map(({ id }) => id);
    expect([await waiting('OPEN'), await waiting('PROPOSED')]).toEqual([[], [foreign.id]]);
    expect(await confirm(proposed)).toMatchObject({ state: 'SETTLED', confirmation: { by: FINANCE.subject, reason } });
    expect(await waiting('PROPOSED')).toEqual([]);
  });

  it('of a cancelled run says what was decided here: nothing waits', async () => {
    const { run } = await bank.createdRun();
    await world.app.rpc(cancelPaymentRun, { paymentRunId: run.id, reason }, FINANCE, { expectedVersion: run.version });
    expect(await bank.importFile(pain002(run.file.messageId, 'ALL'))).toMatchObject({ openAnswers: 0 });
  });
});

describe('the check of a name', () => {
  it('stands at each payee; no match keeps the file here until two persons have confirmed it', async () => {
    const { run, payouts } = await bank.createdRun();
    const verdicts = ['RCVC', 'RVNM', 'RVNA'].map((status, index) => ({ id: idOf(payouts[index]), status }));
    await bank.importFile(pain002Of(run.file.messageId, verdicts));
    const shown = await answersOf({ paymentRunId: run.id });
    expect(Object.fromEntries(shown.map((it) => [it.payoutId, [it.status, it.state]]))).toEqual({
      [payouts[0]?.id ?? '']: ['RCVC', 'APPLIED'],
      [payouts[1]?.id ?? '']: ['RVNM', 'OPEN'],
      [payouts[2]?.id ?? '']: ['RVNA', 'APPLIED'],
    });
    await expect(send(run)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_NAME_UNCONFIRMED' });
    const noMatch = shown.find(({ status }) => status === 'RVNM');
    assert(noMatch);
    const proposed = await propose(noMatch, FINANCE);
    await expect(confirm(proposed)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_ANSWER_FOUR_EYES' });
    await expect(send(run)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_NAME_UNCONFIRMED' });
    await confirm(proposed, ORDERER);
    expect(await send(run)).toMatchObject({ status: 'SENT' });
  });

  it('that nearly matches becomes a change of the account, and freezes its payouts', async () => {
    const { run, payouts } = await bank.createdRun();
    const verdict = { id: idOf(payouts[0]), status: 'RVMC', name: 'Maria Muster-Schmidt' };
    await bank.importFile(pain002Of(run.file.messageId, [verdict]));
    const { payeeId } = await payoutNow(payouts[0]);
    const { items } = await world.app.rpc(listBankAccountChanges, { payeeId: payeeId ?? '' }, AUDITOR);
    expect(items).toMatchObject([
      { status: 'PROPOSED', proposedBy: CASHIER.subject, bankAccount: { holder: 'Maria Muster-Schmidt' } },
    ]);
    expect(items[0]?.bankAccount.iban).toBe(items[0]?.previousBankAccount.iban);
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'BLOCKED', blocked: 'BANK_DETAILS_CHANGED' });
    expect(await answersOf({ paymentRunId: run.id })).toMatchObject([
      { status: 'RVMC', state: 'APPLIED', nameAtBank: 'Maria Muster-Schmidt' },
    ]);
    await expect(send(run)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED' });
    // A second one while the first is open waits for a person.
    const again = await bank.importFile(pain002Of(run.file.messageId, [{ ...verdict, name: 'Maria Schmidt' }]));
    expect(await answersOf({ bankMessageId: again.id })).toMatchObject([{ status: 'RVMC', state: 'OPEN' }]);
  });
});

it('tells of an answer what its acts do', async () => {
  const offices: Partial<Record<Role, TestCaller>> = {
    cashier: CASHIER,
    'finance-officer': caller('finance-officer', { subject: 'dora' }),
    'payment-orderer': ORDERER,
    auditor: AUDITOR,
  };
  const { run } = await bank.sentRun();
  let count = 0;
  const { cells, statuses, faults } = await walkActions({
    app: world.app,
    actions: listPaymentAnswerActions,
    walks: 4,
    async start() {
      count += 1;
      const message = await bank.importFile(pain002Of(run.file.messageId, [{ id: `NONE-${count}`, status: 'RJCT' }]));
      const [answer] = await answersOf({ bankMessageId: message.id });
      assert(answer);
      return { id: answer.id, callers: offices };
    },
    status: async (paymentAnswerId) => (await world.app.rpc(getPaymentAnswer, { paymentAnswerId }, AUDITOR)).state,
    requests: {
      'payment-answer_propose-settlement': () => ({ reason }),
      'payment-answer_confirm-settlement': () => ({ reason }),
      'payment-answer_reject-settlement': () => ({ reason }),
    },
  });
  expect(faults).toEqual([]);
  // 3 states x 3 acts x 4 roles.
  expect({ statuses: [...statuses].sort(), cells: cells.size }).toEqual({
    statuses: ['OPEN', 'PROPOSED', 'SETTLED'],
    cells: 36,
  });
  expect(rejectPaymentAnswerSettlement.allow).toHaveProperty('cashier');
}, 60_000);
