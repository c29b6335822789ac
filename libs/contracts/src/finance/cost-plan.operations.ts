import { z } from 'zod';
import { RuleMark } from '../rule.operations';
import { Money } from '../money';
import { operation } from '../operation';
import { EVERY_PERSON, grant } from '../roles';
import { CurrencyCode, Day, Id, Period, csv, pageOf, pageQuery, Written, Code } from '../values';
import { COST_CATEGORIES, CostCategory } from './cost-category';
import {
  CHANGES_SHOWN,
  CostInputs,
  CostTerms,
  FullTimePart,
  FullTimePercent,
  Instrument,
  PLAN_YEARS_MAX,
} from './cost-inputs';
import { Year } from './fund.operations';

export * from './cost-category';

/** Leaves of the cost-category tree that the instrument rules produce. */
export const COST_ITEMS = {
  GEHALTSZUSCHUSS: 'PERSONAL',
  UNTERHALTSGELD: 'PERSONAL',
  AUSLANDSZULAGE: 'PERSONAL',
  KKA: 'PERSONAL',
  GEHALT_LOKAL: 'PERSONAL',
  WEB: 'PERSONAL',
  RV: 'SOZIALES',
  SOZIALE_SICHERUNG: 'SOZIALES',
  AG_ABGABEN: 'SOZIALES',
  MIETE: 'FAMILIE',
  AUSREISE: 'MOBILITAET',
  RUECKREISE: 'MOBILITAET',
  EINRICHTUNG: 'AUSSTATTUNG',
  SACHKOSTEN: 'PROJEKT',
} as const satisfies Record<string, CostCategory>;
export type CostItem = keyof typeof COST_ITEMS;
export const CostItem = z.enum(Object.keys(COST_ITEMS) as [CostItem, ...CostItem[]]).meta({ id: 'CostItem' });

export const PAYEE_KINDS = ['EXPERT', 'MUNICIPALITY', 'SUPPLIER'] as const;
export const PayeeKind = z.enum(PAYEE_KINDS).meta({ id: 'PayeeKind' });
export type PayeeKind = z.infer<typeof PayeeKind>;

/** Terms of the instruments are shorter; a longer one would be a plan of thousands of months. */
const TERM_YEARS_MAX = 20;
export const Term = Period.refine(
  ({ from, to }) => to <= `${Number(from.slice(0, 4)) + TERM_YEARS_MAX}${from.slice(4)}`,
  {
    path: ['to'],
    message: `must be at most ${TERM_YEARS_MAX} years after from`,
  },
);
/** One a month and cost category. */
const INSTALMENTS_MAX = 12 * (TERM_YEARS_MAX + 1) * COST_CATEGORIES.length;
/** Of dated rules of one kind that come with the product. */
export const RULES_MAX = 200;

/** A decimal factor with all its digits: rates and percentages are never rounded before the final amount. */
const Decimal = Code(40, /^\d+(\.\d+)?$/);
const RuleId = Written(200);

export const ExchangeRateView = z
  .strictObject({
    currency: CurrencyCode,
    rateOn: Day,
    rate: Decimal.meta({ description: 'Units of the currency for one EUR, all decimals' }),
    direction: z.literal('LOCAL_PER_EUR'),
    source: Written(200),
  })
  .meta({ id: 'ExchangeRateView' });
export type ExchangeRateView = z.infer<typeof ExchangeRateView>;

/** Of an amount that is agreed in another currency than the ledger's. */
export const LocalAmount = z
  .strictObject({
    amount: Money.meta({ description: 'What the payee is promised, in the currency of the contract' }),
    rate: Decimal.meta({ description: 'Units of the currency for one EUR, by which its EUR were set aside' }),
  })
  .meta({ id: 'LocalAmount' });
export type LocalAmount = z.infer<typeof LocalAmount>;

/** What changed the plan of an assignment after it was first covered. */
export const PlanChanges = z
  .strictObject({
    agreedTo: Day.meta({ description: 'End of the period that was covered first' }),
    interruptions: z
      .array(z.strictObject({ from: Day, to: Day, attributableToExpert: z.boolean() }))
      .max(CHANGES_SHOWN),
    rateChanges: z.array(z.strictObject({ from: Day, exchangeRate: ExchangeRateView })).max(CHANGES_SHOWN),
    earlyEnd: z.strictObject({ endedOn: Day, attributableToExpert: z.boolean() }).nullable(),
    shareChanges: z
      .array(z.strictObject({ from: Day, fullTime: FullTimePart }))
      .max(CHANGES_SHOWN)
      .optional()
      .meta({ description: 'Other shares of full time, each from its day on' }),
    termsChanges: z
      .array(z.strictObject({ from: Day, terms: CostTerms }))
      .max(CHANGES_SHOWN)
      .optional()
      .meta({ description: 'Other family status, salary, rent or purchasing power from a day on' }),
  })
  .meta({ id: 'PlanChanges', description: `The latest ${CHANGES_SHOWN} of each kind.` });
export type PlanChanges = z.infer<typeof PlanChanges>;

