import { CostInputs, type CostPlanView, type PlanChanges, type TermsChange, withTermsChange } from '#contracts/finance';
import { AppError, type Period } from '#contracts';
import { SHIPPED_INSTRUMENT_RULES } from '../../../test/shipped-rules';
import { COST_OF_LIVING } from '../instrument-rules/cost-of-living.reader';
import { DatedRules } from '#rules';
import { buildCostPlan } from './cost-plan';

const YEAR: Period = { from: '2027-01-01', to: '2028-01-01' };
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** Kaufkraftausgleich by quarters; Moshi has values of its own, the rest of the country others. */
const QUARTERS = [
  ['TZ', '5', '2026-10-01', null],
  ['TZ-MOSHI', '10', '2026-10-01', '2027-04-01'],
  ['TZ-MOSHI', '12.5', '2027-04-01', null],
] as const;
const rules = {
  ...SHIPPED_INSTRUMENT_RULES,
  COST_OF_LIVING: new DatedRules(
    COST_OF_LIVING,
    QUARTERS.map(([key, value, validFrom, validTo]) => ({
      ruleSet: 'COST_OF_LIVING',
      key,
      name: `KKA-${key}-${validFrom}`,
      value,
      unit: 'PERCENT',
      validFrom,
      validTo,
      source: 'invented for this test',
      mark: 'CONFIRMED' as const,
    })),
  ),
};

function planOf(inputs: Parameters<typeof CostInputs.parse>[0], ...changes: TermsChange[]): CostPlanView {
  const termsChanges = changes.reduce<TermsChange[]>(withTermsChange, []);
  const none: PlanChanges = { agreedTo: YEAR.to, interruptions: [], rateChanges: [], earlyEnd: null, termsChanges };
  const request = { costInputs: CostInputs.parse(inputs), period: YEAR, exchangeRate: null, changes: none };
  return buildCostPlan(request, rules);
}

const due = (plan: CostPlanView, dueOn: string, category: string) =>
  plan.instalments.find((it) => it.dueOn === dueOn && it.category === category)?.amount.amount;
const item = (plan: CostPlanView, name: string) => plan.byItem.find((it) => it.item === name)?.amount.amount;

describe('a child that is born during the term', () => {
  const plan = planOf({ instrument: 'DEVELOPMENT_WORKER' }, { from: '2027-04-16', terms: { children: 1 } });

  it('raises the bonus from its day on, within the month by days', () => {
    // 880 + 850, then 170 more: of April, which has 30 days, for 15.
    expect(due(plan, '2027-03-01', 'PERSONAL')).toBe('1730.00');
    expect(due(plan, '2027-04-01', 'PERSONAL')).toBe('1815.00');
    expect(due(plan, '2027-05-01', 'PERSONAL')).toBe('1900.00');
  });

  it('is furnished for from the next contract year on', () => {
    expect(due(plan, '2027-01-01', 'AUSSTATTUNG')).toBe('520.00');
    const before = planOf({ instrument: 'DEVELOPMENT_WORKER' }, { from: '2027-01-01', terms: { children: 1 } });
    expect(due(before, '2027-01-01', 'AUSSTATTUNG')).toBe('650.00');
  });

  it('raises the reference of an integrated expert', () => {
    const top = planOf(
      { instrument: 'INTEGRATED_EXPERT', localSalaryMonth: eur('1000.00') },
      { from: '2027-04-16', terms: { children: 1 } },
    );
    expect(due(top, '2027-03-01', 'PERSONAL')).toBe('3000.00');
    expect(due(top, '2027-04-01', 'PERSONAL')).toBe('3100.00');
    expect(due(top, '2027-05-01', 'PERSONAL')).toBe('3200.00');
  });
});

it('another rent is paid up to the ceiling', () => {
  const plan = planOf(
    { instrument: 'DEVELOPMENT_WORKER', rentMonth: eur('400.00') },
    { from: '2027-07-01', terms: { rentMonth: eur('1200.00') } },
  );
  expect([due(plan, '2027-06-01', 'FAMILIE'), due(plan, '2027-07-01', 'FAMILIE')]).toEqual(['400.00', '900.00']);
});

describe('the purchasing power of a place', () => {
  const DW = { instrument: 'DEVELOPMENT_WORKER', costOfLivingPlace: 'TZ-MOSHI' };

  it('is that of the quarter in each month, on the adjustable part', () => {
    const { byItem, ruleIds } = planOf(DW);
    // 60 % of 1,730.00 are adjusted: by 10 % for three months, by 12.5 % for nine.
    expect(byItem.find((it) => it.item === 'KKA')?.amount.amount).toBe('1479.15');
    expect(ruleIds).toEqual(expect.arrayContaining(['KKA-TZ-MOSHI-2026-10-01', 'KKA-TZ-MOSHI-2027-04-01']));
  });

  it('is that of the country where the place has none, also when the person moves there', () => {
    const arusha: TermsChange = { from: '2027-07-01', terms: { costOfLivingPlace: 'TZ-ARUSHA' } };
    // 3 x 103.80, 3 x 129.75, then 6 x 5 % of 1,038.00.
    expect(item(planOf(DW, arusha), 'KKA')).toBe('1012.05');
  });

  it('is refused where neither has a value: nothing is computed from a gap', () => {
    const nowhere = { ...DW, costOfLivingPlace: 'BF' };
    expect(() => planOf(nowhere)).toThrow(AppError);
  });
});

it('another local salary lowers the top-up', () => {
  const plan = planOf(
    { instrument: 'INTEGRATED_EXPERT', localSalaryMonth: eur('1000.00') },
    { from: '2027-07-01', terms: { localSalaryMonth: eur('1500.00') } },
  );
  expect([due(plan, '2027-06-01', 'PERSONAL'), due(plan, '2027-07-01', 'PERSONAL')]).toEqual(['3000.00', '2500.00']);
});

it('another salary and contribution of a local expert count by the days of the half-year', () => {
  const plan = planOf(
    { instrument: 'LOCAL_EXPERT', salaryMonth: eur('1000.00'), employerContributionPercent: '10' },
    { from: '2027-04-01', terms: { salaryMonth: eur('1200.00'), employerContributionPercent: '20' } },
  );
  // 3 x 1,000 + 3 x 1,200, and 10 % of the one, 20 % of the other.
  expect(due(plan, '2027-01-01', 'PERSONAL')).toBe('6600.00');
  expect(due(plan, '2027-01-01', 'SOZIALES')).toBe('1020.00');
});

describe('a later decision', () => {
  const first: TermsChange = { from: '2027-07-01', terms: { children: 1, hasSpouse: true } };

  it('takes the place of what was decided on the same term for later days, and of nothing else', () => {
    expect(withTermsChange([first], { from: '2027-04-01', terms: { children: 2 } })).toEqual([
      { from: '2027-04-01', terms: { children: 2 } },
      { from: '2027-07-01', terms: { hasSpouse: true } },
    ]);
  });

  it('leaves earlier days as they were', () => {
    const second = { from: '2027-09-01', terms: { children: 2 } };
    expect(withTermsChange([first], second)).toEqual([first, second]);
  });
});
