import { LANGUAGES } from '#contracts';
import {
  addIndicator,
  addResultPeriod,
  createResult,
  getResult,
  INDICATORS_MAX,
  listResultFigures,
  PERIODS_MAX,
  recordFigure,
} from '#contracts/partnership';
import { caller, type TestFleet } from '#testing';
import { long } from './longest-text';

const OFFICER = caller('programme-officer', { subject: 'olga' });
/** More than one answer holds. */
const FIGURES = 120;

const title = Object.fromEntries(LANGUAGES.map((language) => [language, long(500)]));

export const RESULT_AT_ITS_LONGEST = {
  operation: createResult,
  as: OFFICER,
  list: 'rpc.partnership.result.list',
  count: 200,
  body: ({ partnershipIds }: { readonly partnershipIds: readonly string[] }, key: string) => ({
    type: 'OUTCOME',
    title: Object.fromEntries(LANGUAGES.map((language) => [language, long(500, key)])),
    description: long(4_000),
    origins: partnershipIds.slice(0, 20).map((partnershipId) => ({ partnershipId })),
  }),
};

/** One result with as many indicators and periods as it can have, and figures with the longest texts; answers their ids. */
export async function fullResult(fleet: TestFleet, resultId: string): Promise<string[]> {
  let version = 1;
  const next = () => ({ expectedVersion: version });
  const indicator = {
    resultId,
    title,
    kind: 'TEXT' as const,
    baseline: { year: 2020, value: { kind: 'TEXT' as const, text: long(2_000) } },
    sdgTargets: ['11.6', '12.5'],
  };
  for (let count = 0; count < INDICATORS_MAX; count += 1)
    ({ version } = await fleet.rpc(addIndicator, indicator, OFFICER, next()));
  for (let year = 1980; year < 1980 + PERIODS_MAX; year += 1)
    ({ version } = await fleet.rpc(
      addResultPeriod,
      { resultId, from: `${year}-01-01`, to: `${year + 1}-01-01` },
      OFFICER,
      next(),
    ));
  const { indicators, periods } = await fleet.rpc(getResult, { resultId }, OFFICER);
  for (let count = 0; count < FIGURES; count += 1) {
    const figure = {
      resultId,
      indicatorId: indicators[count % INDICATORS_MAX]?.id ?? '',
      periodId: periods[count % PERIODS_MAX]?.id ?? '',
      kind: 'ACTUAL' as const,
      value: { kind: 'TEXT' as const, text: long(2_000) },
      source: long(500),
      comment: long(2_000),
    };
    ({ version } = await fleet.rpc(recordFigure, figure, OFFICER, next()));
  }
  const { items } = await fleet.rpc(listResultFigures, { resultId }, OFFICER);
  return items.map(({ id }) => id);
}
