import { randomUUID } from 'node:crypto';
import { AppError, parseMinor } from '#contracts';
import {
  type BankMessageView,
  bookPaymentRun,
  type BudgetChangeKind,
  closeBudgetYear,
  confirmBudgetChange,
  createClaim,
  decideClaim,
  demandClaimInterest,
  type FundView,
  getFund,
  getPayout,
  giveBackPayout,
  listFundJournal,
  listTransfers,
  makeClaimDue,
  matchBankEntry,
  openClaimHearing,
  proposeBudgetChange,
  recordClaimPayment,
  recordClaimStatement,
  reissuePayout,
  releaseBudget,
  reverseClaimPayment,
  reverseRelease,
  settleClaimPayment,
  type TransferView,
  waiveClaim,
} from '#contracts/finance';
import { caller } from '#testing';
import type { BankEntry } from './bank';
import { type BankLoop, changedBy, type SentRun } from './bank-loop';
import { AUDITOR, BUDGET, CASHIER, FINANCE, type FinanceWorld } from './finance-world';

export const FUND_STEPS = [
  'PAID',
  'PAID_IN_PART',
  'REST_PAID',
  'RETURNED',
  'RETURNED_IN_PART',
  'BOOKED_BY_HAND',
  'CHARGE',
  'SUPPLEMENT',
  'CUT',
  'BLOCK',
  'BLOCK_LIFTING',
  'RELEASE',
  'RELEASE_REVERSED',
  'REISSUED',
  'GIVEN_BACK',
  'CLAIM_PAID',
  'INTEREST_PAID',
  'INTEREST_REMITTED',
  'INTEREST_REVERSED',
  'CLAIM_WAIVED_IN_PART',
  'CLAIM_GIVEN_BACK',
  'CLAIM_REMITTED',
  'CLAIM_REVERSED',
  'YEAR_CLOSED',
] as const;

/** What may happen to the money of a fund; numbers choose among what is there. */
export interface FundStep {
  readonly kind: (typeof FUND_STEPS)[number];
  readonly index: number;
  readonly cents: number;
}

const DECIDER = caller('finance-officer', { subject: 'dora' });
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** A fund whose payments are on their way to the bank, led on through operations and files of the bank alone. */
export class FundHistory {
  /** What the account holds, as the bank says. */
  heldAmount = '1000000.00';

  constructor(
    private readonly world: FinanceWorld,
    private readonly bank: BankLoop,
    private readonly sent: SentRun,
  ) {}

  /** Answers the code of the refusal where the step is not possible now: that is a result, too. */
  async take(step: FundStep): Promise<string | undefined> {
    try {
      await this.carryOut(step);
      return undefined;
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (typeof code === 'string' && code.startsWith('FINANCE_')) return code;
      throw error;
    }
  }

  private carryOut({ kind, index, cents }: FundStep): Promise<unknown> {
    switch (kind) {
      case 'PAID':
        return this.debit(index, (amount) => amount);
      case 'PAID_IN_PART':
        return this.debit(index, (amount) => changedBy(amount, -BigInt(cents)));
      case 'REST_PAID':
        return this.debit(index, () => changedBy('0.00', BigInt(cents)));
      case 'RETURNED':
        return this.credit(index, (amount) => amount);
      case 'RETURNED_IN_PART':
        return this.credit(index, (amount) => changedBy(amount, -BigInt(cents)));
      case 'BOOKED_BY_HAND':
        return this.bookByHand();
      case 'CHARGE':
        return this.charge(changedBy('0.00', BigInt(cents)));
      case 'REISSUED':
        return this.decide(reissuePayout, index);
      case 'GIVEN_BACK':
        return this.decide(giveBackPayout, index);
      case 'CLAIM_PAID':
      case 'INTEREST_PAID':
      case 'INTEREST_REMITTED':
      case 'INTEREST_REVERSED':
      case 'CLAIM_WAIVED_IN_PART':
      case 'CLAIM_GIVEN_BACK':
      case 'CLAIM_REMITTED':
      case 'CLAIM_REVERSED':
        return this.claim(kind, cents);
      case 'SUPPLEMENT':
      case 'CUT':
      case 'BLOCK':
      case 'BLOCK_LIFTING':
        return this.changeBudget(kind, index, cents);
      case 'RELEASE':
      case 'RELEASE_REVERSED':
      case 'YEAR_CLOSED':
        return this.budget(kind, cents);
    }
  }

