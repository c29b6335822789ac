import { Injectable } from '@nestjs/common';
import { AppError, type CostPlanView, toMinor } from '#contracts';
import type { Tx } from '#database';
import { canonicalJson, Clock } from '#platform';
import { replan } from '../cost-plans/replan';
import { yearOf } from '../cost-plans/calendar';
import { Ledger, type LedgerLine, move } from '../ledger/ledger';
import { PayoutReplanService } from '../payouts/payout-replan.service';
import { pauseFrom, readChanges } from './assignment-facts';
import { amountsOf, appendPlan, currentPlan, lockYears } from './commitment-rows';
import type { Commitment } from './commitment.entity';
import type { CommitmentYearRow, Shortfall } from './commitment.messages';
import { hasChanges, pausedFrom, planChanges, type RateChange } from './plan-changes';

interface YearChange {
  readonly year: number;
  /** More is bound (positive) or less (negative). */
  readonly minor: bigint;
}

/**
 * Makes the plan of a commitment anew after what happened to its assignment: the next plan version, its payouts, the bound money
 * of each budget year and the ledger change together or not at all. The same changes make the same plan, so it is safe to repeat.
 */
@Injectable()
export class ReplanningService {
  constructor(
    private readonly ledger: Ledger,
    private readonly payouts: PayoutReplanService,
    private readonly clock: Clock,
  ) {}

  /** Brings plan and pause in line with what is known of the assignment; does nothing when they are. */
  async follow(tx: Tx, commitment: Commitment, correlationId: string): Promise<void> {
    const changes = await readChanges(tx, commitment.assignmentId);
    await pauseFrom(tx, commitment.assignmentId, pausedFrom(commitment.costInputs, changes));
    const last = changes.at(-1);
    if (last?.kind === 'INTERRUPTED') await this.holdPaused(tx, commitment, correlationId);
    const plan = await this.planOf(tx, commitment, commitment.periodTo);
    if (plan) await this.apply(tx, commitment, plan, commitment.periodTo, correlationId);
  }

  /** The plan for a term that may be longer; undefined when nothing changed since the plan in force. */
  async planOf(tx: Tx, commitment: Commitment, periodTo: string): Promise<CostPlanView | undefined> {
    const inForce = await currentPlan(tx, commitment.id);
    if (!inForce) return undefined;
    const known = await readChanges(tx, commitment.assignmentId);
    const changes = planChanges(commitment.agreedTo, known, await rateChangesOf(tx, commitment.id));
    const period = { from: commitment.periodFrom, to: periodTo };
    const before = inForce.changes ?? planChanges(commitment.agreedTo, [], []);
    const isSameTerm = periodTo === commitment.periodTo;
    if (isSameTerm && canonicalJson(before) === canonicalJson(changes)) return undefined;
    if (isSameTerm && !inForce.changes && !hasChanges(changes, period)) return undefined;
    const payouts = await this.payouts.lock(tx, commitment.id);
    return replan({
      costInputs: commitment.costInputs,
      period,
      exchangeRate: inForce.exchangeRate,
      changes,
      ordered: payouts?.ordered ?? [],
      open: payouts?.open ?? [],
      cancelled: payouts?.cancelled ?? [],
      lastInstalment: payouts?.lastInstalment ?? 0,
      firstOpenYear: await firstOpenYear(tx, commitment.fundId, yearOf(commitment.periodFrom)),
    });
  }

