import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  getResult,
  type IndicatorKind,
  type IndicatorView,
  listResultFigures,
  listResults,
  type ResultFigureView,
  type ResultSummary,
  type ResultView,
} from '#contracts/partnership';
import { Database, Filters, type Queries, refuseForeign, type SortColumn, type Tx, visibleTo } from '#database';
import { Outbox } from '#messaging';
import { type Call, Handle } from '#platform';
import { RESULT_OWNERSHIP } from './result.act';
import { Result } from './result.entity';
import {
  type FigureRow,
  figureSelect,
  figureView,
  type IndicatorRow,
  type PartsOfResult,
  type PeriodRow,
  resultRecordedMessage,
  type ResultRow,
  resultSelect,
  resultSummary,
  type ResultSummaryRow,
  resultSummarySelect,
  resultView,
} from './result.messages';
import { resultFilters, SERVES_GOAL } from './result-filter.rows';

const SORT: Readonly<Record<string, SortColumn>> = {
  createdAt: { key: 'createdAt', column: 'r.created_at', type: 'timestamptz' },
  updatedAt: { key: 'updatedAt', column: 'r.updated_at', type: 'timestamptz' },
};

/** Codes of the IATI list IndicatorMeasure: unit, percentage, qualitative. */
const MEASURES: Readonly<Record<IndicatorKind, '1' | '2' | '5'>> = {
  NUMBER: '1',
  PERCENTAGE: '2',
  YES_NO: '5',
  TEXT: '5',
};

export interface PublishedPeriod {
  readonly from: string;
  /** First day that is no longer in it. */
  readonly to: string;
  readonly isLocked: boolean;
  readonly target: ResultFigureView | null;
  readonly actual: ResultFigureView | null;
}

export interface PublishedIndicator extends IndicatorView {
  readonly measure: '1' | '2' | '5';
  /** Periods that have a target or an observation, in their order. */
  readonly periods: readonly PublishedPeriod[];
}

/** A result as it is published: what counts of each figure, by indicator and period. */
export interface PublishedResult extends Omit<ResultView, 'indicators' | 'periods'> {
  readonly indicators: readonly PublishedIndicator[];
}

/** What is read of results; each change is answered with the present state and published with it. */
@Injectable()
export class ResultsReader {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  @Handle(getResult)
  async get({ resultId }: RequestOf<typeof getResult>, call: Call): Promise<ResultView> {
    const parameters: unknown[] = [resultId];
    const [view] = await this.views(
      this.database,
      ['r.id = $1', ...visibleTo(call, RESULT_OWNERSHIP, parameters)],
      parameters,
    );
    if (!view) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return view;
  }

  @Handle(listResults)
  list(
    { limit, cursor, sort, sdgGoal, ...filter }: RequestOf<typeof listResults>,
    call: Call,
  ): Promise<Page<ResultSummary>> {
    const filters = resultFilters(filter).add(
      `EXISTS (SELECT FROM result_indicator i WHERE i.result_id = r.id AND ${SERVES_GOAL})`,
      sdgGoal,
    );
    return this.database.page<ResultSummaryRow, ResultSummary>({
      select: resultSummarySelect,
      where: [...filters.conditions, ...visibleTo(call, RESULT_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: sortColumns(sort ?? ['-createdAt']),
      idColumn: 'r.id',
      limit,
      cursor,
      filterHash: { list: 'results', sdgGoal, ...filter },
      items: (rows) => rows.map(resultSummary),
    });
  }

  @Handle(listResultFigures)
  async figures(
    { resultId, indicatorId, isCurrent, limit, cursor }: RequestOf<typeof listResultFigures>,
    call: Call,
  ): Promise<Page<ResultFigureView>> {
    await refuseForeign(this.database, call, { ownership: RESULT_OWNERSHIP, id: resultId });
    if (call.scope === 'any') await this.database.findOrFail(Result, resultId);
    const filters = new Filters()
      .add('f.result_id = ?', resultId)
      .add('f.indicator_id = ?', indicatorId)
      .add(
        `? = (f.revision = (SELECT max(later.revision) FROM result_figure later
          WHERE later.indicator_id = f.indicator_id AND later.period_id = f.period_id AND later.kind = f.kind))`,
        isCurrent,
      );
    return this.database.page<FigureRow, ResultFigureView>({
      select: figureSelect,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'recordedAt', column: 'f.recorded_at', type: 'timestamptz', descending: true }],
      idColumn: 'f.id',
      limit,
      cursor,
      filterHash: { list: 'result-figures', resultId, indicatorId, isCurrent },
      items: (rows) => rows.map(figureView),
    });
  }

