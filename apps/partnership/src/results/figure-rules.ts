import { AppError, Exact } from '#contracts';
import {
  type Category,
  type Dimension,
  DISAGGREGATIONS,
  type FigurePart,
  type IndicatorKind,
  type IndicatorValue,
  type IndicatorView,
} from '#contracts/partnership';

type Breakdown = Pick<IndicatorView, 'kind' | 'disaggregations'>;

export function assertKind(kind: IndicatorKind, value: IndicatorValue): void {
  if (value.kind !== kind) throw new AppError('PARTNERSHIP_RESULT_VALUE_KIND_DIFFERS', { kind });
}

/** Parts are of the kind of their figure, each named once and asked for; together they do not exceed it, or make it up where that is stated. */
export function assertParts(
  { kind, disaggregations }: Breakdown,
  value: IndicatorValue,
  parts: readonly FigurePart[],
): void {
  const categories = parts.map(({ category }) => category);
  const repeated = categories.find((category, index) => categories.indexOf(category) < index);
  if (repeated) throw refusal(repeated, 'REPEATED');
  for (const part of parts) {
    assertKind(kind, part.value);
    if (!disaggregations.some(({ dimension }) => dimension === dimensionOf(part.category)))
      throw refusal(part.category, 'NOT_ASKED_FOR');
  }
  for (const { dimension, mustAddUp } of disaggregations) {
    const its = parts.filter(({ category }) => dimensionOf(category) === dimension);
    if (its.length === 0) continue;
    for (const { total, shares } of countsOf(value, its)) assertFits({ dimension, mustAddUp, total, shares });
  }
}

interface Fit {
  readonly dimension: Dimension;
  readonly mustAddUp: boolean;
  readonly total: Exact;
  readonly shares: readonly Exact[];
}

function assertFits({ dimension, mustAddUp, total, shares }: Fit): void {
  const sum = shares.reduce((all, share) => all.plus(share), Exact.of(0));
  // One person may belong to several groups, so only each of them is bounded.
  const largest =
    dimension === 'DISADVANTAGED_GROUP'
      ? shares.reduce((max, share) => (max.minus(share).isNegative() ? share : max), Exact.of(0))
      : sum;
  if (total.minus(largest).isNegative()) throw refusal(dimension, 'EXCEEDS');
  if (mustAddUp && sum.minus(total).isNegative()) throw refusal(dimension, 'DOES_NOT_ADD_UP');
}

/** A number has one count, a percentage two, which are compared each for itself. */
function countsOf(value: IndicatorValue, parts: readonly FigurePart[]): Pick<Fit, 'total' | 'shares'>[] {
  const of = (member: 'number' | 'numerator' | 'denominator', total: string) => ({
    total: Exact.parse(total),
    shares: parts.map((part) => Exact.parse((part.value as Partial<Record<typeof member, string>>)[member] ?? '0')),
  });
  if (value.kind === 'NUMBER') return [of('number', value.number)];
  if (value.kind === 'PERCENTAGE') return [of('numerator', value.numerator), of('denominator', value.denominator)];
  return [];
}

export interface PointOfSeries {
  readonly startsOn: string;
  readonly number: string;
}

/** A cumulative series never falls. Of several neighbours the nearest ones decide, as they are in order among themselves. */
export function assertRises(series: readonly PointOfSeries[], { startsOn, number }: PointOfSeries): void {
  const value = Exact.parse(number);
  const before = series.filter((point) => point.startsOn < startsOn);
  const after = series.filter((point) => point.startsOn > startsOn);
  const breaking =
    before.find((point) => value.minus(Exact.parse(point.number)).isNegative()) ??
    after.find((point) => Exact.parse(point.number).minus(value).isNegative());
  if (breaking) throw new AppError('PARTNERSHIP_RESULT_SERIES_FALLS', { startsOn: breaking.startsOn });
}

function dimensionOf(category: Category): Dimension | undefined {
  const all = Object.entries(DISAGGREGATIONS) as [Dimension, readonly Category[]][];
  return all.find(([, categories]) => categories.includes(category))?.[0];
}

type PartsFault = 'REPEATED' | 'NOT_ASKED_FOR' | 'EXCEEDS' | 'DOES_NOT_ADD_UP';

function refusal(at: Category | Dimension, fault: PartsFault): AppError {
  return new AppError('PARTNERSHIP_RESULT_PARTS_INVALID', { at, fault });
}