  private get iban(): string {
    return this.sent.run.debtorAccount.iban;
  }

  /** Everything happens on the day on which it does. */
  private get today(): string {
    return this.world.clock.today();
  }

  /** One statement, which goes on where the one before ended; each entry is another one for the bank, however alike they look. */
  private async booked(entry: Omit<BankEntry, 'on'>): Promise<BankMessageView> {
    const on = this.today;
    const opening = this.heldAmount;
    const message = await this.bank.importFile(
      this.bank.statement([{ ...entry, on, reference: randomUUID().slice(0, 20) }], {
        iban: this.iban,
        day: on,
        opening,
      }),
    );
    const cents = parseMinor(entry.amount, 'EUR') ?? 0n;
    this.heldAmount = changedBy(opening, entry.direction === 'CRDT' ? cents : -cents);
    return message;
  }

  private async transfer(index: number): Promise<TransferView> {
    const request = { paymentRunId: this.sent.run.id };
    const { items } = await this.world.app.rpc(listTransfers, request, AUDITOR);
    const transfer = items[index % items.length];
    if (!transfer) throw new AppError('FINANCE_PAYMENT_RUN_EMPTY');
    return transfer;
  }

  private async debit(index: number, of: (amount: string) => string): Promise<void> {
    const transfer = await this.transfer(index);
    const amount = of(transfer.amount.amount);
    const { endToEndId } = transfer;
    await this.sayWhose(await this.booked({ amount, transactions: [{ amount, endToEndId }] }), transfer, index);
  }

  private async credit(index: number, of: (amount: string) => string): Promise<void> {
    const transfer = await this.transfer(index);
    const amount = of(transfer.amount.amount);
    const transaction = { amount, endToEndId: transfer.endToEndId, returnReason: 'AC04' };
    const message = await this.booked({ amount, direction: 'CRDT', transactions: [transaction] });
    await this.sayWhose(message, transfer, index);
  }

  /** Of a transfer for several payouts the bank has told a part: a person names payouts that it is of. */
  private async sayWhose(message: BankMessageView, { parts }: TransferView, index: number): Promise<void> {
    const [entry] = await this.bank.openEntries(message);
    if (!entry || parts.length === 1) return;
    let left = minorOf(entry.amount);
    const allocations = [];
    for (const { payoutId, amount } of [...parts.slice(index), ...parts.slice(0, index)]) {
      const share = left < minorOf(amount) ? left : minorOf(amount);
      if (share > 0n) allocations.push({ payoutId, amount: eur(changedBy('0.00', share)) });
      left -= share;
    }
    await this.world.app.rpc(matchBankEntry, { bankEntryId: entry.id, allocations }, CASHIER, on(entry));
  }

  private async charge(amount: string): Promise<void> {
    await this.bank.bearCharge(this.sent.fundId, await this.booked({ amount, transactions: [{ amount }] }));
  }

  private async bookByHand(): Promise<void> {
    const { app } = this.world;
    const [{ version } = { version: 0 }] = await app.asServiceRole<{ version: number }>(
      'SELECT version FROM payment_run WHERE id = $1',
      [this.sent.run.id],
    );
    const request = { paymentRunId: this.sent.run.id, bookedOn: this.today, statementReference: 'paper' };
    await app.rpc(bookPaymentRun, request, CASHIER, { expectedVersion: version });
  }

  private async decide(operation: typeof reissuePayout, index: number): Promise<void> {
    // By chance alone all three would seldom happen to one payout, and in this order.
    await this.debit(index, (amount) => amount);
    await this.credit(index, (amount) => amount);
    const { parts } = await this.transfer(index);
    const payoutId = parts[index % parts.length]?.payoutId ?? '';
    const { version } = await this.world.app.rpc(getPayout, { payoutId }, AUDITOR);
    await this.world.app.rpc(operation, { payoutId }, FINANCE, { expectedVersion: version });
  }

