import { Injectable } from '@nestjs/common';
import { type RequestOf, toMoney } from '#contracts';
import {
  type CostCategory,
  type FundPeriodStatement,
  getFundPeriodStatement,
  LEDGER_STAGES,
  type LedgerStage,
} from '#contracts/finance';
import { Database } from '#database';
import { Handle } from '#platform';
import { FundService } from '../funds/fund.service';

interface Row {
  readonly year: number;
  readonly category: CostCategory | null;
  readonly stage: LedgerStage;
  readonly opening: bigint;
  readonly additions: bigint;
  readonly deductions: bigint;
}

/** Monthly and yearly statements, computed from the journal alone. */
@Injectable()
export class FundStatementReader {
  constructor(
    private readonly database: Database,
    private readonly funds: FundService,
  ) {}

  @Handle(getFundPeriodStatement)
  async read({ fundId, period }: RequestOf<typeof getFundPeriodStatement>): Promise<FundPeriodStatement> {
    const { currency } = await this.funds.get({ fundId });
    const { from, to } = daysOf(period);
    const rows = await this.database.query<Row>(MOVEMENTS, [fundId, from, to]);
    const [counted] = await this.database.query<{ entries: number }>(
      `SELECT count(*)::int AS entries FROM journal_entry WHERE fund_id = $1 AND effective_on >= $2 AND effective_on < $3`,
      [fundId, from, to],
    );
    const closing = (row: Row): bigint => row.opening + row.additions - row.deductions;
    return {
      fundId,
      period,
      from,
      to,
      rows: rows.map((row) => ({
        year: row.year,
        category: row.category,
        stage: row.stage,
        opening: toMoney(row.opening, currency),
        additions: toMoney(row.additions, currency),
        deductions: toMoney(row.deductions, currency),
        closing: toMoney(closing(row), currency),
      })),
      closing: LEDGER_STAGES.map((stage) => ({
        stage,
        amount: toMoney(
          rows.filter((row) => row.stage === stage).reduce((sum, row) => sum + closing(row), 0n),
          currency,
        ),
      })),
      entries: counted?.entries ?? 0,
    };
  }
}

function daysOf(period: string): { from: string; to: string } {
  const [year = 0, month] = period.split('-').map(Number);
  if (month === undefined) return { from: `${year}-01-01`, to: `${year + 1}-01-01` };
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
  return { from: `${period}-01`, to: `${next}-01` };
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
