import { Injectable } from '@nestjs/common';
import { AppError, type Money, toMinor, toMoney, yearOf } from '#contracts';
import {
  type ChangeEstimate,
  type CostPlanView,
  type CoverShortfall,
  type TermsChange,
  withTermsChange,
} from '#contracts/finance';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { canonicalJson, Clock } from '#platform';
import { coveredPart, replan } from '../cost-plans/replan';
import { type Binding, provisionalYears } from '../../budget/budget-years/budget-rules.reader';
import { Ledger, type LedgerLine, move } from '../../budget/ledger/ledger.service';
import { type AssignmentChange, pauseFrom, readChanges } from './assignment-facts.rows';
import { amountsOf, appendPlan, currentPlan } from './commitment-plan.service';
import { bindYears, lockYears, releaseYears } from './commitment-years.service';
import type { Commitment } from './commitment.entity';
import { changeGranted, changeRefused, recordedCommitment, type Shortfall } from './commitment.messages';
import { InstalmentPayouts, type PayoutsOfPlan } from './instalment-payouts.port';
import { readInstrumentRules } from '../instrument-rules/instrument-rules.reader';
import { hasChanges, NOTHING_DECIDED, pausedFrom, planChanges, type RateChange } from './plan-changes';
import { type Cover, coverOfPlan, yearChanges, type YearChange } from './plan-cover';
import { type ShareChange, shareChangesOf, withShareChange } from './share.rows';
import { termsChangesOf } from './terms.rows';

/** What an assignment asks for: a longer term, another share of full time, other terms. */
export interface NextTerms {
  readonly periodTo?: string;
  readonly shareChange?: ShareChange;
  readonly termsChange?: TermsChange;
  /** What has not happened, but is asked about as if it had. */
  readonly supposed?: readonly AssignmentChange[];
  readonly supposedRates?: readonly RateChange[];
  /** The payouts as who asks has read them; locked here unless given. */
  readonly payouts?: PayoutsOfPlan | undefined;
}

export type PlanComparison = Omit<ChangeEstimate, 'pausedFrom'>;

export interface NextPlan {
  readonly plan: CostPlanView;
  readonly periodTo: string;
  /** What the plan leaves out for want of money. */
  readonly shortfall?: CoverShortfall | null;
}

/**
 * Makes the plan of a commitment anew after what happened to its assignment: the next plan version, its payouts, the bound money
 * of each budget year and the ledger change together or not at all. The same changes make the same plan, so it is safe to repeat.
 */
