import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { addDays, type Period, toMinor } from '#contracts';
import {
  CostInputs,
  type CostPlanView,
  type ExchangeRateView,
  type PlanChanges,
  withTermsChange,
} from '#contracts/finance';
import { HISTORY_INPUTS, termsOf } from '../../../test/any-plan';
import { SHIPPED_INSTRUMENT_RULES } from '../../../test/shipped-rules';
import { buildCostPlan as build, type PlanRequest } from './cost-plan';
import {
  type Cancelled,
  coveredPart,
  type Instalment,
  replan as replanBy,
  type ReplanRequest,
  withoutAmount,
} from './replan';

const buildCostPlan = (request: PlanRequest): CostPlanView => build(request, SHIPPED_INSTRUMENT_RULES);
const replan = (request: ReplanRequest): CostPlanView => replanBy(request, SHIPPED_INSTRUMENT_RULES);

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200);
const rate = (value: string): ExchangeRateView => ({
  currency: 'TZS',
  rateOn: '2026-01-01',
  rate: value,
  direction: 'LOCAL_PER_EUR',
  source: 'test',
});
const TZS = rate('2815.25');
const YEAR: Period = { from: '2027-01-01', to: '2028-01-01' };
const none: PlanChanges = { agreedTo: YEAR.to, interruptions: [], rateChanges: [], earlyEnd: null };

const DW = CostInputs.parse({ instrument: 'DEVELOPMENT_WORKER' });
const IF = CostInputs.parse({
  instrument: 'INTEGRATED_EXPERT',
  localSalaryMonth: { amount: '2815250.00', currency: 'TZS' },
});
const LOCAL = CostInputs.parse({
  instrument: 'LOCAL_EXPERT',
  salaryMonth: { amount: '1000.00', currency: 'EUR' },
  otherCosts: { amount: '200.00', currency: 'EUR' },
});

/** A plan made anew, of which the instalments up to a day were ordered before. */
function anew(costInputs: CostInputs, changes: Partial<PlanChanges>, orderedUpTo = '2000-01-01', period = YEAR) {
  const before = buildCostPlan({ costInputs, period: YEAR, exchangeRate: TZS });
  return replan({
    costInputs,
    period,
    exchangeRate: TZS,
    changes: { ...none, ...changes },
    ordered: before.instalments.filter((it) => it.dueOn <= orderedUpTo),
    open: before.instalments.filter((it) => it.dueOn > orderedUpTo),
    cancelled: [],
    lastInstalment: before.instalments.length,
    firstOpenYear: 2027,
  });
}
const sum = (parts: readonly { amount: CostPlanView['total'] }[]) =>
  parts.reduce((total, part) => total + toMinor(part.amount).amountMinor, 0n);
const item = (plan: CostPlanView, name: string) => plan.byItem.find((it) => it.item === name)?.amount.amount;
const due = (plan: CostPlanView, dueOn: string, category: string) =>
  plan.instalments.filter((it) => it.dueOn === dueOn && it.category === category).map((it) => it.amount.amount);

describe('an interruption', () => {
  const interruptions = [{ from: '2027-04-01', to: '2027-07-01', attributableToExpert: false }];

  it('of a development worker is paid on to the end of the sixth week (EhfG 8)', () => {
    // 42 days from 1 April end on 13 May: 12 of 31 days of May, nothing in June. 880 + 850 = 1,730 a month.
    const plan = anew(DW, { interruptions });
    expect(due(plan, '2027-04-01', 'PERSONAL')).toEqual(['1730.00']);
    expect(due(plan, '2027-05-01', 'PERSONAL')).toEqual(['669.68']);
    expect(due(plan, '2027-06-01', 'PERSONAL')).toEqual([]);
    expect(due(plan, '2027-07-01', 'PERSONAL')).toEqual(['1730.00']);
  });

  it('for which the worker is responsible is not paid', () => {
    const plan = anew(DW, { interruptions: [{ from: '2027-04-01', to: '2027-07-01', attributableToExpert: true }] });
    expect(due(plan, '2027-04-01', 'PERSONAL')).toEqual([]);
  });

  it('accrues no reintegration allowance in a month that is not paid to its end', () => {
    expect(item(anew(DW, { interruptions }), 'WEB')).toBe('4500.00');
  });

  it('of an integrated expert pauses the top-up at once', () => {
    expect(due(anew(IF, { interruptions }), '2027-04-01', 'PERSONAL')).toEqual([]);
  });

  it('that was paid for lowers what follows', () => {
    // April was ordered with 1,730.00; two weeks of it lay beyond the six paid ones.
    const late = [{ from: '2027-03-06', to: '2027-05-01', attributableToExpert: false }];
    const plan = anew(DW, { interruptions: late }, '2027-04-01');
    expect(due(plan, '2027-04-01', 'PERSONAL')).toEqual(['1730.00']);
    expect(toMinor(plan.total).amountMinor).toBe(toMinor(anew(DW, { interruptions: late }).total).amountMinor);
    expect(plan.overpaid).toBeUndefined();
  });
});

