import fc from 'fast-check';
import { addDays, daysBetween, type Period, toMinor } from '#contracts';
import {
  CostInputs,
  type CostPlanView,
  type ExchangeRateView,
  type FullTimePart,
  type PlanChanges,
} from '#contracts/finance';
import { anyInputs, anyPeriod, termsOf } from '../../../test/any-plan';
import { SHIPPED_INSTRUMENT_RULES } from '../../../test/shipped-rules';
import { buildCostPlan, type PlanRequest } from './cost-plan';

const rate = (value: string): ExchangeRateView => ({
  currency: 'TZS',
  rateOn: '2024-12-31',
  rate: value,
  direction: 'LOCAL_PER_EUR',
  source: 'test',
});
const YEAR: Period = { from: '2027-01-01', to: '2028-01-01' };

function planOf(request: Omit<PlanRequest, 'exchangeRate'>): CostPlanView {
  return buildCostPlan({ ...request, exchangeRate: rate('2815.25') }, SHIPPED_INSTRUMENT_RULES);
}

/** What is paid per item and due day, in cents. */
function amounts(plans: readonly CostPlanView[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { byItem, instalments } of plans) {
    for (const it of byItem) add(sums, `${it.year} ${it.item}`, it.amount);
    for (const it of instalments) add(sums, `${it.dueOn} ${it.category}`, it.amount);
  }
  return sums;
}

function add(sums: Record<string, bigint>, key: string, amount: CostPlanView['total']): void {
  sums[key] = (sums[key] ?? 0n) + toMinor(amount).amountMinor;
}

/** The full post cut at these marks. */
function partsOf(marks: readonly number[]): FullTimePart[] {
  const all = [...new Set([0, ...marks, 100])].sort((a, b) => a - b);
  return all.slice(1).map((to, index) => ({ from: all[index] ?? 0, to }));
}

const item = (plan: CostPlanView, name: string) => plan.byItem.find((it) => it.item === name)?.amount.amount;

describe('the shares of one person', () => {
  it('cost together what one full post costs, to the cent, per item and due day', () => {
    fc.assert(
      fc.property(
        anyInputs,
        anyPeriod,
        fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 4 }),
        (costInputs, period, marks) => {
          const parts = partsOf(marks).map((fullTime) =>
            planOf({ costInputs, period, fullTime, changes: none(period) }),
          );
          expect(amounts(parts)).toEqual(amounts([planOf({ costInputs, period, changes: none(period) })]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('cost it through changes of the share, interruptions, other terms, other rates and an early end, too', () => {
    const anyChange = fc.record({
      marks: fc.tuple(
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 99 }),
      ),
      days: fc.tuple(...Array.from({ length: 6 }, () => fc.integer({ min: 0, max: 999 }))),
      isAttributable: fc.boolean(),
    });
    fc.assert(
      fc.property(anyInputs, anyPeriod, anyChange, (costInputs, period, { marks, days, isAttributable }) => {
        const length = daysBetween(period.from, period.to);
        const [a, b, c, d, e, f] = days.map((it) => addDays(period.from, 1 + Math.floor((it * length) / 1_000))).sort();
        const changes: PlanChanges = {
          ...none(period),
          interruptions: between(a, c).map((it) => ({ ...it, attributableToExpert: isAttributable })),
          rateChanges: d === undefined ? [] : [{ from: d, exchangeRate: rate('3100.5') }],
          termsChanges: e === undefined ? [] : [{ from: e, terms: termsOf(costInputs, marks[0]) }],
          earlyEnd: f === undefined || f >= period.to ? null : { endedOn: f, attributableToExpert: isAttributable },
        };
        const shareOf = (part: (mark: number) => FullTimePart): CostPlanView => {
          const shareChanges = between(b, e).flatMap(({ from, to }) => [
            { from, fullTime: part(marks[1]) },
            { from: to, fullTime: part(marks[2]) },
          ]);
          return planOf({ costInputs, period, fullTime: part(marks[0]), changes: { ...changes, shareChanges } });
        };
        const lower = shareOf((to) => ({ from: 0, to }));
        const upper = shareOf((from) => ({ from, to: 100 }));
        expect(amounts([lower, upper])).toEqual(amounts([planOf({ costInputs, period, changes })]));
      }),
      { numRuns: 300 },
    );
  });
});

describe('half a post', () => {
  it('of an integrated expert is compared with half the local pay', () => {
    const costInputs = CostInputs.parse({
      instrument: 'INTEGRATED_EXPERT',
      localSalaryMonth: { amount: '1000.01', currency: 'EUR' },
    });
    const half = planOf({
      costInputs,
      period: { from: '2027-01-01', to: '2027-02-01' },
      fullTime: { from: 0, to: 50 },
    });
    // (4,000.00 - 1,000.01) / 2 = 1,499.995.
    expect(item(half, 'GEHALTSZUSCHUSS')).toBe('1500.00');
    const other = planOf({ costInputs, period: half.period, fullTime: { from: 50, to: 100 } });
    expect(item(other, 'GEHALTSZUSCHUSS')).toBe('1499.99');
  });

  it('travels, moves and furnishes once: with the part that begins at 0', () => {
    const costInputs = CostInputs.parse({ instrument: 'DEVELOPMENT_WORKER' });
    const [full, lower, upper] = [
      { from: 0, to: 100 },
      { from: 0, to: 50 },
      { from: 50, to: 100 },
    ].map((fullTime) => planOf({ costInputs, period: YEAR, fullTime }));
    for (const once of ['AUSREISE', 'RUECKREISE', 'EINRICHTUNG']) {
      expect(item(lower as CostPlanView, once)).toBe(item(full as CostPlanView, once));
      expect(item(upper as CostPlanView, once)).toBeUndefined();
    }
    expect(item(upper as CostPlanView, 'WEB')).toBe(item(lower as CostPlanView, 'WEB'));
  });

  it('of a local expert costs half of the salary, the contributions and the other costs', () => {
    const costInputs = CostInputs.parse({
      instrument: 'LOCAL_EXPERT',
      salaryMonth: { amount: '1000.00', currency: 'EUR' },
      employerContributionPercent: '20',
      otherCosts: { amount: '300.00', currency: 'EUR' },
    });
    expect(planOf({ costInputs, period: YEAR, fullTime: { from: 50, to: 100 } }).total.amount).toBe('7350.00');
  });

  it('from a day within a month is paid by the days of each share', () => {
    const costInputs = CostInputs.parse({
      instrument: 'LOCAL_EXPERT',
      salaryMonth: { amount: '310.00', currency: 'EUR' },
    });
    const changes = { ...none(YEAR), shareChanges: [{ from: '2027-01-11', fullTime: { from: 0, to: 50 } }] };
    const plan = planOf({ costInputs, period: { from: '2027-01-01', to: '2027-02-01' }, changes });
    expect(plan.total.amount).toBe('205.00'); // 10 days at 10.00, 21 at 5.00.
  });
});

it('refuses cost inputs under which nothing is paid', () => {
  const costInputs = CostInputs.parse({ instrument: 'LOCAL_EXPERT', salaryMonth: { amount: '0.01', currency: 'EUR' } });
  const period = { from: '2027-01-01', to: '2027-01-02' };
  expect(() => planOf({ costInputs, period })).toThrow('FINANCE_PLAN_WITHOUT_PAYMENT');
});

function none({ to }: Period): PlanChanges {
  return { agreedTo: to, interruptions: [], rateChanges: [], earlyEnd: null };
}

function between(from: string | undefined, to: string | undefined): Period[] {
  return from !== undefined && to !== undefined && from < to ? [{ from, to }] : [];
}
