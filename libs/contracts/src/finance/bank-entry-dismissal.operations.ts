import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { Money } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import { Id, Instant, Text, Version, csv, pageOf, pageQuery, Written, Subject } from '../values';
import { FINANCE_READERS, Year } from './fund.operations';

export const DISMISSAL_STATUSES = ['PROPOSED', 'CONFIRMED', 'REJECTED', 'REVOKED'] as const;
export const DismissalStatus = z.enum(DISMISSAL_STATUSES).meta({ id: 'DismissalStatus' });
export type DismissalStatus = z.infer<typeof DismissalStatus>;

export const DismissalCategory = z
  .enum([
    'BANK_CHARGE',
    'INTEREST',
    'FUNDING_RECEIVED',
    'CLAIM_REPAID',
    'PAID_WITHOUT_ORDER',
    'RETURN_OF_CLOSED_YEAR',
    'REPEATED',
    'NOT_OF_THE_FUND',
  ])
  .meta({
    id: 'DismissalCategory',
    description:
      'BANK_CHARGE: a fee of the bank, or its refund. INTEREST: of the bank; income is never netted against expenditure (BHO 15), so it is no budget of the fund. FUNDING_RECEIVED: money drawn down for the fund, recorded as a drawdown. CLAIM_REPAID: paid by a debtor, recorded as a payment of the claim. PAID_WITHOUT_ORDER: twice, too much or given up; the fund bears it until it is paid back. RETURN_OF_CLOSED_YEAR: income of the year in which it comes in (BHO 15, 72, 76). REPEATED: another entry tells it already, or it is only rounding. NOT_OF_THE_FUND: money of somebody else.',
  });
export type DismissalCategory = z.infer<typeof DismissalCategory>;

/** What leaves the money of a fund without a payout. */
const BORNE: ReadonlySet<DismissalCategory> = new Set(['BANK_CHARGE', 'PAID_WITHOUT_ORDER']);

const Decision = z.strictObject({ by: Subject, at: Instant, reason: Written(1000) });

export const BankEntryDismissalView = z
  .strictObject({
    id: Id,
    version: Version,
    bankEntryId: Id,
    status: DismissalStatus,
    category: DismissalCategory,
    amount: Money.meta({ description: 'What of the entry was open when the dismissal was proposed' }),
    charge: z.strictObject({ fundId: Id, budgetYear: Year }).nullable().meta({
      description:
        'The fund that bears a bank charge or a payment without order: available -> paid, the other way round for a refund',
    }),
    proposal: Decision,
    decision: Decision.nullable(),
    revocation: Decision.nullable(),
  })
  .meta({
    id: 'BankEntryDismissalView',
    description:
      'Takes a bank entry that belongs to no payout off the work list, by two persons. The entry stays on record and in the reconciliation.',
  });
export type BankEntryDismissalView = z.infer<typeof BankEntryDismissalView>;

export const proposeBankEntryDismissal = operation({
  subject: 'rpc.finance.bank-entry-dismissal.propose',
  http: {
    method: 'POST',
    path: '/bank-entries/{bankEntryId}/dismissals',
    success: 201,
    location: '/bank-entry-dismissals/{id}',
  },
  summary: 'Propose that the open part of a bank entry belongs to no payout',
  description:
    'Changes nothing yet: the entry stays on the work list until another person confirms. A bank charge may name the fund that bears it, a payment without order does; its budget year is the year of booking (BHO 72) unless another open one is given.',
  request: z
    .strictObject({
      bankEntryId: Id,
      category: DismissalCategory,
      reason: Text(1000),
      fundId: Id.optional(),
      budgetYear: Year.optional(),
    })
    .refine(({ category, fundId }) => fundId === undefined || BORNE.has(category), {
      path: ['fundId'],
      message: 'only a BANK_CHARGE and what was PAID_WITHOUT_ORDER is borne by a fund',
    })
    .refine(({ category, fundId }) => fundId !== undefined || category !== 'PAID_WITHOUT_ORDER', {
      path: ['fundId'],
      message: 'the fund that bears it',
    })
    .refine(({ fundId, budgetYear }) => budgetYear === undefined || fundId !== undefined, {
      path: ['budgetYear'],
      message: 'needs fundId',
    }),
  reply: BankEntryDismissalView,
  errors: [
    'FINANCE_BANK_ENTRY_SETTLED',
    'FINANCE_BANK_ENTRY_DISMISSAL_PENDING',
    'FINANCE_BANK_ENTRY_FUND_MISMATCH',
    'FINANCE_BANK_ENTRY_NO_CREDIT',
    'FINANCE_BUDGET_YEAR_UNKNOWN',
  ],
  allow: grant('any', 'cashier'),
  idempotency: 'required',
  precondition: 'required',
});

