import { SHIPPED_INSTRUMENT_RULES } from './shipped-rules';
import { randomUUID } from 'node:crypto';
import { addDays, AppError, type IncomingMessage, type OutgoingMessage, toMinor } from '#contracts';
import {
  cancelPayout,
  changeCommitmentRate,
  type CommitmentView,
  type CostInputs,
  createPaymentRun,
  type FundBalancesView,
  getCommitment,
  getPayout,
  giveBackPayout,
  type PayoutView,
  reissuePayout,
  requestCommitmentCover,
  runDue,
  sendPaymentRun,
} from '#contracts/finance';
import { AssignmentConsumer } from '../src/commitments/commitments/assignment.consumer';
import { buildCostPlan } from '../src/commitments/cost-plans/cost-plan';
import { JOURNAL } from '../src/budget/ledger/journal-subject.rows';
import { move, Ledger } from '../src/budget/ledger/ledger.service';
import { termsOf } from './any-plan';
import { AssignmentMessages } from './assignment-changes';
import { pain002 } from './bank';
import { BankLoop } from './bank-loop';
import { CASHIER, FINANCE, AUDITOR, type FinanceWorld, type FundingData } from './finance-world';

/** What may happen to a commitment; numbers choose among what is there at that moment. */
export type HistoryStep =
  | {
      readonly kind: 'EXTEND' | 'INTERRUPT' | 'RESUME' | 'RATE' | 'SHARE' | 'TERMS' | 'END';
      readonly days: number;
      readonly isAttributable: boolean;
    }
  | { readonly kind: 'RELEASE_MONEY'; readonly year: number; readonly minor: bigint }
  | { readonly kind: 'ORDER' | 'CANCEL' | 'REJECT_AND_REISSUE' | 'REJECT_AND_GIVE_BACK'; readonly index: number };

/** What a person may be told; anything else is a fault of the service. */
const REFUSALS = [
  'FINANCE_COMMITMENT_COVERED',
  'FINANCE_COMMITMENT_INSUFFICIENT_FUNDS',
  'FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED',
  'FINANCE_RATE_CHANGE_NOT_APPLICABLE',
  'FINANCE_RATE_CHANGE_DAY_NOT_ALLOWED',
  'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
];
const HANDLERS = {
  'extension-requested': 'onExtensionRequested',
  'share-change-requested': 'onShareChangeRequested',
  interrupted: 'onInterrupted',
  resumed: 'onResumed',
  'ended-early': 'onEndedEarly',
} as const;

/** One assignment from its departure on, led through the service's own handlers and operations, on its database. */
export class CommitmentHistory {
  private readonly messages: AssignmentMessages;
  private version = 6;
  /** First day of an interruption that lasts; null while the expert serves. */
  private pausedOn: string | null = null;
  private free: string;
  private isOver = false;

  constructor(
    private readonly world: FinanceWorld,
    readonly data: FundingData,
    private readonly commitmentId: string,
  ) {
    this.messages = new AssignmentMessages(data);
    this.free = data.period.from;
  }

  view(): Promise<CommitmentView> {
    return this.world.app.rpc(getCommitment, { commitmentId: this.commitmentId }, AUDITOR);
  }

