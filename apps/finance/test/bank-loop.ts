import { randomInt, randomUUID } from 'node:crypto';
import { formatMinor, parseMinor } from '#contracts';
import {
  type BankEntryView,
  type BankMessageView,
  confirmBankEntryDismissal,
  createPaymentRun,
  getReconciliation,
  importBankMessage,
  listBankEntries,
  type PaymentRunView,
  type PayoutView,
  proposeBankEntryDismissal,
  type ReconciliationView,
  sendPaymentRun,
} from '#contracts/finance';
import { eventually } from '#testing';
import { type BankEntry, camt053, type Statement } from './bank';
import {
  AUDITOR,
  CASHIER,
  FINANCE,
  type FinanceWorld,
  type FundingData,
  GERMAN_ACCOUNT,
  PERIOD,
  PROMISED_INPUTS,
} from './finance-world';

export const EXECUTION_ON = '2027-02-12';

export interface SentRun {
  readonly run: PaymentRunView;
  readonly payouts: PayoutView[];
  readonly fundId: string;
  /** What staffing told of the assignment. */
  readonly data: FundingData;
}

/** How the payouts of a run are paid: as a rule each by itself, or all of them, which are of one commitment, by one transfer. */
type Payments = 'APART' | 'TOGETHER';
/** By the rules as shipped; docs/finance.md#transfers. */
const PAID_APART = {
  instrument: 'INTEGRATED_EXPERT',
  localSalaryMonth: { amount: '1000.00', currency: 'EUR' },
  hasSpouse: false,
  children: 0,
} as const;
const PAID_TOGETHER = {
  instrument: 'DEVELOPMENT_WORKER',
  costOfLivingPercent: '0',
  rentMonth: { amount: '500.00', currency: 'EUR' },
  hasSpouse: false,
  children: 0,
} as const;

/** Payments on their way to the bank, and what the bank says of them: for the tests of the way back. */
export class BankLoop {
  private sequence = 0;

  constructor(private readonly world: FinanceWorld) {}