describe('an extension', () => {
  const period = { from: '2027-01-01', to: '2028-07-01' };

  it('adds its months and moves what is paid at the end', () => {
    const plan = anew(DW, {}, '2027-06-30', period);
    expect(plan.byYear.map((it) => it.year)).toEqual([2027, 2028]);
    expect(due(plan, '2028-06-01', 'PERSONAL')).toEqual(['1730.00']);
    expect(due(plan, '2027-12-31', 'MOBILITAET')).toEqual([]);
    expect(due(plan, '2028-06-30', 'MOBILITAET')).toEqual(['2400.00']);
    expect(item(plan, 'WEB')).toBe('8100.00');
  });

  it('of a local expert brings further instalments behind further reports, and no other costs', () => {
    const plan = anew(LOCAL, {}, '2027-06-30', period);
    expect(plan.instalments.filter((it) => it.category === 'PERSONAL').map((it) => it.requiredReports)).toEqual([
      0, 1, 2,
    ]);
    expect(item(plan, 'SACHKOSTEN')).toBe('200.00');
  });
});

describe('a new rate', () => {
  it('re-fixes the top-up from its day on, within the month by days', () => {
    // 4,000 - 1,000 under the old rate, 4,000 - 500 under the new one.
    const plan = anew(IF, { rateChanges: [{ from: '2027-04-16', exchangeRate: rate('5630.5') }] });
    expect(due(plan, '2027-03-01', 'PERSONAL')).toEqual(['3000.00']);
    expect(due(plan, '2027-04-01', 'PERSONAL')).toEqual(['3250.00']);
    expect(due(plan, '2027-05-01', 'PERSONAL')).toEqual(['3500.00']);
  });
});

describe('an early end', () => {
  const earlyEnd = (endedOn: string, attributableToExpert = false) => ({ earlyEnd: { endedOn, attributableToExpert } });

  it('pays what is due to the day, and the travel home', () => {
    const plan = anew(DW, earlyEnd('2027-03-16'), '2027-02-28');
    expect(due(plan, '2027-03-01', 'PERSONAL')).toEqual(['837.10']);
    expect(due(plan, '2027-03-15', 'MOBILITAET')).toEqual(['2400.00']);
    expect(plan.instalments.some((it) => it.dueOn >= '2027-03-16')).toBe(false);
  });

  it('before six months keeps the reintegration allowance unless the worker is responsible (EhfG 4)', () => {
    expect(item(anew(DW, earlyEnd('2027-03-16')), 'WEB')).toBe('900.00');
    expect(item(anew(DW, earlyEnd('2027-03-16', true)), 'WEB')).toBeUndefined();
    expect(item(anew(DW, earlyEnd('2027-07-01', true)), 'WEB')).toBe('2700.00');
  });

  it('of a local expert names what the municipality got too much', () => {
    const plan = anew(LOCAL, earlyEnd('2027-03-01'), '2027-06-30');
    // 6,000.00 of salary were ordered, two months are owed; the first share of the other costs stays.
    expect(plan.overpaid).toEqual({ amount: '4000.00', currency: 'EUR' });
    expect(plan.total.amount).toBe('6100.00');
  });
});

describe('an instalment that a person cancelled', () => {
  /** Cancels what is due on a day, and plans anew. */
  function without(costInputs: CostInputs, dueOn: string, changes: Partial<PlanChanges>, period = YEAR) {
    const before = buildCostPlan({ costInputs, period: YEAR, exchangeRate: TZS });
    return replan({
      costInputs,
      period,
      exchangeRate: TZS,
      changes: { ...none, ...changes },
      ordered: [],
      open: before.instalments.filter((it) => it.dueOn !== dueOn),
      cancelled: before.instalments.filter((it) => it.dueOn === dueOn),
      lastInstalment: before.instalments.length,
      firstOpenYear: 2027,
    });
  }

  it('does not come back by an extension', () => {
    const plan = without(IF, '2027-05-01', {}, { from: '2027-01-01', to: '2028-03-01' });
    expect(due(plan, '2027-05-01', 'PERSONAL')).toEqual([]);
    expect(due(plan, '2027-06-01', 'PERSONAL')).toEqual(['3000.00']);
    expect(plan.cancelled?.amount).toBe('3900.00');
  });

  it('does not come back on another day of its month', () => {
    const interruptions = [{ from: '2027-05-01', to: '2027-05-16', attributableToExpert: false }];
    const plan = without(IF, '2027-05-01', { interruptions });
    expect(plan.instalments.filter((it) => it.dueOn.startsWith('2027-05'))).toEqual([]);
  });

  it('comes back with what is owed above it only', () => {
    const plan = without(IF, '2027-05-01', { rateChanges: [{ from: '2027-04-01', exchangeRate: rate('5630.5') }] });
    expect(due(plan, '2027-05-01', 'PERSONAL')).toEqual(['500.00']);
  });

  it('does not take from what is paid at the end, nor from other months', () => {
    const plan = without(DW, '2027-03-01', { earlyEnd: { endedOn: '2027-03-16', attributableToExpert: false } });
    expect(due(plan, '2027-03-01', 'PERSONAL')).toEqual([]);
    expect(due(plan, '2027-03-15', 'PERSONAL')).toEqual(['900.00']);
    expect(due(plan, '2027-02-01', 'PERSONAL')).toEqual(['1730.00']);
  });
});

