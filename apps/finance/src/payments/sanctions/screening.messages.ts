import {
  HITS_SHOWN,
  NAMED_BY_SHOWN,
  type SanctionsListView,
  type ScreeningSummary,
  type ScreeningView,
} from '#contracts/finance';
import type { Columns } from '#database';
import type { SanctionsList } from './sanctions-list.entity';
import type { Screening } from './screening.entity';

export function screeningView(screening: Columns<Screening>): ScreeningView {
  const hits = [...screening.hits].sort((a, b) => b.score - a.score).slice(0, HITS_SHOWN);
  const namedBy = screening.namedBy.slice(0, NAMED_BY_SHOWN);
  return { ...screeningSummary(screening), hits, doubts: screening.doubts, namedBy };
}

export function screeningSummary(screening: Omit<Columns<Screening>, 'hits' | 'doubts' | 'namedBy'>): ScreeningSummary {
  const { decidedBy, decidedAt, decisionReason } = screening;
  return {
    id: screening.id,
    version: screening.version,
    payeeId: screening.payeeId,
    sanctionsListId: screening.sanctionsListId,
    outcome: screening.outcome,
    algorithm: screening.algorithm,
    threshold: screening.threshold,
    screened: { ...screening.screened, names: [...screening.screened.names] },
    screenedAt: screening.screenedAt.toISOString(),
    decision:
      decidedBy !== null && decidedAt !== null && decisionReason !== null
        ? { by: decidedBy, at: decidedAt.toISOString(), reason: decisionReason }
        : null,
  };
}

export function sanctionsListView(list: Columns<SanctionsList>): SanctionsListView {
  return {
    ...list,
    generatedAt: list.generatedAt.toISOString(),
    importedAt: list.importedAt.toISOString(),
  };
}
