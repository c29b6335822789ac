import type { IndicatorValue, ResultType, StandardKey } from '#contracts/partnership';
import type { PublishedIndicator, PublishedResult } from '../results/results.reader';

/** A result as the registry has it: what counts of each figure, by indicator and period. */
export type KnownResult = Pick<PublishedResult, 'id' | 'type' | 'origins'> & {
  readonly indicators: readonly KnownIndicator[];
};
type KnownIndicator = Pick<
  PublishedIndicator,
  'standard' | 'measure' | 'arithmetic' | 'isAscending' | 'sdgTargets' | 'baseline'
> & { readonly periods: readonly KnownPeriod[] };
interface KnownPeriod {
  readonly from: string;
  readonly to: string;
  readonly isLocked: boolean;
  readonly target: { readonly value: IndicatorValue } | null;
  readonly actual: { readonly value: IndicatorValue } | null;
}

/** An indicator of the programme, in which no word is anybody's own. */
export interface PublicIndicator extends Pick<KnownIndicator, 'measure' | 'arithmetic' | 'isAscending' | 'sdgTargets'> {
  readonly standard: StandardKey;
  readonly baseline: { readonly year: number; readonly value: IndicatorValue } | null;
  readonly periods: readonly PublicPeriod[];
}

export interface PublicPeriod {
  readonly from: string;
  /** First day that is no longer in it. */
  readonly to: string;
  readonly target: IndicatorValue | null;
  /** Null until somebody else than its author locked the period. */
  readonly actual: IndicatorValue | null;
}

export interface PublicResult {
  readonly id: string;
  readonly type: ResultType;
  /** Each partnership that works for it: shared by several, it still counts once. */
  readonly partnershipIds: readonly string[];
  readonly indicators: readonly PublicIndicator[];
}

/**
 * Of results what the public may know: indicators of the programme with their targets and locked observations. What somebody wrote
 * (titles, sources, comments, texts), who did, to which assignment it belongs, and parts by sex, age or group stay out: each may name
 * or point at a person. A result of a partnership that is not published is left out, whoever shares it. Source:
 * docs/domain.md#publishing.
 */
export function publicResults(
  results: readonly KnownResult[],
  isPublished: (partnershipId: string) => boolean,
): PublicResult[] {
  return results.flatMap(({ id, type, origins, indicators }) => {
    const partnershipIds = [...new Set(origins.map(({ partnershipId }) => partnershipId))];
    const told = indicators.flatMap(publicIndicator);
    return told.length > 0 && partnershipIds.every(isPublished) ? [{ id, type, partnershipIds, indicators: told }] : [];
  });
}

function publicIndicator(indicator: KnownIndicator): PublicIndicator[] {
  const { standard, measure, arithmetic, isAscending, sdgTargets, baseline } = indicator;
  if (standard === null) return [];
  const periods = indicator.periods.flatMap(({ from, to, isLocked, target, actual }) => {
    const told = { target: target?.value ?? null, actual: isLocked ? (actual?.value ?? null) : null };
    return told.target || told.actual ? [{ from, to, ...told }] : [];
  });
  if (periods.length === 0) return [];
  return [{ standard, measure, arithmetic, isAscending, sdgTargets, baseline, periods }];
}