  /**
   * A run of five payouts that was sent to the bank, from an account that other funds share or from one of its own; of more where
   * the term begins earlier.
   */
  async sentRun(iban = GERMAN_ACCOUNT.iban, period = PERIOD, payments: Payments = 'APART'): Promise<SentRun> {
    const { run, ...more } = await this.createdRun(iban, period, payments);
    const options = { expectedVersion: run.version };
    return { run: await this.world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, options), ...more };
  }

  /** The same before anybody has recorded that its file went to the bank. */
  async createdRun(iban = GERMAN_ACCOUNT.iban, period = PERIOD, payments: Payments = 'APART'): Promise<SentRun> {
    const { world } = this;
    const years = { 2026: '100000.00', 2027: '100000.00', 2028: '100000.00' };
    const fund = await world.fund(years, { ...GERMAN_ACCOUNT, iban });
    const data = world.fundingRequest(fund.id, {
      period,
      costInputs: payments === 'APART' ? PAID_APART : PAID_TOGETHER,
    });
    await world.expertPayee(data.expertId);
    await world.departed(fund.id, data);
    const due = (await world.payouts(data.assignmentId)).filter((it) => it.status === 'DUE');
    for (const payout of due) await world.order(payout);
    const request = { fundId: fund.id, paymentType: 'SEPA' as const, executionOn: EXECUTION_ON };
    const run = await world.app.rpc(createPaymentRun, request, CASHIER);
    const payouts = (await world.payouts(data.assignmentId)).filter((it) => it.paymentRunId === run.id);
    return { run, payouts, fundId: fund.id, data };
  }

  /** A run of the first instalment of a local contract over 16,800,000.00 TZS, for which 6,600.00 EUR are set aside. */
  async promisedRun(): Promise<SentRun> {
    const { world } = this;
    await world.rate('2800');
    const fund = await world.fund({ 2027: '20000.00' });
    const data = await world.departed(fund.id, { costInputs: PROMISED_INPUTS });
    await world.municipalityPayee(data.employerMunicipalityId);
    const [due] = await eventually(async () => {
      const found = (await world.payouts(data.assignmentId)).filter((it) => it.status === 'DUE');
      expect(found).toHaveLength(1);
      return found;
    });
    if (due) await world.order(due);
    const request = { fundId: fund.id, paymentType: 'FOREIGN' as const, executionOn: EXECUTION_ON };
    const created = await world.app.rpc(createPaymentRun, request, CASHIER);
    const options = { expectedVersion: created.version };
    const run = await world.app.rpc(sendPaymentRun, { paymentRunId: created.id }, CASHIER, options);
    const payouts = (await world.payouts(data.assignmentId)).filter((it) => it.paymentRunId === run.id);
    return { run, payouts, fundId: fund.id, data };
  }

  /** A statement of the fund's account, the next in its sequence unless stated. */
  statement(entries: readonly BankEntry[], more: Partial<Statement> = {}): string {
    this.sequence += 1;
    const id = `S-${randomUUID().slice(0, 20)}`;
    return camt053({ id, iban: GERMAN_ACCOUNT.iban, sequence: this.sequence, entries, ...more });
  }

  importFile(content: string, more: object = {}, as = CASHIER): Promise<BankMessageView> {
    return this.world.app.rpc(importBankMessage, { fileName: 'statement.xml', content, ...more }, as);
  }

  /** A charge of the bank that two persons take off the work list, on the fund that bears it. */
  async bookCharge(fundId: string, amount: string, iban = GERMAN_ACCOUNT.iban): Promise<void> {
    const charge = { amount, on: EXECUTION_ON, reference: randomUUID().slice(0, 20), transactions: [{ amount }] };
    await this.bearCharge(fundId, await this.importFile(this.statement([charge], { iban })));
  }

  /** The charge that a message brought, on the fund that bears it. */
  async bearCharge(fundId: string, message: BankMessageView): Promise<void> {
    const { app } = this.world;
    const [entry] = await this.openEntries(message);
    if (!entry) throw new Error('the bank booked no charge');
    const charge = { bankEntryId: entry.id, category: 'BANK_CHARGE' as const, fundId, reason: 'Entgelt' };
    const proposed = await app.rpc(proposeBankEntryDismissal, charge, CASHIER, { expectedVersion: entry.version });
    const confirmation = { dismissalId: proposed.id, reason: 'as agreed' };
    await app.rpc(confirmBankEntryDismissal, confirmation, FINANCE, { expectedVersion: proposed.version });
  }

  /** The work list, as far as it is about this message. */
  async openEntries(message: BankMessageView): Promise<BankEntryView[]> {
    const request = { bankMessageId: message.id, status: ['UNMATCHED', 'PARTLY_MATCHED'] };
    return (await this.world.app.rpc(listBankEntries, request, AUDITOR)).items;
  }

  /** All that it brought, whatever became of it. */
  async entriesOf(message: BankMessageView): Promise<BankEntryView[]> {
    return (await this.world.app.rpc(listBankEntries, { bankMessageId: message.id }, AUDITOR)).items;
  }

  async statusOf(fundId: string, assignmentId: string): Promise<Record<string, string>> {
    const payouts = await this.world.payouts(assignmentId);
    expect(payouts.every((it) => it.fundId === fundId)).toBe(true);
    return Object.fromEntries(payouts.map((it) => [it.id, it.status]));
  }

  reconciliation(fundId: string): Promise<ReconciliationView> {
    return this.world.app.rpc(getReconciliation, { fundId }, AUDITOR);
  }

  /** Journal, payouts and bank agree on the fund, whatever else lies open on the shared account. */
  async expectReconciled(fundId: string): Promise<ReconciliationView> {
    const report = await this.reconciliation(fundId);
    expect(report.checks.filter((check) => !check.isEqual)).toEqual([]);
    expect(report.payouts.inFlight.amount).toBe('0.00');
    return report;
  }
}

/** An account that no other test uses. */
export function newIban(): string {
  const account = `51210800${randomInt(10 ** 10)
    .toString()
    .padStart(10, '0')}`;
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${check.toString().padStart(2, '0')}${account}`;
}

export const idOf = (payout: PayoutView | undefined): string => (payout?.id ?? '').replaceAll('-', '');
export const amountOf = (payout: PayoutView | undefined): string => payout?.amount.amount ?? '';

/** An amount in EUR, more or less by so many cents. */
export const changedBy = (amount: string, cents: bigint): string =>
  formatMinor((parseMinor(amount, 'EUR') ?? 0n) + cents, 'EUR');

/** The debit of one payout, named by its EndToEndId. */
export const single = (payout: PayoutView | undefined, more: Partial<BankEntry> = {}): BankEntry => ({
  amount: amountOf(payout),
  on: EXECUTION_ON,
  transactions: [{ amount: amountOf(payout), endToEndId: idOf(payout) }],
  ...more,
});
