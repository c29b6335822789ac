import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { Money } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import { CurrencyCode, Day, Id, Instant, Period, Version, csv, flag, pageOf, pageQuery } from '../values';
import { CostTerms, FullTimePart, FullTimePercent, Instrument, PLAN_YEARS_MAX } from './cost-inputs';
import { CostPlanView } from './cost-plan.operations';
import { FINANCE_READERS, Year } from './fund.operations';

/** The outside users see the commitments and payouts of their own assignments. */
export const FINANCE_READERS_OR_OWN = { ...FINANCE_READERS, ...grant('own', 'municipality-partner', 'expert') };

export const COMMITMENT_STATUSES = ['RESERVED', 'COMMITTED', 'RELEASED', 'REFUSED', 'EXPIRED'] as const;
export const CommitmentStatus = z.enum(COMMITMENT_STATUSES).meta({
  id: 'CommitmentStatus',
  description: 'RELEASED: the rest went back to available. REFUSED: an attempt without cover, kept as evidence.',
});
export type CommitmentStatus = z.infer<typeof CommitmentStatus>;

export const COVER_REFUSALS = ['INSUFFICIENT_FUNDS', 'YEAR_CLOSED', 'FUND_UNKNOWN', 'PLAN_INVALID'] as const;
export const CoverRefusal = z.enum(COVER_REFUSALS).meta({
  id: 'CoverRefusal',
  description:
    'YEAR_CLOSED: a budget year takes no such commitment: it is closed, being closed, or managed before its plan is in force (Art. 111 GG)',
});
export type CoverRefusal = z.infer<typeof CoverRefusal>;

export const CoverShortfall = z
  .strictObject({
    reason: CoverRefusal,
    shortfalls: z.array(z.strictObject({ year: Year, missing: Money })).max(PLAN_YEARS_MAX),
    since: Instant,
  })
  .meta({
    id: 'CoverShortfall',
    description:
      'What a change that has happened (an early end, a resumption) needs and the budget year does not hold. It is neither paid nor bound until money is available; then it is taken up by itself, or at once on request.',
  });
export type CoverShortfall = z.infer<typeof CoverShortfall>;

export const CommitmentSummary = z
  .strictObject({
    id: Id,
    version: Version,
    assignmentId: Id,
    attempt: z.int().positive(),
    fundId: Id,
    instrument: Instrument,
    expertId: Id,
    employerMunicipalityId: Id,
    period: Period,
    status: CommitmentStatus,
    refusal: CoverRefusal.nullable(),
    currency: CurrencyCode,
    total: Money,
    byYear: z
      .array(
        z.strictObject({
          year: Year,
          amount: Money.meta({ description: 'Granted for the year' }),
          released: Money.meta({ description: 'Given back to available since' }),
          open: Money.meta({ description: 'Still reserved or committed, not yet ordered' }),
        }),
      )
      .max(PLAN_YEARS_MAX),
    coverShortfall: CoverShortfall.nullable(),
    expiresAt: Instant.nullable().meta({ description: 'When an unconfirmed reservation expires' }),
    createdAt: Instant,
  })
  .meta({ id: 'CommitmentSummary' });
export type CommitmentSummary = z.infer<typeof CommitmentSummary>;

export const CommitmentView = CommitmentSummary.extend({ plan: CostPlanView.nullable() }).meta({
  id: 'CommitmentView',
  description: 'Mittelbindung of one assignment over its budget years, with the cost and payment plan it rests on.',
});
export type CommitmentView = z.infer<typeof CommitmentView>;

export const getCommitment = operation({
  subject: 'rpc.finance.commitment.get',
  http: { method: 'GET', path: '/commitments/{commitmentId}' },
  summary: 'Read a commitment with its cost and payment plan',
  request: z.strictObject({ commitmentId: Id }),
  reply: CommitmentView,
  allow: FINANCE_READERS_OR_OWN,
});

export const listCommitmentActions = actionsOf(
  'rpc.finance.commitment',
  '/commitments/{commitmentId}',
  FINANCE_READERS_OR_OWN,
);

export const listCommitments = operation({
  subject: 'rpc.finance.commitment.list',
  http: { method: 'GET', path: '/commitments' },
  summary: 'List commitments, newest first',
  request: z.strictObject({
    assignmentId: Id.optional(),
    fundId: Id.optional(),
    status: csv(CommitmentStatus).optional(),
    lacksCover: flag().optional().meta({ description: 'The work list: true for those with a `coverShortfall`' }),
    ...pageQuery,
  }),
  reply: pageOf(CommitmentSummary),
  allow: FINANCE_READERS_OR_OWN,
});

export const ShareChangeEstimate = z
  .strictObject({
    commitmentId: Id,
    version: Version.meta({ description: 'Of the commitment that was asked' }),
    from: Day,
    fullTime: FullTimePart,
    total: z.strictObject({ before: Money, after: Money }),
    byYear: z
      .array(
        z.strictObject({
          year: Year,
          before: Money,
          after: Money,
          missing: Money.meta({ description: 'What the fund lacks for it in the year' }),
        }),
      )
      .max(PLAN_YEARS_MAX),
    isCovered: z.boolean().meta({ description: 'Whether the fund would grant it now' }),
    plan: CostPlanView,
  })
  .meta({ id: 'ShareChangeEstimate', description: 'What another share of full time would bind, release and pay.' });
