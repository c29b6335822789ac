import type { RequestInputOf } from '#contracts';
import {
  addIndicator,
  addResultPeriod,
  createResult,
  getResult,
  lockResultPeriod,
  recordFigure,
  type ResultView,
} from '#contracts/partnership';
import { caller, type TestCaller, type TestService } from '#testing';
import { officer } from './partnership.factory';

/** Who records figures, who locks their period, and who corrects behind the lock. */
export const recorder = caller('adviser', { subject: 'recorder' });
export const locker = caller('programme-officer', { subject: 'locker' });
export const corrector = caller('adviser', { subject: 'corrector' });

export const YEARS = ['2023', '2024', '2025'] as const;

export const people: Omit<RequestInputOf<typeof addIndicator>, 'resultId'> = {
  title: { en: 'People reached by separate collection', de: 'Von der getrennten Sammlung erreichte Menschen' },
  kind: 'NUMBER',
  standard: 'PEOPLE_REACHED',
  arithmetic: 'CUMULATIVE',
  baseline: null,
  sdgTargets: ['11.6'],
  disaggregations: [
    { dimension: 'SEX', mustAddUp: true },
    { dimension: 'AGE_GROUP', mustAddUp: false },
    { dimension: 'DISADVANTAGED_GROUP', mustAddUp: false },
  ],
};

export const number = (value: string) => ({ kind: 'NUMBER' as const, number: value });
export const share = (numerator: string, denominator: string) => ({
  kind: 'PERCENTAGE' as const,
  numerator,
  denominator,
});

/** The acts on results, each on the version that the result has now. */
export class ResultsAtWork {
  constructor(private readonly app: TestService) {}

  async of(partnershipIds: readonly string[], indicators: readonly (typeof people)[] = [people]): Promise<ResultView> {
    const origins = partnershipIds.map((partnershipId) => ({ partnershipId }));
    const title = { en: 'Households sort their waste' };
    const { id } = await this.app.rpc(
      createResult,
      { type: 'OUTCOME', title, description: 'Three wards collect separately.', origins },
      recorder,
    );
    for (const indicator of indicators) await this.act(addIndicator, { resultId: id, ...indicator }, recorder);
    for (const year of YEARS)
      await this.act(
        addResultPeriod,
        { resultId: id, from: `${year}-01-01`, to: `${Number(year) + 1}-01-01` },
        recorder,
      );
    return this.read(id);
  }

  read(resultId: string): Promise<ResultView> {
    return this.app.rpc(getResult, { resultId }, officer);
  }

  async act<O extends Parameters<TestService['rpc']>[0]>(
    operation: O,
    request: RequestInputOf<O>,
    by: TestCaller,
  ): Promise<ResultView> {
    const { version } = await this.read((request as unknown as { resultId: string }).resultId);
    return (await this.app.rpc(operation, request, by, { expectedVersion: version })) as ResultView;
  }

  /** An observation in the year with that place, of the indicator with that place. */
  observe(
    result: ResultView,
    value: RequestInputOf<typeof recordFigure>['value'],
    { year = 0, indicator = 0, by = recorder, ...more }: Observed = {},
  ): Promise<ResultView> {
    return this.act(recordFigure, { ...this.figure(result, value, { year, indicator }), ...more }, by);
  }

  figure(result: ResultView, value: RequestInputOf<typeof recordFigure>['value'], { year = 0, indicator = 0 } = {}) {
    return {
      resultId: result.id,
      indicatorId: result.indicators[indicator]?.id ?? '',
      periodId: result.periods[year]?.id ?? '',
      kind: 'ACTUAL' as const,
      value,
      source: 'Statistics of the city',
    };
  }

  lock(result: ResultView, year = 0, by: TestCaller = locker): Promise<ResultView> {
    return this.act(lockResultPeriod, { resultId: result.id, periodId: result.periods[year]?.id ?? '' }, by);
  }
}

interface Observed extends Partial<Pick<RequestInputOf<typeof recordFigure>, 'kind' | 'parts' | 'source' | 'comment'>> {
  readonly year?: number;
  readonly indicator?: number;
  readonly by?: TestCaller;
}
