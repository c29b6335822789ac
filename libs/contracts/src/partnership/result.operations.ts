import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import {
  CountryCode,
  csv,
  Day,
  Id,
  Instant,
  Line,
  LocalizedText,
  pageOf,
  pageQuery,
  sortQuery,
  Subject,
  Text,
  Version,
  Written,
} from '../values';
import { READ_PARTNERSHIPS, WRITE_PARTNERSHIPS } from './municipality.operations';
import { PREPARE_PROJECTS } from './project.operations';
import {
  Dimension,
  IndicatorArithmetic,
  IndicatorKind,
  IndicatorValue,
  ResultStatus,
  ResultType,
  SdgGoalCode,
  SdgTargetCode,
  StandardIndicatorKey,
} from './result.values';
import { STANDARD_INDICATORS } from './standard-indicators';

export const ORIGINS_MAX = 20;
export const INDICATORS_MAX = 20;
export const PERIODS_MAX = 40;
const SDG_TARGETS_MAX = 10;
const YEAR_MIN = 1950;
const YEAR_MAX = 2100;

export const ResultOriginView = z
  .strictObject({
    partnershipId: Id,
    projectId: Id.nullable(),
    projectTitle: Written(200).nullable(),
    assignmentId: Id.nullable(),
  })
  .meta({ id: 'ResultOriginView', description: 'Where a result comes from; with several it still counts once.' });

const Baseline = z
  .strictObject({ year: z.int().min(YEAR_MIN).max(YEAR_MAX), value: IndicatorValue })
  .meta({ id: 'Baseline', description: 'What was so before, and in which year.' });
export type Baseline = z.infer<typeof Baseline>;

const Disaggregation = z
  .strictObject({
    dimension: Dimension,
    mustAddUp: z.boolean().meta({ description: 'The parts make up the whole; otherwise they must not exceed it' }),
  })
  .refine(({ dimension, mustAddUp }) => !(dimension === 'DISADVANTAGED_GROUP' && mustAddUp), {
    path: ['mustAddUp'],
    message: 'a person may belong to several groups or none, so these parts do not add up',
  });

export const IndicatorView = z
  .strictObject({
    id: Id,
    title: LocalizedText,
    kind: IndicatorKind,
    standard: StandardIndicatorKey.nullable(),
    unit: Written(50)
      .nullable()
      .meta({ description: 'Of a number; in English where it is an indicator of the programme' }),
    arithmetic: IndicatorArithmetic.nullable(),
    isAscending: z.boolean().meta({ description: 'More is better' }),
    baseline: Baseline.nullable().meta({ description: 'null: it was said that there is none' }),
    sdgTargets: z.array(SdgTargetCode).max(SDG_TARGETS_MAX),
    disaggregations: z.array(Disaggregation).max(Dimension.options.length),
  })
  .meta({ id: 'IndicatorView', description: 'By what a result is measured.' });
export type IndicatorView = z.infer<typeof IndicatorView>;

export const ResultPeriodView = z
  .strictObject({
    id: Id,
    from: Day,
    to: Day.meta({ description: 'First day that is no longer in it' }),
    lockedAt: Instant.nullable(),
    lockedBy: Subject.nullable().meta({ description: 'Another person than those who recorded its figures' }),
  })
  .meta({ id: 'ResultPeriodView' });
export type ResultPeriodView = z.infer<typeof ResultPeriodView>;

