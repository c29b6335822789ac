import { z } from 'zod';
import { Money } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import { Code, CountryCode, CurrencyCode, Day, Id, Line, Written } from '../values';
import { Instrument } from './cost-inputs';
import { Term } from './cost-plan.operations';
import { BUDGET_YEARS_MAX, Year } from './fund.operations';

/** Changes of one scenario at most. */
const CHANGES_MAX = 10;
const EXPERTS_MAX = 100;
const MONTHS_LATER_MAX = 36;
/** Months of all budget years that one answer shows. */
const MONTHS_MAX = 12 * BUDGET_YEARS_MAX;

export const SIMULATED_CHANGES = ['BUDGET', 'LATER_START', 'EXCHANGE_RATE', 'EXPERTS'] as const;

export const SimulatedChange = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('BUDGET'),
      year: Year,
      amount: Money.meta({ description: 'More money for the year, or less when negative' }),
    }),
    z.strictObject({
      kind: z.literal('LATER_START'),
      months: z.int().min(1).max(MONTHS_LATER_MAX),
      assignmentIds: z
        .array(Id)
        .min(1)
        .max(200)
        .optional()
        .meta({ description: 'Absent: all assignments of the fund that have not begun' }),
    }),
    z.strictObject({
      kind: z.literal('EXCHANGE_RATE'),
      currency: CurrencyCode,
      rate: Code(40, /^(?=.*[1-9])\d{1,20}(\.\d{1,10})?$/, 'must be a positive decimal').meta({
        description: 'Units of the currency for one EUR',
      }),
      from: Day.meta({ description: 'First day under the rate' }),
    }),
    z.strictObject({
      kind: z.literal('EXPERTS'),
      count: z.int().min(1).max(EXPERTS_MAX),
      instrument: Instrument,
      country: CountryCode.meta({
        description: 'Each costs what the newest commitment of the instrument in the country is made of',
      }),
      period: Term,
    }),
  ])
  .meta({ id: 'SimulatedChange' });
export type SimulatedChange = z.infer<typeof SimulatedChange>;

export const FundOutlook = z
  .strictObject({
    years: z
      .array(
        z.strictObject({
          year: Year,
          money: Money.meta({ description: 'What the fund has in the year: all stages but `external`' }),
          spent: Money.meta({ description: 'Ordered, paid or come back' }),
          bound: Money.meta({ description: 'Reserved or committed; in a later year it takes commitment authority' }),
          blocked: Money.meta({ description: 'Blocked by a decision on the budget (BHO 41)' }),
          available: Money.meta({ description: 'money - spent - bound - blocked; negative: what the year lacks' }),
        }),
      )
      .max(BUDGET_YEARS_MAX),
    months: z
      .array(
        z.strictObject({
          month: Written(7).meta({ description: '2027-02' }),
          due: Money.meta({
            description: 'Falls due in the month and is not paid yet; what is late stands in this month',
          }),
          left: Money.meta({ description: 'What the year has left after it, to its end; negative: not covered' }),
        }),
      )
      .max(MONTHS_MAX),
    firstUncoveredMonth: Written(7).nullable(),
  })
  .meta({ id: 'FundOutlook', description: 'A fund from this month on, by what is bound today.' });
export type FundOutlook = z.infer<typeof FundOutlook>;

export const SimulatedOutlook = FundOutlook.extend({
  name: Line(100),
  changes: z
    .array(
      z.strictObject({
        kind: z.enum(SIMULATED_CHANGES),
        affected: z.int().meta({ description: 'Commitments that it makes anew, or experts that it adds' }),
        covered: z.int().meta({ description: 'How many of them the fund would cover' }),
        isPossible: z.boolean().meta({ description: 'Whether the fund would take all of it today' }),
      }),
    )
    .max(CHANGES_MAX),
}).meta({ id: 'SimulatedOutlook', description: 'A fund as if the changes had been made, one after the other.' });
export type SimulatedOutlook = z.infer<typeof SimulatedOutlook>;

export const FundSimulation = z
  .strictObject({
    fundId: Id,
    asOf: Day,
    reality: FundOutlook,
    scenarios: z.array(SimulatedOutlook).max(2),
  })
  .meta({ id: 'FundSimulation' });
export type FundSimulation = z.infer<typeof FundSimulation>;

export const simulateFund = operation({
  subject: 'rpc.finance.fund.simulate',
  http: { method: 'POST', path: '/funds/{fundId}/simulations' },
  summary: 'What if: the cover of a fund month by month under one or two scenarios; writes nothing',
  description:
    'The changes of a scenario are made one after the other on one state of the fund, with the plans, rules and cover of the real acts. What the fund would refuse is shown as if it had been done, so that the month in which money is lacking shows (docs/finance.md#what-if).',
  request: z.strictObject({
    fundId: Id,
    scenarios: z
      .array(z.strictObject({ name: Line(100), changes: z.array(SimulatedChange).max(CHANGES_MAX) }))
      .min(1)
      .max(2),
  }),
  reply: FundSimulation,
  errors: [
    'FINANCE_BUDGET_YEAR_UNKNOWN',
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    'FINANCE_SIMULATION_WITHOUT_EXAMPLE',
    'FINANCE_RULE_MISSING',
    'FINANCE_EXCHANGE_RATE_MISSING',
    'FINANCE_EXCHANGE_RATE_OUTDATED',
    'FINANCE_PLAN_CURRENCY_NOT_SUPPORTED',
    'FINANCE_PLAN_WITHOUT_PAYMENT',
  ],
  allow: grant('any', 'programme-officer', 'finance-officer', 'budget-officer', 'auditor'),
  deadlineMs: 10_000,
});
