import { z } from 'zod';
import { DocumentView } from '../document';
import { Money, NonNegativeMoney, PositiveMoney } from '../money';
import { type Allow, grant } from '../roles';
import { operation } from '../operation';
import { RuleView } from '../rule.operations';
import {
  Code,
  CountryCode,
  CurrencyCode,
  Day,
  Id,
  Instant,
  Line,
  pageOf,
  pageQuery,
  Subject,
  Version,
  Written,
} from '../values';
import { ExchangeRateView, PayeeKind } from './cost-plan.operations';
import { FINANCE_READERS, Year } from './fund.operations';
import { PayoutStatus } from './payout.operations';

const LEGS_MAX = 20;
/** A longer journey is claimed in parts. */
const DAYS_MAX = 62;
const COSTS_MAX = 30;
const RULES_MAX = 40;

/** How a leg was travelled. CAR is a motor vehicle of one's own, paid by the kilometre; what has a price has its receipt. */
export const TRAVEL_MEANS = ['RAIL', 'BUS', 'FLIGHT', 'SHIP', 'CAR', 'TAXI', 'RENTAL_CAR', 'TAKEN_ALONG'] as const;
export const TravelMeans = z.enum(TRAVEL_MEANS).meta({
  id: 'TravelMeans',
  description:
    'CAR: a motor vehicle of one’s own, paid by the kilometre. TAKEN_ALONG: in somebody’s car, or an official one; nothing is paid.',
});
export type TravelMeans = z.infer<typeof TravelMeans>;

export const TRAVEL_MEALS = ['BREAKFAST', 'LUNCH', 'DINNER'] as const;
export const TravelMeal = z.enum(TRAVEL_MEALS).meta({ id: 'TravelMeal' });
export type TravelMeal = z.infer<typeof TravelMeal>;

export const TRAVEL_NIGHTS = ['NONE', 'LUMP_SUM', 'RECEIPT', 'FREE', 'IN_TRANSPORT'] as const;
export const TravelNight = z.enum(TRAVEL_NIGHTS).meta({
  id: 'TravelNight',
  description:
    'LUMP_SUM: paid for by oneself, without receipt. RECEIPT: by a receipt of kind LODGING. FREE: free of charge, or in a price that is paid. IN_TRANSPORT: on the way. NONE: at home, or the last day.',
});
export type TravelNight = z.infer<typeof TravelNight>;

export const TRAVEL_COSTS = ['FARE', 'LODGING', 'SIDE'] as const;
export const TravelCostKind = z.enum(TRAVEL_COSTS).meta({
  id: 'TravelCostKind',
  description:
    'FARE: tickets, taxi (BRKG 4). LODGING: a night by receipt (BRKG 7). SIDE: other necessary expenses (BRKG 10).',
});
export type TravelCostKind = z.infer<typeof TravelCostKind>;

