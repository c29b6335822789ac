import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { Id, Instant, Text, csv, pageOf, pageQuery, Written, Subject } from '../values';
import { FINANCE_READERS } from './fund.operations';
import { PayoutBlock, PayoutView } from './payout.operations';

const Reason = Text(1000).meta({ description: 'Why, in a sentence that an auditor understands' });

const control = {
  request: z.strictObject({ payoutId: Id, reason: Reason }),
  reply: PayoutView,
  idempotency: 'required',
  precondition: 'required',
} as const;

export const blockPayout = operation({
  subject: 'rpc.finance.payout.block',
  http: { method: 'POST', path: '/payouts/{payoutId}/blocks' },
  summary: 'Hold a payout that has not gone to the bank',
  description:
    'Possible in every state before SENT. The payout becomes BLOCKED(MANUAL) and returns to where it was when another person releases it; acts done so far stay.',
  errors: ['FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED', 'FINANCE_PAYOUT_BLOCKED'],
  allow: grant('any', 'programme-officer', 'finance-officer', 'payment-orderer', 'cashier'),
  ...control,
});

export const releasePayout = operation({
  subject: 'rpc.finance.payout.release',
  http: { method: 'POST', path: '/payouts/{payoutId}/releases' },
  summary: 'Release a payout that was held by hand or as a suspected duplicate',
  description:
    'By a person who neither set the block nor carried out an act on the payout, and who will carry out none later. Blocks for bank details and screening are lifted only by what they wait for.',
  errors: ['FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED', 'FINANCE_PAYOUT_BLOCK_NOT_RELEASABLE', 'FINANCE_PAYOUT_FOUR_EYES'],
  allow: grant('any', 'finance-officer', 'payment-orderer'),
  ...control,
});

export const cancelPayout = operation({
  subject: 'rpc.finance.payout.cancel',
  http: { method: 'POST', path: '/payouts/{payoutId}/cancellations' },
  summary: 'Cancel a payout that is in no payment run; its money goes back to the fund',
  description:
    'An order is voided first: payable -> committed. Then committed -> available, and the commitment can no longer draw on the amount: a plan made anew later leaves it cancelled.',
  errors: ['FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED', 'FINANCE_LEDGER_NOT_COVERED', 'FINANCE_BUDGET_YEAR_CLOSED'],
  allow: grant('any', 'finance-officer'),
  ...control,
});

export const PayoutBlockView = z
  .strictObject({
    id: Id,
    payoutId: Id,
    reason: PayoutBlock,
    note: Written(1000).nullable(),
    blockedBy: Subject.meta({ description: 'Subject of the person, or the control that set it' }),
    blockedAt: Instant,
    releasedBy: Subject.nullable(),
    releasedAt: Instant.nullable(),
    releaseNote: Written(1000).nullable(),
  })
  .meta({ id: 'PayoutBlockView', description: 'One hold on a payout, from its beginning to its release.' });
export type PayoutBlockView = z.infer<typeof PayoutBlockView>;

export const listPayoutBlocks = operation({
  subject: 'rpc.finance.payout-block.list',
  http: { method: 'GET', path: '/payouts/{payoutId}/blocks' },
  summary: 'The holds on a payout, newest first',
  request: z.strictObject({ payoutId: Id, reason: csv(PayoutBlock).optional(), ...pageQuery }),
  reply: pageOf(PayoutBlockView),
  allow: FINANCE_READERS,
});