const decision = {
  request: z.strictObject({ dismissalId: Id, reason: Text(1000) }),
  reply: BankEntryDismissalView,
  idempotency: 'required',
  precondition: 'required',
} as const;

const TRANSITION_ERRORS = ['FINANCE_BANK_ENTRY_DISMISSAL_TRANSITION_NOT_ALLOWED'] as const;

export const confirmBankEntryDismissal = operation({
  subject: 'rpc.finance.bank-entry-dismissal.confirm',
  http: { method: 'POST', path: '/bank-entry-dismissals/{dismissalId}/confirmations' },
  summary: 'Confirm a dismissal: the entry leaves the work list, a charge is booked to its fund',
  description:
    'By another person than the one who proposed it, and never by a cashier: who pays and books does not order (BHO 77). Refused when the entry was matched in the meantime.',
  ...decision,
  errors: [
    ...TRANSITION_ERRORS,
    'FINANCE_BANK_ENTRY_DISMISSAL_FOUR_EYES',
    'FINANCE_BANK_ENTRY_SETTLED',
    'FINANCE_BUDGET_YEAR_CLOSED',
    'FINANCE_LEDGER_NOT_COVERED',
  ],
  allow: grant('any', 'finance-officer', 'payment-orderer'),
});

export const rejectBankEntryDismissal = operation({
  subject: 'rpc.finance.bank-entry-dismissal.reject',
  http: { method: 'POST', path: '/bank-entry-dismissals/{dismissalId}/rejections' },
  summary: 'Reject or withdraw a proposed dismissal; the entry stays on the work list',
  ...decision,
  errors: TRANSITION_ERRORS,
  allow: grant('any', 'cashier', 'finance-officer', 'payment-orderer'),
});

export const revokeBankEntryDismissal = operation({
  subject: 'rpc.finance.bank-entry-dismissal.revoke',
  http: { method: 'POST', path: '/bank-entry-dismissals/{dismissalId}/revocations' },
  summary: 'Take a confirmed dismissal back: the entry is on the work list again, a charge is reversed',
  ...decision,
  errors: [...TRANSITION_ERRORS, 'FINANCE_BUDGET_YEAR_CLOSED', 'FINANCE_LEDGER_NOT_COVERED'],
  allow: grant('any', 'finance-officer', 'payment-orderer'),
});

export const getBankEntryDismissal = operation({
  subject: 'rpc.finance.bank-entry-dismissal.get',
  http: { method: 'GET', path: '/bank-entry-dismissals/{dismissalId}' },
  summary: 'Read a dismissal of a bank entry',
  request: z.strictObject({ dismissalId: Id }),
  reply: BankEntryDismissalView,
  allow: FINANCE_READERS,
});

export const listBankEntryDismissalActions = actionsOf(
  'rpc.finance.bank-entry-dismissal',
  '/bank-entry-dismissals/{dismissalId}',
  FINANCE_READERS,
);

export const listBankEntryDismissals = operation({
  subject: 'rpc.finance.bank-entry-dismissal.list',
  http: { method: 'GET', path: '/bank-entry-dismissals' },
  summary: 'Dismissals of bank entries, newest first; `status=PROPOSED` is what waits for the second person',
  request: z.strictObject({
    status: csv(DismissalStatus).optional(),
    bankEntryId: Id.optional(),
    fundId: Id.optional(),
    ...pageQuery,
  }),
  reply: pageOf(BankEntryDismissalView),
  allow: FINANCE_READERS,
});
