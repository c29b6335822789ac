import { z } from 'zod';
import { Money } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import { Code, Day, Id, Instant, Text, Written, Sha256 } from '../values';
import { COST_CATEGORIES, CostCategory } from './cost-plan.operations';
import { BUDGET_YEARS_MAX, FINANCE_READERS, FundView, LEDGER_STAGES, LedgerStage, Year } from './fund.operations';

export const closeBudgetYear = operation({
  subject: 'rpc.finance.budget-year.close',
  http: { method: 'POST', path: '/funds/{fundId}/budget-years/{year}/closings' },
  summary: 'Lead a budget year to its close: OPEN -> CLOSING -> CLOSED',
  description:
    'CLOSING takes no new reservations; what is bound may still be paid. CLOSED, once the year is over and nothing is reserved or on its way to the bank: what commitments still bind moves to the next year with its instalments, what is available lapses except for the part carried over with a reason (Ausgaberest, BHO 45). A closed year takes no booking (BHO 76).',
  request: z.strictObject({
    fundId: Id,
    year: z.coerce.number().pipe(Year),
    to: z.enum(['CLOSING', 'CLOSED']),
    carryOver: Money.optional().meta({ description: 'Part of the available money that the next year gets' }),
    reason: Text(1_000).optional().meta({ description: 'Required with carryOver' }),
  }),
  reply: FundView,
  errors: [
    'FINANCE_BUDGET_YEAR_UNKNOWN',
    'FINANCE_BUDGET_YEAR_CLOSED',
    'FINANCE_BUDGET_YEAR_TRANSITION_NOT_ALLOWED',
    'FINANCE_BUDGET_YEAR_NOT_OVER',
    'FINANCE_BUDGET_YEAR_IN_USE',
    'FINANCE_CARRY_OVER_REASON_MISSING',
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    'FINANCE_LEDGER_NOT_COVERED',
  ],
  allow: grant('any', 'budget-officer'),
  idempotency: 'required',
  precondition: 'required',
});

export const reverseRelease = operation({
  subject: 'rpc.finance.budget.reverse-release',
  http: { method: 'POST', path: '/funds/{fundId}/reversals' },
  summary: 'Reverse the release of money by a further journal entry (Storno)',
  description:
    'The journal is never changed. Only releases are reversed here: commitments and payments are taken back by their own acts, which keep the other records in step. Each entry once, and only while its money is still available.',
  request: z.strictObject({ fundId: Id, journalEntryId: Id, reason: Text(1_000) }),
  reply: FundView,
  errors: [
    'FINANCE_ENTRY_NOT_REVERSIBLE',
    'FINANCE_ENTRY_ALREADY_POSTED',
    'FINANCE_LEDGER_NOT_COVERED',
    'FINANCE_BUDGET_YEAR_CLOSED',
  ],
  allow: grant('any', 'budget-officer'),
  idempotency: 'required',
  precondition: 'required',
});

/** Where the money of a budget year came from, and where what is not in it any more went. */
const FundSources = z
  .strictObject({
    released: Money.meta({ description: 'Releases less reversals of releases' }),
    carriedOver: Money.meta({
      description: 'Taken over from the year before, less what went on to the year after (Ausgabereste, BHO 45)',
    }),
    lapsed: Money.meta({ description: 'Lapsed when the year was closed, as a negative amount' }),
    cut: Money.meta({ description: 'Taken back by cuts of the plan, as a negative amount' }),
    repaid: Money.meta({ description: 'What debtors paid back, less what was passed on to the financier' }),
    total: Money.meta({
      description: 'released + carriedOver + lapsed + cut + repaid = what stands on all stages but `external`',
    }),
  })
  .meta({ id: 'FundSources' });