export const ResultView = z
  .strictObject({
    id: Id,
    version: Version,
    type: ResultType,
    title: LocalizedText,
    description: Written(4000),
    status: ResultStatus,
    statusReason: Written(1000).nullable(),
    origins: z.array(ResultOriginView).max(ORIGINS_MAX),
    indicators: z.array(IndicatorView).max(INDICATORS_MAX),
    periods: z.array(ResultPeriodView).max(PERIODS_MAX),
    author: Subject,
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({
    id: 'ResultView',
    description: 'What partnerships, projects or assignments have brought about, and how it is measured.',
  });
export type ResultView = z.infer<typeof ResultView>;

export const ResultSummary = ResultView.omit({ description: true, statusReason: true, indicators: true, periods: true })
  .extend({ indicators: z.int(), periods: z.int(), lockedPeriods: z.int() })
  .meta({ id: 'ResultSummary', description: 'A result in a list.' });
export type ResultSummary = z.infer<typeof ResultSummary>;

/** Every act on a result: its state and version are asked first. */
export const RESULT_ACT = { reply: ResultView, idempotency: 'optional', precondition: 'required' } as const;
/** Offices for all, municipalities for what comes from their partnerships. */
export const RECORD_RESULTS = PREPARE_PROJECTS;

const origins = z
  .array(
    z
      .strictObject({ partnershipId: Id, projectId: Id.optional(), assignmentId: Id.optional() })
      .meta({ id: 'ResultOrigin', description: 'A partnership, and which project or assignment of it' }),
  )
  .min(1)
  .max(ORIGINS_MAX);

const content = { type: ResultType, title: LocalizedText, description: Text(4000) };

export const createResult = operation({
  subject: 'rpc.partnership.result.create',
  http: { method: 'POST', path: '/results', success: 201, location: '/results/{id}', putById: true },
  summary: 'Record a result that partnerships, projects or assignments work for',
  description: 'Indicators and periods follow. A result of several origins counts once in each total.',
  request: z.strictObject({ id: Id.optional(), ...content, origins }),
  reply: ResultView,
  errors: ['PARTNERSHIP_RESULT_ORIGIN_INVALID', 'PLATFORM_RESOURCE_EXISTS'],
  allow: RECORD_RESULTS,
  idempotency: 'optional',
});

export const getResult = operation({
  subject: 'rpc.partnership.result.get',
  http: { method: 'GET', path: '/results/{resultId}' },
  summary: 'Read a result',
  request: z.strictObject({ resultId: Id }),
  reply: ResultView,
  allow: READ_PARTNERSHIPS,
});

export const listResultActions = actionsOf('rpc.partnership.result', '/results/{resultId}', READ_PARTNERSHIPS);

/** By what lists and totals of results are filtered. */
export const resultFilter = {
  partnershipId: Id.optional(),
  projectId: Id.optional(),
  assignmentId: Id.optional(),
  country: CountryCode.optional().meta({ description: 'Of a municipality of the partner side' }),
  sdgGoal: SdgGoalCode.optional(),
  type: csv(ResultType).optional(),
};

export const listResults = operation({
  subject: 'rpc.partnership.result.list',
  http: { method: 'GET', path: '/results' },
  summary: 'List results',
  request: z.strictObject({
    ...pageQuery,
    ...resultFilter,
    q: Line(100).optional().meta({ description: 'Part of a title, in any of its languages' }),
    status: csv(ResultStatus).optional(),
    sort: sortQuery('createdAt', 'updatedAt'),
  }),
  reply: pageOf(ResultSummary),
  allow: READ_PARTNERSHIPS,
});

export const changeResult = operation({
  subject: 'rpc.partnership.result.change',
  http: { method: 'POST', path: '/results/{resultId}/changes' },
  summary: 'Change what a result says',
  request: z.strictObject({ resultId: Id, ...content }),
  errors: ['PARTNERSHIP_RESULT_WITHDRAWN'],
  allow: RECORD_RESULTS,
  ...RESULT_ACT,
});

export const setResultOrigins = operation({
  subject: 'rpc.partnership.result.set-origins',
  http: { method: 'POST', path: '/results/{resultId}/origins' },
  summary: 'Say which partnerships, projects and assignments share a result',
  description: 'All of them, as they are to be.',
  request: z.strictObject({ resultId: Id, origins }),
  errors: ['PARTNERSHIP_RESULT_WITHDRAWN', 'PARTNERSHIP_RESULT_ORIGIN_INVALID'],
  allow: WRITE_PARTNERSHIPS,
  ...RESULT_ACT,
});

export const withdrawResult = operation({
  subject: 'rpc.partnership.result.withdraw',
  http: { method: 'POST', path: '/results/{resultId}/withdrawals' },
  summary: 'Withdraw a result that was recorded by mistake',
  description: 'It stays to be read and counts in no total.',
  request: z.strictObject({ resultId: Id, reason: Text(1000) }),
  errors: ['PARTNERSHIP_RESULT_WITHDRAWN'],
  allow: WRITE_PARTNERSHIPS,
  ...RESULT_ACT,
});

const indicator = {
  title: LocalizedText,
  isAscending: z.boolean().default(true),
  baseline: Baseline.nullable().meta({ description: 'null says that there is none' }),
  sdgTargets: z.array(SdgTargetCode).max(SDG_TARGETS_MAX).default([]),
};

const NewIndicator = z
  .strictObject({
    resultId: Id,
    ...indicator,
    kind: IndicatorKind,
    standard: StandardIndicatorKey.optional(),
    unit: Line(50).optional().meta({ description: 'Of a number that is no indicator of the programme' }),
    arithmetic: IndicatorArithmetic.optional().meta({ description: 'Of a number or percentage' }),
    disaggregations: z.array(Disaggregation).max(Dimension.options.length).default([]),
  })
  .superRefine(({ kind, standard, unit, arithmetic, disaggregations, baseline }, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const isCounted = kind === 'NUMBER' || kind === 'PERCENTAGE';
    if (standard && STANDARD_INDICATORS[standard].kind !== kind)
      fault('kind', 'is not that of the programme indicator');
    if (kind === 'NUMBER' && !standard && unit === undefined) fault('unit', 'a number needs a unit');
    if (unit !== undefined && (standard || kind !== 'NUMBER')) fault('unit', 'is for a number of your own only');
    if (isCounted !== (arithmetic !== undefined)) fault('arithmetic', 'is for a number or percentage, which need it');
    if (!isCounted && disaggregations.length > 0) fault('disaggregations', 'are for a number or percentage');
    if (new Set(disaggregations.map(({ dimension }) => dimension)).size < disaggregations.length)
      fault('disaggregations', 'name a dimension twice');
    if (baseline && baseline.value.kind !== kind) fault('baseline', 'is of another kind than the indicator');
  });

export const addIndicator = operation({
  subject: 'rpc.partnership.result-indicator.add',
  http: { method: 'POST', path: '/results/{resultId}/indicators' },
  summary: 'Add an indicator to a result',
  description: 'Kind, unit, arithmetic and disaggregation stay as they are: figures are recorded in them.',
  request: NewIndicator,
  errors: ['PARTNERSHIP_RESULT_WITHDRAWN', 'PARTNERSHIP_RESULT_FULL', 'PARTNERSHIP_RESULT_SDG_TARGET_UNKNOWN'],
  allow: RECORD_RESULTS,
  ...RESULT_ACT,
});

export const changeIndicator = operation({
  subject: 'rpc.partnership.result-indicator.change',
  http: { method: 'POST', path: '/results/{resultId}/indicators/{indicatorId}/changes' },
  summary: 'Change title, baseline, direction or SDG targets of an indicator',
  description: 'The baseline stays once a period is locked: figures were judged against it.',
  request: z.strictObject({ resultId: Id, indicatorId: Id, ...indicator }),
  errors: [
    'PARTNERSHIP_RESULT_WITHDRAWN',
    'PARTNERSHIP_RESULT_VALUE_KIND_DIFFERS',
    'PARTNERSHIP_RESULT_BASELINE_LOCKED',
    'PARTNERSHIP_RESULT_SDG_TARGET_UNKNOWN',
  ],
  allow: RECORD_RESULTS,
  ...RESULT_ACT,
});

export const addResultPeriod = operation({
  subject: 'rpc.partnership.result-period.add',
  http: { method: 'POST', path: '/results/{resultId}/periods' },
  summary: 'Add a period for which figures of a result are recorded',
  request: z
    .strictObject({ resultId: Id, from: Day, to: Day })
    .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' }),
  errors: ['PARTNERSHIP_RESULT_WITHDRAWN', 'PARTNERSHIP_RESULT_FULL', 'PARTNERSHIP_RESULT_PERIOD_OVERLAPS'],
  allow: RECORD_RESULTS,
  ...RESULT_ACT,
});

export const lockResultPeriod = operation({
  subject: 'rpc.partnership.result-period.lock',
  http: { method: 'POST', path: '/results/{resultId}/periods/{periodId}/locks' },
  summary: 'Lock a period of a result, as somebody else than who recorded its figures',
  description: 'Once it has ended. From then on a figure changes only by a correction with its reason.',
  request: z.strictObject({ resultId: Id, periodId: Id }),
  errors: [
    'PARTNERSHIP_RESULT_WITHDRAWN',
    'PARTNERSHIP_RESULT_PERIOD_LOCKED',
    'PARTNERSHIP_RESULT_PERIOD_EARLY',
    'PARTNERSHIP_RESULT_PERIOD_EMPTY',
    'PARTNERSHIP_RESULT_LOCKER_IS_AUTHOR',
  ],
  allow: WRITE_PARTNERSHIPS,
  ...RESULT_ACT,
});
