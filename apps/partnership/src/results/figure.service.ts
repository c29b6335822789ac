import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { correctFigure, lockResultPeriod, recordFigure, type ResultView } from '#contracts/partnership';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { assertKind, assertParts, assertRises, type PointOfSeries } from './figure-rules';
import { Indicator } from './indicator.entity';
import { act } from './result.act';
import { type Doing, Result } from './result.entity';
import { ResultFigure } from './result-figure.entity';
import { ResultPeriod } from './result-period.entity';
import { ResultsReader } from './results.reader';
import { columnsOf } from './value-columns';

type Asked = RequestOf<typeof recordFigure> & { readonly reason?: string };

/** Targets and observations, the lock of their period, and corrections behind it. */
@Injectable()
export class FigureService {
  constructor(
    private readonly clock: Clock,
    private readonly reader: ResultsReader,
  ) {}

  @act(recordFigure, { possible: (result) => result.assertCurrent() })
  async record(result: Result, request: RequestOf<typeof recordFigure>, { tx, call }: Act): Promise<void> {
    const { indicator, period } = await placeOf(tx, result, request);
    period.assertOpen();
    await this.append(tx, request, { result, indicator, period, doing: this.doing(call) });
  }

  @act(correctFigure, { possible: (result) => result.assertCurrent() })
  async correct(result: Result, request: RequestOf<typeof correctFigure>, { tx, call }: Act): Promise<void> {
    const { indicator, period } = await placeOf(tx, result, request);
    period.assertLocked();
    const doing = this.doing(call);
    const replaced = await currentFigure(tx, request);
    if (replaced?.recordedBy === doing.by) throw new AppError('PARTNERSHIP_RESULT_CORRECTOR_IS_AUTHOR');
    await this.append(tx, request, { result, indicator, period, doing });
  }

  @act(lockResultPeriod, { possible: (result) => result.assertCurrent() })
  async lock(result: Result, { periodId }: RequestOf<typeof lockResultPeriod>, { tx, call }: Act): Promise<void> {
    const period = await tx.lockOrFail(ResultPeriod, periodId);
    if (period.resultId !== result.id) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const figures = await tx.query<Pick<ResultFigure, 'recordedBy' | 'kind'>>(
      'SELECT DISTINCT recorded_by, kind FROM result_figure WHERE period_id = $1',
      [periodId],
    );
    const recorded = {
      recordedBy: new Set(figures.map(({ recordedBy }) => recordedBy)),
      hasActual: figures.some(({ kind }) => kind === 'ACTUAL'),
    };
    const doing = this.doing(call);
    period.lock(recorded, doing);
    await tx.update(period);
    result.touch(doing.at);
  }

  view({ id }: Result, { tx }: Act): Promise<ResultView> {
    return this.reader.told(tx, id);
  }

  private async append(
    tx: Tx,
    { indicatorId, periodId, kind, value, parts, source, comment, reason }: Asked,
    { result, indicator, period, doing }: Place & { readonly result: Result; readonly doing: Doing },
  ): Promise<void> {
    if (kind === 'ACTUAL') period.assertBegun(doing.today);
    assertKind(indicator.kind, value);
    assertParts(indicator, value, parts);
    if (indicator.arithmetic === 'CUMULATIVE' && value.kind === 'NUMBER')
      assertRises(await seriesOf(tx, { indicatorId, kind }), { startsOn: period.startsOn, number: value.number });
    const replaced = await currentFigure(tx, { indicatorId, periodId, kind });
    const figure = ResultFigure.of({
      id: newId(),
      resultId: result.id,
      indicatorId,
      periodId,
      kind,
      revision: (replaced?.revision ?? 0) + 1,
      ...columnsOf(value),
      parts,
      source: source ?? null,
      comment: comment ?? null,
      reason: reason ?? null,
      recordedBy: doing.by,
      recordedAt: doing.at,
    });
    await tx.insert(figure);
    result.touch(doing.at);
  }

  private doing({ caller }: Call): Doing {
    return { by: caller.subject, at: this.clock.now(), today: this.clock.today() };
  }
}

interface Place {
  readonly indicator: Indicator;
  readonly period: ResultPeriod;
}

async function placeOf(
  tx: Tx,
  { id }: Result,
  { indicatorId, periodId }: { readonly indicatorId: string; readonly periodId: string },
): Promise<Place> {
  const [indicator] = await tx.select(Indicator, 'WHERE id = $1 AND result_id = $2', [indicatorId, id]);
  const [period] = await tx.select(ResultPeriod, 'WHERE id = $1 AND result_id = $2', [periodId, id]);
  if (!indicator || !period) throw new AppError('PARTNERSHIP_RESULT_PART_UNKNOWN', { indicatorId, periodId });
  return { indicator, period };
}

type FigurePlace = Pick<ResultFigure, 'indicatorId' | 'periodId' | 'kind'>;

async function currentFigure(
  tx: Tx,
  { indicatorId, periodId, kind }: FigurePlace,
): Promise<Pick<ResultFigure, 'revision' | 'recordedBy'> | undefined> {
  const [figure] = await tx.query<Pick<ResultFigure, 'revision' | 'recordedBy'>>(
    `SELECT revision, recorded_by FROM result_figure WHERE indicator_id = $1 AND period_id = $2 AND kind = $3
     ORDER BY revision DESC LIMIT 1`,
    [indicatorId, periodId, kind],
  );
  return figure;
}

/** What counts in each period, by the days of the period. */
function seriesOf(tx: Tx, { indicatorId, kind }: Omit<FigurePlace, 'periodId'>): Promise<PointOfSeries[]> {
  return tx.query<PointOfSeries>(
    `SELECT DISTINCT ON (p.starts_on) p.starts_on, f.number FROM result_figure f JOIN result_period p ON p.id = f.period_id
     WHERE f.indicator_id = $1 AND f.kind = $2 ORDER BY p.starts_on, f.revision DESC`,
    [indicatorId, kind],
  );
}
