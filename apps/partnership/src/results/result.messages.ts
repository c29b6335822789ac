import type { OutgoingMessage } from '#contracts';
import {
  type IndicatorView,
  resultRecorded,
  type ResultFigureView,
  type ResultPeriodView,
  type ResultSummary,
  type ResultView,
} from '#contracts/partnership';
import type { Indicator } from './indicator.entity';
import type { ResultFigure } from './result-figure.entity';
import type { ResultPeriod } from './result-period.entity';
import type { Result } from './result.entity';
import { valueOf } from './value-columns';

export const ORIGINS = `(SELECT coalesce(json_agg(json_build_object('partnershipId', o.partnership_id, 'projectId', o.project_id,
    'projectTitle', pr.title, 'assignmentId', o.assignment_id) ORDER BY o.partnership_id, o.project_id, o.assignment_id), '[]')
  FROM result_origin o LEFT JOIN project pr ON pr.id = o.project_id WHERE o.result_id = r.id) AS origins`;

const COLUMNS = `r.id, r.version, r.type, r.title, r.status, r.author, r.created_at, r.updated_at, ${ORIGINS}`;

export const resultSummarySelect = `SELECT ${COLUMNS},
    (SELECT count(*)::int FROM result_indicator i WHERE i.result_id = r.id) AS indicators,
    (SELECT count(*)::int FROM result_period p WHERE p.result_id = r.id) AS periods,
    (SELECT count(*)::int FROM result_period p WHERE p.result_id = r.id AND p.locked_at IS NOT NULL) AS locked_periods
  FROM result r`;

export const resultSelect = `SELECT ${COLUMNS}, r.description, r.status_reason FROM result r`;

type Dated<T> = Omit<T, 'createdAt' | 'updatedAt'> & Pick<Result, 'createdAt' | 'updatedAt'>;
export type ResultSummaryRow = Dated<ResultSummary>;
export type ResultRow = Dated<Omit<ResultView, 'indicators' | 'periods'>>;
/** A row has the columns alone, not what the entity makes of them. */
export type IndicatorRow = Omit<Indicator, 'baseline' | 'change'>;
export type PeriodRow = Pick<ResultPeriod, 'id' | 'resultId' | 'startsOn' | 'endsOn' | 'lockedAt' | 'lockedBy'>;
export type FigureRow = ResultFigure & { readonly isCurrent: boolean; readonly indicatorKind: Indicator['kind'] };

/** A figure with the kind of its indicator, and whether it is the version that counts. */
export const figureSelect = `SELECT f.*, i.kind AS indicator_kind,
    f.revision = (SELECT max(later.revision) FROM result_figure later
      WHERE later.indicator_id = f.indicator_id AND later.period_id = f.period_id AND later.kind = f.kind) AS is_current
  FROM result_figure f JOIN result_indicator i ON i.id = f.indicator_id`;

export function resultSummary({ createdAt, updatedAt, ...row }: ResultSummaryRow): ResultSummary {
  return { ...row, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

export interface PartsOfResult {
  readonly indicators: readonly IndicatorRow[];
  readonly periods: readonly PeriodRow[];
}

export function resultView(
  { createdAt, updatedAt, ...row }: ResultRow,
  { indicators, periods }: PartsOfResult,
): ResultView {
  return {
    ...row,
    indicators: indicators.map(indicatorView),
    periods: periods.map(periodView),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function indicatorView(row: IndicatorRow): IndicatorView {
  const { id, title, kind, standard, unit, arithmetic, isAscending, baselineYear, sdgTargets, disaggregations } = row;
  return {
    id,
    title,
    kind,
    standard,
    unit,
    arithmetic,
    isAscending,
    baseline: baselineYear === null ? null : { year: baselineYear, value: valueOf(kind, row) },
    sdgTargets,
    disaggregations,
  };
}

function periodView({ id, startsOn, endsOn, lockedAt, lockedBy }: PeriodRow): ResultPeriodView {
  return { id, from: startsOn, to: endsOn, lockedAt: lockedAt?.toISOString() ?? null, lockedBy };
}

export function figureView(row: FigureRow): ResultFigureView {
  const { id, indicatorId, periodId, kind, revision, isCurrent, parts, source, comment, reason, recordedBy } = row;
  return {
    id,
    indicatorId,
    periodId,
    kind,
    revision,
    isCurrent,
    value: valueOf(row.indicatorKind, row),
    parts: [...parts],
    source,
    comment,
    reason,
    recordedBy,
    recordedAt: row.recordedAt.toISOString(),
  };
}

export function resultRecordedMessage({
  id,
  version,
  type,
  status,
  origins,
  indicators,
  periods,
}: ResultView): OutgoingMessage {
  return resultRecorded.of({
    aggregateId: id,
    aggregateVersion: version,
    data: {
      resultId: id,
      type,
      status,
      origins: origins.map(({ partnershipId, projectId, assignmentId }) => ({
        partnershipId,
        projectId,
        assignmentId,
      })),
      indicators: indicators.length,
      periods: periods.length,
      lockedPeriods: periods.filter(({ lockedAt }) => lockedAt !== null).length,
    },
  });
}
