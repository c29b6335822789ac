import { z } from 'zod';
import { message } from '../message';
import { Money } from '../money';
import { Day, Id } from '../values';
import { CoverRefusal } from './commitment.operations';
import { CostCategory } from './cost-plan.operations';
import { Year } from './fund.operations';
import { PayoutStatus } from './payout.operations';

export const fundCoverGranted = message({
  subject: 'evt.finance.fund-cover.granted.v1',
  summary: 'The full-term cost of an assignment is reserved in every budget year',
  data: z.object({
    assignmentId: Id,
    commitmentId: Id,
    fundId: Id,
    total: Money,
    byYear: z.array(z.object({ year: Year, amount: Money })),
  }),
});

export const fundCoverRefused = message({
  subject: 'evt.finance.fund-cover.refused.v1',
  summary: 'The fund does not cover an assignment; nothing was reserved',
  data: z.object({
    assignmentId: Id,
    fundId: Id,
    reason: CoverRefusal,
    shortfalls: z.array(z.object({ year: Year, missing: Money })),
  }),
});

const PayoutFacts = z.object({
  payoutId: Id,
  commitmentId: Id,
  assignmentId: Id,
  fundId: Id,
  payeeId: Id.nullable(),
  amount: Money,
  budgetYear: Year,
  dueOn: Day,
  status: PayoutStatus,
  costCategory: CostCategory,
  instalment: z.int().positive(),
});

export const payoutDue = message({
  subject: 'evt.finance.payout.due.v1',
  summary: 'An instalment fell due and waits for its checks',
  data: PayoutFacts,
});
export const payoutBlocked = message({
  subject: 'evt.finance.payout.blocked.v1',
  summary: 'An instalment fell due but cannot be paid yet',
  data: PayoutFacts.extend({ reason: z.string() }),
});
export const payoutOrdered = message({
  subject: 'evt.finance.payout.ordered.v1',
  summary: 'The payment was ordered: committed -> payable',
  data: PayoutFacts,
});
export const payoutSent = message({
  subject: 'evt.finance.payout.sent.v1',
  summary: 'The payment went to the bank in a payment run',
  data: PayoutFacts.extend({ paymentRunId: Id, endToEndId: z.string() }),
});
export const payoutBooked = message({
  subject: 'evt.finance.payout.booked.v1',
  summary: 'The bank booked the payment: payable -> paid',
  data: PayoutFacts.extend({ paymentRunId: Id, endToEndId: z.string(), bookedOn: Day }),
});
export const payoutCancelled = message({
  subject: 'evt.finance.payout.cancelled.v1',
  summary: 'A planned instalment will not be paid; its money was released',
  data: PayoutFacts,
});
