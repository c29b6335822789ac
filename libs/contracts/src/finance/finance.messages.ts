import { z } from 'zod';
import { CaseNumber } from '../case-number';
import { message } from '../message';
import { Money } from '../money';
import { Day, Id, Instant, Period } from '../values';
import { CommitmentStatus, CoverRefusal } from './commitment.operations';
import { FullTimePercent, PLAN_YEARS_MAX } from './cost-inputs';
import { CostCategory } from './cost-plan.operations';
import { Year } from './fund.operations';
import { PayoutSource, PayoutStatus } from './payout.operations';

export const fundCoverGranted = message({
  subject: 'evt.finance.fund-cover.granted.v1',
  summary: 'The full-term cost of an assignment is reserved in every budget year',
  data: z.object({
    assignmentId: Id,
    commitmentId: Id,
    fundId: Id,
    total: Money,
    byYear: z.array(z.object({ year: Year, amount: Money })).max(PLAN_YEARS_MAX),
  }),
});

export const fundCoverRefused = message({
  subject: 'evt.finance.fund-cover.refused.v1',
  summary: 'The fund does not cover an assignment; nothing was reserved',
  data: z.object({
    assignmentId: Id,
    fundId: Id,
    reason: CoverRefusal,
    shortfalls: z.array(z.object({ year: Year, missing: Money })).max(PLAN_YEARS_MAX),
  }),
});

export const fundCoverExpired = message({
  subject: 'evt.finance.fund-cover.expired.v1',
  summary: 'A reservation was not confirmed in time; its money is available again',
  data: z.object({ assignmentId: Id, commitmentId: Id, fundId: Id }),
});

export const fundCoverExtended = message({
  subject: 'evt.finance.fund-cover.extended.v1',
  summary: 'The additional term of an assignment is committed in every budget year',
  data: z.object({
    assignmentId: Id,
    commitmentId: Id,
    fundId: Id,
    period: Period.meta({ description: 'The whole term that is covered now' }),
    total: Money,
    byYear: z.array(z.object({ year: Year, amount: Money })).max(PLAN_YEARS_MAX),
  }),
});

export const fundCoverExtensionRefused = message({
  subject: 'evt.finance.fund-cover.extension-refused.v1',
  summary: 'The fund does not cover the additional term; the old one stays covered',
  data: z.object({
    assignmentId: Id,
    fundId: Id.nullable(),
    period: Period.meta({ description: 'The term that was asked for' }),
    reason: CoverRefusal,
    shortfalls: z.array(z.object({ year: Year, missing: Money })).max(PLAN_YEARS_MAX),
  }),
});

const shareChange = { from: Day, fullTimePercent: FullTimePercent };

export const fundCoverShareChanged = message({
  subject: 'evt.finance.fund-cover.share-changed.v1',
  summary: 'Another share of full time, or other terms, of an assignment are committed in every budget year',
  data: z.object({
    assignmentId: Id,
    commitmentId: Id,
    fundId: Id,
    ...shareChange,
    total: Money,
    byYear: z.array(z.object({ year: Year, amount: Money })).max(PLAN_YEARS_MAX),
  }),
});

export const fundCoverShareChangeRefused = message({
  subject: 'evt.finance.fund-cover.share-change-refused.v1',
  summary: 'The fund does not cover another share of full time, or other terms; what held stays covered',
  data: z.object({
    assignmentId: Id,
    fundId: Id.nullable(),
    ...shareChange,
    reason: CoverRefusal,
    shortfalls: z.array(z.object({ year: Year, missing: Money })).max(PLAN_YEARS_MAX),
  }),
});

export const fundCoverChangeRefused = message({
  subject: 'evt.finance.fund-cover.change-refused.v1',
  summary:
    'A budget year does not hold what a change that has happened needs; that part is neither paid nor bound until it does',
  data: z.object({
    assignmentId: Id,
    commitmentId: Id,
    fundId: Id,
    reason: CoverRefusal,
    shortfalls: z.array(z.object({ year: Year, missing: Money })).max(PLAN_YEARS_MAX),
    since: Instant,
  }),
});

export const fundCoverChangeGranted = message({
  subject: 'evt.finance.fund-cover.change-granted.v1',
  summary: 'What a change of an assignment needs and had lacked is committed in every budget year',
  data: z.object({
    assignmentId: Id,
    commitmentId: Id,
    fundId: Id,
    total: Money,
    byYear: z.array(z.object({ year: Year, amount: Money })).max(PLAN_YEARS_MAX),
  }),
});

export const commitmentRecorded = message({
  subject: 'evt.finance.commitment.recorded.v1',
  summary: 'What is bound for an assignment changed; the full present state',
  data: z.object({
    commitmentId: Id,
    assignmentId: Id,
    fundId: Id,
    status: CommitmentStatus,
    period: Period,
    byYear: z
      .array(z.object({ year: Year, amount: Money }))
      .max(PLAN_YEARS_MAX)
      .meta({ description: 'Bound in each budget year, less what was given up again; what was paid of it included' }),
  }),
});

const PayoutFacts = z.object({
  payoutId: Id,
  caseNumber: CaseNumber.optional().meta({
    description: 'What people call the payout by; absent in messages of before',
  }),
  commitmentId: Id,
  assignmentId: Id.nullable().meta({ description: 'null: an expense that was made for no assignment' }),
  source: PayoutSource.optional().meta({ description: 'What it pays; left out in messages of before' }),
  fundId: Id,
  payeeId: Id.nullable(),
  amount: Money.meta({
    description:
      'In the currency of the fund; of a payment in another currency what is set aside, until the debit says what it cost',
  }),
  instructed: Money.optional().meta({
    description:
      'What the bank is instructed to pay, of a payment in another currency; absent where that is the amount',
  }),
  budgetYear: Year,
  dueOn: Day,
  status: PayoutStatus,
  costCategory: CostCategory,
  instalment: z.int().positive(),
});

