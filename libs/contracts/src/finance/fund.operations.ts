import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { Money, PositiveMoney } from '../money';
import { operation } from '../operation';
import { grant, PAY_READERS } from '../roles';
import {
  CurrencyCode,
  Day,
  Id,
  Instant,
  Line,
  Version,
  csv,
  pageOf,
  pageQuery,
  MachineText,
  Sha256,
  Written,
} from '../values';
import { CostCategory } from './cost-category';

/** Those who see the whole of the fund's money. */
export const FINANCE_READERS = PAY_READERS;

/**
 * Where money stands. `external` is outside the fund and the only one that may be negative; `blocked` is free money that nobody may
 * bind (BHO 41). Source: docs/domain.md#budget-ledger.
 */
export const LEDGER_STAGES = [
  'external',
  'available',
  'blocked',
  'reserved',
  'committed',
  'payable',
  'paid',
  'returned',
] as const;
export const LedgerStage = z.enum(LEDGER_STAGES).meta({ id: 'LedgerStage' });
export type LedgerStage = z.infer<typeof LedgerStage>;

export const JOURNAL_ENTRY_KINDS = [
  'BUDGET_RELEASED',
  'RELEASE_REVERSED',
  'BUDGET_CUT',
  'BUDGET_BLOCKED',
  'BUDGET_BLOCK_LIFTED',
  'COMMITMENT_RESERVED',
  'COMMITMENT_CONFIRMED',
  'COMMITMENT_REPLANNED',
  'COMMITMENT_RELEASED',
  'EXPENSE_COMMITTED',
  'PAYOUT_ORDERED',
  'PAYOUT_ORDER_VOIDED',
  'PAYOUT_CANCELLED',
  'PAYMENT_BOOKED',
  'PAYMENT_REJECTED',
  'PAYMENT_RETURNED',
  'PAYMENT_BOOKING_REVERSED',
  'PAYMENT_RETURN_REVERSED',
  'PAYMENT_REJECTION_REVERSED',
  'PAYOUT_REISSUED',
  'PAYOUT_GIVEN_BACK',
  'BANK_CHARGE_BOOKED',
  'BANK_CHARGE_REVERSED',
  'UNORDERED_PAYMENT_BOOKED',
  'UNORDERED_PAYMENT_REVERSED',
  'EXCHANGE_DIFFERENCE_BOOKED',
  'EXCHANGE_DIFFERENCE_REVERSED',
  'CLAIM_PAID',
  'CLAIM_PAYMENT_REVERSED',
  'CLAIM_INTEREST_PAID',
  'CLAIM_INTEREST_PAYMENT_REVERSED',
  'CLAIM_INTEREST_REMITTED',
  'CLAIM_GIVEN_BACK',
  'CLAIM_REMITTED',
  'YEAR_CARRIED_OVER',
  'YEAR_LAPSED',
] as const;
export const JournalEntryKind = z.enum(JOURNAL_ENTRY_KINDS).meta({ id: 'JournalEntryKind' });
export type JournalEntryKind = z.infer<typeof JournalEntryKind>;

export const Year = z.int().min(2000).max(2100);

/** Budget years of a fund at most: two generations of them, and one answer shows all. */
export const BUDGET_YEARS_MAX = 50;
/** Lines of an entry at most: an act touches the years of one plan, each with its categories, on two stages. */
export const JOURNAL_LINES_MAX = 1_000;

export const DebtorAccount = z
  .strictObject({
    holder: Line(70).meta({ description: 'Account holder as the bank knows it' }),
    iban: MachineText(42),
    bic: MachineText(11),
  })
  .meta({ id: 'DebtorAccount', description: 'The account the fund pays from; it stands in every bank file.' });

export const BudgetYearView = z
  .strictObject({
    year: Year,
    status: z.enum(['OPEN', 'CLOSING', 'CLOSED']),
    authority: z.enum(['PAYMENT', 'COMMITMENT']).meta({
      description:
        'COMMITMENT while the year lies in the future: its money can be bound, not paid (Verpflichtungsermächtigung, BHO 38)',
    }),
    isProvisional: z.boolean().meta({
      description:
        'The plan is not in force: only what is legally bound may be committed (vorläufige Haushaltsführung, Art. 111 GG), as the rule `provisional-binds` says',
    }),
    plan: Money.meta({ description: 'As opened, with supplements and without what was cut' }),
    released: Money.meta({ description: 'Releases less reversals and what cuts took back' }),
    carriedOver: Money.meta({
      description: 'Taken over from the year before when it was closed: open commitments and the carry-over granted',
    }),
    carryOver: z
      .strictObject({ fromYear: Year, amount: Money, reason: Written(1_000) })
      .nullable()
      .meta({
        description: 'Ausgaberest granted out of what was not bound (BHO 45), with its reason; part of `carriedOver`',
      }),
  })
  .meta({ id: 'BudgetYearView' });

