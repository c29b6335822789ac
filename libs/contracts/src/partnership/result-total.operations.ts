import { z } from 'zod';
import { operation } from '../operation';
import { flag, Id, LocalizedText, pageOf, pageQuery, Written } from '../values';
import { READ_PARTNERSHIPS } from './municipality.operations';
import { IndicatorView, resultFilter, ResultOriginView, ORIGINS_MAX } from './result.operations';
import { DISAGGREGATIONS, IndicatorSum, ResultType, StandardIndicatorKey, SumPart } from './result.values';

export const TotalsBy = z
  .enum(['PROGRAMME', 'PARTNERSHIP', 'COUNTRY', 'SDG_GOAL'])
  .meta({ id: 'TotalsBy', description: 'A result of several partnerships, countries or goals counts once in each.' });
export type TotalsBy = z.infer<typeof TotalsBy>;

const SUM_PARTS_MAX = Object.values(DISAGGREGATIONS).flat().length;
const GROUPS_SHOWN_MAX = 1000;

const sums = {
  baseline: IndicatorSum.nullable(),
  target: IndicatorSum.nullable().meta({ description: 'What is aimed at by the last period that has a target' }),
  actual: IndicatorSum.nullable().meta({
    description: 'What was observed until the last period; null without an observation',
  }),
  parts: z.array(SumPart).max(SUM_PARTS_MAX).meta({ description: 'Of the observations, by sex, age and group' }),
};

const totalFilter = {
  ...resultFilter,
  withOpen: flag()
    .default(false)
    .meta({ description: 'true: also observations of periods that nobody has locked yet' }),
};

export const ResultTotalView = z
  .strictObject({
    group: Written(40).nullable().meta({ description: 'The partnership, country or SDG goal; null for the programme' }),
    standard: StandardIndicatorKey,
    indicators: z.int().meta({ description: 'Indicators that were added up: the leaves' }),
    results: z.int(),
    ...sums,
  })
  .meta({ id: 'ResultTotalView', description: 'One indicator of the programme, added up over results.' });
export type ResultTotalView = z.infer<typeof ResultTotalView>;

export const getResultTotals = operation({
  subject: 'rpc.partnership.result-total.list',
  http: { method: 'GET', path: '/result-totals' },
  summary: 'Add results up, for the programme or by partnership, country or SDG goal',
  description:
    'Only indicators of the programme are added, each with its own kind. Of CUMULATIVE ones and of yes/no the last period counts, of PER_PERIOD ones the sum of all. Numbers are added; of percentages numerators and denominators. The baseline is not subtracted. What is withdrawn does not count; a result that several share counts once in each group and once in the total, so groups may add up to more. The leaves of each row are read with the same filter at `/result-total-leaves`.',
  request: z.strictObject({ ...totalFilter, by: TotalsBy.default('PROGRAMME') }),
  reply: z
    .strictObject({
      items: z.array(ResultTotalView).max(GROUPS_SHOWN_MAX),
      omitted: z.int().meta({ description: 'Rows beyond those shown: filter further' }),
    })
    .meta({ id: 'ResultTotalsView' }),
  allow: READ_PARTNERSHIPS,
});
export const TOTAL_ROWS_MAX = GROUPS_SHOWN_MAX;

export const ResultLeafView = z
  .strictObject({
    resultId: Id,
    resultTitle: LocalizedText,
    resultType: ResultType,
    indicatorId: Id,
    indicatorTitle: LocalizedText,
    standard: StandardIndicatorKey,
    arithmetic: IndicatorView.shape.arithmetic,
    sdgTargets: IndicatorView.shape.sdgTargets,
    origins: z.array(ResultOriginView).max(ORIGINS_MAX),
    ...sums,
  })
  .meta({ id: 'ResultLeafView', description: 'What one indicator of one result gives to a total.' });
export type ResultLeafView = z.infer<typeof ResultLeafView>;

export const listResultLeaves = operation({
  subject: 'rpc.partnership.result-leaf.list',
  http: { method: 'GET', path: '/result-total-leaves' },
  summary: 'List what a total of results is added up from',
  request: z.strictObject({ ...pageQuery, ...totalFilter, standard: StandardIndicatorKey.optional() }),
  reply: pageOf(ResultLeafView),
  allow: READ_PARTNERSHIPS,
});