  async take(step: HistoryStep): Promise<void> {
    try {
      if ('days' in step) await this.change(step);
      else if ('minor' in step) await this.releaseMoney(step.year, step.minor);
      else await this.act(step);
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }

  private async change({ kind, days, isAttributable }: Extract<HistoryStep, { days: number }>): Promise<void> {
    const { period } = await this.view();
    const day = addDays(this.pausedOn ?? this.free, days);
    if (kind === 'RATE') return this.changeRate(addDays(this.data.period.from, days));
    if (this.isOver) return;
    if (kind === 'SHARE') {
      const [from, percent] = [addDays(this.data.period.from, days), (days % 100) + 1];
      await this.tell('share-change-requested', this.messages.shareChangeRequested(from, percent, this.next()));
    } else if (kind === 'TERMS') {
      const terms = termsOf(this.data.costInputs, days);
      const from = addDays(this.data.period.from, days);
      await this.tell('share-change-requested', this.messages.termsChangeRequested(from, terms, this.next()));
    } else if (kind === 'EXTEND') {
      if (this.pausedOn === null)
        await this.tell('extension-requested', this.messages.extensionRequested(addDays(period.to, days), this.next()));
    } else if (day >= period.to) {
      return;
    } else if (kind === 'INTERRUPT' && this.pausedOn === null) {
      await this.tell('interrupted', this.messages.interrupted(day, this.next(), isAttributable));
      this.pausedOn = day;
    } else if (kind === 'RESUME' && this.pausedOn !== null) {
      await this.tell('resumed', this.messages.resumed(this.pausedOn, day, this.next()));
      this.free = day;
      this.pausedOn = null;
    } else if (kind === 'END') {
      await this.tell('ended-early', this.messages.endedEarly(day, this.next(), isAttributable));
      this.isOver = true;
    }
  }

  private next(): number {
    return (this.version += 1);
  }

  private async tell(name: keyof typeof HANDLERS, { declaration, ...message }: OutgoingMessage): Promise<void> {
    const consumer = this.world.app.app.get(AssignmentConsumer, { strict: false });
    const incoming = {
      ...message,
      id: randomUUID(),
      subject: declaration.subject,
      occurredAt: this.world.clock.now(),
      correlationId: 'history',
    };
    const handle = consumer[HANDLERS[name]].bind(consumer) as (message: IncomingMessage, tx: unknown) => Promise<void>;
    await this.world.app.database.transaction((tx) => handle(incoming as IncomingMessage, tx));
  }

  private async changeRate(from: string): Promise<void> {
    const { version } = await this.view();
    const request = { commitmentId: this.commitmentId, from };
    await this.world.app.rpc(changeCommitmentRate, request, FINANCE, { expectedVersion: version });
  }

  private async releaseMoney(year: number, minor: bigint): Promise<void> {
    const ledger = this.world.app.app.get(Ledger, { strict: false });
    await this.world.app.database.transaction((tx) =>
      ledger.post(tx, {
        fundId: this.data.fundId,
        kind: 'BUDGET_RELEASED',
        reference: randomUUID(),
        effectiveOn: '2027-02-10',
        correlationId: 'history',
        lines: move(year, minor, { from: 'external', to: 'available' }),
      }),
    );
    const { version } = await this.view();
    await this.world.app.rpc(requestCommitmentCover, { commitmentId: this.commitmentId }, FINANCE, {
      expectedVersion: version,
    });
  }

  private async act({ kind, index }: Extract<HistoryStep, { index: number }>): Promise<void> {
    if (kind === 'CANCEL') return this.cancel(index);
    await this.world.app.rpc(runDue, { fundId: this.data.fundId, upTo: '2027-12-31' }, FINANCE);
    const due = (await this.payouts()).filter((it) => it.status === 'DUE');
    const [first, ...others] = due.slice(0, (index % 5) + 1);
    if (!first) return;
    const ordered = await this.world.order(first);
    // Above the threshold it waits for a second signature.
    if (kind !== 'ORDER' && ordered.status === 'ORDERED') return this.reject(ordered, kind);
    for (const payout of others) await this.world.order(payout);
  }

  private async cancel(index: number): Promise<void> {
    const payouts = await this.payouts();
    const payout = payouts[index % Math.max(1, payouts.length)];
    if (!payout) return;
    const request = { payoutId: payout.id, reason: 'Not needed' };
    await this.world.app.rpc(cancelPayout, request, FINANCE, { expectedVersion: payout.version });
  }

  private async reject(payout: PayoutView, kind: 'REJECT_AND_REISSUE' | 'REJECT_AND_GIVE_BACK'): Promise<void> {
    const { fundId } = this.data;
    const paymentType = payout.payeeKind === 'EXPERT' ? ('SEPA' as const) : ('FOREIGN' as const);
    const request = { fundId, paymentType, executionOn: '2027-02-12', payoutIds: [payout.id] };
    const run = await this.world.app.rpc(createPaymentRun, request, CASHIER);
    await this.world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, { expectedVersion: run.version });
    await new BankLoop(this.world).importFile(pain002(run.file.messageId, 'ALL'));
    const { version } = await this.world.app.rpc(getPayout, { payoutId: payout.id }, AUDITOR);
    const decide = kind === 'REJECT_AND_REISSUE' ? reissuePayout : giveBackPayout;
    await this.world.app.rpc(decide, { payoutId: payout.id }, FINANCE, { expectedVersion: version });
  }

