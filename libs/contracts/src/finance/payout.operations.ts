import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { CaseNumber, caseNumberQuery } from '../case-number';
import { Money } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import { Day, Id, Instant, Version, csv, pageOf, pageQuery, Written, Subject, Sha256 } from '../values';
import { FINANCE_READERS_OR_OWN } from './commitment.operations';
import { CostCategory, LocalAmount, PayeeKind } from './cost-plan.operations';
import { Year } from './fund.operations';

/** Source: docs/finance.md#the-life-of-a-payout. */
export const PAYOUT_STATUSES = [
  'PLANNED',
  'DUE',
  'FACTUALLY_CHECKED',
  'ARITHMETICALLY_CHECKED',
  'ORDERED',
  'IN_RUN',
  'SENT',
  'BOOKED',
  'REJECTED',
  'RETURNED',
  'BLOCKED',
  'CANCELLED',
] as const;
export const PayoutStatus = z.enum(PAYOUT_STATUSES).meta({ id: 'PayoutStatus' });
export type PayoutStatus = z.infer<typeof PayoutStatus>;

export const PayoutBlock = z
  .enum([
    'PAYEE_MISSING',
    'REPORT_MISSING',
    'PROOF_MISSING',
    'BANK_DETAILS_CHANGED',
    'SCREENING_MISSING',
    'SANCTIONED',
    'DUPLICATE_SUSPECTED',
    'MANUAL',
  ])
  .meta({
    id: 'PayoutBlock',
    description:
      'PROOF_MISSING: an instalment of a local expert waits until 80 % of the one before, and all of the earlier ones, is proven spent by accepted proofs of use or paid back on their claims (rule proof-share; docs/domain.md#local-experts).',
  });
export type PayoutBlock = z.infer<typeof PayoutBlock>;

/** What a payout pays. INVOICE and TRAVEL: its commitment has the id of the invoice or claim. */
export const PayoutSource = z.enum(['INSTALMENT', 'INVOICE', 'TRAVEL']).meta({
  id: 'PayoutSource',
  description:
    'INSTALMENT: of the plan of an assignment. INVOICE: of a supplier. TRAVEL: a claim of travel costs. Of the last two the commitment has the id of the invoice or claim.',
});
export type PayoutSource = z.infer<typeof PayoutSource>;

const Act = z
  .strictObject({ by: Subject.meta({ description: 'Subject of the person, as in the access token' }), at: Instant })
  .nullable();

export const PayoutView = z
  .strictObject({
    id: Id,
    version: Version,
    caseNumber: CaseNumber,
    commitmentId: Id,
    assignmentId: Id.nullable().meta({ description: 'null: an expense that was made for no assignment' }),
    source: PayoutSource,
    fundId: Id,
    instalment: z.int().positive(),
    reference: Written(200).meta({ description: 'What is paid for; the duplicate detector compares it' }),
    purpose: Written(300).nullable().meta({ description: 'What the payee of an expense reads on the payment' }),
    creditorReference: Written(25).nullable().meta({ description: 'ISO 11649 (RF…), structured in the bank file' }),
    category: CostCategory,
    budgetYear: Year,
    amount: Money.meta({
      description: 'Of a payout in another currency what is set aside for it, and once it is booked what was debited',
    }),
    instructed: LocalAmount.nullable().meta({ description: 'What the payee is promised in another currency than EUR' }),
    dueOn: Day,
    requiredReports: z.int(),
    payeeKind: PayeeKind,
    payeeId: Id.nullable(),
    status: PayoutStatus,
    blocked: PayoutBlock.nullable(),
    factualCheck: Act,
    arithmeticalCheck: Act,
    order: Act,
    secondOrder: Act.meta({ description: 'The second order signature, where the amount asks for one' }),
    orderSignatures: z.int().meta({ description: 'How many order signatures the amount asks for; set by the first' }),
    orderHash: Sha256.nullable().meta({
      description: 'sha256 of payee, account, amount and purpose as ordered; another content voids the order',
    }),
    payment: Act,
    booking: Act,
    paymentRunId: Id.nullable(),
    bookedOn: Day.nullable(),
    attempt: z.int().positive().meta({ description: '2 and more: the payment before was rejected or came back' }),
    reissueOf: Id.nullable().meta({ description: 'The payout that this one pays again' }),
  })
  .meta({
    id: 'PayoutView',
    description: 'One instalment of a commitment, or an expense, and the acts on it, each by another person.',
  });
export type PayoutView = z.infer<typeof PayoutView>;