describe('the part of a plan that is covered', () => {
  const ended = anew(DW, { earlyEnd: { endedOn: '2027-03-16', attributableToExpert: false } }, '2027-02-28');
  const last = buildCostPlan({ costInputs: DW, period: YEAR, exchangeRate: TZS }).instalments.length;
  const fresh = ended.instalments.filter((it) => it.instalment > last);
  const kept = sum(ended.instalments) - sum(fresh);

  it('is the whole where the room suffices, to the cent', () => {
    const part = coveredPart(ended, { lastInstalment: last, roomOf: () => sum(ended.instalments) });
    expect(part).toEqual(ended);
    const short = coveredPart(ended, { lastInstalment: last, roomOf: () => sum(ended.instalments) - 1n });
    expect(short.uncovered).toBeDefined();
  });

  it('is what was there before where there is none, and names the rest', () => {
    const part = coveredPart(ended, { lastInstalment: last, roomOf: () => kept });
    expect(sum(part.instalments)).toBe(kept);
    expect(sum([{ amount: part.uncovered ?? ended.total }])).toBe(sum(fresh));
    expect(part.byYear).toEqual([{ year: 2027, amount: part.total }]);
  });
});

const cents = (max: number) => fc.integer({ min: 1, max }).map((minor) => (minor / 100).toFixed(2));
type Step =
  | { kind: 'ORDER'; count: number }
  | { kind: 'EXTEND'; days: number }
  | { kind: 'INTERRUPT'; after: number; days: number; attributableToExpert: boolean }
  | { kind: 'RATE'; after: number; rate: string }
  | { kind: 'SHARE' | 'TERMS'; after: number }
  | { kind: 'CANCEL'; index: number }
  | { kind: 'END'; after: number; attributableToExpert: boolean };
const days = (max: number) => fc.integer({ min: 1, max });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('ORDER' as const), count: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant('EXTEND' as const), days: days(400) }),
  fc.record({
    kind: fc.constant('INTERRUPT' as const),
    after: days(200),
    days: days(150),
    attributableToExpert: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom('SHARE' as const, 'TERMS' as const), after: days(700) }),
  fc.record({ kind: fc.constant('CANCEL' as const), index: fc.nat(40) }),
  fc.record({ kind: fc.constant('RATE' as const), after: days(300), rate: cents(900_000) }),
  fc.record({ kind: fc.constant('END' as const), after: days(700), attributableToExpert: fc.boolean() }),
);

/** The life of one commitment in memory: what was ordered stays, every change makes the plan anew. */
class Life {
  plan: CostPlanView;
  ordered: Instalment[] = [];
  cancelled: Cancelled[] = [];
  private changes: PlanChanges;
  private last: number;

  constructor(
    private readonly costInputs: CostInputs,
    private period: Period,
  ) {
    this.plan = buildCostPlan({ costInputs, period, exchangeRate: TZS });
    this.last = this.plan.instalments.length;
    this.changes = { agreedTo: period.to, interruptions: [], rateChanges: [], earlyEnd: null };
  }

