import { z } from 'zod';
import { NonNegativeMoney, PositiveMoney } from '../money';

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

export const FullTimePercent = z.int().min(1).max(100);

/**
 * Which part of a person's full post an assignment is, in percent: two half posts are 0 to 50 and 50 to 100. A cent that cannot be
 * divided falls by it, and what is paid once for a person goes with the part that begins at 0
 * (docs/domain.md#share-of-full-time).
 */
export const FullTimePart = z
  .strictObject({ from: z.int().min(0).max(99), to: FullTimePercent })
  .meta({ id: 'FullTimePart', description: "Part of a person's full post, in percent of full time from 0 to 100" });
export type FullTimePart = z.infer<typeof FullTimePart>;

/**
 * What the cost plan of an assignment depends on besides instrument, period and share of full time. Amounts are those of a full
 * post, per full month; the share is applied to them.
 */
export const CostInputs = z
  .discriminatedUnion('instrument', [
    z.strictObject({
      instrument: z.literal('INTEGRATED_EXPERT'),
      localSalaryMonth: PositiveMoney.meta({
        description: 'Net salary that the employer pays for a full post, in its own currency',
      }),
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
      rentMonth: NonNegativeMoney.optional().meta({
        description: 'Rent abroad in EUR, paid up to the ceiling of the rules; of a part of a full post its share',
      }),
      ...family,
    }),
    z.strictObject({
      instrument: z.literal('LOCAL_EXPERT'),
      salaryMonth: PositiveMoney.meta({
        description: 'Gross local salary in EUR of a full post, which the fund finances',
      }),
      employerContributionPercent: z
        .string()
        .max(5)
        .regex(/^\d{1,2}(\.\d{1,2})?$/)
        .default('0')
        .meta({ description: "Employer's social security share in percent of the salary" }),
      otherCosts: NonNegativeMoney.optional().meta({
        description: 'Travel, workshops and equipment of a full post over the whole term, in EUR',
      }),
    }),
  ])
  .meta({ id: 'CostInputs' });
export type CostInputs = z.infer<typeof CostInputs>;