export const FundPeriodStatement = z
  .strictObject({
    fundId: Id,
    period: Written(7),
    from: Day,
    to: Day.meta({ description: 'The day after the last one of the period' }),
    rows: z
      .array(
        z.strictObject({
          year: Year,
          category: CostCategory.nullable().meta({ description: 'Null: the booking was not for one category' }),
          stage: LedgerStage,
          opening: Money,
          additions: Money,
          deductions: Money.meta({ description: 'What left the stage, as a positive amount' }),
          closing: Money.meta({ description: 'opening + additions - deductions' }),
        }),
      )
      .max(BUDGET_YEARS_MAX * (COST_CATEGORIES.length + 1) * LEDGER_STAGES.length),
    closing: z.array(z.strictObject({ stage: LedgerStage, amount: Money })).max(LEDGER_STAGES.length),
    sources: z.array(FundSources.extend({ year: Year })).max(BUDGET_YEARS_MAX),
    entries: z.int().meta({ description: 'Journal entries in the period' }),
  })
  .meta({
    id: 'FundPeriodStatement',
    description:
      'Closing balances over all stages add up to zero, to the cent. `sources` is as of the end of the period.',
  });
export type FundPeriodStatement = z.infer<typeof FundPeriodStatement>;

export const getFundPeriodStatement = operation({
  subject: 'rpc.finance.fund.period-statement',
  http: { method: 'GET', path: '/funds/{fundId}/statements' },
  summary: 'Statement of a month or year, per budget year, cost category and stage',
  description: 'Counts entries by the day on which they take effect.',
  request: z.strictObject({
    fundId: Id,
    period: z
      .string()
      .max(7)
      .regex(/^20\d{2}(-(0[1-9]|1[0-2]))?$/)
      .meta({ description: '2026-11 or 2026' }),
  }),
  reply: FundPeriodStatement,
  allow: FINANCE_READERS,
});

export const JournalVerification = z
  .strictObject({
    isIntact: z.boolean(),
    stage: z.enum(['CHAIN', 'UNSEALED', 'AMOUNTS']).meta({
      description: 'What the part ended with: the chain, entries that are not in it, or the amounts stored beside it',
    }),
    checked: z.int().meta({ description: 'Entries of the chain up to here' }),
    total: z.int().meta({ description: 'Entries that the chain has now' }),
    head: z.strictObject({ seq: z.int(), hash: Sha256 }).nullable().meta({
      description: 'To be kept elsewhere: given as a checkpoint it proves that nothing up to here was rewritten',
    }),
    fault: z.strictObject({ kind: Written(100), seq: z.int(), entryId: Id.nullable() }).nullable(),
    findings: z
      .array(z.strictObject({ kind: Written(100), sentence: Written(1_000), objectId: Id.nullable() }))
      .max(100)
      .meta({
        description: 'Stored balances, payouts, commitments and bank entries that are not what the journal says',
      }),
    next: Written(500).nullable().meta({
      description: 'Give it as `after` to verify on; null when everything was verified',
    }),
    verifiedAt: Instant,
  })
  .meta({ id: 'JournalVerification' });
export type JournalVerification = z.infer<typeof JournalVerification>;

export const verifyJournal = operation({
  subject: 'rpc.finance.journal.verify',
  http: { method: 'GET', path: '/journal-verifications' },
  summary: 'Walk the hash chain of the journal and name the first entry that does not fit',
  description:
    'Then compares stored balances, payouts, commitments and bank entries with the journal. Answers in parts of about a second: ' +
    'go on with `next` until it is null. The end of the chain is compared with the signed checkpoints and the given one.',
  request: z.strictObject({
    after: Code(500, /^[\w-]+$/)
      .optional()
      .meta({ description: '`next` of the part before' }),
    from: z.enum(['START', 'CHECKPOINT']).default('START').meta({
      description:
        'CHECKPOINT: the chain from the last signed checkpoint on, which vouches for what is before it; amounts are compared in any case',
    }),
    checkpointSeq: z.coerce.number().int().positive().optional(),
    checkpointHash: Sha256.optional(),
  }),
  reply: JournalVerification,
  allow: grant('any', 'auditor', 'budget-officer'),
  // One step adds up all entries of a fund: three seconds for half a million.
  deadlineMs: 5000,
});
