import { z } from 'zod';
import { PositiveMoney, Money } from '../money';

/** Integrierte Fachkraft, Entwicklungshelfer*in (EhfG), lokale Fachkraft. Source: docs/domain.md#instruments. */
export const INSTRUMENTS = ['INTEGRATED_EXPERT', 'DEVELOPMENT_WORKER', 'LOCAL_EXPERT'] as const;
export const Instrument = z.enum(INSTRUMENTS).meta({ id: 'Instrument' });
export type Instrument = z.infer<typeof Instrument>;

/** Budget years that one plan can touch: a term, and what falls due after it. */
export const PLAN_YEARS_MAX = 30;
/** Interruptions, rate changes of an assignment that one answer shows. */
export const CHANGES_SHOWN = 100;

const family = {
  hasSpouse: z
    .boolean()
    .default(false)
    .meta({ description: 'A spouse or partner who is entitled to the family share' }),
  children: z.int().min(0).max(10).default(0).meta({ description: 'Children entitled to the family share' }),
};

/** What the cost plan of an assignment depends on besides instrument and period. Amounts are per full month. */
export const CostInputs = z
  .discriminatedUnion('instrument', [
    z.strictObject({
      instrument: z.literal('INTEGRATED_EXPERT'),
      localSalaryMonth: PositiveMoney.meta({ description: 'Net salary that the employer pays, in its own currency' }),
      ...family,
    }),
    z.strictObject({
      instrument: z.literal('DEVELOPMENT_WORKER'),
      costOfLivingPercent: z
        .string()
        .max(6)
        .regex(/^\d{1,3}(\.\d{1,2})?$/)
        .default('0')
        .meta({ description: 'Kaufkraftausgleich in percent, as a decimal string' }),
      rentMonth: Money.optional().meta({ description: 'Rent abroad in EUR, paid up to the ceiling of the rules' }),
      ...family,
    }),
    z.strictObject({
      instrument: z.literal('LOCAL_EXPERT'),
      salaryMonth: PositiveMoney.meta({ description: 'Gross local salary in EUR that the fund finances' }),
      employerContributionPercent: z
        .string()
        .max(5)
        .regex(/^\d{1,2}(\.\d{1,2})?$/)
        .default('0')
        .meta({ description: "Employer's social security share in percent of the salary" }),
      otherCosts: Money.optional().meta({ description: 'Travel, workshops and equipment over the whole term, in EUR' }),
    }),
  ])
  .meta({ id: 'CostInputs' });
export type CostInputs = z.infer<typeof CostInputs>;
