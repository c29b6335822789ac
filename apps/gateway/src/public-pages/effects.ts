import { Exact } from '#contracts';
import type { PublishedIndicator, PublishedResult, PublishedValue } from './published';

/** Values added up: of yes and no both are counted. */
export type EffectSum =
  | Exclude<PublishedValue, { readonly kind: 'YES_NO' }>
  | { readonly kind: 'YES_NO'; readonly met: number; readonly answered: number };

type Figures = Readonly<Record<'baseline' | 'target' | 'actual', EffectSum | null>>;

/** What one indicator of a result gives: a leaf of a total. */
export interface EffectLeaf extends Figures {
  readonly result: PublishedResult;
  readonly indicator: PublishedIndicator;
}

/** The leaves of one indicator of the programme, added up. */
export interface EffectTotal extends Figures {
  readonly standard: string;
  readonly results: number;
}

/**
 * The leaves of results, each once: of each figure the last period counts, or all added where each period stands for itself. A result
 * that is given twice is one result. Source: docs/domain.md#results.
 */
export function effectLeaves(
  results: readonly PublishedResult[],
  counts: (indicator: PublishedIndicator) => boolean = () => true,
): EffectLeaf[] {
  const once = [...new Map(results.map((result) => [result.id, result])).values()];
  return once.flatMap((result) =>
    result.indicators.filter(counts).map((indicator) => ({
      result,
      indicator,
      baseline: sumOf(indicator.baseline ? [indicator.baseline.value] : []),
      target: figureOf(indicator, 'target'),
      actual: figureOf(indicator, 'actual'),
    })),
  );
}

/** The totals that leaves add up to. Numbers are added, of percentages both counts, of yes and no each is counted. */
export function effectTotals(leaves: readonly EffectLeaf[]): EffectTotal[] {
  return [...Map.groupBy(leaves, ({ indicator }) => indicator.standard)].map(([standard, its]) => ({
    standard,
    results: new Set(its.map(({ result }) => result.id)).size,
    baseline: added(its, 'baseline'),
    target: added(its, 'target'),
    actual: added(its, 'actual'),
  }));
}

function figureOf({ periods, arithmetic }: PublishedIndicator, figure: 'target' | 'actual'): EffectSum | null {
  const inOrder = [...periods].sort((a, b) => a.from.localeCompare(b.from));
  const values = inOrder.flatMap((period) => period[figure] ?? []);
  return sumOf(arithmetic === 'PER_PERIOD' ? values : values.slice(-1));
}

function sumOf(values: readonly PublishedValue[]): EffectSum | null {
  return values.reduce<EffectSum | null>((sum, value) => {
    const counted: EffectSum =
      value.kind === 'YES_NO' ? { kind: 'YES_NO', met: value.isMet ? 1 : 0, answered: 1 } : value;
    return plus(sum, counted);
  }, null);
}

function added(leaves: readonly EffectLeaf[], figure: keyof Figures): EffectSum | null {
  return leaves.reduce<EffectSum | null>((sum, leaf) => plus(sum, leaf[figure]), null);
}

function plus(a: EffectSum | null, b: EffectSum | null): EffectSum | null {
  if (!a || !b) return a ?? b;
  if (a.kind === 'NUMBER' && b.kind === 'NUMBER') return { kind: 'NUMBER', number: exactly(a.number, b.number) };
  if (a.kind === 'PERCENTAGE' && b.kind === 'PERCENTAGE')
    return {
      kind: 'PERCENTAGE',
      numerator: exactly(a.numerator, b.numerator),
      denominator: exactly(a.denominator, b.denominator),
    };
  if (a.kind === 'YES_NO' && b.kind === 'YES_NO')
    return { kind: 'YES_NO', met: a.met + b.met, answered: a.answered + b.answered };
  throw new Error(`an indicator of the programme has values of two kinds, ${a.kind} and ${b.kind}`);
}

/** Figures have four decimals at most. */
function exactly(a: string, b: string): string {
  return Exact.parse(a)
    .plus(Exact.parse(b))
    .toDecimal(4)
    .replace(/\.?0+$/, '');
}