export type ShareChangeEstimate = z.infer<typeof ShareChangeEstimate>;

export const estimateShareChange = operation({
  subject: 'rpc.finance.commitment.estimate-share-change',
  http: { method: 'POST', path: '/commitments/{commitmentId}/share-change-estimates' },
  summary: 'Preview the money of another share of full time; writes nothing',
  description:
    'The plan as it would be if the assignment had this share from the day on, beside what is bound now. What was ordered stays (docs/domain.md#share-of-full-time). The change itself is asked for at the assignment.',
  request: z.strictObject({ commitmentId: Id, from: Day, fullTimePercent: FullTimePercent }),
  reply: ShareChangeEstimate,
  errors: ['FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED', 'FINANCE_SHARE_CHANGE_NOT_APPLICABLE'],
  allow: grant('any', 'programme-officer', 'finance-officer', 'budget-officer', 'auditor'),
});

export const ChangeEstimate = ShareChangeEstimate.omit({ from: true, fullTime: true })
  .extend({
    pausedFrom: Day.nullable().meta({
      description: 'From when nothing is paid during the interruption; null where pay goes on all the time',
    }),
  })
  .meta({
    id: 'ChangeEstimate',
    description: 'What an extension, other terms, an early end or an interruption would bind, release and pay.',
  });
export type ChangeEstimate = z.infer<typeof ChangeEstimate>;

export const estimateChange = operation({
  subject: 'rpc.finance.commitment.estimate-change',
  http: { method: 'POST', path: '/commitments/{commitmentId}/change-estimates' },
  summary: 'Preview the money of an extension, other terms, an early end or an interruption; writes nothing',
  description:
    'The plan as it would be beside what is bound now; exactly one of the four is asked about. What was ordered stays (docs/domain.md#assignments). The change itself is asked for at the assignment.',
  request: z
    .strictObject({
      commitmentId: Id,
      extendedTo: Day.optional().meta({ description: 'New end of the half-open period, after the present one' }),
      changed: z
        .strictObject({ from: Day, terms: CostTerms })
        .optional()
        .meta({ description: 'Other family status, salary, rent or purchasing power from a day on' }),
      endedOn: Day.optional().meta({ description: 'The day after the last day of service' }),
      interrupted: Period.optional().meta({
        description: 'To the first day of service again, as far as it is foreseen',
      }),
      attributableToExpert: z
        .boolean()
        .default(false)
        .meta({ description: 'Whether the expert is responsible for it; decides on benefits (EhfG 4, 8)' }),
    })
    .refine(
      ({ extendedTo, changed, endedOn, interrupted }) =>
        [extendedTo, changed, endedOn, interrupted].filter((each) => each !== undefined).length === 1,
      { path: ['extendedTo'], message: 'ask about one change: extendedTo, changed, endedOn or interrupted' },
    ),
  reply: ChangeEstimate,
  errors: [
    'FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED',
    'FINANCE_CHANGE_NOT_APPLICABLE',
    'FINANCE_PLAN_CURRENCY_NOT_SUPPORTED',
    'FINANCE_RULE_MISSING',
  ],
  allow: grant('any', 'programme-officer', 'finance-officer', 'budget-officer', 'auditor'),
});

export const requestCommitmentCover = operation({
  subject: 'rpc.finance.commitment.request-cover',
  http: { method: 'POST', path: '/commitments/{commitmentId}/cover-requests' },
  summary: 'Ask again for cover of a change that lacked it',
  description:
    'The whole need is committed in every budget year, or nothing changes and the shortfalls are answered. Without it the change is taken up by itself soon after money is available.',
  request: z.strictObject({ commitmentId: Id }),
  reply: CommitmentView,
  errors: ['FINANCE_COMMITMENT_COVERED', 'FINANCE_COMMITMENT_INSUFFICIENT_FUNDS'],
  allow: grant('any', 'programme-officer', 'finance-officer'),
  idempotency: 'required',
  precondition: 'required',
});

export const changeCommitmentRate = operation({
  subject: 'rpc.finance.commitment.change-rate',
  http: { method: 'POST', path: '/commitments/{commitmentId}/rate-changes' },
  summary: 'Re-fix the top-up of an integrated expert from a day on',
  description:
    'Takes the latest known exchange rate on or before that day for the local salary; what was ordered stays and is made up for by later instalments (docs/domain.md#integrated-experts). Refused when a budget year does not cover a higher top-up.',
  request: z.strictObject({
    commitmentId: Id,
    from: Day.meta({ description: 'First day under the new rate, in the period and after the last change' }),
  }),
  reply: CommitmentView,
  errors: [
    'FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED',
    'FINANCE_COMMITMENT_INSUFFICIENT_FUNDS',
    'FINANCE_BUDGET_YEAR_CLOSED',
    'FINANCE_EXCHANGE_RATE_MISSING',
    'FINANCE_EXCHANGE_RATE_OUTDATED',
    'FINANCE_RATE_CHANGE_NOT_APPLICABLE',
    'FINANCE_RATE_CHANGE_DAY_NOT_ALLOWED',
  ],
  allow: grant('any', 'finance-officer'),
  idempotency: 'required',
  precondition: 'required',
});
