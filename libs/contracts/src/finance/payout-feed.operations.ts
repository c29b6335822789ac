import { z } from 'zod';
import { EXTERNAL_SUBSCRIPTIONS } from '../external-subscriptions';
import { operation } from '../operation';
import { EVERY_PERSON, grant } from '../roles';
import { Id, Instant, Written, Code } from '../values';

/** A place in the feed: a growing decimal number, as text because it may exceed what JSON numbers carry. */
export const FeedPosition = Code(18, /^\d{1,18}$/, 'a decimal number of at most 18 digits').meta({
  description:
    'Position in the feed, a growing decimal; numbers are skipped, because other messages of finance have them',
});

/** One position of the feed: the CloudEvent as it went over NATS, its data as the exact bytes. */
export const PayoutFeedItem = z
  .strictObject({
    position: FeedPosition.meta({ description: 'Position in the feed; pass the last one as `after`' }),
    id: Id.meta({ description: 'ce-id of the message; the same over every channel. Take effect once per id' }),
    type: Written(100).meta({ description: 'ce-type: the subject of the message' }),
    subject: Written(100).meta({ description: 'ce-subject: the payout' }),
    time: Instant.meta({ description: 'ce-time: when it happened' }),
    sequence: z.int().meta({ description: 'Version of the payout after the change' }),
    data: Written(20_000).meta({ description: 'The data of the message as JSON text, byte for byte as over NATS' }),
    signature: Written(1000).nullable().meta({
      description:
        'ce-signature: detached JWS (RFC 7515 appendix F, EdDSA) of the finance service over the canonical JSON (RFC 8785) of {"datasha256","id","sequence","source","subject","time","type"}; see /v1/signing-keys. null: written before signing began',
    }),
  })
  .meta({ id: 'PayoutFeedItem' });
export type PayoutFeedItem = z.infer<typeof PayoutFeedItem>;

const FEED_ITEMS_MAX = 1_000;

export const readPayoutFeed = operation({
  subject: 'rpc.finance.payout-feed.read',
  http: { method: 'GET', path: '/payout-feed' },
  summary: 'The payout messages after a position, in order; replay from any point',
  description:
    'Fewer than `limit` where they would be too large for one answer: go on at `next`. The same messages as the NATS subjects evt.finance.payout.* and the webhooks, with equal data bytes. With `waitSeconds` an empty feed is watched for so long before it answers empty. Positions count all messages of finance, so those of the feed skip numbers; a position after the last one of all is refused (409 with `end`): the fund went back to an older database, or the position is of another installation.',
  request: z.strictObject({
    after: FeedPosition.default('0'),
    limit: z.coerce.number().int().min(1).max(FEED_ITEMS_MAX).default(100),
    waitSeconds: z.coerce.number().int().min(0).max(20).default(0),
  }),
  reply: z.strictObject({
    items: z.array(PayoutFeedItem).max(FEED_ITEMS_MAX),
    next: FeedPosition.meta({ description: 'The `after` of the next call' }),
  }),
  allow: grant('any', 'finance-officer', 'budget-officer', 'auditor', 'payout-consumer'),
  errors: ['FINANCE_FEED_POSITION_BEYOND_END'],
  deadlineMs: 25_000,
});

/** Consumers, the latest to confirm first, and keys, newest first, that one answer shows. */
export const RECEIPTS_SHOWN = 500;
export const SIGNING_KEYS_SHOWN = 500;

export const PayoutFeedReceipt = z
  .strictObject({
    consumer: Written(40),
    position: FeedPosition.meta({ description: 'Everything up to here is in the books of the consumer' }),
    confirmedAt: Instant,
    lagMessages: z.int().meta({ description: 'Payout messages after the confirmed position' }),
    lagSeconds: z.int().meta({ description: 'Age of the oldest of them; 0 when none is left' }),
  })
  .meta({ id: 'PayoutFeedReceipt', description: 'How far a consumer of the payout feed has confirmed.' });
