import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  type BankEntryDetail,
  type BankMessageView,
  bookPaymentRun,
  cancelPaymentRun,
  confirmBankEntryDismissal,
  confirmPaymentRunReinstatement,
  type DismissalCategory,
  getBankEntry,
  getPaymentRun,
  getPayout,
  giveBackPayout,
  matchBankEntry,
  type PayoutView,
  proposeBankEntryDismissal,
  proposePaymentRunReinstatement,
  sendPaymentRun,
  takeBackBankMatch,
} from '#contracts/finance';
import { type BankEntry, pain002 } from './bank';
import { amountOf, type BankLoop, EXECUTION_ON, idOf, type SentRun, single } from './bank-loop';
import { AUDITOR, CASHIER, FINANCE, type FinanceWorld, ORDERER, TODAY } from './finance-world';

/** An entry on the work list, and the run that it is about. */
export interface Waiting {
  readonly sent: SentRun;
  readonly id: string;
}

/** How an entry comes into a state, and how those who have the roles get it off the work list. */
export interface Way {
  readonly waits: () => Promise<Waiting>;
  readonly out: (waiting: Waiting) => Promise<unknown>;
}

const reason = 'As the bank said when it was asked.';

/** What persons do at the desk where the bank's entries are decided, each as the role that has the act. */
export class BankDesk {
  constructor(
    private readonly world: FinanceWorld,
    private readonly bank: BankLoop,
  ) {}

  entry(id: string): Promise<BankEntryDetail> {
    return this.world.app.rpc(getBankEntry, { bankEntryId: id }, AUDITOR);
  }

  payout(payout: PayoutView | undefined) {
    return this.world.app.rpc(getPayout, { payoutId: payout?.id ?? '' }, AUDITOR);
  }

  /** The entry of the message that waits. */
  async waiting(sent: SentRun, message: BankMessageView): Promise<Waiting> {
    const [entry] = await this.bank.openEntries(message);
    assert(entry, 'nothing waits');
    return { sent, id: entry.id };
  }

  /** Takes in a statement of these; each is another one for the bank, however alike they look. */
  take(...entries: BankEntry[]): Promise<BankMessageView> {
    const each = entries.map((entry) => ({ reference: randomUUID().slice(0, 20), ...entry }));
    return this.bank.importFile(this.bank.statement(each));
  }

  /** The same where one of them waits. */
  async takeWaiting(sent: SentRun, ...entries: BankEntry[]): Promise<Waiting> {
    return this.waiting(sent, await this.take(...entries));
  }

  book({ payouts }: SentRun): Promise<BankMessageView> {
    return this.take(...payouts.map((payout) => single(payout)));
  }

  reject({ run, payouts: [payout] }: SentRun): Promise<BankMessageView> {
    return this.bank.importFile(pain002(run.file.messageId, [idOf(payout)]));
  }

  /** The payout at this place, with all that is open unless another amount is given. */
  async match({ id, sent }: Waiting, amount?: string, at = 0): Promise<BankEntryDetail> {
    const entry = await this.entry(id);
    const payoutId = sent.payouts[at]?.id ?? '';
    const allocations = [{ payoutId, amount: amount === undefined ? entry.amount : { ...entry.amount, amount } }];
    const options = { expectedVersion: entry.version };
    return this.world.app.rpc(matchBankEntry, { bankEntryId: id, allocations }, CASHIER, options);
  }

  async takeBack(id: string): Promise<BankEntryDetail> {
    const { version: expectedVersion } = await this.entry(id);
    return this.world.app.rpc(takeBackBankMatch, { bankEntryId: id, reason }, CASHIER, { expectedVersion });
  }