  /** The present state after a change, which is published too. */
  async told(tx: Tx, resultId: string): Promise<ResultView> {
    const [view] = await this.views(tx, ['r.id = $1'], [resultId]);
    assert(view, 'a result that was just written is gone');
    this.outbox.append(tx, resultRecordedMessage(view));
    return view;
  }

  /** All results that were not withdrawn, the oldest first; each once, however many partnerships share it. */
  async published(source: Queries): Promise<PublishedResult[]> {
    const { conditions, parameters } = resultFilters({ status: ['CURRENT'] });
    const views = await this.views(source, conditions, parameters);
    const figures = await source.query<FigureRow & { readonly resultId: string }>(
      `SELECT * FROM (${figureSelect} WHERE f.result_id = ANY ($1)) f WHERE f.is_current`,
      [views.map(({ id }) => id)],
    );
    const current = Map.groupBy(figures.map(figureView), ({ indicatorId }) => indicatorId);
    return views.map(({ indicators, periods, ...view }) => ({
      ...view,
      indicators: indicators.map((indicator) => ({
        ...indicator,
        measure: MEASURES[indicator.kind],
        periods: publishedPeriods(periods, current.get(indicator.id) ?? []),
      })),
    }));
  }

  /** Changes with every act on any result, as each moves the version of its result. */
  async marker(): Promise<string> {
    const [row] = await this.database.query<{ marker: string | null }>('SELECT sum(version) AS marker FROM result');
    return row?.marker ?? '';
  }

  private async views(
    source: Queries,
    where: readonly string[],
    parameters: readonly unknown[],
  ): Promise<ResultView[]> {
    const condition = where.map((each) => `(${each})`).join(' AND ');
    const rows = await source.query<ResultRow>(
      `${resultSelect} WHERE ${condition} ORDER BY r.created_at, r.id`,
      parameters,
    );
    const ids = [rows.map(({ id }) => id)];
    const indicators = await source.query<IndicatorRow>(
      'SELECT * FROM result_indicator WHERE result_id = ANY ($1) ORDER BY created_at, id',
      ids,
    );
    const periods = await source.query<PeriodRow>(
      'SELECT id, result_id, starts_on, ends_on, locked_at, locked_by FROM result_period WHERE result_id = ANY ($1) ORDER BY starts_on',
      ids,
    );
    const indicatorsOf = Map.groupBy(indicators, ({ resultId }) => resultId);
    const periodsOf = Map.groupBy(periods, ({ resultId }) => resultId);
    const partsOf = (id: string): PartsOfResult => ({
      indicators: indicatorsOf.get(id) ?? [],
      periods: periodsOf.get(id) ?? [],
    });
    return rows.map((row) => resultView(row, partsOf(row.id)));
  }
}

function publishedPeriods(periods: ResultView['periods'], figures: readonly ResultFigureView[]): PublishedPeriod[] {
  return periods.flatMap(({ id, from, to, lockedAt }) => {
    const its = figures.filter(({ periodId }) => periodId === id);
    const figureOf = (kind: ResultFigureView['kind']) => its.find((figure) => figure.kind === kind) ?? null;
    if (its.length === 0) return [];
    return [{ from, to, isLocked: lockedAt !== null, target: figureOf('TARGET'), actual: figureOf('ACTUAL') }];
  });
}

function sortColumns(sort: readonly string[]): SortColumn[] {
  return sort.map((term) => {
    const column = SORT[term.replace(/^-/, '')];
    if (!column) throw new AppError('PLATFORM_REQUEST_INVALID');
    return { ...column, descending: term.startsWith('-') };
  });
}
