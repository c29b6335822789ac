import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { Money, PositiveMoney } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import {
  Day,
  Id,
  Instant,
  Line,
  Text,
  Version,
  csv,
  pageOf,
  pageQuery,
  MachineText,
  Written,
  Subject,
} from '../values';
import { BankEntryDismissalView } from './bank-entry-dismissal.operations';
import { FINANCE_READERS } from './fund.operations';
import { TRANSFER_PARTS_MAX } from './payment-run.operations';
import { PayoutStatus } from './payout.operations';

export const BANK_ENTRY_STATUSES = ['UNMATCHED', 'PARTLY_MATCHED', 'MATCHED', 'DUPLICATE', 'DISMISSED'] as const;
export const BankEntryStatus = z.enum(BANK_ENTRY_STATUSES).meta({
  id: 'BankEntryStatus',
  description:
    'DUPLICATE: the same booking came before, in a statement or notification, as one entry or as several; it counts once. DISMISSED: two persons decided that what was open of it belongs to no payout.',
});
export type BankEntryStatus = z.infer<typeof BankEntryStatus>;

export const BANK_ENTRY_OBSTACLES = [
  'NO_BOOKING_DAY',
  'STATUS_UNKNOWN',
  'FOREIGN_CURRENCY',
  'AMOUNT_UNCLEAR',
  'PART_WITHOUT_AMOUNT',
  'PARTS_CONTRADICT',
  'REVERSAL',
  'CHANGED',
  'LOOKS_REPEATED',
] as const;
export const BankEntryObstacle = z.enum(BANK_ENTRY_OBSTACLES).meta({
  id: 'BankEntryObstacle',
  description:
    'Why an entry is decided by a person whatever it names. NO_BOOKING_DAY: the bank gave none; the day shown is that of the statement. STATUS_UNKNOWN: neither booked nor pending in ISO 20022 (Sts/Prtry). FOREIGN_CURRENCY: not in the currency of the account. AMOUNT_UNCLEAR: more decimals than its currency has; the amount shown is rounded up. PART_WITHOUT_AMOUNT: several payments, and not each has an amount in the currency of the entry. PARTS_CONTRADICT: its payments go the other way, or do not give its amount. REVERSAL: a debit that takes back a credit (RvslInd). CHANGED: a corrected statement says something else than the one before. LOOKS_REPEATED: an entry just like it stood in another statement, and nothing tells whether it is the same.',
});
export type BankEntryObstacle = z.infer<typeof BankEntryObstacle>;

export const MatchKind = z.enum(['BOOKED', 'CONFIRMED', 'RETURNED', 'RETURN_REVERSED']).meta({
  id: 'MatchKind',
  description:
    'BOOKED: payable -> paid. CONFIRMED: a payout that a cashier had booked by hand, now seen at the bank. RETURNED: paid -> returned, the whole or a part. RETURN_REVERSED: the bank has taken what came back again, returned -> paid.',
});
export type MatchKind = z.infer<typeof MatchKind>;

export const MatchRule = z
  .enum(['END_TO_END_ID', 'BATCH_REFERENCE', 'AMOUNT_IBAN_DATE', 'REMITTANCE', 'RUN_TOTAL', 'PERSON'])
  .meta({
    id: 'MatchRule',
    description: 'Why entry and payout belong together. Source: docs/domain.md#matching-bank-entries.',
  });
export type MatchRule = z.infer<typeof MatchRule>;

export const Direction = z.enum(['DEBIT', 'CREDIT']);
export type Direction = z.infer<typeof Direction>;

const entry = {
  id: Id,
  version: Version,
  bankMessageId: Id,
  accountIban: Written(42),
  statementId: Written(35),
  direction: Direction.meta({ description: 'DEBIT: money left the account' }),
  amount: Money,
  matched: Money,
  bookedOn: Day,
  valueOn: Day.nullable(),
  bankReference: Written(35).nullable().meta({ description: 'AcctSvcrRef' }),
  status: BankEntryStatus,
  explanation: Written(1000).nullable().meta({
    description:
      'Why it is not (wholly) matched by itself, as things stand when it is read and in the language of Accept-Language (de, en)',
  }),
  obstacle: BankEntryObstacle.nullable(),
};

