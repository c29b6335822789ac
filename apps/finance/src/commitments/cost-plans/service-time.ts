import { addDays, addMonths, daysBetween, Exact, firstOfNextMonth, type Period } from '#contracts';
import {
  type CostInputs,
  costInputsOn,
  type ExchangeRateView,
  type FullTimePart,
  type PlanChanges,
} from '#contracts/finance';
import { Slice } from './slice';

/** What a day of service is paid by. */
export interface DayTerms<Inputs extends CostInputs> {
  readonly inputs: Inputs;
  readonly exchangeRate: ExchangeRateView | null;
  readonly fullTime: FullTimePart;
}

/** Days that are paid under the same terms. */
export interface PaidPart<Inputs extends CostInputs> extends DayTerms<Inputs> {
  /** Paid days by days of the month. */
  readonly days: Exact;
}

/** The part of a month that is paid. */
export class PaidMonth<Inputs extends CostInputs = CostInputs> {
  constructor(
    /** First paid day: the month's pay falls due on it, and its rules are those in force on it. */
    readonly from: string,
    private readonly parts: readonly PaidPart<Inputs>[],
  ) {}

  /** What is paid of an amount per month of a full post, which may differ with the terms of the days. */
  pay(perMonth: Exact | ((part: PaidPart<Inputs>) => Exact)): Slice {
    return this.parts.reduce((sum, part) => {
      const amount = perMonth instanceof Exact ? perMonth : perMonth(part);
      return sum.plus(Slice.of(amount.times(part.days), part.fullTime));
    }, Slice.NONE);
  }
}

/**
 * The time of service that is paid: the period until its agreed or early end without the interruptions, whose first weeks may be
 * paid on. Months count by their paid days.
 */
export class ServiceTime<Inputs extends CostInputs = CostInputs> {
  readonly period: Period;
  private readonly pauses: readonly Period[];

  constructor(
    period: Period,
    /** From the first day on, until one of them changes. */
    private readonly first: DayTerms<Inputs>,
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

  paidMonths(within: Period = this.period): PaidMonth<Inputs>[] {
    const months: PaidMonth<Inputs>[] = [];
    for (let start = within.from; start < within.to;) {
      const next = firstOfNextMonth(start);
      const spans = this.paidSpans({ from: start, to: next < within.to ? next : within.to });
      const [first] = spans;
      if (first) months.push(this.monthOf(first.from, spans, daysBetween(`${start.slice(0, 7)}-01`, next)));
      start = next;
    }
    return months;
  }

  /** The full months of service since the first day without a pause in them; an accruing allowance counts them. */
  fullMonths(): PaidMonth<Inputs>[] {
    const { from, to } = this.period;
    const months: PaidMonth<Inputs>[] = [];
    for (let count = 1; addMonths(from, count) <= to; count++) {
      const month = { from: addMonths(from, count - 1), to: addMonths(from, count) };
      if (!this.pauses.some((pause) => pause.from < pause.to && pause.from < month.to && month.from < pause.to)) {
        months.push(this.monthOf(month.from, this.paidSpans(month), daysBetween(month.from, month.to)));
      }
    }
    return months;
  }

  inputsOn(day: string): Inputs {
    return costInputsOn(this.first.inputs, this.changes?.termsChanges ?? [], day);
  }

  /** What a person is paid once, on a day. */
  once(on: string, cents: Exact): Slice {
    return Slice.once(cents, this.fullTimeOn(on));
  }

  /** An amount for some time, by the share of full time on each of its days, paid or not. */
  spread({ from, to }: Period, cents: Exact): Slice {
    const all = Exact.of(daysBetween(from, to));
    return this.cut({ from, to }, this.shareDays()).reduce((sum, span) => {
      const days = Exact.of(daysBetween(span.from, span.to)).dividedBy(all);
      return sum.plus(Slice.of(cents.times(days), this.fullTimeOn(span.from)));
    }, Slice.NONE);
  }

  private monthOf(from: string, spans: readonly Period[], monthDays: number): PaidMonth<Inputs> {
    const parts = spans.map((span) => ({
      days: Exact.of(daysBetween(span.from, span.to)).dividedBy(Exact.of(monthDays)),
      inputs: this.inputsOn(span.from),
      exchangeRate: this.rateOn(span.from),
      fullTime: this.fullTimeOn(span.from),
    }));
    return new PaidMonth(from, parts);
  }

  private rateOn(day: string): ExchangeRateView | null {
    const changes = (this.changes?.rateChanges ?? []).filter((change) => change.from <= day);
    return changes.at(-1)?.exchangeRate ?? this.first.exchangeRate;
  }

  private fullTimeOn(day: string): FullTimePart {
    const changes = (this.changes?.shareChanges ?? []).filter((change) => change.from <= day);
    return changes.at(-1)?.fullTime ?? this.first.fullTime;
  }

  private shareDays(): string[] {
    return (this.changes?.shareChanges ?? []).map((change) => change.from);
  }

  /** Paid days, cut where one of the terms changes. */
  private paidSpans(span: Period): Period[] {
    const cuts = [
      ...this.pauses.flatMap((pause) => [pause.from, pause.to]),
      ...(this.changes?.rateChanges ?? []).map((change) => change.from),
      ...(this.changes?.termsChanges ?? []).map((change) => change.from),
      ...this.shareDays(),
    ];
    return this.cut(span, cuts).filter(
      ({ from }) => !this.pauses.some((pause) => pause.from <= from && from < pause.to),
    );
  }

  private cut(span: Period, cuts: readonly string[]): Period[] {
    const inside = cuts.filter((day) => span.from < day && day < span.to);
    const days = [...new Set([span.from, ...inside, span.to])].sort();
    return days.slice(1).map((to, index) => ({ from: days[index] ?? span.from, to }));
  }
}
