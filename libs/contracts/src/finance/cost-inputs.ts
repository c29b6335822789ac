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

const hasSpouse = z.boolean().meta({ description: 'A spouse or partner who is entitled to the family share' });
const children = z.int().min(0).max(10).meta({ description: 'Children entitled to the family share' });
const family = { hasSpouse: hasSpouse.default(false), children: children.default(0) };

const localSalaryMonth = PositiveMoney.meta({
  description: 'Net salary that the employer pays for a full post, in its own currency',
});
const costOfLivingPercent = z
  .string()
  .max(6)
  .regex(/^\d{1,3}(\.\d{1,2})?$/)
  .meta({
    description:
      'Kaufkraftausgleich in percent where no place is named: of those who name no `costOfLivingPlace`, and of plans of before',
  });
/** A country, or a place in it that has values of its own. */
export const CostOfLivingPlace = z
  .string()
  .max(40)
  .regex(/^[A-Z]{2}(-[A-Z0-9-]+)?$/, 'a country such as TZ, or a place in it such as TZ-MOSHI')
  .meta({
    description:
      'Where the Kaufkraftausgleich is that of the rule set COST_OF_LIVING, each month by the value of its day',
  });
export type CostOfLivingPlace = z.infer<typeof CostOfLivingPlace>;
const rentMonth = NonNegativeMoney.meta({
  description: 'Rent abroad in EUR, paid up to the ceiling of the rules; of a part of a full post its share',
});
const salaryMonth = PositiveMoney.meta({
  description:
    'Gross local salary of a full post, which the fund finances, in the currency of the local contract: the instalments are paid in it',
});
const employerContributionPercent = z
  .string()
  .max(5)
  .regex(/^\d{1,2}(\.\d{1,2})?$/)
  .meta({ description: "Employer's social security share in percent of the salary" });

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
    z.strictObject({ instrument: z.literal('INTEGRATED_EXPERT'), localSalaryMonth, ...family }),
    z.strictObject({
      instrument: z.literal('DEVELOPMENT_WORKER'),
      costOfLivingPlace: CostOfLivingPlace.optional(),
      costOfLivingPercent: costOfLivingPercent.default('0'),
      rentMonth: rentMonth.optional(),
      ...family,
    }),
    z.strictObject({
      instrument: z.literal('LOCAL_EXPERT'),
      salaryMonth,
      employerContributionPercent: employerContributionPercent.default('0'),
      otherCosts: NonNegativeMoney.optional().meta({
        description:
          'Travel, workshops and equipment of a full post over the whole term, in the currency of the contract',
      }),
    }),
  ])
  .meta({ id: 'CostInputs' });
export type CostInputs = z.infer<typeof CostInputs>;

/**
 * What of the cost inputs may change during the term, each from a day on to the end: what is left out stays. Which of them there are
 * depends on the instrument (docs/domain.md#changed-terms).
 */
export const CostTerms = z
  .strictObject({
    hasSpouse: hasSpouse.optional(),
    children: children.optional(),
    localSalaryMonth: localSalaryMonth.optional(),
    costOfLivingPlace: CostOfLivingPlace.optional(),
    rentMonth: rentMonth.optional(),
    salaryMonth: salaryMonth.optional(),
    employerContributionPercent: employerContributionPercent.optional(),
  })
  .refine((terms) => Object.values(terms).some((value) => value !== undefined), 'name at least one that changes')
  .meta({ id: 'CostTerms', description: 'Cost inputs that are others from a day on.' });
export type CostTerms = z.infer<typeof CostTerms>;

export interface TermsChange {
  readonly from: string;
  readonly terms: CostTerms;
}

/** The cost inputs with other terms; undefined where the instrument has no such term, or pays in another currency. */
export function withTerms<Inputs extends CostInputs>(inputs: Inputs, terms: CostTerms): Inputs | undefined {
  const { success, data } = CostInputs.safeParse({ ...inputs, ...terms });
  if (!success) return undefined;
  return localCurrencyOf(inputs) === localCurrencyOf(data) ? (data as Inputs) : undefined;
}

/** The currency of what is agreed locally; EUR where nothing is. */
export function localCurrencyOf(inputs: CostInputs): string {
  switch (inputs.instrument) {
    case 'INTEGRATED_EXPERT':
      return inputs.localSalaryMonth.currency;
    case 'LOCAL_EXPERT':
      return inputs.salaryMonth.currency;
    case 'DEVELOPMENT_WORKER':
      return 'EUR';
  }
}

/** The terms that are others than the inputs say; none of them when nothing changes. */
export function changedTerms(inputs: CostInputs, terms: CostTerms): (keyof CostTerms)[] {
  const before: Readonly<Record<string, unknown>> = inputs;
  return (Object.keys(terms) as (keyof CostTerms)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(terms[name]),
  );
}

/** Adds a change to those that were decided before: it holds to the end, so what they said of the same term for later days falls. */
export function withTermsChange<Change extends TermsChange>(changes: readonly Change[], change: Change): Change[] {
  const kept = changes.flatMap((before) => {
    if (before.from < change.from) return [before];
    const rest = Object.entries(before.terms).filter(([name]) => !(name in change.terms));
    return rest.length > 0 ? [{ ...before, terms: Object.fromEntries(rest) }] : [];
  });
  return [...kept, change].sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
}

/** The cost inputs on a day, with those of the first day and what changed since. */
export function costInputsOn<Inputs extends CostInputs>(
  first: Inputs,
  changes: readonly TermsChange[],
  day: string,
): Inputs {
  return changes
    .filter(({ from }) => from <= day)
    .reduce<Inputs>((inputs, { terms }) => ({ ...inputs, ...terms }), first);
}

/** Whether a change makes a difference on its day or on a later one. */
export function isOtherTerms(first: CostInputs, changes: readonly TermsChange[], change: TermsChange): boolean {
  const days = [change.from, ...changes.map(({ from }) => from).filter((from) => from > change.from)];
  return days.some((day) => changedTerms(costInputsOn(first, changes, day), change.terms).length > 0);
}