export const BankEntryView = z
  .strictObject(entry)
  .meta({ id: 'BankEntryView', description: 'One booked line of an account.' });
export type BankEntryView = z.infer<typeof BankEntryView>;

export const MatchProposal = z
  .strictObject({
    rank: z.int().positive(),
    score: z.int().min(0).max(100),
    rule: MatchRule,
    explanation: Written(1000),
    paymentRunId: Id.nullable().meta({ description: 'Stands for all open payouts of the run' }),
    allocations: z.array(z.strictObject({ payoutId: Id, amount: Money })).max(TRANSFER_PARTS_MAX),
  })
  .meta({ id: 'MatchProposal' });
export type MatchProposal = z.infer<typeof MatchProposal>;

/** What one answer shows of an entry; an entry that books a whole file has thousands of transactions. */
export const TRANSACTIONS_SHOWN = 100;
export const MATCHES_SHOWN = 200;
export const BANK_RECEIPTS_SHOWN = 50;
export const DISMISSALS_SHOWN = 20;
export const REVERSALS_SHOWN = 20;
export const REMITTANCE_SHOWN = 500;
export const PROPOSALS_MAX = 5;

export const BankEntryDetail = z
  .strictObject({
    ...entry,
    transactions: z
      .array(
        z.strictObject({
          number: z.int(),
          direction: Direction.meta({ description: 'A part may go the other way than its entry' }),
          amount: Money.nullable().meta({ description: 'In the currency of the entry; null: the bank gave none' }),
          charges: Money.meta({ description: 'What banks took of this payment' }),
          endToEndId: Written(35).nullable(),
          batchReference: Written(35).nullable(),
          counterpartyName: Written(140).nullable(),
          counterpartyIban: Written(42).nullable(),
          remittance: Written(REMITTANCE_SHOWN).nullable(),
          returnReason: Written(140).nullable(),
        }),
      )
      .max(TRANSACTIONS_SHOWN),
    matches: z
      .array(
        z.strictObject({
          payoutId: Id,
          paymentRunId: Id,
          kind: MatchKind,
          rule: MatchRule,
          amount: Money,
          statusBefore: PayoutStatus.meta({
            description: 'Where the payout stood, and stands again if this is taken back',
          }),
          by: Subject,
          at: Instant,
          takenBackAt: Instant.nullable().meta({ description: 'When it was taken back; null: it stands' }),
        }),
      )
      .max(MATCHES_SHOWN),
    receipts: z
      .array(
        z.strictObject({
          claimId: Id.nullable(),
          drawdownId: Id.nullable(),
          amount: Money,
          by: Subject,
          at: Instant,
          takenBackAt: Instant.nullable(),
        }),
      )
      .max(BANK_RECEIPTS_SHOWN)
      .meta({ description: 'What a credit is the money of: a payment of a claim, or a drawdown' }),
    reversals: z
      .array(z.strictObject({ by: Subject, at: Instant, reason: Written(1000) }))
      .max(REVERSALS_SHOWN)
      .meta({ description: `Who took its matches back, and why: the latest ${REVERSALS_SHOWN}` }),
    proposals: z.array(MatchProposal).max(PROPOSALS_MAX),
    dismissals: z.array(BankEntryDismissalView).max(DISMISSALS_SHOWN),
  })
  .meta({
    id: 'BankEntryDetail',
    description: `A bank entry with its transactions (the first ${TRANSACTIONS_SHOWN}, remittances cut at ${REMITTANCE_SHOWN} characters), matches (the first ${MATCHES_SHOWN}), ranked proposals and dismissals (the latest ${DISMISSALS_SHOWN}).`,
  });
