import { toMinor } from '#contracts';
import type { CostPlanView, CoverRefusal } from '#contracts/finance';
import type { LedgerAccountState } from '../../budget/ledger/ledger.service';
import type { CommitmentYearRow, Shortfall } from './commitment.messages';

export interface YearChange {
  readonly year: number;
  /** More is bound (positive) or less (negative). */
  readonly minor: bigint;
}

/** Whether the budget years hold what a plan needs. */
export interface Cover {
  readonly isClosed: boolean;
  readonly shortfalls: readonly Shortfall[];
  /** What a year may bind for the commitment: what it binds now, and what is available. */
  readonly roomOf: (year: number) => bigint;
}

/** What a commitment binds of a year: what was granted and not given back. */
export type BoundYear = Pick<CommitmentYearRow, 'year' | 'amountMinor' | 'releasedMinor'>;

/** What each year binds more or less under the plan. */
export function yearChanges(plan: CostPlanView, years: readonly BoundYear[]): YearChange[] {
  const all = new Set([...plan.byYear.map((it) => it.year), ...years.map((it) => it.year)]);
  return [...all]
    .sort((a, b) => a - b)
    .map((year) => {
      const needed = plan.byYear.find((it) => it.year === year);
      return { year, minor: (needed ? toMinor(needed.amount).amountMinor : 0n) - boundIn(years, year) };
    });
}

/** Whether a plan made anew is covered beyond what its commitment binds. A closed year holds nothing. Pure. */
export function coverOfPlan(
  plan: CostPlanView,
  years: readonly BoundYear[],
  { accounts, provisional = [] }: { accounts: readonly LedgerAccountState[]; provisional?: readonly number[] },
): Cover {
  const available = accounts.filter((it) => it.stage === 'available');
  const availableIn = (year: number): bigint =>
    available.find((it) => it.year === year && it.isOpen)?.balanceMinor ?? 0n;
  const more = yearChanges(plan, years).filter((it) => it.minor > 0n);
  const shortfalls = more
    .map(({ year, minor }) => ({ year, missingMinor: minor - availableIn(year) }))
    .filter((it) => it.missingMinor > 0n);
  return {
    isClosed: more.some(
      ({ year }) => provisional.includes(year) || available.some((it) => it.year === year && !it.isOpen),
    ),
    shortfalls,
    // A year that binds no more needs no account: what it binds is its room.
    roomOf: (year) => boundIn(years, year) + availableIn(year),
  };
}

/** Why the first plan of an assignment is not covered, if so. Years that are being closed or managed provisionally take none. Pure. */
export function refusalOfPlan(
  plan: CostPlanView,
  accounts: readonly LedgerAccountState[],
  takesNone: readonly number[],
): { refusal: CoverRefusal | null; shortfalls: readonly Shortfall[] } {
  const { isClosed, shortfalls } = coverOfPlan(plan, [], { accounts });
  if (isClosed || plan.byYear.some(({ year }) => takesNone.includes(year)))
    return { refusal: 'YEAR_CLOSED', shortfalls };
  return { refusal: shortfalls.length > 0 ? 'INSUFFICIENT_FUNDS' : null, shortfalls };
}

function boundIn(years: readonly BoundYear[], year: number): bigint {
  const row = years.find((it) => it.year === year);
  return row ? row.amountMinor - row.releasedMinor : 0n;
}
