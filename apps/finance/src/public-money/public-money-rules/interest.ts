import { addMonths, AppError, daysBetween, Exact, toMoney, yearOf } from '#contracts';
import { type InterestView, PERIODS_SHOWN } from '#contracts/finance';

export interface BaseRate {
  /** 1 January or 1 July. */
  readonly validFrom: string;
  /** Percent per year; may be negative. */
  readonly percent: string;
}

/** An amount that bears interest from a day on, up to but without another. */
export interface Principal {
  readonly amountMinor: bigint;
  readonly from: string;
  readonly to: string;
}

export const DAY_COUNTS = ['ACT_365', 'ACT_360', 'ACT_ACT'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

export interface InterestRules {
  /** Percentage points above the base rate. */
  readonly points: string;
  readonly dayCount: DayCount;
}

const RATE_DIGITS = 4;

/**
 * Interest = sum of principal x (base rate + points) / 100 x days / year, split at 1 January and 1 July, where the base rate
 * changes; all decimals, rounded once. Source: VwVfG 49a (3) and (4), BGB 247, docs/domain.md#interest-and-repayment.
 * FINANCE_BASE_RATE_MISSING when no rate is known at the start. A half-year after the last recorded rate takes that one and makes
 * the result provisional.
 */
export function interestOn(
  principals: readonly Principal[],
  { rates, rules, currency }: { rates: readonly BaseRate[]; rules: InterestRules; currency: string },
): InterestView {
  const newestFirst = [...rates].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  const newest = newestFirst[0]?.validFrom ?? '';
  const periods: InterestView['periods'] = [];
  // Amount x days by rate and year length: a few exact fractions, however many principals there are.
  const weighed = new Map<string, bigint>();
  let isProvisional = false;
  for (const { amountMinor, ...range } of principals) {
    for (const { from, to } of halfYears(range)) {
      const rate = newestFirst.find((candidate) => candidate.validFrom <= from);
      if (!rate) throw new AppError('FINANCE_BASE_RATE_MISSING', { on: from });
      isProvisional ||= newest < halfYearOf(from);
      const days = daysBetween(from, to);
      const ratePercent = plus(rate.percent, rules.points);
      const key = `${ratePercent}/${yearDays(from, rules.dayCount)}`;
      weighed.set(key, (weighed.get(key) ?? 0n) + amountMinor * BigInt(days));
      if (periods.length === PERIODS_SHOWN) continue;
      periods.push({
        principal: toMoney(amountMinor, currency),
        from,
        to,
        days,
        baseRatePercent: rate.percent,
        ratePercent,
      });
    }
  }
  return { amount: toMoney(total(weighed).round(), currency), isProvisional, periods };
}

function total(weighed: ReadonlyMap<string, bigint>): Exact {
  let sum = Exact.of(0);
  for (const [key, amountDays] of weighed) {
    const [percent = '0', days = '365'] = key.split('/');
    sum = sum.plus(signed(percent).percent(Exact.of(amountDays)).dividedBy(Exact.parse(days)));
  }
  return sum;
}

/** The parts of a range that lie in one half-year each. */
function* halfYears({ from, to }: { from: string; to: string }): Generator<{ from: string; to: string }> {
  for (let start = from; start < to;) {
    const next = addMonths(halfYearOf(start), 6);
    const end = next < to ? next : to;
    yield { from: start, to: end };
    start = end;
  }
}

function halfYearOf(day: string): string {
  return `${yearOf(day)}-${day.slice(5) < '07-01' ? '01' : '07'}-01`;
}

function yearDays(day: string, dayCount: DayCount): number {
  if (dayCount === 'ACT_365') return 365;
  if (dayCount === 'ACT_360') return 360;
  return daysBetween(`${yearOf(day)}-01-01`, `${yearOf(day) + 1}-01-01`);
}

function plus(percent: string, points: string): string {
  return signed(percent).plus(signed(points)).toDecimal(RATE_DIGITS);
}

function signed(decimal: string): Exact {
  return decimal.startsWith('-') ? Exact.of(0).minus(Exact.parse(decimal.slice(1))) : Exact.parse(decimal);
}