export type BankEntryDetail = z.infer<typeof BankEntryDetail>;

export const listBankEntries = operation({
  subject: 'rpc.finance.bank-entry.list',
  http: { method: 'GET', path: '/bank-entries' },
  summary: 'List booked bank entries, earliest first; `status=UNMATCHED,PARTLY_MATCHED` is the work list',
  request: z.strictObject({
    status: csv(BankEntryStatus).optional(),
    accountIban: MachineText(42).optional(),
    direction: Direction.optional(),
    bankMessageId: Id.optional(),
    bookedOnFrom: Day.optional(),
    bookedOnTo: Day.optional(),
    ...pageQuery,
  }),
  reply: pageOf(BankEntryView),
  allow: FINANCE_READERS,
});

export const getBankEntry = operation({
  subject: 'rpc.finance.bank-entry.get',
  http: { method: 'GET', path: '/bank-entries/{bankEntryId}' },
  summary: 'Read a bank entry with ranked, explained proposals of what it may belong to',
  request: z.strictObject({ bankEntryId: Id }),
  reply: BankEntryDetail,
  allow: FINANCE_READERS,
});

export const matchBankEntry = operation({
  subject: 'rpc.finance.bank-entry.match',
  http: { method: 'POST', path: '/bank-entries/{bankEntryId}/matches' },
  summary: 'Decide what a bank entry belongs to: payouts with amounts, or all open payouts of a payment run',
  description:
    'A debit books payouts that were sent, wholly or in part, or takes back what came back of one; a credit returns booked ones, wholly or in part. The cashier who decides carried out no other act on the payouts (BHO 77).',
  request: z
    .strictObject({
      bankEntryId: Id,
      paymentRunId: Id.optional(),
      allocations: z
        .array(z.strictObject({ payoutId: Id, amount: PositiveMoney }))
        .min(1)
        .max(500)
        .optional(),
      reason: Line(200).optional(),
    })
    .refine((request) => (request.paymentRunId === undefined) !== (request.allocations === undefined), {
      message: 'give either paymentRunId or allocations',
    }),
  reply: BankEntryDetail,
  errors: [
    'FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED',
    'FINANCE_BANK_ENTRY_SETTLED',
    'FINANCE_MATCH_NOT_POSSIBLE',
    'FINANCE_PAYOUT_FOUR_EYES',
    'FINANCE_BUDGET_YEAR_CLOSED',
  ],
  allow: grant('any', 'cashier'),
  idempotency: 'required',
  precondition: 'required',
  deadlineMs: 10_000,
});

export const takeBackBankMatch = operation({
  subject: 'rpc.finance.bank-entry.take-back-match',
  http: { method: 'POST', path: '/bank-entries/{bankEntryId}/match-reversals' },
  summary: 'Take back what a bank entry was matched to; the entry is on the work list again',
  description:
    'All matches of the entry that stand. What they booked is reversed in the journal (a reversing entry; both stay), and each payout stands where it was before: a booked one is SENT, a returned one BOOKED, unless another part of it came back too. Refused where something followed: a booking whose return was seen, or a return on whose money was decided.',
  request: z.strictObject({
    bankEntryId: Id,
    reason: Text(1000).meta({ description: 'Why, in a sentence that an auditor understands' }),
  }),
  reply: BankEntryDetail,
  errors: [
    'FINANCE_BANK_ENTRY_NOT_MATCHED',
    'FINANCE_BANK_MATCH_FOLLOWED',
    'FINANCE_BUDGET_YEAR_CLOSED',
    'FINANCE_LEDGER_NOT_COVERED',
  ],
  allow: grant('any', 'cashier', 'finance-officer'),
  idempotency: 'required',
  precondition: 'required',
  deadlineMs: 10_000,
});

export const listBankEntryActions = actionsOf('rpc.finance.bank-entry', '/bank-entries/{bankEntryId}', FINANCE_READERS);
