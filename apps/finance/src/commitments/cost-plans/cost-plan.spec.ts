import fc from 'fast-check';
import { toMinor } from '#contracts';
import { CostInputs, type CostPlanView, type ExchangeRateView } from '#contracts/finance';
import { anyInputs, anyPeriod } from '../../../test/any-plan';
import { SHIPPED_INSTRUMENT_RULES } from '../../../test/shipped-rules';
import { buildCostPlan as build, type PlanRequest } from './cost-plan';

const buildCostPlan = (request: PlanRequest): CostPlanView => build(request, SHIPPED_INSTRUMENT_RULES);

const TZS: ExchangeRateView = {
  currency: 'TZS',
  rateOn: '2024-12-31',
  rate: '2815.25',
  direction: 'LOCAL_PER_EUR',
  source: 'test',
};

describe('the cost plan of an integrated expert', () => {
  const inputs = CostInputs.parse({
    instrument: 'INTEGRATED_EXPERT',
    localSalaryMonth: { amount: '2815250.00', currency: 'TZS' },
    hasSpouse: true,
    children: 1,
  });
  const plan = buildCostPlan({
    costInputs: inputs,
    period: { from: '2027-01-16', to: '2027-04-01' },
    exchangeRate: TZS,
  });

  it('tops up the converted local salary to the reference, pro rata for the served days', () => {
    // 4,000 + 400 + 200 - 1,000 = 3,600 a month; 16 of 31 days in January.
    expect(instalments(plan, 'PERSONAL')).toEqual(['1858.06', '3600.00', '3600.00']);
  });

  it('pays the relocation lump sums on the first and the last day', () => {
    const moves = plan.instalments.filter((it) => it.category === 'MOBILITAET');
    expect(moves.map((it) => [it.dueOn, it.amount.amount])).toEqual([
      ['2027-01-16', '4000.00'],
      ['2027-03-31', '3500.00'],
    ]);
  });

  it('pays no top-up when the local salary is above the reference', () => {
    const rich = CostInputs.parse({
      instrument: 'INTEGRATED_EXPERT',
      localSalaryMonth: { amount: '9000.00', currency: 'EUR' },
    });
    const own = buildCostPlan({
      costInputs: rich,
      period: { from: '2027-01-01', to: '2027-03-01' },
      exchangeRate: null,
    });
    expect(instalments(own, 'PERSONAL')).toEqual([]);
  });

  it('is refused without a rate for the local currency', () => {
    const request = { costInputs: inputs, period: { from: '2027-01-01', to: '2029-01-01' }, exchangeRate: null };
    expect(() => buildCostPlan(request)).toThrow('FINANCE_EXCHANGE_RATE_MISSING');
  });
});

describe('the cost plan of a development worker', () => {
  const inputs = CostInputs.parse({
    instrument: 'DEVELOPMENT_WORKER',
    costOfLivingPercent: '10',
    rentMonth: { amount: '1000.00', currency: 'EUR' },
    hasSpouse: true,
    children: 2,
  });
  const plan = buildCostPlan({
    costInputs: inputs,
    period: { from: '2027-01-01', to: '2029-01-01' },
    exchangeRate: null,
  });

  it('pays allowance, bonus with family shares and the adjustment on its part', () => {
    // 880 + (850 + 340 + 2 * 170) = 2,410; 10 % of 60 % of it = 144.60.
    expect(instalments(plan, 'PERSONAL')[0]).toBe('2554.60');
  });

  it('pays rent up to the ceiling', () => {
    expect(instalments(plan, 'FAMILIE')[0]).toBe('900.00');
  });

  it('commits the reintegration allowance of every full month, paid on the last day', () => {
    const web = plan.byItem.find((it) => it.item === 'WEB');
    expect(web).toMatchObject({ year: 2028, amount: { amount: '10800.00' } });
  });

  it('is refused where no rule was in force', () => {
    const request = { costInputs: inputs, period: { from: '2019-01-01', to: '2020-01-01' }, exchangeRate: null };
    expect(() => buildCostPlan(request)).toThrow('FINANCE_RULE_MISSING');
  });
});

