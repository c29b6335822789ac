import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { Money, PositiveMoney } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import {
  CurrencyCode,
  Day,
  Id,
  Instant,
  Line,
  Text,
  Version,
  csv,
  pageOf,
  pageQuery,
  Written,
  Subject,
} from '../values';
import { FINANCE_READERS } from './fund.operations';
import { RuleSet, SpendingPlace } from './public-money-rule.operations';

export const DrawdownStatus = z.enum(['REQUESTED', 'RECEIVED']).meta({ id: 'DrawdownStatus' });
export type DrawdownStatus = z.infer<typeof DrawdownStatus>;

/** Half-years of interest, and uses of a part, that one answer shows. */
export const PERIODS_SHOWN = 1_000;
export const USES_SHOWN = 1_000;
const PLACES = SpendingPlace.options.length;

/** Interest on an amount, rounded once at the end. Source: VwVfG 49a (3) and (4), docs/domain.md#interest-and-repayment. */
export const InterestView = z
  .strictObject({
    amount: Money,
    isProvisional: z.boolean().meta({ description: 'The last half-year has no recorded base rate of its own yet' }),
    periods: z
      .array(
        z.strictObject({
          principal: Money,
          from: Day,
          to: Day.meta({ description: 'First day that bears no interest any more' }),
          days: z.int(),
          baseRatePercent: Written(20),
          ratePercent: Written(20),
        }),
      )
      .max(PERIODS_SHOWN)
      .meta({ description: `The first ${PERIODS_SHOWN}; the amount is of all` }),
  })
  .meta({ id: 'InterestView' });
export type InterestView = z.infer<typeof InterestView>;

export const DrawdownView = z
  .strictObject({
    id: Id,
    version: Version,
    fundId: Id,
    approvalReference: Written(100),
    ruleSet: RuleSet,
    status: DrawdownStatus,
    justification: Written(2000),
    currency: CurrencyCode,
    total: Money,
    parts: z
      .array(
        z.strictObject({
          place: SpendingPlace,
          amount: Money,
          deadlineOn: Day.nullable().meta({
            description: 'Last day of the spending window; known once the money is there',
          }),
          ruleId: Written(200)
            .nullable()
            .meta({ description: 'The spending window applied; see GET /public-money-rules' }),
        }),
      )
      .max(PLACES),
    requestedOn: Day,
    receivedOn: Day.nullable().meta({ description: 'Where the bank brought it: the value day' }),
    bankEntryId: Id.nullable().meta({ description: 'The credit of the bank that it is; null: not seen yet' }),
    requestedBy: Subject,
    createdAt: Instant,
  })
  .meta({
    id: 'DrawdownView',
    description: 'Mittelabruf: money called from the financier for payments that fall due.',
  });
export type DrawdownView = z.infer<typeof DrawdownView>;

export const DrawdownSummary = DrawdownView.omit({ justification: true, bankEntryId: true }).meta({
  id: 'DrawdownSummary',
  description: 'A drawdown in a list: without its justification and its bank entry.',
});
export type DrawdownSummary = z.infer<typeof DrawdownSummary>;

