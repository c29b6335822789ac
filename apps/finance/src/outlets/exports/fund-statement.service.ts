import { Injectable } from '@nestjs/common';
import { addDays, toMoney } from '#contracts';
import type { JournalEntryKind } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { Clock } from '#platform';
import { FundService } from '../../budget/funds/fund.service';
import { fundStatementPdf } from './fund-statement';
import type { Range } from './part-rows';
import { PAYMENTS, type PaymentRow } from './payment.reader';

/** More are not listed one by one but in the journal's export, which the statement then names. */
const LISTED_MAX = 1_000;

interface Total {
  readonly month: string;
  readonly category: string;
  readonly budgetYear: number;
  readonly payments: number;
  readonly amountMinor: bigint;
}

interface Movement {
  readonly kind: JournalEntryKind;
  readonly entries: number;
  readonly amountMinor: bigint;
}

/** The statement of a fund over a period, all of it read from one state of the books. */
@Injectable()
export class FundStatementService {
  constructor(
    private readonly database: Database,
    private readonly funds: FundService,
    private readonly clock: Clock,
  ) {}

  async pdf({ fundId, from, to }: Range): Promise<Buffer> {
    const fund = await this.funds.get({ fundId });
    const range = [fundId, from, to];
    const read = await this.oneState(async (tx) => ({
      balances: await this.funds.balancesIn(tx, fund),
      movements: await tx.query<Movement>(MOVEMENTS, range),
      totals: await tx.query<Total>(TOTALS, range),
      payments: await tx.query<PaymentRow>(LISTED, range),
    }));
    const { currency } = fund;
    const money = (amountMinor: bigint) => toMoney(amountMinor, currency);
    const count = read.totals.reduce((sum, { payments }) => sum + payments, 0);
    return fundStatementPdf({
      fund,
      from,
      until: addDays(to, -1),
      createdAt: this.clock.now(),
      balances: read.balances,
      byKind: read.movements.map(({ amountMinor, ...it }) => ({ ...it, amount: money(amountMinor) })),
      totals: read.totals.map(({ amountMinor, ...it }) => ({ ...it, amount: money(amountMinor) })),
      payments:
        count > LISTED_MAX
          ? undefined
          : read.payments.map(({ side, amountMinor, ...it }) => ({
              ...it,
              amount: money(side === 2 ? -amountMinor : amountMinor),
            })),
      count,
      paid: money(read.totals.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)),
    });
  }

  private oneState<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return work(tx);
    });
  }
}

const MOVEMENTS = `
SELECT entry.kind, count(DISTINCT entry.id)::int AS entries,
  sum(line.amount_minor) FILTER (WHERE line.amount_minor > 0)::bigint AS amount_minor
FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
WHERE entry.fund_id = $1 AND entry.effective_on >= $2 AND entry.effective_on < $3
GROUP BY entry.kind ORDER BY min(entry.booked_at)`;

const TOTALS = `
SELECT to_char(booked_on, 'YYYY-MM') AS month, category, budget_year, count(*)::int AS payments,
  sum(CASE side WHEN 1 THEN amount_minor ELSE -amount_minor END)::bigint AS amount_minor
FROM (${PAYMENTS}) payment GROUP BY 1, 2, 3 ORDER BY 1, 3, 2`;

const LISTED = `SELECT * FROM (${PAYMENTS}) payment ORDER BY booked_on, id, side LIMIT ${LISTED_MAX}`;
