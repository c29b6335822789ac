import { setTimeout as delay } from 'node:timers/promises';
import type { BankMessageView, PaymentRunView, PayoutView } from '#contracts/finance';
import type { ApiClient } from './api-client';
import { statementOf } from './bank';
import { today } from './calendar';
import { user } from './demo-token';
import { euros, short, tell } from './story';

interface DueRun {
  duePayoutIds: string[];
  blockedPayoutIds: string[];
  remaining: number;
}

/** Takes every instalment due up to a day through the four acts of four people and into paid. Returns how many were ordered. */
export async function payWhatIsDue(api: ApiClient, fundId: string, upTo = today()): Promise<number> {
  const due = await findWhatIsDue(api, fundId, upTo);
  for (const payout of due) await order(api, payout);
  for (const paymentType of ['SEPA', 'FOREIGN']) await pay(api, fundId, paymentType);
  return due.length;
}

/** Takes one payout of an expert that is due up to a day into paid, in a run of its own. */
export async function payOneAlone(api: ApiClient, fundId: string, upTo: string): Promise<void> {
  const alone = (await findWhatIsDue(api, fundId, upTo)).find(({ payeeKind }) => payeeKind === 'EXPERT');
  if (!alone) return;
  await order(api, alone);
  await pay(api, fundId, 'SEPA');
}

/** Makes every instalment due that is to be paid by a day, and tells which wait to be checked. */
export async function findWhatIsDue(api: ApiClient, fundId: string, upTo: string): Promise<PayoutView[]> {
  let run: DueRun;
  do run = await api.post<DueRun>(user('finance-officer'), `/funds/${fundId}/due-runs`, { upTo });
  while (run.remaining > 0);
  const due = await api.all<PayoutView>(user('finance-officer'), `/payouts?fundId=${fundId}&status=DUE`);
  return due.filter(({ dueOn }) => dueOn <= upTo);
}

async function order(api: ApiClient, due: PayoutView): Promise<void> {
  const act = (as: string, noun: string, payout: PayoutView) =>
    api.post<PayoutView>(user(as), `/payouts/${payout.id}/${noun}`, {}, { ifMatch: payout.version });
  const checked = await act('programme-officer', 'factual-checks', due);
  const arithmetical = await act('finance-officer', 'arithmetical-checks', checked);
  await act('payment-orderer', 'orders', arithmetical);
}

async function pay(api: ApiClient, fundId: string, paymentType: string): Promise<void> {
  const ordered = (await api.all<PayoutView>(user('cashier'), `/payouts?fundId=${fundId}&status=ORDERED`)).length;
  if (ordered === 0) return;
  let run: PaymentRunView;
  try {
    run = await api.post<PaymentRunView>(user('cashier'), '/payment-runs', {
      fundId,
      paymentType,
      executionOn: today(),
    });
  } catch (error) {
    // Nothing of this payment type was ordered: the other run takes it all.
    if (error instanceof Error && error.message.includes('FINANCE_PAYMENT_RUN_EMPTY')) return;
    throw error;
  }
  const file = await api.request<string>(user('cashier'), 'GET', `/payment-runs/${run.id}/file`);
  await api.post(user('cashier'), `/payment-runs/${run.id}/sendings`, {}, { ifMatch: run.version });
  const statementId = `S-${run.file.messageId}`;
  const statement = await api.post<BankMessageView>(user('cashier'), '/bank-messages', {
    fileName: `camt053-${short(run.id)}.xml`,
    content: statementOf(file.body, { id: statementId, iban: run.debtorAccount.iban, bookedOn: today() }),
  });
  if (statement.unmatchedEntries > 0) throw new Error(`${statement.unmatchedEntries} bank entries found no payout`);
  tell(
    `payment run ${short(run.id)} (${paymentType}): ${run.payouts} payouts, ${euros(run.total)}, ${run.file.name}, ${file.body.length} characters of pain.001.001.09, sent; the bank's camt.053 booked ${statement.bookedPayouts}`,
  );
}

/** Waits until the payouts of all departed assignments exist: finance makes them when the message of the departure arrives. */
export async function waitForPayouts(api: ApiClient, assignmentIds: readonly string[]): Promise<void> {
  const until = Date.now() + 60_000;
  for (const assignmentId of assignmentIds) {
    while ((await api.all<PayoutView>(user('finance-officer'), `/payouts?assignmentId=${assignmentId}`)).length === 0) {
      if (Date.now() > until) throw new Error(`no payouts for assignment ${assignmentId}`);
      await delay(250);
    }
  }
}
