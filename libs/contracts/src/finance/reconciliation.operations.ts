import { z } from 'zod';
import { Money } from '../money';
import { operation } from '../operation';
import { Day, Id, Instant, Written } from '../values';
import { FINANCE_READERS, LEDGER_STAGES, LedgerStage } from './fund.operations';

const Check = z.strictObject({
  name: Written(200),
  journal: Money,
  other: Money,
  difference: Money,
  isEqual: z.boolean(),
});

export const STATEMENT_FAULT_KINDS = [
  'STATEMENT_MISSING',
  'PAGE_MISSING',
  'OPENING_DIFFERS',
  'CLOSING_DIFFERS',
] as const;
export const StatementFaultKind = z.enum(STATEMENT_FAULT_KINDS).meta({
  id: 'StatementFaultKind',
  description:
    'STATEMENT_MISSING: numbers left out between two statements; they begin anew with a year, or go on. PAGE_MISSING: not all pages are here. OPENING_DIFFERS: it does not open with the balance that the statement before closed with. CLOSING_DIFFERS: its opening balance and entries do not give its closing balance.',
});
export type StatementFaultKind = z.infer<typeof StatementFaultKind>;

const StatementFault = z.strictObject({
  kind: StatementFaultKind,
  year: z.int().nullable().meta({ description: 'Of the statement, or of the missing numbers' }),
  statementId: Written(35).nullable(),
  numbers: z
    .strictObject({ from: z.int(), to: z.int() })
    .nullable()
    .meta({ description: 'The first and the last missing electronic sequence number' }),
  expected: Money.nullable().meta({ description: 'The balance that follows from what was before it' }),
  stated: Money.nullable().meta({ description: 'The balance that the statement states' }),
});

/** Missing or faulty statements that one answer names. */
export const FAULTS_SHOWN = 100;

const AccountBalance = z
  .strictObject({
    amount: Money,
    stated: Money.meta({ description: 'The closing balance of the last statement up to the day' }),
    statementId: Written(35),
    statedOn: Day,
  })
  .meta({
    id: 'AccountBalance',
    description: 'What an account held at the end of a day: as stated last, and what was booked on it since',
  });

/** Funds that are paid from one account, as far as one answer names them. */
export const SHARED_ACCOUNT_SHOWN = 100;

const ReconciliationPeriod = z
  .strictObject({
    from: Day,
    to: Day.meta({ description: 'The first day after it' }),
    stages: z
      .array(
        z.strictObject({ stage: LedgerStage, opening: Money, additions: Money, deductions: Money, closing: Money }),
      )
      .max(LEDGER_STAGES.length)
      .meta({ description: 'The journal over all budget years, as the statement of the fund has it by year' }),
    opening: AccountBalance.nullable().meta({ description: 'Null: no statement up to then' }),
    credits: Money.meta({ description: 'What the bank booked on the account, each entry once' }),
    debits: Money,
    closing: AccountBalance.nullable(),
    difference: Money.nullable().meta({
      description:
        'Closing less opening and entries; null where a balance is unknown. Not zero: a statement is missing',
    }),
    split: z
      .array(z.strictObject({ fundId: Id, name: Written(120), moved: Money }))
      .max(SHARED_ACCOUNT_SHOWN)
      .meta({
        description: 'Credits less debits of each fund that is paid from the account, as its entries were matched',
      }),
    ofNoFund: Money.meta({ description: 'Credits less debits that were matched to no fund' }),
  })
  .meta({ id: 'ReconciliationPeriod' });