  private async payouts(): Promise<PayoutView[]> {
    return (await this.world.payouts(this.data.assignmentId)).filter((it) => it.status !== 'CANCELLED');
  }
}

/** What must hold after each step of a history, to the cent. */
export async function expectSound(world: FinanceWorld, history: CommitmentHistory): Promise<CommitmentView> {
  const commitment = await history.view();
  const { plan } = commitment;
  if (!plan) throw new Error('a commitment without a plan');
  const total = minorOf(commitment.total);
  expect(sum(plan.instalments)).toBe(total);
  expect(sum(plan.byYear)).toBe(total);
  const bound = sum(commitment.byYear) - sum(commitment.byYear.map((it) => ({ amount: it.released })));
  expect(bound).toBe(total);
  const owed = total - minorOf(plan.overpaid) + minorOf(plan.cancelled) + minorOf(plan.uncovered);
  expect(sum(plan.byItem)).toBe(owed);
  expect(owed).toBe(owedByTheRules(commitment, history.data.costInputs));
  expectWithinBudget(await world.balances(commitment.fundId), commitment);
  return commitment;
}

/**
 * The journal behind it: its replay gives the stored balances, each line that binds money names what it is for, and the audit of
 * stored amounts finds nothing.
 */
export async function expectBooks(world: FinanceWorld, { data: { fundId } }: CommitmentHistory): Promise<void> {
  expect(await JOURNAL.verifyAmounts?.(world.app.database)).toEqual([]);
  const stored = await world.balances(fundId);
  expect({ ...(await world.balances(fundId, '2100-01-01T00:00:00Z')), asOf: null }).toEqual(stored);
  const unnamed = await world.app.asServiceRole(
    `SELECT e.kind, l.stage FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
     WHERE e.fund_id = $1 AND l.stage IN ('reserved', 'committed', 'payable', 'returned') AND l.category IS NULL`,
    [fundId],
  );
  expect(unnamed).toEqual([]);
}

/** The plan as it would be had all been known from the start. */
function owedByTheRules({ plan, period }: CommitmentView, costInputs: CostInputs): bigint {
  if (!plan) return 0n;
  const { changes, fullTime } = plan;
  return minorOf(
    buildCostPlan(
      {
        costInputs,
        period,
        exchangeRate: plan.exchangeRate,
        ...(fullTime && { fullTime }),
        ...(changes && { changes }),
      },
      SHIPPED_INSTRUMENT_RULES,
    ).total,
  );
}

function expectWithinBudget({ years }: FundBalancesView, commitment: CommitmentView): void {
  for (const year of years) {
    const stages = [year.available, year.reserved, year.committed, year.payable, year.paid, year.returned].map(minorOf);
    expect(stages.filter((it) => it < 0n)).toEqual([]);
    expect(stages.reduce((all, it) => all + it, minorOf(year.external))).toBe(0n);
    const open = commitment.byYear.find((it) => it.year === year.year)?.open;
    expect(minorOf(year.reserved) + minorOf(year.committed)).toBe(minorOf(open));
  }
}

function minorOf(amount: CommitmentView['total'] | undefined): bigint {
  return amount ? toMinor(amount).amountMinor : 0n;
}

function sum(parts: readonly { amount: CommitmentView['total'] }[]): bigint {
  return parts.reduce((all, part) => all + minorOf(part.amount), 0n);
}

function isRefusal(error: unknown): boolean {
  const code = error instanceof AppError ? error.code : (error as { code?: unknown }).code;
  return REFUSALS.some((refusal) => refusal === code);
}
