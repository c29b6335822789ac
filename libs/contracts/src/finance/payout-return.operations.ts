import { z } from 'zod';
import { Money } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import { Day, flag, Id, Instant, pageOf, pageQuery, Subject, Version, Written } from '../values';
import { FINANCE_READERS } from './fund.operations';
import { PayoutView } from './payout.operations';

/** What can be decided on a payout whose money came back. */
const decision = {
  request: z.strictObject({ payoutId: Id }),
  reply: PayoutView,
  errors: [
    'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
    'FINANCE_PAYOUT_RETURN_SETTLED',
    'FINANCE_LEDGER_NOT_COVERED',
    'FINANCE_BUDGET_YEAR_CLOSED',
  ],
  allow: grant('any', 'finance-officer'),
  idempotency: 'required',
  precondition: 'required',
} as const;

export const reissuePayout = operation({
  subject: 'rpc.finance.payout.reissue',
  http: { method: 'POST', path: '/payouts/{payoutId}/reissues', success: 201, location: '/payouts/{id}' },
  summary: 'Pay again what was rejected or came back: returned -> committed, and a new payout',
  description:
    'Answers the new payout: the next attempt at the same instalment, over the amount that came back, with an EndToEndId of its own. It passes all checks and the order again. What the plan does not owe any more is not paid again (BHO 34): refused where that is all of it, and given back to the budget where it is a part. What is promised in another currency is promised again as far as it is owed, and takes EUR by the rate of the day: what came back first, then free money of the year. Where the account was closed and nobody has changed it, the payout warns of it.',
  ...decision,
  errors: [
    ...decision.errors,
    'FINANCE_PAYOUT_NO_LONGER_OWED',
    'FINANCE_EXCHANGE_RATE_MISSING',
    'FINANCE_EXCHANGE_RATE_OUTDATED',
  ],
});

export const giveBackPayout = operation({
  subject: 'rpc.finance.payout.give-back',
  http: { method: 'POST', path: '/payouts/{payoutId}/budget-returns' },
  summary: 'Give back to the budget what was rejected or came back: returned -> available',
  description: 'The payout is not paid again; its commitment can no longer draw on the amount.',
  ...decision,
});

export const PayoutReturnView = z
  .strictObject({
    id: Id.meta({ description: 'Of the payout' }),
    fundId: Id,
    assignmentId: Id.nullable(),
    purpose: Written(300).nullable().meta({ description: 'Of an expense: what its payee reads on the payment' }),
    payeeId: Id.nullable(),
    instalment: z.int().positive(),
    kind: z.enum(['REJECTED', 'RETURNED']).meta({
      description: 'REJECTED: the bank refused it before it left the account. RETURNED: it was paid and came back.',
    }),
    paid: Money.meta({ description: 'What was ordered' }),
    amount: Money.meta({ description: 'What came back: less than was paid where a bank on the way kept a charge' }),
    reason: Written(1000).nullable().meta({ description: 'As the bank gave it, such as AC04: the account is closed' }),
    occurredOn: Day,
    settlement: z
      .strictObject({ as: z.enum(['REISSUED', 'GIVEN_BACK']), by: Subject, at: Instant })
      .nullable()
      .meta({ description: 'What was decided on the money; null: it waits' }),
  })
  .meta({ id: 'PayoutReturnView', description: 'What came back of a payout, and what became of that money.' });
export type PayoutReturnView = z.infer<typeof PayoutReturnView>;

export const listPayoutReturns = operation({
  subject: 'rpc.finance.payout-return.list',
  http: { method: 'GET', path: '/payout-returns' },
  summary: 'What the bank rejected or what came back, earliest first; `isSettled=false` is what waits for a decision',
  request: z.strictObject({
    payoutId: Id.optional(),
    fundId: Id.optional(),
    isSettled: flag().optional(),
    ...pageQuery,
  }),
  reply: pageOf(PayoutReturnView),
  allow: FINANCE_READERS,
});

const ORDERED_AT_ONCE_MAX = 500;

export const orderPayouts = operation({
  subject: 'rpc.finance.payout.order-many',
  http: { method: 'POST', path: '/payout-orders' },
  summary: 'Order many payments with one act (Sammelanordnung): committed -> payable',
  description:
    'All or none. Each payout is named with the version that the orderer saw; the same rules hold as for a single order.',
  request: z.strictObject({
    payouts: z
      .array(z.strictObject({ payoutId: Id, version: Version }))
      .min(1)
      .max(ORDERED_AT_ONCE_MAX),
  }),
  reply: z.strictObject({
    ordered: z.int(),
    waitingForSecondSignature: z.int(),
    totals: z.array(Money).max(ORDERED_AT_ONCE_MAX),
  }),
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
  idempotency: 'required',
  stepUp: true,
  deadlineMs: 10_000,
});