describe('the cost plan of a local expert', () => {
  const inputs = CostInputs.parse({
    instrument: 'LOCAL_EXPERT',
    salaryMonth: { amount: '1000.00', currency: 'EUR' },
    employerContributionPercent: '18.5',
    otherCosts: { amount: '1000.01', currency: 'EUR' },
  });
  const plan = buildCostPlan({
    costInputs: inputs,
    period: { from: '2027-01-15', to: '2028-01-15' },
    exchangeRate: null,
  });

  it('pays half-yearly instalments to the municipality, each after one more accepted report', () => {
    const salaries = plan.instalments.filter((it) => it.category === 'PERSONAL');
    expect(salaries.map((it) => [it.dueOn, it.amount.amount, it.payeeKind, it.requiredReports])).toEqual([
      ['2027-01-15', '6000.00', 'MUNICIPALITY', 0],
      ['2027-07-15', '6000.00', 'MUNICIPALITY', 1],
    ]);
  });

  it('spreads other costs to the cent', () => {
    expect(instalments(plan, 'PROJEKT')).toEqual(['500.01', '500.00']);
  });

  it('refuses other costs in another currency than the salary, with a pointer to them', () => {
    const mixed = CostInputs.parse({ ...inputs, otherCosts: { amount: '300000', currency: 'XOF' } });
    const build = () => buildCostPlan({ costInputs: mixed, period: plan.period, exchangeRate: null });
    expect(refusal(build)).toMatchObject({ errors: [{ pointer: '#/costInputs/otherCosts' }] });
  });
});

describe('the cost plan of a local contract in another currency', () => {
  const period = { from: '2027-01-01', to: '2027-07-01' };
  const planIn = (currency: string, amount: string, rate: string, reservePercent: number) =>
    buildCostPlan({
      costInputs: CostInputs.parse({ instrument: 'LOCAL_EXPERT', salaryMonth: { amount, currency } }),
      period,
      exchangeRate: { ...TZS, currency, rate },
      reservePercent,
    });

  it('promises the amount in the minor units of the currency, and sets EUR aside with the reserve', () => {
    const promised = [
      // 2,815,250 a month is 1,000.00 EUR; 10 % are set aside above.
      planIn('TZS', '2815250.00', '2815.25', 10),
      // No minor units, and a rate that cannot move.
      planIn('XOF', '655957', '655.957', 0),
      // Three: 6 x 0.005 TND at 3.38 are 0.887 cents.
      planIn('TND', '0.005', '3.38', 0),
    ].map(({ total, local, instalments: [first] }) => ({ total, local, first: first?.local }));
    expect(promised).toEqual([
      {
        total: { amount: '6600.00', currency: 'EUR' },
        local: { total: { amount: '16891500.00', currency: 'TZS' }, reservePercent: 10 },
        first: { amount: { amount: '16891500.00', currency: 'TZS' }, rate: '2815.25' },
      },
      {
        total: { amount: '6000.00', currency: 'EUR' },
        local: { total: { amount: '3935742', currency: 'XOF' }, reservePercent: 0 },
        first: { amount: { amount: '3935742', currency: 'XOF' }, rate: '655.957' },
      },
      {
        total: { amount: '0.01', currency: 'EUR' },
        local: { total: { amount: '0.030', currency: 'TND' }, reservePercent: 0 },
        first: { amount: { amount: '0.030', currency: 'TND' }, rate: '3.38' },
      },
    ]);
  });

  it('sets at least a cent aside for what is promised', () => {
    expect(planIn('VND', '1', '28000', 10).total.amount).toBe('0.01');
  });

  it('is refused without a rate for the currency', () => {
    const costInputs = CostInputs.parse({
      instrument: 'LOCAL_EXPERT',
      salaryMonth: { amount: '300000', currency: 'XOF' },
    });
    expect(() => buildCostPlan({ costInputs, period, exchangeRate: TZS })).toThrow('FINANCE_EXCHANGE_RATE_MISSING');
  });
});

describe('every cost plan', () => {
  it('has years, items and instalments that each add up to the total, to the cent', () => {
    fc.assert(
      fc.property(anyInputs, anyPeriod, (costInputs, period) => {
        const plan = buildCostPlan({ costInputs, period, exchangeRate: TZS });
        for (const parts of [plan.byYear, plan.byItem, plan.instalments])
          expect(total(parts)).toBe(toMinor(plan.total).amountMinor);
        for (const part of plan.instalments) {
          expect(toMinor(part.amount).amountMinor).toBeGreaterThan(0n);
          expect(part.dueOn >= period.from && part.dueOn < period.to).toBe(true);
        }
        expect(plan.instalments.map((it) => it.instalment)).toEqual(plan.instalments.map((_, index) => index + 1));
      }),
      { numRuns: 300 },
    );
  });
});

function total(parts: readonly { amount: CostPlanView['total'] }[]): bigint {
  return parts.reduce((sum, part) => sum + toMinor(part.amount).amountMinor, 0n);
}

function instalments(plan: CostPlanView, category: string): string[] {
  return plan.instalments.filter((it) => it.category === category).map((it) => it.amount.amount);
}

function refusal(build: () => unknown): unknown {
  try {
    return build();
  } catch (error) {
    return error;
  }
}
