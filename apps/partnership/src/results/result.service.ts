import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  addIndicator,
  addResultPeriod,
  changeIndicator,
  changeResult,
  createResult,
  INDICATORS_MAX,
  PERIODS_MAX,
  type ResultView,
  setResultOrigins,
  withdrawResult,
} from '#contracts/partnership';
import { refuseForeign, type Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { PARTNERSHIP_OWNERSHIP } from '../participation.rows';
import { ParticipationReader } from '../partnerships/participation.reader';
import { Indicator } from './indicator.entity';
import { act } from './result.act';
import { type Doing, Result } from './result.entity';
import { ResultPeriod } from './result-period.entity';
import { ResultsReader } from './results.reader';

type Origins = RequestOf<typeof createResult>['origins'];

/** Records results with their indicators and periods, and says who shares them. */
@Injectable()
export class ResultService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly reader: ResultsReader,
    private readonly participation: ParticipationReader,
  ) {}

  @Handle(createResult)
  create({ origins, ...request }: RequestOf<typeof createResult>, call: Call): Promise<ResultView> {
    return this.commands.run(call, async (tx) => {
      for (const { partnershipId } of origins)
        await refuseForeign(tx, call, { ownership: PARTNERSHIP_OWNERSHIP, id: partnershipId });
      const result = Result.record({ ...request, id: request.id ?? newId() }, this.doing(call));
      await tx.insert(result);
      await this.writeOrigins(tx, result.id, origins);
      return this.reader.told(tx, result.id);
    });
  }

  @act(changeResult, { possible: (result) => result.assertCurrent() })
  change(result: Result, { resultId: _, ...content }: RequestOf<typeof changeResult>): void {
    result.change(content, this.clock.now());
  }

  @act(setResultOrigins, { possible: (result) => result.assertCurrent() })
  async setOrigins(result: Result, { origins }: RequestOf<typeof setResultOrigins>, { tx }: Act): Promise<void> {
    result.touch(this.clock.now());
    await tx.query('DELETE FROM result_origin WHERE result_id = $1', [result.id]);
    await this.writeOrigins(tx, result.id, origins);
  }

  @act(withdrawResult, { possible: (result) => result.assertCurrent() })
  withdraw(result: Result, { reason }: RequestOf<typeof withdrawResult>): void {
    result.withdraw(reason, this.clock.now());
  }

  @act(addIndicator, { possible: (result) => result.assertCurrent() })
  async addIndicator(result: Result, request: RequestOf<typeof addIndicator>, { tx }: Act): Promise<void> {
    const others = await tx.select(Indicator, 'WHERE result_id = $1', [result.id]);
    if (others.length >= INDICATORS_MAX) throw new AppError('PARTNERSHIP_RESULT_FULL', { indicators: INDICATORS_MAX });
    await refuseUnknownTargets(tx, request.sdgTargets);
    const at = this.clock.now();
    await tx.insert(Indicator.of({ ...request, id: newId(), resultId: result.id }, at));
    result.touch(at);
  }

  @act(changeIndicator, { possible: (result) => result.assertCurrent() })
  async changeIndicator(result: Result, request: RequestOf<typeof changeIndicator>, { tx }: Act): Promise<void> {
    const indicator = await tx.lockOrFail(Indicator, request.indicatorId);
    if (indicator.resultId !== result.id) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    await refuseUnknownTargets(tx, request.sdgTargets);
    const periods = await tx.select(ResultPeriod, 'WHERE result_id = $1', [result.id]);
    indicator.change(request, { isLocked: periods.some(({ isLocked }) => isLocked) });
    await tx.update(indicator);
    result.touch(this.clock.now());
  }

  @act(addResultPeriod, { possible: (result) => result.assertCurrent() })
  async addPeriod(result: Result, { from, to }: RequestOf<typeof addResultPeriod>, { tx }: Act): Promise<void> {
    const others = await tx.select(ResultPeriod, 'WHERE result_id = $1', [result.id]);
    if (others.length >= PERIODS_MAX) throw new AppError('PARTNERSHIP_RESULT_FULL', { periods: PERIODS_MAX });
    const other = others.find((period) => period.overlaps({ from, to }));
    if (other) throw new AppError('PARTNERSHIP_RESULT_PERIOD_OVERLAPS', { from: other.startsOn, to: other.endsOn });
    await tx.insert(ResultPeriod.of({ id: newId(), resultId: result.id, startsOn: from, endsOn: to }));
    result.touch(this.clock.now());
  }

  view({ id }: Result, { tx }: Act): Promise<ResultView> {
    return this.reader.told(tx, id);
  }

  /** A project is one of the partnership that it is named with; nothing is named twice. */
  private async writeOrigins(tx: Tx, resultId: string, origins: Origins): Promise<void> {
    for (const { partnershipId, projectId, assignmentId } of origins) {
      await this.participation.statusForUpdate(tx, partnershipId);
      const written = await tx.execute(
        `INSERT INTO result_origin (result_id, partnership_id, project_id, assignment_id) SELECT $1, $2, $3, $4
         WHERE $3::uuid IS NULL OR EXISTS (SELECT FROM project WHERE id = $3 AND partnership_id = $2)
         ON CONFLICT DO NOTHING`,
        [resultId, partnershipId, projectId ?? null, assignmentId ?? null],
      );
      if (written === 0)
        throw new AppError('PARTNERSHIP_RESULT_ORIGIN_INVALID', {
          partnershipId,
          projectId: projectId ?? null,
          assignmentId: assignmentId ?? null,
        });
    }
  }

  private doing({ caller }: Call): Doing {
    return { by: caller.subject, at: this.clock.now(), today: this.clock.today() };
  }
}

async function refuseUnknownTargets(tx: Tx, targets: readonly string[]): Promise<void> {
  const [unknown] = await tx.query<{ code: string }>(
    'SELECT code FROM unnest($1::text[]) code WHERE NOT EXISTS (SELECT FROM sdg_target t WHERE t.code = code.code) LIMIT 1',
    [targets],
  );
  if (unknown) throw new AppError('PARTNERSHIP_RESULT_SDG_TARGET_UNKNOWN', { target: `SDG ${unknown.code}` });
}
