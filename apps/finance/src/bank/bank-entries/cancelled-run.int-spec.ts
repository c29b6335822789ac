import {
  blockPayout,
  cancelPaymentRun,
  confirmBankEntryDismissal,
  confirmPaymentRunReinstatement,
  createPaymentRun,
  getBankEntry,
  getPaymentRun,
  getPayout,
  listPaymentRunActions,
  listPaymentRuns,
  type PaymentRunView,
  type PayoutView,
  proposeBankEntryDismissal,
  proposePaymentRunReinstatement,
  rejectPaymentRunReinstatement,
  sendPaymentRun,
} from '#contracts/finance';
import { caller, possibleActs, refusalOf, type TestCaller } from '#testing';
import { pain002 } from '../../../test/bank';
import { BankLoop, EXECUTION_ON as ON, idOf, type SentRun, single } from '../../../test/bank-loop';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, OFFICER, ORDERER } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());

const reason = 'The bank has carried the file out: it was sent before the run was cancelled.';
const runNow = (id: string) => world.app.rpc(getPaymentRun, { paymentRunId: id }, AUDITOR);
const payoutNow = (payout: PayoutView | undefined) => world.app.rpc(getPayout, { payoutId: payout?.id ?? '' }, AUDITOR);
const ACTS = {
  propose: proposePaymentRunReinstatement,
  confirm: confirmPaymentRunReinstatement,
  reject: rejectPaymentRunReinstatement,
  cancel: cancelPaymentRun,
};

async function act(kind: keyof typeof ACTS, id: string, as: TestCaller): Promise<PaymentRunView> {
  const { version } = await runNow(id);
  return world.app.rpc(ACTS[kind], { paymentRunId: id, reason }, as, { expectedVersion: version });
}

async function cancelledRun(): Promise<SentRun> {
  const created = await bank.createdRun();
  return { ...created, run: await act('cancel', created.run.id, FINANCE) };
}

/** Proposed by the cashier, confirmed by the orderer. */
async function reinstate(id: string): Promise<PaymentRunView> {
  await act('propose', id, CASHIER);
  return act('confirm', id, ORDERER);
}

async function expectEqual(fundId: string): Promise<void> {
  const { checks } = await bank.reconciliation(fundId);
  expect(checks.filter(({ isEqual }) => !isEqual)).toEqual([]);
}

