import { Injectable } from '@nestjs/common';
import { addDays, AppError } from '#contracts';
import { Database } from '#database';
import { Clock } from '#platform';
import { byStage, readMovements, readSources } from '../../budget/fund-statements/fund-movements.reader';
import { FundService } from '../../budget/funds/fund.service';
import { type BankBooking, BOOKINGS } from './bank-booking.reader';
import { type FundStatement, fundStatementPdf, type MonthTotal } from './fund-statement';
import type { Range } from './part-rows';

/** Bookings that a volume lists one by one: a file that is made whole has to fit one answer, and its pages have to fit the memory. */
export const LISTED_MAX = 500;

/** The statement of a fund over a period, all of it read from one state of the books. */
@Injectable()
export class FundStatementService {
  constructor(
    private readonly database: Database,
    private readonly funds: FundService,
    private readonly clock: Clock,
  ) {}

  async pdf(range: Range, how: { language: 'de' | 'en'; volume: number }): Promise<Buffer> {
    return fundStatementPdf(await this.read(range, how));
  }

  /** FINANCE_EXPORT_VOLUME_UNKNOWN behind the last volume. */
  async read(
    range: Range,
    { language = 'de', volume: number = 1 }: { language?: 'de' | 'en'; volume?: number } = {},
  ): Promise<FundStatement> {
    const { fundId, from, to } = range;
    const fund = await this.funds.get({ fundId });
    const parameters = [fundId, from, to];
    return this.database.snapshot(async (tx) => {
      const totals = await tx.query<MonthTotal>(TOTALS, parameters);
      const count = totals.reduce((sum, { bookings }) => sum + bookings, 0);
      const volumes = Math.max(1, Math.ceil(count / LISTED_MAX));
      if (number > volumes) throw new AppError('FINANCE_EXPORT_VOLUME_UNKNOWN', { volumes });
      const before = (number - 1) * LISTED_MAX;
      const [carried] = await tx.query<{ minor: bigint }>(CARRIED, [...parameters, before]);
      return {
        language,
        fund,
        from,
        until: addDays(to, -1),
        createdAt: this.clock.now(),
        movements: byStage(await readMovements(tx, range)),
        sources: await readSources(tx, range),
        byKind: await tx.query<FundStatement['byKind'][number]>(BY_KIND, parameters),
        totals,
        bookings: await tx.query<BankBooking>(LISTED, [...parameters, LISTED_MAX, before]),
        volume: { number, of: volumes, before, carriedMinor: carried?.minor ?? 0n },
      };
    });
  }
}

const BY_KIND = `
SELECT entry.kind, count(DISTINCT entry.id)::int AS entries,
  sum(line.amount_minor) FILTER (WHERE line.amount_minor > 0)::bigint AS amount_minor
FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
WHERE entry.fund_id = $1 AND entry.effective_on >= $2 AND entry.effective_on < $3
GROUP BY entry.kind ORDER BY min(entry.booked_at)`;

/** What debtors paid is not paid back to `paid`: it stands among the sources. */
const TOTALS = `${BOOKINGS}
SELECT to_char(booked_on, 'YYYY-MM') AS month, category, kind = 'CHARGE' AS is_charge, budget_year, count(*)::int AS bookings,
  sum(amount_minor)::bigint AS amount_minor
FROM booking WHERE kind NOT IN ('CLAIM', 'CLAIM_INTEREST') GROUP BY 1, 2, 3, 4 ORDER BY 1, 4, 3, 2`;

const LISTED = `${BOOKINGS} SELECT * FROM booking WHERE kind NOT IN ('CLAIM', 'CLAIM_INTEREST') ORDER BY booked_on, id, number LIMIT $4 OFFSET $5`;

/** What the volumes before this one add up to. */
const CARRIED = `${BOOKINGS}
SELECT coalesce(sum(amount_minor), 0)::bigint AS minor FROM (SELECT amount_minor FROM booking
  WHERE kind NOT IN ('CLAIM', 'CLAIM_INTEREST') ORDER BY booked_on, id, number LIMIT $4) before`;