export const CostPlanView = z
  .strictObject({
    instrument: Instrument,
    period: Period,
    fullTime: FullTimePart.optional().meta({ description: 'From the first day on. Absent: a full post' }),
    currency: CurrencyCode,
    total: Money,
    byYear: z.array(z.strictObject({ year: Year, amount: Money })).max(PLAN_YEARS_MAX),
    byItem: z
      .array(
        z.strictObject({ item: CostItem, category: CostCategory, year: Year, amount: Money, local: Money.optional() }),
      )
      .max(PLAN_YEARS_MAX * CostItem.options.length),
    instalments: z
      .array(
        z.strictObject({
          instalment: z.int().positive(),
          dueOn: Day,
          year: Year,
          category: CostCategory,
          payeeKind: PayeeKind,
          amount: Money,
          local: LocalAmount.optional(),
          requiredReports: z
            .int()
            .meta({ description: 'Accepted reports of the assignment that this instalment waits for' }),
        }),
      )
      .max(INSTALMENTS_MAX),
    local: z
      .strictObject({ total: Money, reservePercent: z.int().min(0) })
      .optional()
      .meta({
        description:
          'Of a local contract in another currency: what is promised in it. The amounts in EUR are what is set aside for it by the rate, with a reserve of so many percent; what the bank debits is settled against them (docs/domain.md#local-contracts-in-their-currency). Then `overpaid` and `cancelled` are in the currency of the contract.',
      }),
    exchangeRate: ExchangeRateView.nullable().meta({ description: 'The rate that converted the local salary' }),
    ruleIds: z
      .array(RuleId)
      .max(200)
      .meta({ description: 'The instrument rules that were applied; see GET /instrument-rules' }),
    changes: PlanChanges.optional().meta({ description: 'Of a plan that was made anew' }),
    overpaid: Money.optional().meta({
      description:
        'Ordered before the change, no longer owed, and more than later instalments could make up for: to be claimed back',
    }),
    cancelled: Money.optional().meta({
      description:
        'Owed by the rules, but cancelled by a person or given back to the budget: neither paid nor bound any more',
    }),
    uncovered: Money.optional().meta({
      description:
        'Owed after a change that needs no consent of the fund, and not covered by its budget year yet: neither paid nor bound',
    }),
  })
  .meta({
    id: 'CostPlanView',
    description:
      'The instalments, the items and the years each add up to the total, to the cent. A plan made anew keeps the instalments that were ordered; its items add up to the total less `overpaid`, with `cancelled` and `uncovered`.',
  });
export type CostPlanView = z.infer<typeof CostPlanView>;

export const estimateCost = operation({
  subject: 'rpc.finance.cost-plan.estimate',
  http: { method: 'POST', path: '/cost-estimates' },
  summary: 'Preview the cost and payment plan of an assignment; writes nothing',
  description:
    'Months count by their served days (pro rata). Amounts follow the instrument rules in force in each month; conversion uses the latest rate on or before the start, with all decimals; each plan line is rounded once, commercially (docs/domain.md#costs-of-the-instruments, docs/domain.md#currency). A part of a full post costs its share (docs/domain.md#share-of-full-time).',
  request: z
    .strictObject({
      costInputs: CostInputs,
      period: Term,
      fullTimePercent: FullTimePercent.default(100).meta({ description: 'Share of full time' }),
      fullTimeTaken: z.int().min(0).max(99).default(0).meta({
        description:
          "Share of the person's full time that other assignments take, which carry what is paid once for a person",
      }),
    })
    .refine(({ fullTimePercent, fullTimeTaken }) => fullTimePercent + fullTimeTaken <= 100, {
      path: ['fullTimePercent'],
      message: 'is more than what is left of full time',
    }),
  reply: CostPlanView,
  errors: [
    'FINANCE_RULE_MISSING',
    'FINANCE_EXCHANGE_RATE_MISSING',
    'FINANCE_EXCHANGE_RATE_OUTDATED',
    'FINANCE_PLAN_CURRENCY_NOT_SUPPORTED',
    'FINANCE_PLAN_WITHOUT_PAYMENT',
  ],
  allow: grant('any', 'programme-officer', 'adviser', 'recruiter', 'finance-officer', 'budget-officer', 'auditor'),
});

export const InstrumentRuleView = z
  .strictObject({
    id: RuleId,
    instrument: Instrument,
    key: Written(100),
    value: Written(40).meta({ description: 'Decimal; read it with the unit' }),
    unit: z.enum(['EUR_PER_MONTH', 'EUR_ONCE', 'PERCENT', 'MONTHS', 'COUNT']),
    validFrom: Day,
    validTo: Day.nullable().meta({ description: 'First day it no longer holds; null: in force' }),
    source: Written(700),
    mark: RuleMark,
  })
  .meta({ id: 'InstrumentRuleView' });
export type InstrumentRuleView = z.infer<typeof InstrumentRuleView>;

export const listInstrumentRules = operation({
  subject: 'rpc.finance.instrument-rule.list',
  http: { method: 'GET', path: '/instrument-rules' },
  summary: 'The dated rules from which cost plans are made, with source and validity',
  request: z.strictObject({ instrument: csv(Instrument).optional(), on: Day.optional() }),
  reply: z.strictObject({ items: z.array(InstrumentRuleView).max(RULES_MAX) }),
  allow: EVERY_PERSON,
});

export const listExchangeRates = operation({
  subject: 'rpc.finance.exchange-rate.list',
  http: { method: 'GET', path: '/exchange-rates' },
  summary: 'Exchange rates by currency, newest first',
  request: z.strictObject({ currency: csv(CurrencyCode).optional(), ...pageQuery }),
  reply: pageOf(
    z.strictObject({
      id: Id,
      ...ExchangeRateView.shape,
      correctsId: Id.nullable().meta({ description: 'The rate this one replaces' }),
      correctedById: Id.nullable().meta({ description: 'The rate that replaces this one' }),
    }),
  ),
  allow: EVERY_PERSON,
});
