import { z } from 'zod';
import { Code, Text, Written } from '../values';
import { STANDARD_KEYS } from './standard-indicators';

export const ResultType = z.enum(['OUTPUT', 'OUTCOME', 'IMPACT']).meta({
  id: 'ResultType',
  description: 'Leistung, direkte Wirkung, übergeordnete Wirkung; result types 1 to 3 of IATI',
});
export type ResultType = z.infer<typeof ResultType>;

export const ResultStatus = z
  .enum(['CURRENT', 'WITHDRAWN'])
  .meta({ id: 'ResultStatus', description: 'WITHDRAWN: recorded by mistake; it counts in no total' });
export type ResultStatus = z.infer<typeof ResultStatus>;

export const IndicatorKind = z.enum(['NUMBER', 'PERCENTAGE', 'YES_NO', 'TEXT']).meta({
  id: 'IndicatorKind',
  description: 'A percentage is kept as numerator and denominator, so that several can be added up',
});
export type IndicatorKind = z.infer<typeof IndicatorKind>;

export const IndicatorArithmetic = z.enum(['CUMULATIVE', 'PER_PERIOD']).meta({
  id: 'IndicatorArithmetic',
  description:
    'CUMULATIVE: each period says what was reached since the beginning, so the last one is the result, and the series never falls. PER_PERIOD: each period says what came in it, and the result is their sum.',
});
export type IndicatorArithmetic = z.infer<typeof IndicatorArithmetic>;

export const StandardIndicatorKey = z.enum(STANDARD_KEYS).meta({
  id: 'StandardIndicatorKey',
  description: 'The indicator of the programme in whose total it counts (docs/domain.md#results)',
});

const A_QUANTITY = 'a number without sign, up to 15 digits and 4 decimals, such as "1234.5"';
/** Exact: never a float. */
export const Quantity = Code(20, /^(0|[1-9]\d{0,14})(\.\d{1,4})?$/, A_QUANTITY);
/** A sum of quantities. */
const Sum = Written(40);

const numberOf = <T extends z.ZodType>(quantity: T) => z.strictObject({ kind: z.literal('NUMBER'), number: quantity });
const percentageOf = <T extends z.ZodType>(quantity: T) =>
  z.strictObject({ kind: z.literal('PERCENTAGE'), numerator: quantity, denominator: quantity });

const PositiveDenominator = percentageOf(Quantity).refine(({ denominator }) => !/^0(\.0+)?$/.test(denominator), {
  path: ['denominator'],
  message: 'must be above zero',
});

const TEXT_MAX = 2000;

export const IndicatorValue = z
  .discriminatedUnion('kind', [
    numberOf(Quantity),
    PositiveDenominator,
    z.strictObject({ kind: z.literal('YES_NO'), isMet: z.boolean() }),
    z.strictObject({ kind: z.literal('TEXT'), text: Text(TEXT_MAX) }),
  ])
  .meta({ id: 'IndicatorValue', description: 'A value of the kind of its indicator; numbers are exact decimals.' });
export type IndicatorValue = z.infer<typeof IndicatorValue>;

/** Part of a total by sex, age or group. */
export const PartValue = z.discriminatedUnion('kind', [numberOf(Quantity), percentageOf(Quantity)]);
export type PartValue = z.infer<typeof PartValue>;

export const DISAGGREGATIONS = {
  SEX: ['FEMALE', 'MALE', 'DIVERSE', 'SEX_UNKNOWN'],
  AGE_GROUP: ['AGE_0_14', 'AGE_15_24', 'AGE_25_64', 'AGE_65_PLUS', 'AGE_UNKNOWN'],
  DISADVANTAGED_GROUP: ['DISABILITY', 'POVERTY', 'INFORMAL_SETTLEMENT', 'DISPLACED', 'MINORITY', 'GROUP_OTHER'],
} as const;
export const Dimension = z.enum(['SEX', 'AGE_GROUP', 'DISADVANTAGED_GROUP']).meta({
  id: 'Dimension',
  description: 'By what a figure is broken down; a person may belong to several disadvantaged groups',
});
export type Dimension = z.infer<typeof Dimension>;

const CATEGORIES = [
  ...DISAGGREGATIONS.SEX,
  ...DISAGGREGATIONS.AGE_GROUP,
  ...DISAGGREGATIONS.DISADVANTAGED_GROUP,
] as const;
export const Category = z.enum(CATEGORIES).meta({ id: 'DisaggregationCategory' });
export type Category = z.infer<typeof Category>;

export const FigurePart = z
  .strictObject({ category: Category, value: PartValue })
  .meta({ id: 'FigurePart', description: 'What of a figure falls to one sex, age or group.' });
export type FigurePart = z.infer<typeof FigurePart>;
export const PARTS_MAX = CATEGORIES.length;

export const IndicatorSum = z
  .discriminatedUnion('kind', [
    numberOf(Sum),
    percentageOf(Sum),
    z.strictObject({ kind: z.literal('YES_NO'), met: z.int(), answered: z.int() }),
  ])
  .meta({
    id: 'IndicatorSum',
    description:
      'Numbers are added; of percentages numerators and denominators, never the percentages; of yes and no both are counted.',
  });
export type IndicatorSum = z.infer<typeof IndicatorSum>;

export const SumPart = z
  .strictObject({ category: Category, value: z.discriminatedUnion('kind', [numberOf(Sum), percentageOf(Sum)]) })
  .meta({ id: 'SumPart' });
export type SumPart = z.infer<typeof SumPart>;

/** Form of an SDG target, such as 11.6 or 17.b. */
export const SdgTargetCode = Code(5, /^([1-9]|1[0-7])\.(\d{1,2}|[a-d])$/, 'an SDG target, such as "11.6"');
export const SdgGoalCode = Code(2, /^([1-9]|1[0-7])$/, 'an SDG goal, such as "11"');