export type PayoutFeedReceipt = z.infer<typeof PayoutFeedReceipt>;

export const confirmPayoutFeed = operation({
  subject: 'rpc.finance.payout-feed.confirm',
  http: { method: 'POST', path: '/payout-feed/receipts' },
  summary: 'Confirm that everything up to a position is in the books of the consumer',
  description:
    'Says that the messages arrived where they belong, which a delivery alone does not. A position never goes back; confirming the same one again changes nothing. A payout-consumer keeps the name under which it confirmed first: another one is refused there.',
  request: z.strictObject({
    consumer: Code(40, /^[a-z][a-z0-9-]{1,39}$/)
      .default('finance-department')
      .meta({ description: 'Name of the consuming system' }),
    position: FeedPosition,
  }),
  reply: PayoutFeedReceipt,
  errors: ['FINANCE_RECEIPT_BEHIND', 'FINANCE_RECEIPT_BEYOND_FEED', 'FINANCE_RECEIPT_OF_ANOTHER'],
  allow: { ...grant('any', 'finance-officer'), ...grant('own', 'payout-consumer') },
  idempotency: 'optional',
});

export const listPayoutFeedReceipts = operation({
  subject: 'rpc.finance.payout-feed.list-receipts',
  http: { method: 'GET', path: '/payout-feed/receipts' },
  summary: 'How far each consumer has confirmed, and how far behind it is; a payout-consumer sees its own',
  request: z.strictObject({}),
  reply: z.strictObject({
    end: FeedPosition.meta({ description: 'Position of the newest payout message' }),
    items: z.array(PayoutFeedReceipt).max(RECEIPTS_SHOWN),
  }),
  allow: { ...grant('any', 'finance-officer', 'budget-officer', 'auditor'), ...grant('own', 'payout-consumer') },
});

const DURABLES = EXTERNAL_SUBSCRIPTIONS.filter(
  ({ publisher, isFollowed }) => isFollowed && publisher === 'finance',
).map(({ durable }) => durable);

export const replayPayoutFeed = operation({
  subject: 'rpc.finance.payout-feed.replay',
  http: { method: 'POST', path: '/payout-feed/replays' },
  summary: 'Send everything from a position on once more over the NATS durable of a consumer',
  description:
    'For a consumer that lost messages and reads NATS alone; the others read the feed from any position. The same ids and bytes come again, in the background and beside what is new: the receiver takes effect once per id.',
  request: z.strictObject({
    consumer: z.enum(DURABLES).default('finance-department').meta({ description: 'Name of the durable' }),
    fromPosition: FeedPosition,
  }),
  reply: z
    .strictObject({
      consumer: Written(40),
      fromPosition: FeedPosition,
      messages: z.int().meta({ description: 'How many will come again' }),
    })
    .meta({ id: 'PayoutFeedReplay', description: 'A range of the feed that is sent again over NATS.' }),
  errors: ['FINANCE_RECEIPT_BEYOND_FEED'],
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
});

export const listSigningKeys = operation({
  subject: 'rpc.finance.signing-key.list',
  http: { method: 'GET', path: '/signing-keys' },
  summary: 'The public keys that finance has ever signed messages with (JWKS, RFC 7517)',
  description:
    'Ed25519 keys (RFC 8037); `kid` is the RFC 7638 thumbprint and stands in the header of each signature. Pin the keys you have checked: a key that appears here without notice is a reason to ask.',
  request: z.strictObject({}),
  reply: z.strictObject({
    keys: z
      .array(
        z.strictObject({
          kty: z.literal('OKP'),
          crv: z.literal('Ed25519'),
          x: Written(100),
          kid: Written(100),
          use: z.literal('sig'),
          alg: z.literal('EdDSA'),
        }),
      )
      .max(SIGNING_KEYS_SHOWN),
  }),
  allow: { ...EVERY_PERSON, ...grant('any', 'payout-consumer') },
});