const EXAMPLE = {
  payoutId: '0199b1d0-4c5a-7e3b-9a61-c09980b38e29',
  caseNumber: 'AZ-2026-0147-7',
  commitmentId: '0199b1cf-e06a-73cf-ac10-15d615a462a8',
  assignmentId: '0199b1cf-8ffc-71bd-9917-6f7fbb8f4dc6',
  fundId: '0199a02e-fa4f-7538-8c12-65ba447472f7',
  payeeId: '0199b1cf-902a-77db-98b3-44f49059f5f0',
  amount: { amount: '3728.71', currency: 'EUR' },
  budgetYear: 2027,
  dueOn: '2027-02-01',
  status: 'DUE',
  costCategory: 'PERSONAL',
  instalment: 1,
} satisfies z.input<typeof PayoutFacts>;
const PAYMENT_EXAMPLE = {
  paymentRunId: '0199b1e2-16d8-7681-a33e-7afb66054e4f',
  endToEndId: '0199b1d04c5a7e3b9a61c09980b38e29',
};

export const payoutDue = message({
  subject: 'evt.finance.payout.due.v1',
  summary: 'An instalment fell due and waits for its checks',
  data: PayoutFacts,
  example: EXAMPLE,
});
export const payoutBlocked = message({
  subject: 'evt.finance.payout.blocked.v1',
  summary: 'An instalment fell due but cannot be paid yet',
  data: PayoutFacts.extend({ reason: z.string().max(1_000) }),
  example: { ...EXAMPLE, status: 'BLOCKED', reason: 'REPORT_MISSING' },
});
export const payoutOrdered = message({
  subject: 'evt.finance.payout.ordered.v1',
  summary: 'The payment was ordered: committed -> payable',
  data: PayoutFacts,
  example: { ...EXAMPLE, status: 'ORDERED' },
});
export const payoutSent = message({
  subject: 'evt.finance.payout.sent.v1',
  summary: 'The payment went to the bank in a payment run',
  data: PayoutFacts.extend({ paymentRunId: Id, endToEndId: z.string().max(35) }),
  example: { ...EXAMPLE, ...PAYMENT_EXAMPLE, status: 'SENT' },
});
export const payoutBooked = message({
  subject: 'evt.finance.payout.booked.v1',
  summary: 'The bank booked the payment: payable -> paid',
  data: PayoutFacts.extend({
    paymentRunId: Id,
    endToEndId: z.string().max(35),
    bookedOn: Day,
    exchangeDifference: Money.optional().meta({
      description:
        'What was set aside above the debit of a payment in another currency, and is free again: so much less than in the messages before is the amount. Absent where there is none',
    }),
  }),
  example: { ...EXAMPLE, ...PAYMENT_EXAMPLE, status: 'BOOKED', bookedOn: '2027-02-03' },
});
export const payoutRejected = message({
  subject: 'evt.finance.payout.rejected.v1',
  summary: 'The bank refused the payment before it left the account: payable -> returned',
  data: PayoutFacts.extend({
    paymentRunId: Id,
    endToEndId: z.string().max(35),
    reason: z.string().max(1_000).nullable(),
  }),
  example: { ...EXAMPLE, ...PAYMENT_EXAMPLE, status: 'REJECTED', reason: 'AC04' },
});
export const payoutReturned = message({
  subject: 'evt.finance.payout.returned.v1',
  summary: 'The payment came back: paid -> returned',
  data: PayoutFacts.extend({
    paymentRunId: Id,
    endToEndId: z.string().max(35),
    returned: Money.meta({ description: 'Less than the amount when a bank kept its charge' }),
    returnedOn: Day,
    reason: z.string().max(1_000).nullable(),
  }),
  example: {
    ...EXAMPLE,
    ...PAYMENT_EXAMPLE,
    status: 'RETURNED',
    returned: { amount: '3720.21', currency: 'EUR' },
    returnedOn: '2027-02-08',
    reason: 'AC04',
  },
});
export const payoutReopened = message({
  subject: 'evt.finance.payout.reopened.v1',
  summary: 'What was said of the payment before was taken back: it stands where its status says again',
  data: PayoutFacts.extend({
    reason: z.string().max(1_000),
    returned: Money.optional().meta({ description: 'What is still back, of a payout that stands as RETURNED' }),
  }),
  example: { ...EXAMPLE, status: 'SENT', reason: 'The debit belongs to the payment of the month before.' },
});
export const payoutCancelled = message({
  subject: 'evt.finance.payout.cancelled.v1',
  summary: 'A planned instalment will not be paid; its money was released',
  data: PayoutFacts,
  example: { ...EXAMPLE, status: 'CANCELLED' },
});
export const payoutOrderVoided = message({
  subject: 'evt.finance.payout.order-voided.v1',
  summary: 'An order no longer holds, because what it bound changed or the payout was cancelled: payable -> committed',
  data: PayoutFacts.extend({ reason: z.string().max(1_000) }),
  example: {
    ...EXAMPLE,
    status: 'ARITHMETICALLY_CHECKED',
    reason: 'payee, account, amount or purpose changed after the order',
  },
});
export const payoutReleased = message({
  subject: 'evt.finance.payout.released.v1',
  summary: 'A payout that was held goes on from where it was',
  data: PayoutFacts,
  example: EXAMPLE,
});
