import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { grant } from '../roles';
import { csv, Id, Instant, pageOf, pageQuery, Subject, Text, Version, Written } from '../values';
import { FINANCE_READERS } from './fund.operations';

/** What a bank says of one payment in a pain.002, as far as it asks for something. Source: docs/domain.md#answers-of-the-bank. */
export const PAYMENT_ANSWER_STATUSES = ['RJCT', 'CANC', 'RCVC', 'RVMC', 'RVNM', 'RVNA'] as const;
export const PaymentAnswerStatus = z.enum(PAYMENT_ANSWER_STATUSES).meta({
  id: 'PaymentAnswerStatus',
  description:
    'RJCT: rejected. CANC: cancelled. The check of name against IBAN (Regulation (EU) 2024/886): RCVC match, RVMC close match, RVNM no match, RVNA not possible.',
});
export type PaymentAnswerStatus = z.infer<typeof PaymentAnswerStatus>;

export const PAYMENT_ANSWER_STATES = ['APPLIED', 'WAITING', 'OPEN', 'PROPOSED', 'SETTLED'] as const;
export const PaymentAnswerState = z.enum(PAYMENT_ANSWER_STATES).meta({
  id: 'PaymentAnswerState',
  description:
    'APPLIED: it took effect, or asks for none. WAITING: takes effect when the run is recorded as sent. OPEN: a person has to look. PROPOSED: one person has said what is to become of it. SETTLED: a second person has confirmed that.',
});
export type PaymentAnswerState = z.infer<typeof PaymentAnswerState>;

const Said = z.strictObject({ by: Subject, at: Instant, reason: Written(1000) }).nullable();

export const PaymentAnswerView = z
  .strictObject({
    id: Id,
    version: Version,
    bankMessageId: Id,
    originalMessageId: Written(35).meta({ description: 'MsgId of the file that the bank answers' }),
    paymentRunId: Id.nullable().meta({ description: 'null: no file from here' }),
    payoutId: Id.nullable(),
    payeeId: Id.nullable().meta({ description: 'Whom the payment went to when the bank answered' }),
    endToEndId: Written(35).nullable(),
    status: PaymentAnswerStatus,
    reason: Written(35).nullable(),
    reasonText: Written(300).nullable().meta({ description: 'Its words, in the language of Accept-Language (de, en)' }),
    nameAtBank: Written(140).nullable().meta({ description: 'The name that the bank of the payee knows' }),
    state: PaymentAnswerState,
    explanation: Written(300).nullable().meta({ description: 'Why a person has to look, in that language' }),
    receivedAt: Instant,
    proposal: Said,
    confirmation: Said,
  })
  .meta({ id: 'PaymentAnswerView', description: 'What the bank said of one payment, and what became of it.' });
export type PaymentAnswerView = z.infer<typeof PaymentAnswerView>;

export const listPaymentAnswers = operation({
  subject: 'rpc.finance.payment-answer.list',
  http: { method: 'GET', path: '/payment-answers' },
  summary: 'What the bank answered on single payments, newest first; `state=OPEN,PROPOSED` is the work list',
  request: z.strictObject({
    state: csv(PaymentAnswerState).optional(),
    status: csv(PaymentAnswerStatus).optional(),
    paymentRunId: Id.optional(),
    payoutId: Id.optional(),
    payeeId: Id.optional(),
    bankMessageId: Id.optional(),
    ...pageQuery,
  }),
  reply: pageOf(PaymentAnswerView),
  allow: FINANCE_READERS,
});

export const getPaymentAnswer = operation({
  subject: 'rpc.finance.payment-answer.get',
  http: { method: 'GET', path: '/payment-answers/{paymentAnswerId}' },
  summary: 'Read what the bank answered on a payment',
  request: z.strictObject({ paymentAnswerId: Id }),
  reply: PaymentAnswerView,
  allow: FINANCE_READERS,
});

export const listPaymentAnswerActions = actionsOf(
  'rpc.finance.payment-answer',
  '/payment-answers/{paymentAnswerId}',
  FINANCE_READERS,
);

const decision = {
  request: z.strictObject({
    paymentAnswerId: Id,
    reason: Text(1000).meta({
      description: 'What is to become of it and why, in a sentence that an auditor understands',
    }),
  }),
  reply: PaymentAnswerView,
  errors: ['FINANCE_PAYMENT_ANSWER_TRANSITION_NOT_ALLOWED'],
  idempotency: 'required',
  precondition: 'required',
} as const;

export const proposePaymentAnswerSettlement = operation({
  subject: 'rpc.finance.payment-answer.propose-settlement',
  http: { method: 'POST', path: '/payment-answers/{paymentAnswerId}/settlements' },
  summary: 'Say what is to become of an answer that took no effect by itself',
  description:
    'The first of two persons. With a name that does not match (RVNM) it says that the payee was asked and is paid all the same; a run with such an answer is not sent before the second person has confirmed it.',
  allow: grant('any', 'cashier', 'finance-officer'),
  ...decision,
});

export const confirmPaymentAnswerSettlement = operation({
  subject: 'rpc.finance.payment-answer.confirm-settlement',
  http: { method: 'POST', path: '/payment-answers/{paymentAnswerId}/confirmations' },
  summary: 'Confirm what is to become of an answer; it leaves the work list',
  description: 'By another person than the one who proposed it, and never by a cashier (BHO 77).',
  allow: grant('any', 'finance-officer', 'payment-orderer'),
  ...decision,
  errors: [...decision.errors, 'FINANCE_PAYMENT_ANSWER_FOUR_EYES'],
});

export const rejectPaymentAnswerSettlement = operation({
  subject: 'rpc.finance.payment-answer.reject-settlement',
  http: { method: 'POST', path: '/payment-answers/{paymentAnswerId}/rejections' },
  summary: 'Reject or withdraw what was proposed; the answer is open again',
  allow: grant('any', 'cashier', 'finance-officer', 'payment-orderer'),
  ...decision,
});
