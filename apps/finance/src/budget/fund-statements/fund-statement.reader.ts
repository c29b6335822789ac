import { Injectable } from '@nestjs/common';
import { type RequestOf, toMoney } from '#contracts';
import { type FundPeriodStatement, getFundPeriodStatement, LEDGER_STAGES } from '#contracts/finance';
import { Database } from '#database';
import { Handle } from '#platform';
import { FundService } from '../funds/fund.service';
import { closingOf, readMovements, readSources } from './fund-movements.reader';

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
    const { rows, sources, entries } = await this.database.snapshot(async (tx) => ({
      rows: await readMovements(tx, { fundId, from, to }),
      sources: await readSources(tx, { fundId, from, to }),
      entries: await tx.query<{ entries: number }>(ENTRIES, [fundId, from, to]),
    }));
    const money = (minor: bigint) => toMoney(minor, currency);
    return {
      fundId,
      period,
      from,
      to,
      rows: rows.map((row) => ({
        year: row.year,
        category: row.category,
        stage: row.stage,
        opening: money(row.opening),
        additions: money(row.additions),
        deductions: money(row.deductions),
        closing: money(closingOf(row)),
      })),
      closing: LEDGER_STAGES.map((stage) => ({
        stage,
        amount: money(rows.filter((row) => row.stage === stage).reduce((sum, row) => sum + closingOf(row), 0n)),
      })),
      sources: sources.map(({ year, released, carriedOver, lapsed, cut, repaid, total }) => ({
        year,
        released: money(released),
        carriedOver: money(carriedOver),
        lapsed: money(lapsed),
        cut: money(cut),
        repaid: money(repaid),
        total: money(total),
      })),
      entries: entries[0]?.entries ?? 0,
    };
  }
}

function daysOf(period: string): { from: string; to: string } {
  const [year = 0, month] = period.split('-').map(Number);
  if (month === undefined) return { from: `${year}-01-01`, to: `${year + 1}-01-01` };
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
  return { from: `${period}-01`, to: `${next}-01` };
}

const ENTRIES = `SELECT count(*)::int AS entries FROM journal_entry
WHERE fund_id = $1 AND effective_on >= $2 AND effective_on < $3`;
