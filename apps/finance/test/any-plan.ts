import fc from 'fast-check';
import { addDays, type Period } from '#contracts';
import { CostInputs, type CostTerms } from '#contracts/finance';

const cents = (max: number) => fc.integer({ min: 1, max }).map((minor) => (minor / 100).toFixed(2));
const family = { hasSpouse: fc.boolean(), children: fc.integer({ min: 0, max: 5 }) };
/** Any term under the shipped rules. */
export const anyPeriod: fc.Arbitrary<Period> = fc
  .record({ offset: fc.integer({ min: 0, max: 2000 }), days: fc.integer({ min: 1, max: 1500 }) })
  .map(({ offset, days }) => ({ from: addDays('2024-01-01', offset), to: addDays('2024-01-01', offset + days) }));

/** Cost inputs of any instrument; local salaries are in TZS. */
export const anyInputs: fc.Arbitrary<CostInputs> = fc
  .oneof(
    fc.record({
      instrument: fc.constant('INTEGRATED_EXPERT'),
      localSalaryMonth: cents(2_000_000_000).map((amount) => ({ amount, currency: 'TZS' })),
      ...family,
    }),
    fc.record({
      instrument: fc.constant('DEVELOPMENT_WORKER'),
      costOfLivingPercent: cents(5000),
      rentMonth: cents(200_000).map((amount) => ({ amount, currency: 'EUR' })),
      ...family,
    }),
    fc.record({
      instrument: fc.constant('LOCAL_EXPERT'),
      salaryMonth: cents(400_000).map((amount) => ({ amount, currency: 'EUR' })),
      employerContributionPercent: cents(9900),
      otherCosts: cents(3_000_000).map((amount) => ({ amount, currency: 'EUR' })),
    }),
  )
  .map((inputs) => CostInputs.parse(inputs));

/** Of a local contract in a currency. */
const localIn = (currency: string, max: number): fc.Arbitrary<CostInputs> =>
  fc
    .record({
      salaryMonth: cents(max).map((amount) => ({ amount, currency })),
      employerContributionPercent: cents(9900),
      otherCosts: cents(max).map((amount) => ({ amount, currency })),
    })
    .map((it) => CostInputs.parse({ instrument: 'LOCAL_EXPERT', ...it }));

/** Inputs whose histories are tried, one kind after the other. */
export const HISTORY_INPUTS: Readonly<Record<string, fc.Arbitrary<CostInputs>>> = {
  INTEGRATED_EXPERT: fc
    .record({ localSalaryMonth: cents(1_500_000_000).map((amount) => ({ amount, currency: 'TZS' })), ...family })
    .map((it) => CostInputs.parse({ instrument: 'INTEGRATED_EXPERT', ...it })),
  DEVELOPMENT_WORKER: fc
    .record({
      costOfLivingPercent: cents(5000),
      rentMonth: cents(200_000).map((amount) => ({ amount, currency: 'EUR' })),
      ...family,
    })
    .map((it) => CostInputs.parse({ instrument: 'DEVELOPMENT_WORKER', ...it })),
  LOCAL_EXPERT: localIn('EUR', 400_000),
  'LOCAL_EXPERT in another currency': localIn('TZS', 1_500_000_000),
};

/** Other terms that the instrument has, chosen by a number. */
export function termsOf(costInputs: CostInputs, choice: number): CostTerms {
  const family = choice % 2 === 0 ? { hasSpouse: choice % 4 === 0 } : { children: choice % 5 };
  const money = (currency: string) => ({ amount: `${1 + (choice % 3_000)}.07`, currency });
  switch (costInputs.instrument) {
    case 'INTEGRATED_EXPERT':
      return choice % 3 === 0 ? family : { ...family, localSalaryMonth: money(costInputs.localSalaryMonth.currency) };
    case 'DEVELOPMENT_WORKER':
      return choice % 3 === 0 ? family : { ...family, rentMonth: money('EUR') };
    case 'LOCAL_EXPERT':
      return choice % 3 === 0
        ? { employerContributionPercent: `${choice % 30}.25` }
        : { salaryMonth: money(costInputs.salaryMonth.currency) };
  }
}