@Injectable()
export class ReplanningService {
  constructor(
    private readonly ledger: Ledger,
    private readonly payouts: InstalmentPayouts,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Brings plan and pause in line with what is known of the assignment; does nothing when they are. What happened has happened: a
   * budget year that does not hold what it costs cannot refuse it. What is no longer owed goes at once, what is covered is bound,
   * and the rest waits as a shortfall that people see and that is taken up again. No year is ever bound above its budget (BHO 38).
   */
  async follow(tx: Tx, commitment: Commitment, correlationId: string): Promise<void> {
    const changes = await readChanges(tx, commitment.assignmentId);
    await pauseFrom(
      tx,
      commitment.assignmentId,
      pausedFrom(commitment.costInputs, changes, await readInstrumentRules(tx)),
    );
    const last = changes.at(-1);
    if (last?.kind === 'INTERRUPTED') await this.holdPaused(tx, commitment, correlationId);
    const plan = await this.planOf(tx, commitment);
    if (plan) await this.applyCovered(tx, commitment, plan, correlationId);
  }

  private async applyCovered(tx: Tx, commitment: Commitment, plan: CostPlanView, correlationId: string): Promise<void> {
    const { periodTo, coverShortfall: before } = commitment;
    const { isClosed, shortfalls, roomOf } = await this.coverOf(tx, commitment, plan);
    if (shortfalls.length === 0) return this.apply(tx, commitment, { plan, periodTo }, correlationId);
    const payouts = await this.payouts.lock(tx, commitment.id);
    const part = coveredPart(plan, { lastInstalment: payouts?.lastInstalment ?? 0, roomOf });
    const shortfall: CoverShortfall = {
      reason: isClosed ? 'YEAR_CLOSED' : 'INSUFFICIENT_FUNDS',
      shortfalls: shortfalls.map((it) => ({ year: it.year, missing: toMoney(it.missingMinor, commitment.currency) })),
      since: before?.since ?? this.clock.now().toISOString(),
    };
    const inForce = await currentPlan(tx, commitment.id);
    const isSame =
      canonicalJson(shortfall) === canonicalJson(before) &&
      canonicalJson(part.instalments) === canonicalJson(inForce?.instalments);
    if (!isSame) await this.apply(tx, commitment, { plan: part, periodTo, shortfall }, correlationId);
  }

  /** The plan for a term that may be longer, another share or other terms; undefined when nothing changed since the plan in force. */
  async planOf(tx: Tx, commitment: Commitment, next: NextTerms = {}): Promise<CostPlanView | undefined> {
    const { periodTo = commitment.periodTo, shareChange, termsChange, supposed = [], supposedRates = [] } = next;
    const inForce = await currentPlan(tx, commitment.id);
    if (!inForce) return undefined;
    const known = await readChanges(tx, commitment.assignmentId);
    const shares = await shareChangesOf(tx, commitment.id);
    const terms = await termsChangesOf(tx, commitment.id);
    const changes = planChanges(commitment.agreedTo, [...known, ...supposed], {
      rateChanges: [...(await rateChangesOf(tx, commitment.id)), ...supposedRates],
      shareChanges: shareChange ? withShareChange(shares, shareChange) : shares,
      termsChanges: termsChange ? withTermsChange(terms, termsChange) : terms,
    });
    const period = { from: commitment.periodFrom, to: periodTo };
    const before = inForce.changes ?? planChanges(commitment.agreedTo, [], NOTHING_DECIDED);
    const isSameTerm = periodTo === commitment.periodTo;
    const isComplete = isSameTerm && commitment.coverShortfall === null;
    if (isComplete && canonicalJson(before) === canonicalJson(changes)) return undefined;
    if (isComplete && !inForce.changes && !hasChanges(changes, period)) return undefined;
    const payouts = 'payouts' in next ? next.payouts : await this.payouts.lock(tx, commitment.id);
    const request = {
      costInputs: commitment.costInputs,
      period,
      fullTime: { from: commitment.fullTimeFrom, to: commitment.fullTimeTo },
      exchangeRate: inForce.exchangeRate,
      reservePercent: inForce.local?.reservePercent ?? 0,
      changes,
      ordered: payouts?.ordered ?? [],
      open: payouts?.open ?? [],
      cancelled: payouts?.cancelled ?? [],
      lastInstalment: payouts?.lastInstalment ?? 0,
      firstOpenYear: await firstOpenYear(tx, commitment.fundId, yearOf(commitment.periodFrom)),
    };
    return replan(request, await readInstrumentRules(tx));
  }

  /**
   * What each year lacks for the plan, with the accounts locked until commit. A closed year holds nothing; one whose plan is not in
   * force takes only what the law binds, which is every change that is not asked for as a `binding`.
   */
  async coverOf(tx: Tx, commitment: Commitment, plan: CostPlanView, binding?: Binding): Promise<Cover> {
    const years = await lockYears(tx, commitment.id);
    const more = yearChanges(plan, years).filter((it) => it.minor > 0n);
    const accounts = await this.ledger.lock(
      tx,
      commitment.fundId,
      more.flatMap(({ year }) => [
        { year, stage: 'available' as const },
        { year, stage: 'committed' as const },
      ]),
    );
    const ofYears = { fundId: commitment.fundId, years: more.map(({ year }) => year), on: this.clock.today() };
    const provisional = binding === undefined ? [] : await provisionalYears(tx, binding, ofYears);
    return coverOfPlan(plan, years, { accounts, provisional });
  }

  /** A plan that is not in force beside the one that is. */
  async compare(tx: Tx, commitment: Commitment, plan: CostPlanView, binding?: Binding): Promise<PlanComparison> {
    const { id, version, totalMinor, currency } = commitment;
    const before = await currentPlan(tx, id);
    const cover = await this.coverOf(tx, commitment, plan, binding);
    return {
      commitmentId: id,
      version,
      total: { before: toMoney(totalMinor, currency), after: plan.total },
      byYear: compareYears(before?.byYear ?? [], plan.byYear, cover),
      isCovered: !cover.isClosed && cover.shortfalls.length === 0,
      plan,
    };
  }

  /** Puts a plan in force. FINANCE_LEDGER_NOT_COVERED when a year does not hold what it needs more. */
  async apply(
    tx: Tx,
    commitment: Commitment,
    { plan, periodTo, shortfall = null }: NextPlan,
    correlationId: string,
  ): Promise<void> {
    const years = await lockYears(tx, commitment.id);
    const changes = yearChanges(plan, years).filter((it) => it.minor !== 0n);
    const before = await currentPlan(tx, commitment.id);
    const planNumber = await appendPlan(tx, commitment, plan);
    await changeYears(tx, commitment, changes);
    if (changes.length > 0) {
      await this.ledger.post(tx, {
        fundId: commitment.fundId,
        kind: 'COMMITMENT_REPLANNED',
        reference: `${commitment.id}:${planNumber}`,
        effectiveOn: this.clock.today(),
        correlationId,
        lines: ledgerLines(before, plan, changes),
      });
    }
    if (await this.payouts.lock(tx, commitment.id)) await this.payouts.follow(tx, commitment, plan);
    const isGranted = commitment.coverShortfall !== null && shortfall === null;
    const isRefused = canonicalJson(shortfall) !== canonicalJson(commitment.coverShortfall);
    commitment.replan(toMinor(plan.total).amountMinor, periodTo, shortfall);
    await tx.update(commitment);
    this.outbox.append(tx, recordedCommitment(commitment, await lockYears(tx, commitment.id)));
    if (isGranted) this.outbox.append(tx, changeGranted(commitment, plan));
    else if (shortfall && isRefused) this.outbox.append(tx, changeRefused(commitment, shortfall));
  }

  /** Instalments that fell due but lie in the pause wait as planned ones again. */
  private async holdPaused(tx: Tx, commitment: Commitment, correlationId: string): Promise<void> {
    const changes = await readChanges(tx, commitment.assignmentId);
    const pause = pausedFrom(commitment.costInputs, changes, await readInstrumentRules(tx));
    const inForce = await currentPlan(tx, commitment.id);
    if (pause === null || !inForce) return;
    const fallen = await this.payouts.fallenDueFrom(tx, commitment.id, pause);
    if (fallen.length === 0) return;
    const payouts = await this.payouts.lock(tx, commitment.id);
    let last = payouts?.lastInstalment ?? 0;
    const instalments = inForce.instalments.map((it) =>
      fallen.includes(it.instalment) ? { ...it, instalment: (last += 1) } : it,
    );
    const { periodTo, coverShortfall: shortfall } = commitment;
    await this.apply(tx, commitment, { plan: { ...inForce, instalments }, periodTo, shortfall }, correlationId);
  }
}

async function changeYears(tx: Tx, commitment: Commitment, changes: readonly YearChange[]): Promise<void> {
  const more = changes.filter(({ minor }) => minor > 0n);
  const less = changes.filter(({ minor }) => minor < 0n);
  await bindYears(
    tx,
    commitment,
    more.map(({ year, minor }) => ({ year, amountMinor: minor })),
  );
  await releaseYears(
    tx,
    commitment.id,
    less.map(({ year, minor }) => ({ year, amountMinor: -minor })),
  );
}

/** By cost category where the two plans tell it, and always exactly the change of the year. */
function ledgerLines(
  before: CostPlanView | undefined,
  after: CostPlanView,
  changes: readonly YearChange[],
): LedgerLine[] {
  const old = amountsOf(before?.instalments ?? []);
  const next = amountsOf(after.instalments);
  return changes.flatMap(({ year, minor }) => {
    const categories = [...new Set([...old, ...next].filter((it) => it.year === year).map((it) => it.category))];
    const parts = categories.map((category) => ({
      category,
      minor: amountOf(next, year, category) - amountOf(old, year, category),
    }));
    const explained = parts.reduce((sum, it) => sum + it.minor, 0n);
    const lines = explained === minor ? parts : [{ category: undefined, minor }];
    return lines
      .filter((it) => it.minor !== 0n)
      .flatMap((it) =>
        it.minor > 0n
          ? move(year, it.minor, { from: 'available', to: 'committed', category: it.category })
          : move(year, -it.minor, { from: 'committed', to: 'available', category: it.category }),
      );
  });
}

function amountOf(amounts: ReturnType<typeof amountsOf>, year: number, category: string): bigint {
  return amounts.find((it) => it.year === year && it.category === category)?.amountMinor ?? 0n;
}

export async function rateChangesOf(tx: Tx, commitmentId: string): Promise<RateChange[]> {
  return tx.query<RateChange>(
    `SELECT changed_from AS "from", exchange_rate FROM commitment_rate_change
     WHERE commitment_id = $1 ORDER BY changed_from`,
    [commitmentId],
  );
}

/** The first budget year from a year on that still takes bookings; a plan never binds money of a closed one. */
async function firstOpenYear(tx: Tx, fundId: string, from: number): Promise<number> {
  const [row] = await tx.query<{ year: number | null }>(
    `SELECT max(year) + 1 AS year FROM budget_year WHERE fund_id = $1 AND status = 'CLOSED' AND year >= $2`,
    [fundId, from],
  );
  return row?.year ?? from;
}

export function notCovered(shortfalls: readonly Shortfall[]): AppError {
  return new AppError('FINANCE_COMMITMENT_INSUFFICIENT_FUNDS', {
    years: shortfalls.map((it) => String(it.year)),
    missingMinor: shortfalls.map((it) => it.missingMinor.toString()),
  });
}

type Years = readonly { readonly year: number; readonly amount: Money }[];

function compareYears(before: Years, after: Years, { shortfalls }: Cover): ChangeEstimate['byYear'] {
  const years = [...new Set([...before, ...after].map((it) => it.year))].sort((a, b) => a - b);
  const { currency } = [...after, ...before].map((it) => it.amount)[0] ?? { currency: 'EUR' };
  const none = toMoney(0n, currency);
  return years.map((year) => ({
    year,
    before: before.find((it) => it.year === year)?.amount ?? none,
    after: after.find((it) => it.year === year)?.amount ?? none,
    missing: toMoney(shortfalls.find((it) => it.year === year)?.missingMinor ?? 0n, currency),
  }));
}