export const FundView = z
  .strictObject({
    id: Id,
    version: Version,
    name: Written(120),
    currency: CurrencyCode,
    debtorAccount: DebtorAccount,
    reservationDays: z.int().meta({ description: 'Days after which a reservation that was not confirmed expires' }),
    budgetYears: z.array(BudgetYearView).max(BUDGET_YEARS_MAX),
    createdAt: Instant,
  })
  .meta({ id: 'FundView' });
export type FundView = z.infer<typeof FundView>;

export const createFund = operation({
  subject: 'rpc.finance.fund.create',
  http: { method: 'POST', path: '/funds', success: 201, location: '/funds/{id}', putById: true },
  summary: 'Create a fund',
  description:
    'A fund holds money of one currency, planned and released per budget year (Haushaltsjahr = calendar year, BHO 4).',
  request: z.strictObject({
    id: Id.optional(),
    name: Line(120),
    currency: z.literal('EUR').default('EUR'),
    debtorAccount: DebtorAccount,
    reservationDays: z.int().min(1).max(90).default(14),
  }),
  reply: FundView,
  errors: ['FINANCE_FUND_ACCOUNT_INVALID', 'FINANCE_PAYEE_TEXT_NOT_PAYABLE', 'PLATFORM_RESOURCE_EXISTS'],
  allow: grant('any', 'budget-officer', 'finance-officer'),
  idempotency: 'required',
});

export const getFund = operation({
  subject: 'rpc.finance.fund.get',
  http: { method: 'GET', path: '/funds/{fundId}' },
  summary: 'Read a fund with its budget years',
  request: z.strictObject({ fundId: Id }),
  reply: FundView,
  allow: FINANCE_READERS,
});

export const listFundActions = actionsOf('rpc.finance.fund', '/funds/{fundId}', FINANCE_READERS);

export const listFunds = operation({
  subject: 'rpc.finance.fund.list',
  http: { method: 'GET', path: '/funds' },
  summary: 'List the funds by name',
  request: z.strictObject({ ...pageQuery }),
  reply: pageOf(FundView),
  allow: FINANCE_READERS,
});

export const openBudgetYear = operation({
  subject: 'rpc.finance.budget-year.open',
  http: { method: 'POST', path: '/funds/{fundId}/budget-years', success: 201, location: '/funds/{id}' },
  summary: 'Open a budget year of a fund with its plan',
  description:
    'The plan is the ceiling of the releases. A year that lies in the future holds commitment authority (Verpflichtungsermächtigung, BHO 16 and 38): assignments bind it per year. A second plan for the same year is refused; supplements and cuts change it (POST /funds/{fundId}/budget-changes). A provisional year is managed before its plan is in force (Art. 111 GG).',
  request: z.strictObject({ fundId: Id, year: Year, plan: PositiveMoney, isProvisional: z.boolean().default(false) }),
  reply: FundView,
  errors: ['PLATFORM_RESOURCE_EXISTS', 'FINANCE_AMOUNT_CURRENCY_MISMATCH', 'FINANCE_BUDGET_YEAR_LIMIT_REACHED'],
  allow: grant('any', 'budget-officer', 'finance-officer'),
  idempotency: 'required',
  precondition: 'required',
});

export const releaseBudget = operation({
  subject: 'rpc.finance.budget.release',
  http: { method: 'POST', path: '/funds/{fundId}/releases' },
  summary: 'Release money of a budget year: external -> available',
  request: z.strictObject({ fundId: Id, year: Year, amount: PositiveMoney }),
  reply: FundView,
  errors: [
    'FINANCE_BUDGET_YEAR_UNKNOWN',
    'FINANCE_BUDGET_YEAR_CLOSED',
    'FINANCE_RELEASE_ABOVE_PLAN',
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
  ],
  allow: grant('any', 'budget-officer'),
  idempotency: 'required',
  precondition: 'required',
});

const StageBalances = z.strictObject({
  external: Money,
  available: Money,
  blocked: Money,
  reserved: Money,
  committed: Money,
  payable: Money,
  paid: Money,
  returned: Money,
});

export const FundBalancesView = z
  .strictObject({
    fundId: Id,
    asOf: Instant.nullable().meta({ description: 'null: the balances as stored now' }),
    years: z.array(z.strictObject({ year: Year, released: Money, ...StageBalances.shape })).max(BUDGET_YEARS_MAX),
    total: z.strictObject({ released: Money, ...StageBalances.shape }),
  })
  .meta({
    id: 'FundBalancesView',
    description:
      'In each row released = available + blocked + reserved + committed + payable + paid + returned = -external, to the cent.',
  });