  private async claim(kind: FundStep['kind'], cents: number): Promise<void> {
    const { app } = this.world;
    const drafted = await app.rpc(
      createClaim,
      {
        fundId: this.sent.fundId,
        debtorName: 'Commune de Kongoussi',
        ruleSet: 'BENGO',
        ground: 'IMPROPER_USE',
        reason: 'The pump was sold.',
        amount: eur('10000.00'),
        interestFrom: '2025-07-01',
      },
      FINANCE,
    );
    const claimId = drafted.id;
    let { version } = await app.rpc(openClaimHearing, { claimId, until: '2027-03-01' }, FINANCE, on(drafted));
    ({ version } = await app.rpc(recordClaimStatement, { claimId, statement: 'No.' }, FINANCE, on({ version })));
    const decision = { claimId, decidedOn: this.today, reference: 'Bescheid 4' };
    ({ version } = await app.rpc(decideClaim, decision, DECIDER, on({ version })));
    ({ version } = await app.rpc(makeClaimDue, { claimId, dueOn: '2027-03-10' }, FINANCE, on({ version })));
    const isInterest = kind.startsWith('INTEREST');
    if (isInterest) {
      const demand = { claimId, until: '2025-12-31', dueOn: '2027-03-31' };
      ({ version } = await app.rpc(demandClaimInterest, demand, FINANCE, on({ version })));
    }
    if (kind === 'CLAIM_WAIVED_IN_PART') {
      const waiver = { claimId, reason: 'Härte', consentReference: 'BMF 1', amount: eur('9900.00') };
      ({ version } = await app.rpc(waiveClaim, waiver, DECIDER, on({ version })));
    }
    const settles = isInterest ? ('INTEREST' as const) : ('PRINCIPAL' as const);
    const amount = eur(changedBy('0.00', BigInt(cents)));
    const payment = { claimId, amount, paidOn: this.today, reference: 'Eingang 12', settles };
    ({ version } = await app.rpc(recordClaimPayment, payment, CASHIER, on({ version })));
    const settled = { claimId, paymentNumber: 1, reason: 'Vermerk' };
    if (kind.endsWith('_REVERSED')) await app.rpc(reverseClaimPayment, settled, FINANCE, on({ version }));
    if (kind === 'CLAIM_GIVEN_BACK' || kind.endsWith('_REMITTED')) {
      const as = kind === 'CLAIM_GIVEN_BACK' ? 'GIVEN_BACK' : 'REMITTED';
      await app.rpc(settleClaimPayment, { ...settled, as }, BUDGET, on({ version }));
    }
  }

  private async changeBudget(kind: BudgetChangeKind, index: number, cents: number): Promise<void> {
    const { app } = this.world;
    const request = { fundId: this.sent.fundId, year: 2027 + (index % 2), kind, reason: 'Haushaltsgesetz' };
    // Large enough that a cut reaches what was released.
    const amount = eur(changedBy('0.00', BigInt(cents) * (kind === 'CUT' ? 20n : 1n)));
    const change = await app.rpc(proposeBudgetChange, { ...request, amount }, BUDGET);
    await app.rpc(confirmBudgetChange, { changeId: change.id, reason: 'Gelesen' }, FINANCE, on(change));
  }

  private async budget(kind: FundStep['kind'], cents: number): Promise<void> {
    const { app } = this.world;
    const { fundId } = this.sent;
    const fund = await app.rpc(getFund, { fundId }, AUDITOR);
    if (kind === 'RELEASE') {
      await app.rpc(
        releaseBudget,
        { fundId, year: 2028, amount: eur(changedBy('0.00', BigInt(cents))) },
        BUDGET,
        on(fund),
      );
    } else if (kind === 'RELEASE_REVERSED') {
      const releases = { fundId, kind: ['BUDGET_RELEASED' as const], limit: 1 };
      const { items } = await app.rpc(listFundJournal, releases, AUDITOR);
      const request = { fundId, journalEntryId: items[0]?.id ?? '', reason: 'Irrtum' };
      await app.rpc(reverseRelease, request, BUDGET, on(fund));
    } else {
      await this.closeYear(fund, cents);
    }
  }

  private async closeYear(fund: FundView, cents: number): Promise<void> {
    const { app } = this.world;
    const first = { fundId: fund.id, year: 2026, to: 'CLOSING' as const };
    const closing = await app.rpc(closeBudgetYear, first, BUDGET, on(fund));
    const carryOver = eur(changedBy('0.00', BigInt(cents)));
    const last = { ...first, to: 'CLOSED' as const, carryOver, reason: 'Rest' };
    await app.rpc(closeBudgetYear, last, BUDGET, on(closing));
  }
}

function on({ version }: { readonly version: number }): { expectedVersion: number } {
  return { expectedVersion: version };
}

export const minorOf = ({ amount, currency }: { readonly amount: string; readonly currency: string }): bigint =>
  parseMinor(amount, currency) ?? 0n;
