import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { grant } from '../roles';
import { CurrencyCode, Id, Instant, Text, Version, csv, pageOf, pageQuery, Written, Subject } from '../values';
import { BankAccount } from './payee.operations';

export const BankAccountChangeStatus = z
  .enum(['PROPOSED', 'CONFIRMED', 'EFFECTIVE', 'REJECTED'])
  .meta({ id: 'BankAccountChangeStatus' });
export type BankAccountChangeStatus = z.infer<typeof BankAccountChangeStatus>;

const Decision = z.strictObject({ by: Subject, at: Instant, note: Written(1000) }).nullable();

const StoredAccount = z.strictObject({
  iban: Written(42).nullable(),
  accountNumber: Written(34).nullable(),
  bic: Written(11).nullable(),
  holder: Written(70),
  currency: CurrencyCode,
});

export const BankAccountChangeView = z
  .strictObject({
    id: Id,
    version: Version,
    payeeId: Id,
    status: BankAccountChangeStatus,
    bankAccount: StoredAccount,
    previousBankAccount: StoredAccount,
    reason: Written(1000),
    proposedBy: Subject,
    proposedAt: Instant,
    quarantineEndsAt: Instant.meta({ description: 'Not effective before, whoever confirms' }),
    confirmation: Decision.meta({ description: 'Who called the payee back on a number known before, and the result' }),
    rejection: Decision,
    effectiveAt: Instant.nullable(),
  })
  .meta({
    id: 'BankAccountChangeView',
    description: 'A new bank account of a payee on its way through confirmation and quarantine; never deleted.',
  });
export type BankAccountChangeView = z.infer<typeof BankAccountChangeView>;

export const proposeBankAccountChange = operation({
  subject: 'rpc.finance.bank-account-change.propose',
  http: {
    method: 'POST',
    path: '/payees/{payeeId}/bank-account-changes',
    success: 201,
    location: '/payees/{payeeId}/bank-account-changes/{id}',
  },
  summary: 'Propose another bank account for a payee; freezes its payouts',
  description:
    'Every payout of the payee that has not gone to the bank becomes BLOCKED(BANK_DETAILS_CHANGED) until the change is effective or rejected. Effective once another person has confirmed it and the quarantine is over (rule bank-account-quarantine). Changed bank details are the usual way of payment fraud.',
  request: z.strictObject({ payeeId: Id, bankAccount: BankAccount, reason: Text(1000) }),
  reply: BankAccountChangeView,
  errors: [
    'FINANCE_BANK_ACCOUNT_CHANGE_PENDING',
    'FINANCE_BANK_ACCOUNT_UNCHANGED',
    'FINANCE_IBAN_INVALID',
    'FINANCE_BIC_INVALID',
    'FINANCE_BIC_MISSING',
    'FINANCE_ACCOUNT_NUMBER_IS_IBAN',
    'FINANCE_PAYEE_TEXT_NOT_PAYABLE',
  ],
  allow: grant('any', 'finance-officer'),
  idempotency: 'required',
});

const READERS = grant('any', 'finance-officer', 'payment-orderer', 'cashier', 'auditor');

const decision = {
  reply: BankAccountChangeView,
  errors: ['FINANCE_BANK_ACCOUNT_CHANGE_TRANSITION_NOT_ALLOWED', 'FINANCE_BANK_ACCOUNT_CHANGE_FOUR_EYES'],
  idempotency: 'required',
  precondition: 'required',
} as const;

export const confirmBankAccountChange = operation({
  subject: 'rpc.finance.bank-account-change.confirm',
  http: { method: 'POST', path: '/payees/{payeeId}/bank-account-changes/{changeId}/confirmations' },
  summary: 'Confirm a new bank account after calling the payee back',
  description: 'By another person than the one who proposed it. Takes effect at the end of the quarantine.',
  request: z.strictObject({
    payeeId: Id,
    changeId: Id,
    callBackNote: Text(1000).meta({ description: 'Who was called, on which number known before, and what they said' }),
  }),
  allow: grant('any', 'finance-officer', 'payment-orderer'),
  ...decision,
});

export const rejectBankAccountChange = operation({
  subject: 'rpc.finance.bank-account-change.reject',
  http: { method: 'POST', path: '/payees/{payeeId}/bank-account-changes/{changeId}/rejections' },
  summary: 'Reject a new bank account that is not effective yet; the payouts go on to the old one',
  description: 'Also by another person than the one who proposed it: whoever proposes cannot unfreeze alone.',
  request: z.strictObject({ payeeId: Id, changeId: Id, reason: Text(1000) }),
  allow: grant('any', 'finance-officer', 'payment-orderer'),
  ...decision,
});

export const listBankAccountChanges = operation({
  subject: 'rpc.finance.bank-account-change.list',
  http: { method: 'GET', path: '/payees/{payeeId}/bank-account-changes' },
  summary: 'The bank account changes of a payee, newest first',
  request: z.strictObject({ payeeId: Id, ...pageQuery }),
  reply: pageOf(BankAccountChangeView),
  allow: READERS,
});

export const listAllBankAccountChanges = operation({
  subject: 'rpc.finance.bank-account-change.list-all',
  http: { method: 'GET', path: '/bank-account-changes' },
  summary:
    'The bank account changes of all payees, newest first; `status=PROPOSED` is what waits for the second person',
  request: z.strictObject({ status: csv(BankAccountChangeStatus).optional(), ...pageQuery }),
  reply: pageOf(BankAccountChangeView),
  allow: READERS,
});

export const listBankAccountChangeActions = actionsOf(
  'rpc.finance.bank-account-change',
  '/payees/{payeeId}/bank-account-changes/{changeId}',
  READERS,
);

export const getBankAccountChange = operation({
  subject: 'rpc.finance.bank-account-change.get',
  http: { method: 'GET', path: '/payees/{payeeId}/bank-account-changes/{changeId}' },
  summary: 'Read a bank account change',
  request: z.strictObject({ payeeId: Id, changeId: Id }),
  reply: BankAccountChangeView,
  allow: READERS,
});