export type FundBalancesView = z.infer<typeof FundBalancesView>;

export const getFundBalances = operation({
  subject: 'rpc.finance.fund.balances',
  http: { method: 'GET', path: '/funds/{fundId}/balances' },
  summary: 'Balances of a fund per budget year and stage, now or as of an instant',
  description:
    'With `asOf` the balances are replayed from the journal: every entry booked until that instant, included.',
  request: z.strictObject({ fundId: Id, asOf: Instant.optional() }),
  reply: FundBalancesView,
  allow: FINANCE_READERS,
});

export const FundYearCourse = z
  .strictObject({
    fundId: Id,
    year: Year,
    asOf: Day.meta({ description: 'The day from which on payments are expected' }),
    months: z
      .array(
        z.strictObject({
          month: Written(7).meta({ description: '2026-11' }),
          spent: Money.meta({ description: 'Booked as paid in the month, less what came back' }),
          expected: Money.meta({
            description:
              'Instalments that are still to be paid, by the day they fall due; what is late is expected today',
          }),
        }),
      )
      .length(12)
      .meta({ description: 'What lies before or after the year counts in its first or last month' }),
  })
  .meta({ id: 'FundYearCourse' });
export type FundYearCourse = z.infer<typeof FundYearCourse>;

export const getFundYearCourse = operation({
  subject: 'rpc.finance.fund.year-course',
  http: { method: 'GET', path: '/funds/{fundId}/budget-years/{year}/course' },
  summary: 'What a budget year paid month by month, and what it is still expected to pay',
  description:
    'From the journal (stage `paid`, by effective day) and the payouts that are neither booked nor ended. What was released less all of it is left at the end of the year.',
  request: z.strictObject({ fundId: Id, year: z.coerce.number().pipe(Year) }),
  reply: FundYearCourse,
  errors: ['FINANCE_BUDGET_YEAR_UNKNOWN'],
  allow: FINANCE_READERS,
});

export const JournalEntryView = z
  .strictObject({
    id: Id,
    kind: JournalEntryKind,
    reference: Written(200).meta({
      description: 'The business case: id of the release, commitment, payout, payment run or claim',
    }),
    bookedAt: Instant,
    effectiveOn: Day,
    correlationId: Written(200),
    bookedBy: Written(200).nullable().meta({
      description: 'The user who brought it about, `message:<subject>` or `service`; null before this was recorded',
    }),
    reverses: z
      .strictObject({ entryId: Id, reason: Written(1_000) })
      .nullable()
      .meta({ description: 'The entry that this one takes back (Storno)' }),
    seal: z
      .strictObject({ seq: z.int().positive(), hash: Sha256 })
      .nullable()
      .meta({ description: 'Its place in the hash chain and the hash there; null in the seconds before it is sealed' }),
    lines: z
      .array(
        z.strictObject({
          year: Year,
          stage: LedgerStage,
          category: CostCategory.nullable().meta({ description: 'Null for money that is not for anything yet' }),
          amount: Money,
        }),
      )
      .max(JOURNAL_LINES_MAX),
  })
  .meta({
    id: 'JournalEntryView',
    description: 'One append-only entry; its lines add up to zero in each budget year.',
  });
export type JournalEntryView = z.infer<typeof JournalEntryView>;

export const listFundJournal = operation({
  subject: 'rpc.finance.fund.journal',
  http: { method: 'GET', path: '/funds/{fundId}/journal' },
  summary: 'The journal of a fund, newest entry first',
  request: z.strictObject({
    fundId: Id,
    kind: csv(JournalEntryKind).optional(),
    reference: Line(200).optional(),
    effectiveOnFrom: Day.optional(),
    effectiveOnTo: Day.optional(),
    ...pageQuery,
  }),
  reply: pageOf(JournalEntryView),
  allow: FINANCE_READERS,
});

export const runDue = operation({
  subject: 'rpc.finance.payout.run-due',
  http: { method: 'POST', path: '/funds/{fundId}/due-runs' },
  summary: 'Take planned instalments due up to a day',
  description:
    'Every PLANNED payout of the fund with dueOn <= upTo becomes DUE, or BLOCKED with its reason. No run reaches beyond the January of the next year, as no payment does (BHO 72): the reply says how far it went. Repeating it changes nothing. At most 500 at once, earliest first: repeat while remaining > 0.',
  request: z.strictObject({ fundId: Id, upTo: Day }),
  reply: z
    .strictObject({
      fundId: Id,
      upTo: Day,
      duePayoutIds: z.array(Id).max(500),
      blockedPayoutIds: z.array(Id).max(500),
      remaining: z.int(),
    })
    .meta({ id: 'DueRunView' }),
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
});
