import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { Id, Instant } from '../values';

/** One position of the feed: the CloudEvent as it went over NATS, its data as the exact bytes. */
export const PayoutFeedItem = z
  .strictObject({
    position: z.string().meta({ description: 'Position in the feed, a growing decimal; pass the last one as `after`' }),
    id: Id.meta({ description: 'ce-id of the message' }),
    type: z.string(),
    time: Instant,
    data: z.string().meta({ description: 'The data of the message as JSON text, byte for byte as over NATS' }),
  })
  .meta({ id: 'PayoutFeedItem' });
export type PayoutFeedItem = z.infer<typeof PayoutFeedItem>;

export const readPayoutFeed = operation({
  subject: 'rpc.finance.payout-feed.read',
  http: { method: 'GET', path: '/payout-feed' },
  summary: 'The payout messages after a position, in order; replay from any point',
  description:
    'The same messages as the NATS subjects evt.finance.payout.*. With `waitSeconds` an empty feed is watched before it answers; the answer comes after 4 seconds at the latest, so repeat with the same `after`.',
  request: z.strictObject({
    after: z
      .string()
      .regex(/^\d{1,18}$/)
      .default('0'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    waitSeconds: z.coerce.number().int().min(0).max(20).default(0),
  }),
  reply: z.strictObject({
    items: z.array(PayoutFeedItem),
    next: z.string().meta({ description: 'The `after` of the next call' }),
  }),
  allow: grant('any', 'finance-officer', 'budget-officer', 'auditor'),
  deadlineMs: 5000,
});
