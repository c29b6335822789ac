import type { Money } from '#contracts';
import type { FundYearCourse } from '#contracts/finance';
import { less } from '../../ui/sum-of';

export interface MonthLeft {
  readonly month: string;
  readonly spent: Money;
  readonly due: Money;
  /** What is left of the released money at the end of the month; for months that are over and the present one. */
  readonly actual: Money | undefined;
  /** The same after what is expected; from the present month on. */
  readonly expected: Money | undefined;
}

/** What is left of a year's money, month by month. */
export function burnDown({ months, asOf }: FundYearCourse, released: Money): MonthLeft[] {
  const now = asOf.slice(0, 7);
  let actual = released;
  let expected = released;
  return months.map(({ month, spent, expected: due }) => {
    actual = less(actual, spent);
    expected = less(expected, spent, due);
    return {
      month,
      spent,
      due,
      actual: month <= now ? actual : undefined,
      expected: month >= now ? expected : undefined,
    };
  });
}
