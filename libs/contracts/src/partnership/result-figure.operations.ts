import { z } from 'zod';
import { operation } from '../operation';
import { flag, Id, Instant, Line, pageOf, pageQuery, Subject, Text, Written } from '../values';
import { READ_PARTNERSHIPS, WRITE_PARTNERSHIPS } from './municipality.operations';
import { RECORD_RESULTS, RESULT_ACT } from './result.operations';
import { FigurePart, IndicatorValue, PARTS_MAX } from './result.values';

export const FigureKind = z
  .enum(['TARGET', 'ACTUAL'])
  .meta({ id: 'FigureKind', description: 'TARGET: what is aimed at in the period. ACTUAL: what was observed.' });
export type FigureKind = z.infer<typeof FigureKind>;

export const ResultFigureView = z
  .strictObject({
    id: Id,
    indicatorId: Id,
    periodId: Id,
    kind: FigureKind,
    revision: z.int().positive().meta({ description: 'The highest one counts; the others stay to be read' }),
    isCurrent: z.boolean(),
    value: IndicatorValue,
    parts: z.array(FigurePart).max(PARTS_MAX),
    source: Written(500).nullable().meta({ description: 'Of an observation: what shows it' }),
    comment: Written(2000).nullable(),
    reason: Written(1000)
      .nullable()
      .meta({ description: 'Why a locked figure was corrected; null for what was recorded before the lock' }),
    recordedBy: Subject,
    recordedAt: Instant,
  })
  .meta({ id: 'ResultFigureView', description: 'One version of a target or an observation; it is never changed.' });
export type ResultFigureView = z.infer<typeof ResultFigureView>;

export const listResultFigures = operation({
  subject: 'rpc.partnership.result-figure.list',
  http: { method: 'GET', path: '/results/{resultId}/figures' },
  summary: 'List targets and observations of a result with all their versions, the latest first',
  request: z.strictObject({
    ...pageQuery,
    resultId: Id,
    indicatorId: Id.optional(),
    isCurrent: flag().optional().meta({ description: 'true: only what counts' }),
  }),
  reply: pageOf(ResultFigureView),
  allow: READ_PARTNERSHIPS,
});

const figure = {
  resultId: Id,
  indicatorId: Id,
  periodId: Id,
  kind: FigureKind,
  value: IndicatorValue,
  parts: z.array(FigurePart).max(PARTS_MAX).default([]),
  source: Line(500)
    .optional()
    .meta({ description: 'For an observation: the statistics, count or document that shows it' }),
  comment: Text(2000).optional(),
};

const sourced = ({ kind, source }: { kind: FigureKind; source?: string | undefined }) =>
  kind === 'TARGET' || source !== undefined;
const SOURCED = { path: ['source'], message: 'an observation names what shows it' };

const errors = [
  'PARTNERSHIP_RESULT_WITHDRAWN',
  'PARTNERSHIP_RESULT_PART_UNKNOWN',
  'PARTNERSHIP_RESULT_PERIOD_EARLY',
  'PARTNERSHIP_RESULT_VALUE_KIND_DIFFERS',
  'PARTNERSHIP_RESULT_PARTS_INVALID',
  'PARTNERSHIP_RESULT_SERIES_FALLS',
] as const;

export const recordFigure = operation({
  subject: 'rpc.partnership.result-figure.record',
  http: { method: 'POST', path: '/results/{resultId}/figures' },
  summary: 'Record a target or an observation for a period that is not locked',
  description: 'A second one for the same period replaces the first, which stays to be read.',
  request: z.strictObject(figure).refine(sourced, SOURCED),
  errors: [...errors, 'PARTNERSHIP_RESULT_PERIOD_LOCKED'],
  allow: RECORD_RESULTS,
  ...RESULT_ACT,
});

export const correctFigure = operation({
  subject: 'rpc.partnership.result-figure.correct',
  http: { method: 'POST', path: '/results/{resultId}/figure-corrections' },
  summary: 'Correct a figure of a locked period, with the reason',
  description: 'By another person than who recorded what it replaces. Both versions stay to be read.',
  request: z.strictObject({ ...figure, reason: Text(1000) }).refine(sourced, SOURCED),
  errors: [...errors, 'PARTNERSHIP_RESULT_PERIOD_OPEN', 'PARTNERSHIP_RESULT_CORRECTOR_IS_AUTHOR'],
  allow: WRITE_PARTNERSHIPS,
  ...RESULT_ACT,
});
