import { addDays, addMonths, daysBetween, Exact, firstOfNextMonth, type Period } from '#contracts';
import type { ExchangeRateView, PlanChanges } from '#contracts/finance';

/** Days of one month that are paid under one exchange rate. */
export interface PaidPart {
  /** Paid days by days of the month. */
  readonly share: Exact;
  readonly exchangeRate: ExchangeRateView | null;
}

/** The part of a calendar month that is paid. */
export interface PaidMonth {
  /** First paid day: the month's pay falls due on it, and its rules are those in force on it. */
  readonly from: string;
  readonly parts: readonly PaidPart[];
  readonly share: Exact;
}

/**
 * The time of service that is paid: the period until its agreed or early end without the interruptions, whose first weeks may be
 * paid on. Months count by their paid days.
 */
export class ServiceTime {
  readonly period: Period;
  private readonly pauses: readonly Period[];

  constructor(
    period: Period,
    private readonly exchangeRate: ExchangeRateView | null,
    readonly changes: PlanChanges | undefined,
    paidInterruptionWeeks: (on: string) => number,
  ) {
    this.period = { from: period.from, to: changes?.earlyEnd?.endedOn ?? period.to };
    this.pauses = (changes?.interruptions ?? []).map((it) => ({
      from: it.attributableToExpert ? it.from : addDays(it.from, 7 * paidInterruptionWeeks(it.from)),
      to: it.to,
    }));
  }

  /** End of the period that was covered first; what was granted for the whole term is spread over that. */
  get agreedTo(): string {
    return this.changes?.agreedTo ?? this.period.to;
  }

  paidMonths(within: Period = this.period): PaidMonth[] {
    const months: PaidMonth[] = [];
    for (let start = within.from; start < within.to;) {
      const next = firstOfNextMonth(start);
      const monthDays = Exact.of(daysBetween(`${start.slice(0, 7)}-01`, next));
      const spans = this.paidSpans({ from: start, to: next < within.to ? next : within.to });
      const [first] = spans;
      const parts = spans.map(({ from, to }) => ({
        share: Exact.of(daysBetween(from, to)).dividedBy(monthDays),
        exchangeRate: this.rateOn(from),
      }));
      const share = parts.reduce((total, part) => total.plus(part.share), Exact.of(0));
      if (first) months.push({ from: first.from, parts, share });
      start = next;
    }
    return months;
  }

  /** Starts of the full months of service since the first day without a pause in them; an accruing allowance counts them. */
  fullMonths(): string[] {
    const { from, to } = this.period;
    const starts: string[] = [];
    for (let count = 1; addMonths(from, count) <= to; count++) {
      const month = { from: addMonths(from, count - 1), to: addMonths(from, count) };
      if (!this.pauses.some((pause) => pause.from < pause.to && pause.from < month.to && month.from < pause.to)) {
        starts.push(month.from);
      }
    }
    return starts;
  }

  private rateOn(day: string): ExchangeRateView | null {
    const changes = (this.changes?.rateChanges ?? []).filter((change) => change.from <= day);
    return changes.at(-1)?.exchangeRate ?? this.exchangeRate;
  }

  /** Paid days, cut where a rate changes. */
  private paidSpans(span: Period): Period[] {
    const cuts = [
      ...this.pauses.flatMap((pause) => [pause.from, pause.to]),
      ...(this.changes?.rateChanges ?? []).map((change) => change.from),
    ].filter((day) => span.from < day && day < span.to);
    const days = [...new Set([span.from, ...cuts, span.to])].sort();
    return days
      .slice(1)
      .map((to, index) => ({ from: days[index] ?? span.from, to }))
      .filter(({ from }) => !this.pauses.some((pause) => pause.from <= from && from < pause.to));
  }
}
