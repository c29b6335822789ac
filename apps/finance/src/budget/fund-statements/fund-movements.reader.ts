import assert from 'node:assert/strict';
import { type CostCategory, LEDGER_STAGES, type LedgerStage } from '#contracts/finance';
import type { Queries } from '#database';

/** Days from the first one to the day after the last one, by which entries take effect. */
export interface StatementRange {
  readonly fundId: string;
  readonly from: string;
  readonly to: string;
}

/** What stood on a stage of a budget year before the period, came to it and left it. */
export interface StageMovement {
  readonly year: number;
  readonly stage: LedgerStage;
  readonly opening: bigint;
  readonly additions: bigint;
  readonly deductions: bigint;
}

export interface CategoryMovement extends StageMovement {
  readonly category: CostCategory | null;
}

/** Where the money of a year came from until the end of the period, as it is counted up in a statement. */
export interface YearSources {
  readonly year: number;
  readonly released: bigint;
  readonly carriedOver: bigint;
  readonly lapsed: bigint;
  readonly cut: bigint;
  readonly repaid: bigint;
  readonly total: bigint;
}

export function closingOf({ opening, additions, deductions }: Omit<StageMovement, 'year' | 'stage'>): bigint {
  return opening + additions - deductions;
}

export function readMovements(source: Queries, { fundId, from, to }: StatementRange): Promise<CategoryMovement[]> {
  return source.query<CategoryMovement>(MOVEMENTS, [fundId, from, to]);
}

/** The same without the categories: every stage of each year that has an entry, as a statement shows them. */
export function byStage(movements: readonly CategoryMovement[]): StageMovement[] {
  const years = [...new Set(movements.map(({ year }) => year))];
  return years.flatMap((year) =>
    LEDGER_STAGES.map((stage) => {
      const parts = movements.filter((it) => it.year === year && it.stage === stage);
      const sum = (amount: 'opening' | 'additions' | 'deductions') =>
        parts.reduce((total, part) => total + part[amount], 0n);
      return { year, stage, opening: sum('opening'), additions: sum('additions'), deductions: sum('deductions') };
    }),
  );
}

export async function readSources(source: Queries, { fundId, to }: StatementRange): Promise<YearSources[]> {
  const rows = await source.query<YearSources>(SOURCES, [fundId, to]);
  for (const { year, released, carriedOver, lapsed, cut, repaid, total } of rows) {
    assert.equal(
      released + carriedOver + lapsed + cut + repaid,
      total,
      `money of ${year} came from outside in a way no statement names`,
    );
  }
  return rows;
}

const MOVEMENTS = `
SELECT line.budget_year AS year, line.category, line.stage,
  coalesce(sum(line.amount_minor) FILTER (WHERE entry.effective_on < $2::date), 0)::bigint AS opening,
  coalesce(sum(line.amount_minor) FILTER (WHERE entry.effective_on >= $2::date AND line.amount_minor > 0), 0)::bigint AS additions,
  coalesce(-sum(line.amount_minor) FILTER (WHERE entry.effective_on >= $2::date AND line.amount_minor < 0), 0)::bigint AS deductions
FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
WHERE entry.fund_id = $1 AND entry.effective_on < $3::date
GROUP BY line.budget_year, line.category, line.stage
ORDER BY line.budget_year, line.category NULLS FIRST,
  array_position(ARRAY[${LEDGER_STAGES.map((stage) => `'${stage}'`).join(', ')}], line.stage)`;

/** What comes into a fund leaves `external`. */
const SOURCES = `
SELECT line.budget_year AS year,
  ${cameIn("entry.kind IN ('BUDGET_RELEASED', 'RELEASE_REVERSED')")} AS released,
  ${cameIn("entry.kind = 'YEAR_CARRIED_OVER'")} AS carried_over,
  ${cameIn("entry.kind = 'YEAR_LAPSED'")} AS lapsed,
  ${cameIn("entry.kind = 'BUDGET_CUT'")} AS cut,
  ${cameIn("entry.kind LIKE 'CLAIM%'")} AS repaid,
  ${cameIn('true')} AS total
FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
WHERE entry.fund_id = $1 AND entry.effective_on < $2::date AND line.stage = 'external'
GROUP BY line.budget_year ORDER BY line.budget_year`;

function cameIn(condition: string): string {
  return `coalesce(-sum(line.amount_minor) FILTER (WHERE ${condition}), 0)::bigint`;
}