  /** What each year lacks for the plan, with the accounts locked until commit. */
  async shortfalls(
    tx: Tx,
    commitment: Commitment,
    plan: CostPlanView,
  ): Promise<{ isClosed: boolean; shortfalls: Shortfall[] }> {
    const more = yearChanges(plan, await lockYears(tx, commitment.id)).filter((it) => it.minor > 0n);
    const accounts = await this.ledger.lock(
      tx,
      commitment.fundId,
      more.flatMap(({ year }) => [
        { year, stage: 'available' as const },
        { year, stage: 'committed' as const },
      ]),
    );
    const available = accounts.filter((it) => it.stage === 'available');
    const shortfalls = more
      .map(({ year, minor }) => ({
        year,
        missingMinor: minor - (available.find((it) => it.year === year)?.balanceMinor ?? 0n),
      }))
      .filter((it) => it.missingMinor > 0n);
    return { isClosed: available.some((it) => !it.isOpen), shortfalls };
  }

  /** Puts a plan in force. FINANCE_LEDGER_NOT_COVERED when a year does not hold what it needs more. */
  async apply(
    tx: Tx,
    commitment: Commitment,
    plan: CostPlanView,
    periodTo: string,
    correlationId: string,
  ): Promise<void> {
    const years = await lockYears(tx, commitment.id);
    const changes = yearChanges(plan, years).filter((it) => it.minor !== 0n);
    const before = await currentPlan(tx, commitment.id);
    const planNumber = await appendPlan(tx, commitment, plan);
    await this.changeYears(tx, commitment, changes, years);
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
    commitment.replan(toMinor(plan.total).amountMinor, periodTo);
    await tx.update(commitment);
  }

  /** Instalments that fell due but lie in the pause wait as planned ones again. */
  private async holdPaused(tx: Tx, commitment: Commitment, correlationId: string): Promise<void> {
    const pause = pausedFrom(commitment.costInputs, await readChanges(tx, commitment.assignmentId));
    const inForce = await currentPlan(tx, commitment.id);
    if (pause === null || !inForce) return;
    const fallen = await this.payouts.fallenDueFrom(tx, commitment.id, pause);
    if (fallen.length === 0) return;
    const payouts = await this.payouts.lock(tx, commitment.id);
    let last = payouts?.lastInstalment ?? 0;
    const instalments = inForce.instalments.map((it) =>
      fallen.includes(it.instalment) ? { ...it, instalment: (last += 1) } : it,
    );
    await this.apply(tx, commitment, { ...inForce, instalments }, commitment.periodTo, correlationId);
  }

  private async changeYears(
    tx: Tx,
    commitment: Commitment,
    changes: readonly YearChange[],
    years: readonly CommitmentYearRow[],
  ): Promise<void> {
    const missing = changes.filter((it) => it.minor > 0n && !years.some((year) => year.year === it.year));
    for (const { year, minor } of missing) {
      await tx.query(
        `INSERT INTO commitment_year (commitment_id, fund_id, year, amount_minor) VALUES ($1, $2, $3, $4)`,
        [commitment.id, commitment.fundId, year, minor.toString()],
      );
    }
    for (const { year, minor } of changes.filter((it) => !missing.includes(it))) {
      await tx.query(
        minor > 0n
          ? 'UPDATE commitment_year SET amount_minor = amount_minor + $3 WHERE commitment_id = $1 AND year = $2'
          : 'UPDATE commitment_year SET released_minor = released_minor - $3 WHERE commitment_id = $1 AND year = $2',
        [commitment.id, year, minor.toString()],
      );
    }
  }
}

/** What each year binds more or less under the plan; what is bound is what was granted and not given back. */
function yearChanges(plan: CostPlanView, years: readonly CommitmentYearRow[]): YearChange[] {
  const all = new Set([...plan.byYear.map((it) => it.year), ...years.map((it) => it.year)]);
  return [...all]
    .sort((a, b) => a - b)
    .map((year) => {
      const needed = plan.byYear.find((it) => it.year === year);
      const row = years.find((it) => it.year === year);
      const bound = row ? row.amountMinor - row.releasedMinor : 0n;
      return { year, minor: (needed ? toMinor(needed.amount).amountMinor : 0n) - bound };
    });
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
    `SELECT changed_from AS "from", exchange_rate AS "exchangeRate" FROM commitment_rate_change
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
