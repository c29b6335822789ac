import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { grant } from '../roles';
import {
  Code,
  csv,
  CurrencyCode,
  Day,
  Id,
  Instant,
  Line,
  pageOf,
  pageQuery,
  Period,
  Subject,
  Text,
  Version,
  Written,
} from '../values';
import { ExchangeRateView } from './cost-plan.operations';

const Rate = Code(
  28,
  /^(?=.*[1-9])(0|[1-9]\d{0,11})(\.\d{1,15})?$/,
  'units of the currency for one EUR, such as "655.957"',
);

export const RecordedExchangeRateView = z
  .strictObject({
    id: Id,
    version: Version,
    ...ExchangeRateView.shape,
    correctsId: Id.nullable().meta({ description: 'The rate this one replaces from now on' }),
    correctedById: Id.nullable().meta({ description: 'The rate that replaces this one' }),
    isWaiting: z.boolean().meta({
      description:
        'It differs so much from the rate before it that another person has to confirm it; until then nothing is computed with it',
    }),
    recordedAt: Instant,
  })
  .meta({
    id: 'RecordedExchangeRateView',
    description: 'A rate as its source states it; never changed, never recomputed.',
  });
export type RecordedExchangeRateView = z.infer<typeof RecordedExchangeRateView>;

export const recordExchangeRate = operation({
  subject: 'rpc.finance.exchange-rate.record',
  http: {
    method: 'POST',
    path: '/exchange-rates',
    success: 201,
    location: '/exchange-rates/{id}',
    putById: true,
  },
  summary: 'Record an exchange rate, or correct one by a new row',
  description:
    'Direction LOCAL_PER_EUR with all decimals of the source. A correction names the rate it replaces; what was computed before keeps the old one (docs/domain.md#currency). A rate that differs from the one before it by more than the rule `rate-jump` says waits for another person (`isWaiting`, `/exchange-rate-proposals/{id}`).',
  request: z.strictObject({
    id: Id.optional(),
    currency: CurrencyCode.refine((code) => code !== 'EUR', 'another currency than EUR'),
    rateOn: Day,
    rate: Rate,
    source: Line(200),
    correctsId: Id.optional(),
  }),
  reply: RecordedExchangeRateView,
  errors: [
    'FINANCE_EXCHANGE_RATE_EXISTS',
    'FINANCE_EXCHANGE_RATE_CORRECTION_MISMATCH',
    'FINANCE_RULE_MISSING',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
});

export const getExchangeRate = operation({
  subject: 'rpc.finance.exchange-rate.get',
  http: { method: 'GET', path: '/exchange-rates/{exchangeRateId}' },
  summary: 'Read an exchange rate',
  request: z.strictObject({ exchangeRateId: Id }),
  reply: RecordedExchangeRateView,
  allow: grant('any', 'programme-officer', 'finance-officer', 'budget-officer', 'auditor', 'municipality-partner'),
});

export const importExchangeRates = operation({
  subject: 'rpc.finance.exchange-rate.import',
  http: { method: 'POST', path: '/exchange-rate-imports' },
  summary: 'Import the rates of one source for one day, all or none',
  description:
    'Rates that are already there with the same value are left alone; a different value is refused. Those that differ from the rate before them by more than the rule `rate-jump` says wait for another person.',
  request: z.strictObject({
    source: Line(200),
    rateOn: Day,
    rates: z
      .array(z.strictObject({ currency: CurrencyCode.refine((code) => code !== 'EUR', 'not EUR'), rate: Rate }))
      .min(1)
      .max(300),
  }),
  reply: z
    .strictObject({
      recorded: z.int(),
      unchanged: z.int(),
      waiting: z.int().meta({ description: 'Of those recorded: so many wait for another person' }),
    })
    .meta({ id: 'ExchangeRateImportView' }),
  errors: ['FINANCE_EXCHANGE_RATE_EXISTS', 'FINANCE_RULE_MISSING'],
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
});

export const ExchangeRateProposalStatus = z.enum(['PROPOSED', 'CONFIRMED', 'REJECTED']).meta({
  id: 'ExchangeRateProposalStatus',
});
export type ExchangeRateProposalStatus = z.infer<typeof ExchangeRateProposalStatus>;

const Percent = Code(40, /^-?\d+\.\d$/);

export const ExchangeRateProposalView = z
  .strictObject({
    id: Id.meta({ description: 'Of the rate too, once it is confirmed' }),
    version: Version,
    status: ExchangeRateProposalStatus,
    ...ExchangeRateView.shape,
    correctsId: Id.nullable(),
    former: z
      .strictObject({ rateOn: Day, rate: Code(40, /^\d+(\.\d+)?$/), source: Written(200) })
      .meta({ description: 'The rate before it that it was compared with' }),
    differsBy: Percent.meta({ description: 'From the former rate, in percent of it, with its sign' }),
    proposedBy: Subject,
    proposedAt: Instant,
    decision: z.strictObject({ by: Subject, at: Instant, reason: Written(1000) }).nullable(),
  })
  .meta({
    id: 'ExchangeRateProposalView',
    description: 'A rate that differs much from the one before it, on its way through a second person; never deleted.',
  });
export type ExchangeRateProposalView = z.infer<typeof ExchangeRateProposalView>;

const PROPOSAL_READERS = grant('any', 'programme-officer', 'finance-officer', 'budget-officer', 'auditor');
const PROPOSAL = '/exchange-rate-proposals/{proposalId}';

export const getExchangeRateProposal = operation({
  subject: 'rpc.finance.exchange-rate-proposal.get',
  http: { method: 'GET', path: PROPOSAL },
  summary: 'Read an exchange rate that waits for a second person, or waited',
  request: z.strictObject({ proposalId: Id }),
  reply: ExchangeRateProposalView,
  allow: PROPOSAL_READERS,
});

export const listExchangeRateProposals = operation({
  subject: 'rpc.finance.exchange-rate-proposal.list',
  http: { method: 'GET', path: '/exchange-rate-proposals' },
  summary: 'Exchange rates that differ much from those before them, newest first',
  request: z.strictObject({ status: csv(ExchangeRateProposalStatus).optional(), ...pageQuery }),
  reply: pageOf(ExchangeRateProposalView),
  allow: PROPOSAL_READERS,
});

export const listExchangeRateProposalActions = actionsOf(
  'rpc.finance.exchange-rate-proposal',
  PROPOSAL,
  PROPOSAL_READERS,
);

const decision = {
  request: z.strictObject({ proposalId: Id, reason: Text(1000) }),
  reply: ExchangeRateProposalView,
  allow: grant('any', 'finance-officer', 'budget-officer'),
  idempotency: 'required',
  precondition: 'required',
} as const;

export const confirmExchangeRateProposal = operation({
  subject: 'rpc.finance.exchange-rate-proposal.confirm',
  http: { method: 'POST', path: `${PROPOSAL}/confirmations` },
  summary: 'Confirm an exchange rate: it is converted with from now on',
  description: 'By another person than the one who recorded it.',
  ...decision,
  errors: ['FINANCE_EXCHANGE_RATE_PROPOSAL_DECIDED', 'FINANCE_EXCHANGE_RATE_FOUR_EYES', 'FINANCE_EXCHANGE_RATE_EXISTS'],
});

export const rejectExchangeRateProposal = operation({
  subject: 'rpc.finance.exchange-rate-proposal.reject',
  http: { method: 'POST', path: `${PROPOSAL}/rejections` },
  summary: 'Reject or withdraw an exchange rate that waits for a second person',
  ...decision,
  errors: ['FINANCE_EXCHANGE_RATE_PROPOSAL_DECIDED'],
});

/** Currencies that the list of rates that are too old shows at most: more than there are. */
const CURRENCIES_MAX = 300;

export const listOutdatedRates = operation({
  subject: 'rpc.finance.exchange-rate.list-outdated',
  http: { method: 'GET', path: '/outdated-rates' },
  summary: 'Currencies in use whose latest exchange rate is too old to convert with',
  description:
    'Of the commitments in force that are converted from another currency: those whose latest rate is older than the rule `rate-age-max` says, the oldest first. A rate that is recorded or imported ends it; one of a fixed parity does not grow old (docs/finance.md#exchange-rates).',
  request: z.strictObject({}),
  reply: z
    .strictObject({
      ageMaxDays: z.int().meta({ description: 'As the rule says today' }),
      items: z
        .array(
          z.strictObject({
            latest: ExchangeRateView,
            outdatedSince: Day.meta({ description: 'The first day on which it was not converted with any more' }),
            commitments: z.int().positive().meta({ description: 'Commitments in force that need a rate of it' }),
          }),
        )
        .max(CURRENCIES_MAX),
    })
    .meta({ id: 'OutdatedRatesView' }),
  allow: grant('any', 'finance-officer', 'budget-officer', 'auditor'),
});

/** Assignments that the list of top-ups to fix anew shows at most. */
export const REFIXINGS_MAX = 400;

export const listRateRefixings = operation({
  subject: 'rpc.finance.exchange-rate.list-refixings',
  http: { method: 'GET', path: '/rate-refixings' },
  summary: 'Commitments whose top-up is to be fixed anew, as the exchange rate moved',
  description:
    'Of the commitments in force with a local salary in another currency: those whose rate differs from the latest one by more than the rule `refixing-threshold` says, the largest difference first. POST /commitments/{commitmentId}/rate-changes fixes one anew (docs/domain.md#integrated-experts).',
  request: z.strictObject({}),
  reply: z
    .strictObject({
      threshold: z.int().meta({ description: 'In percent, as the rule says today' }),
      items: z
        .array(
          z.strictObject({
            commitmentId: Id,
            assignmentId: Id,
            fundId: Id,
            period: Period,
            fixed: ExchangeRateView.meta({ description: 'The rate that the plan is converted with' }),
            latest: ExchangeRateView,
            differsBy: Percent,
          }),
        )
        .max(REFIXINGS_MAX),
    })
    .meta({ id: 'RateRefixingsView' }),
  allow: grant('any', 'finance-officer', 'budget-officer', 'auditor'),
});