export const createDrawdown = operation({
  subject: 'rpc.finance.drawdown.create',
  http: { method: 'POST', path: '/drawdowns', success: 201, location: '/drawdowns/{id}', putById: true },
  summary: 'Request money for payments that fall due in the spending window',
  description:
    'One amount per place of spending: inside SEPA and outside it the windows differ, so one drawdown can have two deadlines. The justification states the need and how far earlier drawdowns are used (ANBest-Gk). With `receivedOn` the money is already there.',
  request: z.strictObject({
    id: Id.optional(),
    fundId: Id,
    approvalReference: Line(100),
    ruleSet: RuleSet,
    parts: z
      .array(z.strictObject({ place: SpendingPlace, amount: PositiveMoney }))
      .min(1)
      .max(PLACES),
    justification: Text(2000),
    requestedOn: Day,
    receivedOn: Day.optional(),
  }),
  reply: DrawdownView,
  errors: [
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    'FINANCE_DRAWDOWN_DATE_INVALID',
    'FINANCE_DRAWDOWN_PLACE_REPEATED',
    'FINANCE_PUBLIC_MONEY_RULE_MISSING',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: grant('any', 'finance-officer', 'budget-officer'),
  idempotency: 'required',
});

export const receiveDrawdown = operation({
  subject: 'rpc.finance.drawdown.receive',
  http: { method: 'POST', path: '/drawdowns/{drawdownId}/receipts' },
  summary: 'Record that the money arrived; the spending windows begin',
  request: z.strictObject({ drawdownId: Id, receivedOn: Day }),
  reply: DrawdownView,
  errors: [
    'FINANCE_DRAWDOWN_DATE_INVALID',
    'FINANCE_DRAWDOWN_TRANSITION_NOT_ALLOWED',
    'FINANCE_PUBLIC_MONEY_RULE_MISSING',
  ],
  allow: grant('any', 'finance-officer', 'cashier'),
  idempotency: 'required',
  precondition: 'required',
});

export const matchDrawdown = operation({
  subject: 'rpc.finance.drawdown.match',
  http: { method: 'POST', path: '/drawdowns/{drawdownId}/bank-receipts' },
  summary: 'Say which credit of the bank the money is; the spending windows begin on its value day',
  description:
    'Whether or not a person has recorded the receipt before: the day of the bank counts, for the windows and for interest. The credit is on the account of the fund, with the whole amount open. Taken back at the bank entry.',
  request: z.strictObject({ drawdownId: Id, bankEntryId: Id }),
  reply: DrawdownView,
  errors: [
    'FINANCE_DRAWDOWN_DATE_INVALID',
    'FINANCE_DRAWDOWN_TRANSITION_NOT_ALLOWED',
    'FINANCE_PUBLIC_MONEY_RULE_MISSING',
    'FINANCE_BANK_ENTRY_SETTLED',
    'FINANCE_BANK_ENTRY_NO_CREDIT',
    'FINANCE_BANK_ENTRY_FUND_MISMATCH',
    'FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED',
  ],
  allow: grant('any', 'finance-officer', 'cashier'),
  idempotency: 'required',
  precondition: 'required',
});

export const getDrawdown = operation({
  subject: 'rpc.finance.drawdown.get',
  http: { method: 'GET', path: '/drawdowns/{drawdownId}' },
  summary: 'Read a drawdown with its deadlines',
  request: z.strictObject({ drawdownId: Id }),
  reply: DrawdownView,
  allow: FINANCE_READERS,
});

export const listDrawdownActions = actionsOf('rpc.finance.drawdown', '/drawdowns/{drawdownId}', FINANCE_READERS);

export const listDrawdowns = operation({
  subject: 'rpc.finance.drawdown.list',
  http: { method: 'GET', path: '/drawdowns' },
  summary: 'List drawdowns, newest first',
  request: z.strictObject({
    fundId: Id.optional(),
    status: csv(DrawdownStatus).optional(),
    ...pageQuery,
  }),
  reply: pageOf(DrawdownSummary),
  allow: FINANCE_READERS,
});

export const DrawdownUseView = z
  .strictObject({
    drawdownId: Id,
    asOf: Day,
    parts: z
      .array(
        z.strictObject({
          place: SpendingPlace,
          amount: Money,
          deadlineOn: Day.nullable(),
          spent: Money,
          unspent: Money,
          late: Money.meta({ description: 'Unspent on the day, with the deadline passed' }),
          spentLate: Money.meta({ description: 'Spent, but after the deadline' }),
          uses: z
            .array(z.strictObject({ payoutId: Id, spentOn: Day, amount: Money, isLate: z.boolean() }))
            .max(USES_SHOWN)
            .meta({ description: `The first ${USES_SHOWN}; the sums are of all` }),
        }),
      )
      .max(PLACES),
    late: Money,
    interest: InterestView,
  })
  .meta({
    id: 'DrawdownUseView',
    description:
      'Booked payouts are allocated to drawdowns first in, first out by booking date, per place of spending. It changes with each booking, so it has no version.',
  });
export type DrawdownUseView = z.infer<typeof DrawdownUseView>;

export const getDrawdownUse = operation({
  subject: 'rpc.finance.drawdown.use',
  http: { method: 'GET', path: '/drawdowns/{drawdownId}/use' },
  summary: 'What the money was spent on, what is late, and the interest, as of a day',
  description:
    'Only payouts booked up to `asOf` (default: today) count, one that came back only until that day. All drawdowns of the fund take part, whatever their approval and rule set: the rule set gives each its own deadline. The place is where the account lay that was paid to. Money spent before it arrived counts as spent on arrival. Interest on what was not spent in time runs from receipt until it is spent, at 5 points above the base rate (VwVfG 49a (4); from receipt: bengo), split where the base rate changes.',
  request: z.strictObject({ drawdownId: Id, asOf: Day.optional() }),
  reply: DrawdownUseView,
  errors: ['FINANCE_BASE_RATE_MISSING', 'FINANCE_PUBLIC_MONEY_RULE_MISSING'],
  allow: FINANCE_READERS,
});
