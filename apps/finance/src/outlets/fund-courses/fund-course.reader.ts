import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf, toMoney } from '#contracts';
import { type FundYearCourse, getFundYearCourse } from '#contracts/finance';
import { Database } from '#database';
import { Clock, Handle } from '#platform';
import { FundService } from '../../budget/funds/fund.service';

interface MonthRow {
  readonly month: string;
  readonly spentMinor: bigint;
  readonly expectedMinor: bigint;
}

/** The course of a budget year over its months: what was paid, and what is still to come. */
@Injectable()
export class FundCourseReader {
  constructor(
    private readonly database: Database,
    private readonly funds: FundService,
    private readonly clock: Clock,
  ) {}

  @Handle(getFundYearCourse)
  async read({ fundId, year }: RequestOf<typeof getFundYearCourse>): Promise<FundYearCourse> {
    const { currency, budgetYears } = await this.funds.get({ fundId });
    if (!budgetYears.some((each) => each.year === year)) throw new AppError('FINANCE_BUDGET_YEAR_UNKNOWN', { year });
    const asOf = this.clock.today();
    const months = await this.database.query<MonthRow>(COURSE, [fundId, year, asOf]);
    return {
      fundId,
      year,
      asOf,
      months: months.map(({ month, spentMinor, expectedMinor }) => ({
        month,
        spent: toMoney(spentMinor, currency),
        expected: toMoney(expectedMinor, currency),
      })),
    };
  }
}

const ENDED = ['BOOKED', 'REJECTED', 'RETURNED', 'CANCELLED'];

const COURSE = `
WITH movement AS (
  SELECT entry.effective_on AS day, line.amount_minor AS spent, 0::bigint AS expected
  FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
  WHERE entry.fund_id = $1 AND line.budget_year = $2 AND line.stage = 'paid'
  UNION ALL
  SELECT greatest(due_on, $3::date), 0, amount_minor
  FROM payout WHERE fund_id = $1 AND budget_year = $2 AND status NOT IN (${ENDED.map((status) => `'${status}'`).join(', ')})
), month AS (
  SELECT make_date($2::int, number, 1) AS begins FROM generate_series(1, 12) AS number
)
SELECT to_char(month.begins, 'YYYY-MM') AS month,
  coalesce(sum(movement.spent), 0)::bigint AS spent_minor, coalesce(sum(movement.expected), 0)::bigint AS expected_minor
FROM month LEFT JOIN movement
  ON date_trunc('month', least(greatest(movement.day, make_date($2::int, 1, 1)), make_date($2::int, 12, 1))) = month.begins
GROUP BY month.begins ORDER BY month.begins`;