describe('a run that was cancelled here, and that the bank has carried out', () => {
  it('goes on by the word of two persons: its debits are booked, the rest waits for the bank', async () => {
    const { run, payouts, fundId } = await cancelledRun();
    const message = await bank.importFile(bank.statement(payouts.slice(0, 3).map((payout) => single(payout))));
    expect(await bank.openEntries(message)).toHaveLength(3);
    const proposed = await act('propose', run.id, CASHIER);
    expect(proposed).toMatchObject({
      status: 'CANCELLED',
      reinstatement: { proposal: { by: CASHIER.subject, reason }, confirmation: null },
    });
    const waiting = { isReinstatementProposed: true };
    expect((await world.app.rpc(listPaymentRuns, waiting, AUDITOR)).items.map(({ id }) => id)).toContain(run.id);
    const done = await act('confirm', run.id, ORDERER);
    expect(done).toMatchObject({
      status: 'SETTLING',
      cancellation: { by: FINANCE.subject },
      reinstatement: { confirmation: { by: ORDERER.subject } },
    });
    expect((await world.app.rpc(listPaymentRuns, waiting, AUDITOR)).items.map(({ id }) => id)).not.toContain(run.id);
    expect(await bank.openEntries(message)).toEqual([]);
    const states = await Promise.all(payouts.map(async (payout) => (await payoutNow(payout)).status));
    expect(states).toEqual(['BOOKED', 'BOOKED', 'BOOKED', 'SENT', 'SENT']);
    // Booking was the act of the cashier, not of the second person.
    expect(await payoutNow(payouts[0])).toMatchObject({ booking: { by: CASHIER.subject }, paymentRunId: run.id });
    await expectEqual(fundId);
    // What comes later is booked by the rules, as of any run.
    await bank.importFile(bank.statement([single(payouts[3])]));
    await bank.importFile(pain002(run.file.messageId, [idOf(payouts[4])]));
    expect(await payoutNow(payouts[3])).toMatchObject({ status: 'BOOKED' });
    expect(await payoutNow(payouts[4])).toMatchObject({ status: 'REJECTED' });
    expect(await runNow(run.id)).toMatchObject({ status: 'BOOKED' });
    await expectEqual(fundId);
  });

  it('is booked as a whole where the bank books it as a whole, a held payout too', async () => {
    const created = await bank.createdRun();
    const [held] = created.payouts;
    const { id: payoutId, version: expectedVersion } = await payoutNow(held);
    await world.app.rpc(blockPayout, { payoutId, reason }, OFFICER, { expectedVersion });
    const run = await act('cancel', created.run.id, FINANCE);
    const message = await bank.importFile(
      bank.statement([{ amount: run.total.amount, on: ON, batch: run.file.messageId }]),
    );
    await reinstate(run.id);
    expect(await bank.openEntries(message)).toEqual([]);
    expect(await payoutNow(held)).toMatchObject({ status: 'BOOKED', blocked: null });
    expect(await runNow(run.id)).toMatchObject({ status: 'BOOKED' });
    await expectEqual(created.fundId);
  });

  it('needs a debit first, and two persons of two offices', async () => {
    const { run, payouts } = await cancelledRun();
    await expect(act('propose', run.id, CASHIER)).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_NOT_CARRIED_OUT',
    });
    await expect(act('confirm', run.id, ORDERER)).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_REINSTATEMENT_MISSING',
    });
    await bank.importFile(bank.statement([single(payouts[0])]));
    await act('propose', run.id, CASHIER);
    await expect(act('propose', run.id, CASHIER)).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_REINSTATEMENT_PENDING',
    });
    await expect(act('confirm', run.id, CASHIER)).rejects.toMatchObject({ kind: 'forbidden' });
    const both = caller('payment-orderer', { subject: CASHIER.subject });
    await expect(act('confirm', run.id, both)).rejects.toMatchObject({ code: 'FINANCE_PAYMENT_RUN_FOUR_EYES' });
    const actions = (as: TestCaller) => world.app.rpc(listPaymentRunActions, { paymentRunId: run.id }, as);
    expect(refusalOf(await actions(both), confirmPaymentRunReinstatement)).toBe('FINANCE_PAYMENT_RUN_FOUR_EYES');
    expect(possibleActs(await actions(ORDERER))).toEqual([
      'payment-run_confirm-reinstatement',
      'payment-run_reject-reinstatement',
    ]);
    expect(await act('reject', run.id, CASHIER)).toMatchObject({ status: 'CANCELLED', reinstatement: null });
    const direct = world.app.asServiceRole(
      `UPDATE payment_run SET status = 'SENT', reinstatement_proposed_by = 'x', reinstatement_proposed_at = now(),
         reinstatement_reason = 'x', reinstated_by = 'x', reinstated_at = now(), reinstatement_confirmation = 'x' WHERE id = $1`,
      [run.id],
    );
    await expect(direct).rejects.toMatchObject({ constraint: 'ck_payment_run_reinstatement_four_eyes' });
  });

  it('does not go on while its payouts wait in another file; paid twice, the first debit is borne by the fund', async () => {
    const { run, payouts, fundId } = await cancelledRun();
    const request = { fundId, paymentType: 'SEPA' as const, executionOn: ON };
    const next = await world.app.rpc(createPaymentRun, request, CASHIER);
    const message = await bank.importFile(bank.statement([single(payouts[0])]));
    await act('propose', run.id, CASHIER);
    await expect(act('confirm', run.id, ORDERER)).rejects.toMatchObject({
      code: 'FINANCE_PAYMENT_RUN_PAYOUT_ELSEWHERE',
    });
    await world.app.rpc(sendPaymentRun, { paymentRunId: next.id }, CASHIER, { expectedVersion: next.version });
    await act('confirm', run.id, ORDERER);
    expect(await payoutNow(payouts[0])).toMatchObject({ status: 'SENT', paymentRunId: next.id });
    const [entry] = await bank.openEntries(message);
    expect(entry?.explanation).toContain(`a payment of run ${run.caseNumber}, from which it was taken here`);
    const { id: bankEntryId, version } = entry ?? { id: '', version: 0 };
    const dismissal = await world.app.rpc(
      proposeBankEntryDismissal,
      { bankEntryId, category: 'PAID_WITHOUT_ORDER', fundId, reason: 'Paid by two runs; the payee is asked for it.' },
      CASHIER,
      { expectedVersion: version },
    );
    await world.app.rpc(confirmBankEntryDismissal, { dismissalId: dismissal.id, reason }, FINANCE, {
      expectedVersion: dismissal.version,
    });
    expect(await world.app.rpc(getBankEntry, { bankEntryId }, AUDITOR)).toMatchObject({ status: 'DISMISSED' });
    const { bank: told } = await bank.reconciliation(fundId);
    expect(told.withoutOrder).toEqual(payouts[0]?.amount);
    await expectEqual(fundId);
  });
});
