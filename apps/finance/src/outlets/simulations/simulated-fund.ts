import { toMinor, toMoney, yearOf } from '#contracts';
import type { CostPlanView, FundOutlook } from '#contracts/finance';
import type { LedgerAccountState } from '../../budget/ledger/ledger.service';
import { type BoundYear, yearChanges } from '../../commitments/commitments/plan-cover';

type Instalment = CostPlanView['instalments'][number];

/** A budget year as the ledger has it. */
export interface YearMoney {
  readonly year: number;
  /** Takes bookings. */
  readonly isOpen: boolean;
  /** Takes no new reservation. */
  readonly isClosing: boolean;
  readonly availableMinor: bigint;
  readonly boundMinor: bigint;
  readonly spentMinor: bigint;
  readonly blockedMinor: bigint;
}

/** A year that the fund has not opened: it holds nothing. */
const NO_YEAR = {
  isOpen: true,
  isClosing: false,
  availableMinor: 0n,
  boundMinor: 0n,
  spentMinor: 0n,
  blockedMinor: 0n,
};

/** What falls due in a month and is not paid yet. */
export interface DueMonth {
  readonly year: number;
  /** `YYYY-MM`, in the year. */
  readonly month: string;
  readonly amountMinor: bigint;
}

/**
 * The money of a fund as if something had happened: what each year binds and holds, and what falls due in its months. It refuses
 * nothing, for it shows what is lacking. Pure; a copy is altered, never the fund.
 */
export class SimulatedFund {
  private readonly years: Map<number, YearMoney>;
  private readonly dues: Map<string, DueMonth>;

  constructor(
    private readonly on: { readonly currency: string; readonly asOf: string },
    years: readonly YearMoney[],
    dues: readonly DueMonth[],
  ) {
    this.years = new Map(years.map((it) => [it.year, it]));
    this.dues = new Map(dues.map((it) => [it.month, it]));
  }

  copy(): SimulatedFund {
    return new SimulatedFund(this.on, [...this.years.values()], [...this.dues.values()]);
  }

  has(year: number): boolean {
    return this.years.has(year);
  }

  isOpen(year: number): boolean {
    return this.years.get(year)?.isOpen ?? false;
  }

  availableIn(year: number): bigint {
    return this.years.get(year)?.availableMinor ?? 0n;
  }

  /** The accounts from which the rules of cover decide. What a year lacks already, nothing is taken of. */
  get accounts(): LedgerAccountState[] {
    return [...this.years.values()].map(({ year, isOpen, availableMinor }) => ({
      year,
      isOpen,
      stage: 'available' as const,
      balanceMinor: availableMinor,
    }));
  }

  addBudget(year: number, minor: bigint): void {
    this.change(year, ({ availableMinor }) => ({ availableMinor: availableMinor + minor }));
  }

  /** Puts a plan in the place of what a commitment binds; the amounts of both are those of one commitment. */
  bind(plan: CostPlanView, bound: readonly BoundYear[] = []): void {
    for (const { year, minor } of yearChanges(plan, bound)) this.move(year, minor);
  }

  release(bound: readonly BoundYear[]): void {
    for (const { year, amountMinor, releasedMinor } of bound) this.move(year, releasedMinor - amountMinor);
  }

  addDues(instalments: readonly Instalment[]): void {
    for (const it of instalments) this.addDue(it, toMinor(it.amount).amountMinor);
  }

  removeDues(instalments: readonly Instalment[]): void {
    for (const it of instalments) this.addDue(it, -toMinor(it.amount).amountMinor);
  }

  outlook(): FundOutlook {
    const years = [...this.years.values()].sort((a, b) => a.year - b.year);
    const months = years.flatMap((each) => this.monthsOf(each));
    return {
      years: years.map(({ year, availableMinor, boundMinor, spentMinor, blockedMinor }) => ({
        year,
        money: this.money(availableMinor + boundMinor + spentMinor + blockedMinor),
        blocked: this.money(blockedMinor),
        spent: this.money(spentMinor),
        bound: this.money(boundMinor),
        available: this.money(availableMinor),
      })),
      months: months.map(({ month, dueMinor, leftMinor }) => ({
        month,
        due: this.money(dueMinor),
        left: this.money(leftMinor),
      })),
      firstUncoveredMonth: months.find(({ leftMinor }) => leftMinor < 0n)?.month ?? null,
    };
  }

  /** After the last month of a year exactly what is available is left; before it also what falls due until then. */
  private monthsOf({ year, availableMinor }: YearMoney) {
    const dues = [...this.dues.values()].filter((it) => it.year === year && it.amountMinor !== 0n);
    const first = yearOf(this.on.asOf) === year ? this.on.asOf.slice(0, 7) : `${year}-01`;
    const isOver = year < yearOf(this.on.asOf);
    const isLacking = (month: string): boolean => availableMinor < 0n && month === `${year}-12`;
    let left = availableMinor + dues.reduce((sum, it) => sum + it.amountMinor, 0n);
    return Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`)
      .filter((month) => (isOver ? dues.some((it) => it.month === month) || isLacking(month) : month >= first))
      .map((month) => {
        const dueMinor = dues.find((it) => it.month === month)?.amountMinor ?? 0n;
        left -= dueMinor;
        return { month, dueMinor, leftMinor: left };
      });
  }

  private addDue({ year, dueOn }: Instalment, minor: bigint): void {
    const month = monthOf(year, dueOn, this.on.asOf);
    const before = this.dues.get(month)?.amountMinor ?? 0n;
    this.dues.set(month, { year, month, amountMinor: before + minor });
  }

  private move(year: number, minor: bigint): void {
    this.change(year, ({ availableMinor, boundMinor }) => ({
      availableMinor: availableMinor - minor,
      boundMinor: boundMinor + minor,
    }));
  }

  private change(year: number, how: (before: YearMoney) => Partial<YearMoney>): void {
    const before = this.years.get(year) ?? { year, ...NO_YEAR };
    this.years.set(year, { ...before, ...how(before) });
  }

  private money(minor: bigint) {
    return toMoney(minor, this.on.currency);
  }
}

/** The month of a budget year in which an instalment is to be paid: what is late in this month, and never outside its year. */
function monthOf(year: number, dueOn: string, asOf: string): string {
  const day = dueOn < asOf ? asOf : dueOn;
  if (yearOf(day) === year) return day.slice(0, 7);
  return yearOf(day) < year ? `${year}-01` : `${year}-12`;
}