export const ReconciliationView = z
  .strictObject({
    fundId: Id,
    accountIban: Written(42),
    asOf: Instant.meta({ description: 'When this was answered' }),
    day: Day.nullable().meta({ description: 'At the end of which booking day things stood so; null: as they stand' }),
    recordedLater: z.int().meta({
      description: 'Journal entries of days up to then that were recorded after it: the answer of then lacked them',
    }),
    sharedWith: z
      .array(z.strictObject({ id: Id, name: Written(120) }))
      .max(SHARED_ACCOUNT_SHOWN)
      .meta({ description: 'Other funds that are paid from the account; `period.split` says what moved for whom' }),
    balance: AccountBalance.nullable().meta({ description: 'Null: no statement of the account yet' }),
    period: ReconciliationPeriod.nullable(),
    journal: z.strictObject({ payable: Money, paid: Money, returned: Money }),
    payouts: z.strictObject({
      waiting: Money.meta({ description: 'Ordered or in a run, not yet at the bank' }),
      inFlight: Money.meta({ description: 'Sent and not (wholly) booked' }),
      paid: Money.meta({ description: 'Booked, less what came back' }),
      returned: Money.meta({ description: 'Rejected or returned, and neither sent again nor given back' }),
      repaidClaims: Money.meta({
        description: 'Paid back by debtors, and neither given back to the budget nor passed on',
      }),
      bookedWithoutStatement: Money.meta({ description: 'Booked by hand and not seen on a statement yet' }),
    }),
    bank: z.strictObject({
      debits: Money.meta({ description: 'Matched debits of this fund' }),
      credits: Money.meta({ description: 'Matched returns of this fund' }),
      unmatchedDebits: Money.meta({ description: 'On the account, which other funds may share' }),
      unmatchedCredits: Money,
      unmatchedEntries: z.int(),
      charges: Money.meta({ description: 'Bank charges that this fund bears, less refunds' }),
      withoutOrder: Money.meta({
        description: 'Paid without a standing order and borne by this fund, less what was paid back',
      }),
      dismissedDebits: Money.meta({
        description: 'On the account: debits that belong to no payout and are borne by no fund',
      }),
      dismissedCredits: Money,
      dismissedEntries: z.int(),
      proposedDismissals: z.int().meta({ description: 'Waiting for the second person; their entries are unmatched' }),
      missingSequenceNumbers: z
        .array(z.int())
        .max(FAULTS_SHOWN)
        .meta({ description: `The first ${FAULTS_SHOWN}` }),
      faultyStatements: z
        .array(Written(35))
        .max(FAULTS_SHOWN)
        .meta({ description: 'Opening balance and entries do not give the closing balance' }),
      statementFaults: z
        .array(StatementFault)
        .max(FAULTS_SHOWN)
        .meta({
          description: `All that keeps the statements of the account from being complete, the first ${FAULTS_SHOWN}`,
        }),
    }),
    checks: z.array(Check).max(10),
    isReconciled: z.boolean().meta({
      description:
        'Fund = journal = bank, no entry of the account is open, no statement is missing, and none contradicts another',
    }),
  })
  .meta({ id: 'ReconciliationView' });
export type ReconciliationView = z.infer<typeof ReconciliationView>;

/** Funds of one answer. */
export const FAULTY_FUNDS_SHOWN = 200;

export const listStatementFaults = operation({
  subject: 'rpc.finance.statement-fault.list',
  http: { method: 'GET', path: '/statement-faults' },
  summary: 'The funds whose account statements have gaps or contradict each other',
  description: `The first ${FAULTY_FUNDS_SHOWN} of them by name; what is missing, the reconciliation of the fund names.`,
  request: z.strictObject({}),
  reply: z.strictObject({
    items: z
      .array(
        z
          .strictObject({ fundId: Id, accountIban: Written(42), faults: z.int().positive() })
          .meta({ id: 'StatementFaultsView' }),
      )
      .max(FAULTY_FUNDS_SHOWN),
  }),
  allow: FINANCE_READERS,
});

export const getReconciliation = operation({
  subject: 'rpc.finance.reconciliation.get',
  http: { method: 'GET', path: '/funds/{fundId}/reconciliation' },
  summary: 'Compare payouts, journal and bank of a fund: as things stand, at the end of a day, or over a period',
  description:
    'Each fact counts from its booking day on, and what was taken back until the day on which it was. A period is compared at its end, with opening, movements and closing of the journal and of the account.',
  request: z
    .strictObject({
      fundId: Id,
      asOf: Day.optional().meta({ description: 'The end of this booking day' }),
      from: Day.optional(),
      to: Day.optional().meta({ description: 'The first day after the period' }),
    })
    .refine(({ asOf, from, to }) => asOf === undefined || (from === undefined && to === undefined), {
      path: ['asOf'],
      message: 'either a day or a period',
    })
    .refine(({ from, to }) => (from === undefined) === (to === undefined) && (from ?? '0') < (to ?? '1'), {
      path: ['to'],
      message: 'a period has a first day and, after it, the first day that is no part of it',
    }),
  reply: ReconciliationView,
  allow: FINANCE_READERS,
});