const BankReturn = z
  .strictObject({
    kind: z.enum(['REJECTED', 'RETURNED']),
    reason: Written(1000).nullable().meta({ description: 'The code of the bank, such as AC04' }),
    reasonText: Written(300).nullable().meta({ description: 'Its words, in the language of Accept-Language (de, en)' }),
    amount: Money.meta({ description: 'What came back: less than was paid where a bank kept a charge' }),
    occurredOn: Day,
    settlement: z
      .strictObject({ as: z.enum(['REISSUED', 'GIVEN_BACK']), by: Subject, at: Instant })
      .nullable()
      .meta({ description: 'What was decided on the money; null: it waits' }),
  })
  .meta({
    id: 'BankReturn',
    description: 'Why the bank rejected a payment or sent it back, and what became of the money.',
  });

export const PayoutDetail = z
  .strictObject({
    ...PayoutView.shape,
    bankReturn: BankReturn.nullable(),
    warnings: z.array(Written(500)).max(1).meta({
      description: 'To be seen before it is paid (again), in the language of Accept-Language: the account is closed',
    }),
  })
  .meta({ id: 'PayoutDetail', description: 'A payout with what the bank said of it.' });
export type PayoutDetail = z.infer<typeof PayoutDetail>;

export const getPayout = operation({
  subject: 'rpc.finance.payout.get',
  http: { method: 'GET', path: '/payouts/{payoutId}' },
  summary: 'Read a payout',
  request: z.strictObject({ payoutId: Id }),
  reply: PayoutDetail,
  allow: FINANCE_READERS_OR_OWN,
});

export const listPayoutActions = actionsOf('rpc.finance.payout', '/payouts/{payoutId}', FINANCE_READERS_OR_OWN);

export const listPayouts = operation({
  subject: 'rpc.finance.payout.list',
  http: { method: 'GET', path: '/payouts' },
  summary: 'List payouts, earliest due first',
  request: z.strictObject({
    ...caseNumberQuery,
    fundId: Id.optional(),
    commitmentId: Id.optional(),
    assignmentId: Id.optional(),
    payeeId: Id.optional(),
    paymentRunId: Id.optional(),
    status: csv(PayoutStatus).optional(),
    dueOnFrom: Day.optional(),
    dueOnTo: Day.optional(),
    ...pageQuery,
  }),
  reply: pageOf(PayoutView),
  allow: FINANCE_READERS_OR_OWN,
});

const act = {
  request: z.strictObject({ payoutId: Id }),
  reply: PayoutView,
  idempotency: 'required',
  precondition: 'required',
  stepUp: true,
} as const;

export const checkPayoutFactually = operation({
  subject: 'rpc.finance.payout.check-factually',
  http: { method: 'POST', path: '/payouts/{payoutId}/factual-checks' },
  summary: 'Certify that the payout is factually right (sachliche Richtigkeit)',
  errors: ['FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED', 'FINANCE_PAYOUT_BLOCKED', 'FINANCE_PAYOUT_FOUR_EYES'],
  allow: grant('any', 'programme-officer'),
  ...act,
});

export const checkPayoutArithmetically = operation({
  subject: 'rpc.finance.payout.check-arithmetically',
  http: { method: 'POST', path: '/payouts/{payoutId}/arithmetical-checks' },
  summary: 'Certify that the payout is arithmetically right (rechnerische Richtigkeit)',
  errors: ['FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED', 'FINANCE_PAYOUT_BLOCKED', 'FINANCE_PAYOUT_FOUR_EYES'],
  allow: grant('any', 'finance-officer'),
  ...act,
});

export const orderPayout = operation({
  subject: 'rpc.finance.payout.order',
  http: { method: 'POST', path: '/payouts/{payoutId}/orders' },
  summary: 'Order the payment (Anordnung, BHO 70): committed -> payable',
  description:
    'Binds payee, account, amount and purpose by their sha256; when one of them changes later the order is void. From an amount on (rule second-signature-from) a second person must order too: the first signature leaves the payout ARITHMETICALLY_CHECKED, the second makes it ORDERED.',
  errors: [
    'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
    'FINANCE_PAYOUT_FOUR_EYES',
    'FINANCE_PAYOUT_BLOCKED',
    'FINANCE_PAYOUT_ORDER_OUTDATED',
    'FINANCE_PAYOUT_RATE_MOVED',
    'FINANCE_PAYOUT_RESERVE_EXCEEDED',
    'FINANCE_EXCHANGE_RATE_MISSING',
    'FINANCE_EXCHANGE_RATE_OUTDATED',
    'FINANCE_LEDGER_NOT_COVERED',
    'FINANCE_BUDGET_YEAR_CLOSED',
  ],
  allow: grant('any', 'payment-orderer'),
  ...act,
});