  take(step: Step): void {
    if (this.changes.earlyEnd && step.kind !== 'ORDER' && step.kind !== 'CANCEL') return;
    const { interruptions, rateChanges } = this.changes;
    const free = interruptions.at(-1)?.to ?? this.period.from;
    switch (step.kind) {
      case 'ORDER':
        this.ordered = [...this.ordered, ...this.open.slice(0, step.count)];
        return;
      case 'CANCEL':
        this.cancel(this.plan.instalments[step.index]);
        return;
      case 'EXTEND':
        this.period = { ...this.period, to: addDays(this.period.to, step.days) };
        break;
      case 'INTERRUPT': {
        const span = { from: addDays(free, step.after), to: addDays(free, step.after + step.days) };
        if (span.to >= this.period.to) return;
        const one = { ...span, attributableToExpert: step.attributableToExpert };
        this.changes = { ...this.changes, interruptions: [...interruptions, one] };
        break;
      }
      case 'RATE': {
        const from = addDays(rateChanges.at(-1)?.from ?? this.period.from, step.after);
        this.changes = { ...this.changes, rateChanges: [...rateChanges, { from, exchangeRate: rate(step.rate) }] };
        break;
      }
      case 'SHARE': {
        const from = addDays(this.period.from, step.after);
        const fullTime = { from: 0, to: (step.after % 100) + 1 };
        const before = (this.changes.shareChanges ?? []).filter((it) => it.from < from);
        this.changes = { ...this.changes, shareChanges: [...before, { from, fullTime }] };
        break;
      }
      case 'TERMS': {
        const change = { from: addDays(this.period.from, step.after), terms: termsOf(this.costInputs, step.after) };
        const termsChanges = withTermsChange(this.changes.termsChanges ?? [], change);
        this.changes = { ...this.changes, termsChanges };
        break;
      }
      case 'END': {
        const endedOn = addDays(free, step.after);
        if (endedOn >= this.period.to) return;
        this.changes = { ...this.changes, earlyEnd: { endedOn, attributableToExpert: step.attributableToExpert } };
      }
    }
    this.plan = replan({
      costInputs: this.costInputs,
      period: this.period,
      exchangeRate: TZS,
      changes: this.changes,
      ordered: this.ordered,
      open: this.open,
      cancelled: this.cancelled,
      lastInstalment: this.last,
      firstOpenYear: 2024,
    });
    this.last = Math.max(this.last, ...this.plan.instalments.map((it) => it.instalment));
  }

  private cancel(one: Instalment | undefined): void {
    if (!one) return;
    this.ordered = this.ordered.filter((it) => it !== one);
    this.cancelled = [...this.cancelled, one];
    const localMinor = one.local && toMinor(one.local.amount).amountMinor;
    this.plan = withoutAmount(this.plan, one.instalment, { ...toMinor(one.amount), localMinor });
  }

  get open(): Instalment[] {
    const numbers = new Set(this.ordered.map((it) => it.instalment));
    return this.plan.instalments.filter((it) => !numbers.has(it.instalment));
  }

  /** The plan as it would be had all been known from the start: what is owed in truth. */
  get owed(): bigint {
    const { costInputs, period, changes } = this;
    return owedIn(buildCostPlan({ costInputs, period, exchangeRate: TZS, changes }));
  }
}

/** In the currency of the contract. */
const owedIn = ({ total, local }: CostPlanView): bigint => toMinor(local?.total ?? total).amountMinor;
const promiseOf = ({ amount, local }: Instalment) => ({ amount: local?.amount ?? amount });

describe.each(Object.entries(HISTORY_INPUTS))('every history of a commitment (%s)', (_, inputs) => {
  it(`has instalments that sum to the commitment and to what is owed, to the cent, in ${RUNS} histories`, () => {
    fc.assert(
      fc.property(
        inputs,
        days(700),
        days(1200),
        fc.array(anyStep, { minLength: 1, maxLength: 10 }),
        (costInputs, offset, length, steps) => {
          const from = addDays('2024-01-01', offset);
          const life = new Life(costInputs, { from, to: addDays(from, length) });
          for (const step of steps) {
            life.take(step);
            const { plan } = life;
            const total = toMinor(plan.total).amountMinor;
            expect(sum(plan.instalments)).toBe(total);
            expect(sum(plan.byYear)).toBe(total);
            const overpaid = plan.overpaid ? toMinor(plan.overpaid).amountMinor : 0n;
            const cancelled = plan.cancelled ? toMinor(plan.cancelled).amountMinor : 0n;
            const items = plan.byItem.map(({ amount, local }) => ({ amount: local ?? amount }));
            expect(sum(items)).toBe(owedIn(plan) - overpaid + cancelled);
            expect(life.owed).toBe(owedIn(plan) - overpaid + cancelled);
            if (plan.local) expect(sum(plan.instalments.map(promiseOf))).toBe(owedIn(plan));
            // Compared here and expected once: an expectation for each of a hundred instalments takes most of the time.
            const planned = new Map(plan.instalments.map((it) => [it.instalment, it]));
            expect(life.ordered.filter((it) => !isDeepStrictEqual(planned.get(it.instalment), it))).toEqual([]);
            expect(planned.size).toBe(plan.instalments.length);
            expect(life.open.filter((it) => toMinor(it.amount).amountMinor <= 0n)).toEqual([]);
            if (overpaid > 0n) expect(life.open).toEqual([]);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});