const ClockTime = Code(5, /^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, such as "06:30"');

const cost = {
  kind: TravelCostKind,
  paidOn: Day,
  what: Line(140),
  amount: PositiveMoney.meta({
    description: 'As on the receipt; converted by the rate in force on the day it was paid',
  }),
};
const TravelCost = z.strictObject({ ...cost, documentId: Id.meta({ description: 'The receipt' }) });

const journey = {
  start: z.strictObject({ place: Line(80), country: CountryCode }).meta({ description: 'Home or place of work' }),
  legs: z
    .array(
      z.strictObject({
        departedOn: Day,
        departedAt: ClockTime,
        arrivedOn: Day,
        arrivedAt: ClockTime.meta({ description: 'By the clocks of the place' }),
        place: Line(80),
        country: CountryCode,
        means: TravelMeans,
        kilometres: z.int().positive().max(9_999).optional().meta({ description: 'With CAR, and only with it' }),
        isCarNeeded: z
          .boolean()
          .default(false)
          .meta({ description: 'Considerable official interest, stated before the journey (BRKG 5 (2))' }),
      }),
    )
    .min(1)
    .max(LEGS_MAX)
    .meta({ description: 'In order; each begins where the one before ended' }),
  days: z
    .array(
      z.strictObject({
        on: Day,
        freeMeals: z.array(TravelMeal).max(TRAVEL_MEALS.length).default([]),
        night: TravelNight.meta({ description: 'The night that follows' }),
      }),
    )
    .min(1)
    .max(DAYS_MAX)
    .meta({ description: 'Each calendar day of the journey' }),
  paidByOthers: NonNegativeMoney.optional().meta({
    description: 'What third parties paid for the journey (BRKG 3 (3)), in the currency of the fund',
  }),
};

export const TravelJourney = z
  .strictObject({ ...journey, costs: z.array(TravelCost).max(COSTS_MAX) })
  .meta({ id: 'TravelJourney' });
export type TravelJourney = z.infer<typeof TravelJourney>;

export const TRAVEL_LINES = [
  'DAY_ALLOWANCE',
  'MEAL_KEPT',
  'NIGHT',
  'KILOMETRES',
  'FARE',
  'LODGING',
  'SIDE',
  'PAID_BY_OTHERS',
] as const;
const LINES_MAX = DAYS_MAX * (2 + TRAVEL_MEALS.length) + LEGS_MAX + COSTS_MAX + 1;

export const TravelLine = z
  .strictObject({
    kind: z.enum(TRAVEL_LINES),
    on: Day.nullable(),
    amount: Money.meta({ description: 'Below zero where it is taken off' }),
    country: CountryCode.nullable().meta({ description: 'Whose rate it is; null: not by country' }),
    meal: TravelMeal.nullable(),
    rate: Money.nullable().meta({ description: 'The value of the rule row' }),
    percent: Written(10).nullable().meta({ description: 'Of the rate' }),
    kilometres: z.int().nullable(),
    what: Written(140).nullable(),
    paid: Money.nullable().meta({ description: 'What the receipt says' }),
    exchangeRate: ExchangeRateView.nullable(),
    rules: z.array(z.int().min(0).max(99)).max(4).meta({ description: 'The rule rows, by their place in `rules`' }),
  })
  .meta({ id: 'TravelLine', description: 'A part of the sum, with the rules and inputs that it was made from.' });
export type TravelLine = z.infer<typeof TravelLine>;

const calculation = {
  total: Money,
  startsOn: Day,
  endsOn: Day,
  claimableUntil: Day.meta({ description: 'Last day of the exclusion period (BRKG 3 (2))' }),
  lines: z.array(TravelLine).max(LINES_MAX),
  rules: z.array(RuleView).max(RULES_MAX).meta({ description: 'The rule rows as they were applied' }),
};

export const TravelCalculation = z
  .strictObject({ ...calculation, currency: CurrencyCode })
  .meta({ id: 'TravelCalculation', description: 'What a journey is worth by the rules in force on its days.' });
export type TravelCalculation = z.infer<typeof TravelCalculation>;

const PAYOUTS_SHOWN = 20;
const summary = {
  id: Id.meta({ description: 'Also of the commitment that binds its money' }),
  version: Version,
  fundId: Id,
  budgetYear: Year,
  assignmentId: Id.nullable(),
  payeeKind: PayeeKind,
  payeeOwnerId: Id.meta({ description: 'The expert or municipality, or the payee itself' }),
  purpose: Written(140),
  destination: Written(80),
  startsOn: Day,
  endsOn: Day,
  total: Money,
  submittedBy: Subject,
  submittedAt: Instant,
  payouts: z
    .array(z.strictObject({ id: Id, caseNumber: Written(20), status: PayoutStatus, amount: Money }))
    .max(PAYOUTS_SHOWN)
    .meta({ description: 'The payment, and what paid it again after it came back' }),
};

export const TravelClaimSummary = z.strictObject(summary).meta({ id: 'TravelClaimSummary' });
export type TravelClaimSummary = z.infer<typeof TravelClaimSummary>;

export const TravelClaimView = z
  .strictObject({
    ...summary,
    ...calculation,
    journey: TravelJourney,
    receipts: z
      .array(DocumentView.pick({ id: true, fileName: true, mediaType: true, sha256: true }))
      .max(COSTS_MAX)
      .meta({ description: 'In the order of the costs' }),
  })
  .meta({
    id: 'TravelClaimView',
    description: 'A claim of travel costs as it was sent, what it is worth, and its payment.',
  });
export type TravelClaimView = z.infer<typeof TravelClaimView>;

/** Experts their own journeys; the offices those of others. */
const MAY_CLAIM: Allow = { ...grant('any', 'programme-officer', 'finance-officer'), ...grant('own', 'expert') };

const CALCULATION_ERRORS = [
  'FINANCE_EXCHANGE_RATE_MISSING',
  'FINANCE_EXCHANGE_RATE_OUTDATED',
  'FINANCE_RULE_MISSING',
  'FINANCE_TRAVEL_COST_DATE_INVALID',
  'FINANCE_TRAVEL_DAYS_INVALID',
  'FINANCE_TRAVEL_KILOMETRES_INVALID',
  'FINANCE_TRAVEL_LAPSED',
  'FINANCE_TRAVEL_LEGS_INVALID',
  'FINANCE_TRAVEL_NIGHT_INVALID',
  'FINANCE_TRAVEL_NOT_ENDED',
  'FINANCE_TRAVEL_NOTHING_DUE',
  'FINANCE_TRAVEL_RATE_MISSING',
] as const;

export const calculateTravelClaim = operation({
  subject: 'rpc.finance.travel-claim.calculate',
  http: { method: 'POST', path: '/travel-calculations' },
  summary: 'Compute what a journey is worth; writes nothing',
  description:
    'Bundesreisekostengesetz: day allowance by the hours and days of absence, kept back for free meals, nights by lump sum or receipt, kilometres, fares and other expenses by receipt (docs/domain.md#travel-costs). Rates are rule rows of the sets TRAVEL, TRAVEL_DAY_ABROAD and TRAVEL_NIGHT_ABROAD, each by its day.',
  request: z.strictObject({
    journey: z.strictObject({ ...journey, costs: z.array(z.strictObject(cost)).max(COSTS_MAX) }),
  }),
  reply: TravelCalculation,
  errors: [...CALCULATION_ERRORS],
  // It is nobody's: whoever may claim may try what a journey would be worth.
  allow: grant('any', 'programme-officer', 'finance-officer', 'expert'),
});

export const submitTravelClaim = operation({
  subject: 'rpc.finance.travel-claim.submit',
  http: { method: 'POST', path: '/travel-claims', success: 201, location: '/travel-claims/{id}', putById: true },
  summary: 'Send a claim of travel costs: its money is bound, and its payment begins',
  description:
    'Within six months after the journey (BRKG 3 (2)). The traveller is the expert of an assignment that the fund has covered, or a payee. available -> committed in the budget year of today, refused without cover. The payment passes the four acts by four persons like any other. A day is claimed once per traveller and a receipt once at all, unless the payment was cancelled.',
  request: z.strictObject({
    id: Id.optional(),
    assignmentId: Id.optional().meta({ description: 'Its expert travelled, and its fund pays' }),
    payeeId: Id.optional().meta({ description: 'Who else travelled; with fundId, in place of the assignment' }),
    fundId: Id.optional(),
    purpose: Line(140),
    journey: TravelJourney,
  }),
  reply: TravelClaimView,
  errors: [
    ...CALCULATION_ERRORS,
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    'FINANCE_BUDGET_YEAR_CLOSED',
    'FINANCE_BUDGET_YEAR_UNKNOWN',
    'FINANCE_EXPENSE_ASSIGNMENT_UNKNOWN',
    'FINANCE_EXPENSE_PAYEE_UNKNOWN',
    'FINANCE_LEDGER_NOT_COVERED',
    'FINANCE_TRAVEL_DAY_CLAIMED',
    'FINANCE_TRAVEL_RECEIPT_DUPLICATE',
    'FINANCE_TRAVEL_TRAVELLER_UNCLEAR',
    'PLATFORM_DOCUMENT_IN_USE',
    'PLATFORM_DOCUMENT_UNKNOWN',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: MAY_CLAIM,
  idempotency: 'required',
});

/** What a journey cost is the traveller's and that of who pays; no town is told. */
const TRAVEL_READERS: Allow = { ...FINANCE_READERS, ...grant('own', 'expert') };

export const getTravelClaim = operation({
  subject: 'rpc.finance.travel-claim.get',
  http: { method: 'GET', path: '/travel-claims/{travelClaimId}' },
  summary: 'Read a claim of travel costs with its sum, line by line, and its payment',
  request: z.strictObject({ travelClaimId: Id }),
  reply: TravelClaimView,
  allow: TRAVEL_READERS,
});

export const listTravelClaims = operation({
  subject: 'rpc.finance.travel-claim.list',
  http: { method: 'GET', path: '/travel-claims' },
  summary: 'List claims of travel costs, newest first',
  request: z.strictObject({ fundId: Id.optional(), assignmentId: Id.optional(), ...pageQuery }),
  reply: pageOf(TravelClaimSummary),
  allow: TRAVEL_READERS,
});