  /** Proposed by the cashier, confirmed by the finance officer. */
  async dismiss({ id, sent }: Waiting, category: DismissalCategory): Promise<void> {
    const { version } = await this.entry(id);
    const isBorne = category === 'BANK_CHARGE' || category === 'PAID_WITHOUT_ORDER';
    const borne = isBorne ? { fundId: sent.fundId, budgetYear: 2027 } : {};
    const request = { bankEntryId: id, category, reason, ...borne };
    const proposed = await this.world.app.rpc(proposeBankEntryDismissal, request, CASHIER, {
      expectedVersion: version,
    });
    const decision = { dismissalId: proposed.id, reason };
    await this.world.app.rpc(confirmBankEntryDismissal, decision, FINANCE, { expectedVersion: proposed.version });
  }

  async send({ run }: Pick<SentRun, 'run'>): Promise<void> {
    const options = { expectedVersion: await this.versionOf(run.id) };
    await this.world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, options);
  }

  async cancelledRun(): Promise<SentRun> {
    const created = await this.bank.createdRun();
    const options = { expectedVersion: created.run.version };
    const run = await this.world.app.rpc(cancelPaymentRun, { paymentRunId: created.run.id, reason }, FINANCE, options);
    return { ...created, run };
  }

  /** Proposed by the cashier, confirmed by the orderer. */
  async reinstate({ sent: { run } }: Waiting): Promise<void> {
    const request = { paymentRunId: run.id, reason };
    const { version } = await this.world.app.rpc(proposePaymentRunReinstatement, request, CASHIER, {
      expectedVersion: await this.versionOf(run.id),
    });
    await this.world.app.rpc(confirmPaymentRunReinstatement, request, ORDERER, { expectedVersion: version });
  }

  async bookByHand({ run }: SentRun): Promise<void> {
    const request = { paymentRunId: run.id, bookedOn: TODAY, statementReference: 'AZ 9' };
    await this.world.app.rpc(bookPaymentRun, request, CASHIER, { expectedVersion: run.version });
  }

  async giveBack({ payouts: [payout] }: SentRun): Promise<void> {
    const { id: payoutId, version: expectedVersion } = await this.payout(payout);
    await this.world.app.rpc(giveBackPayout, { payoutId }, FINANCE, { expectedVersion });
  }

  private async versionOf(paymentRunId: string): Promise<number> {
    return (await this.world.app.rpc(getPaymentRun, { paymentRunId }, AUDITOR)).version;
  }
}

/** Some of a payment comes back; all of it unless stated. */
export function back(payout: PayoutView | undefined, amount = amountOf(payout), on = '2027-02-15'): BankEntry {
  const transactions = [{ amount, endToEndId: idOf(payout), returnReason: 'AC04' }];
  return single(payout, { amount, direction: 'CRDT', on, transactions });
}

/** A transfer that pays all payouts of a run, as the bank names it: by the one that fell due first, with the amount of all. */
export function together({ payouts, run }: SentRun, more: Partial<BankEntry> = {}): BankEntry {
  const inOrder = payouts.toSorted((a, b) => `${a.dueOn} ${a.id}`.localeCompare(`${b.dueOn} ${b.id}`));
  const amount = more.amount ?? run.total.amount;
  const returnReason = more.direction === 'CRDT' ? { returnReason: 'AC04' } : {};
  return {
    on: EXECUTION_ON,
    transactions: [{ amount, endToEndId: idOf(inOrder[0]), ...returnReason }],
    ...more,
    amount,
  };
}

/** The debit of a payment in another currency, by the bank's rate; the bank says what was ordered. */
export function promised(
  payout: PayoutView | undefined,
  amount: string,
  { ordered = payout?.instructed?.amount.amount, ...more }: Partial<BankEntry> & { ordered?: string } = {},
): BankEntry {
  const told = `</CdtDbtInd><AmtDtls><InstdAmt><Amt Ccy="TZS">${ordered}</Amt></InstdAmt></AmtDtls>`;
  const odd = (xml: string) => xml.replace('</CdtDbtInd>', told);
  return single(payout, { amount, transactions: [{ amount, endToEndId: idOf(payout), odd }], ...more });
}
