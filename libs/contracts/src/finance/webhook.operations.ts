import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { grant } from '../roles';
import { Id, Instant, Line, Version, pageOf, pageQuery, MachineText, Written } from '../values';
import * as messages from './finance.messages';
import { FeedPosition } from './payout-feed.operations';

/** `own`: the webhooks that it made itself. */
const OWNER = grant('own', 'payout-consumer');
const READERS = { ...grant('any', 'finance-officer', 'budget-officer', 'auditor'), ...OWNER };
const MANAGERS = { ...grant('any', 'finance-officer'), ...OWNER };

/** `evt.finance.payout.*` takes every payout message, also kinds that come later. */
export const WEBHOOK_SUBJECT_ALL = 'evt.finance.payout.*';
export const WebhookSubject = z
  .enum([
    WEBHOOK_SUBJECT_ALL,
    ...Object.values(messages)
      .map(({ subject }) => subject)
      .filter((subject) => subject.startsWith('evt.finance.payout.')),
  ])
  .meta({ id: 'WebhookSubject' });
export type WebhookSubject = z.infer<typeof WebhookSubject>;

export const WebhookStatus = z.enum(['ACTIVE', 'DISABLED']).meta({ id: 'WebhookStatus' });
export type WebhookStatus = z.infer<typeof WebhookStatus>;
export const WebhookDisabledReason = z
  .enum(['BY_PERSON', 'REPEATED_FAILURE', 'GONE'])
  .meta({ id: 'WebhookDisabledReason', description: 'GONE: the receiver answered 410.' });
export type WebhookDisabledReason = z.infer<typeof WebhookDisabledReason>;

const ADDRESS_MAX = 1_000;

const webhookShape = {
  id: Id,
  version: Version,
  name: Written(100),
  url: Written(ADDRESS_MAX),
  subjects: z.array(Written(100)).max(10),
  status: WebhookStatus,
  disabledReason: WebhookDisabledReason.nullable(),
  position: FeedPosition.meta({ description: 'Everything up to here is delivered' }),
  failedAttempts: z.int().meta({ description: 'Attempts in a row that failed for the next message' }),
  nextAttemptAt: Instant.nullable(),
  createdAt: Instant,
};
export const WebhookView = z.strictObject(webhookShape).meta({
  id: 'WebhookView',
  description: 'An address outside that gets the payout messages in order (Standard Webhooks).',
});
export type WebhookView = z.infer<typeof WebhookView>;

export const WebhookWithSecret = z
  .strictObject({
    ...webhookShape,
    secret: Written(100).meta({
      description:
        'whsec_..., shown in this answer only (and in the answer to a repetition with the same Idempotency-Key)',
    }),
  })
  .meta({ id: 'WebhookWithSecret' });
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>;

export const createWebhook = operation({
  subject: 'rpc.finance.webhook.create',
  http: { method: 'POST', path: '/webhooks', success: 201, location: '/webhooks/{id}' },
  summary: 'Have the payout messages sent to an address',
  description:
    'Begins with the messages after this moment; replay a range for older ones. Bodies are the bytes of the message data, signed as Standard Webhooks asks (webhook-id, webhook-timestamp, webhook-signature); the CloudEvents attributes are headers (ce-id, ce-type, ce-subject, ce-time, ce-source, ce-sequence, ce-position, ce-signature) and equal to those of the feed. https and public addresses only; redirects are not followed. What is not answered with 2xx within 10 s is tried again with growing pauses for about three days, later messages wait; then the webhook is disabled.',
  request: z.strictObject({
    name: Line(100),
    url: MachineText(ADDRESS_MAX),
    subjects: z.array(WebhookSubject).min(1).max(10).default([WEBHOOK_SUBJECT_ALL]),
  }),
  reply: WebhookWithSecret,
  errors: ['FINANCE_WEBHOOK_ADDRESS_NOT_ALLOWED', 'FINANCE_WEBHOOK_LIMIT_REACHED'],
  allow: MANAGERS,
  idempotency: 'optional',
  deadlineMs: 5000,
});

export const getWebhook = operation({
  subject: 'rpc.finance.webhook.get',
  http: { method: 'GET', path: '/webhooks/{webhookId}' },
  summary: 'Read a webhook (never its secret)',
  request: z.strictObject({ webhookId: Id }),
  reply: WebhookView,
  allow: READERS,
});

export const listWebhooks = operation({
  subject: 'rpc.finance.webhook.list',
  http: { method: 'GET', path: '/webhooks' },
  summary: 'List webhooks, oldest first',
  request: z.strictObject({ ...pageQuery }),
  reply: pageOf(WebhookView),
  allow: READERS,
});

export const listWebhookActions = actionsOf('rpc.finance.webhook', '/webhooks/{webhookId}', READERS);

export const rotateWebhookSecret = operation({
  subject: 'rpc.finance.webhook.rotate-secret',
  http: { method: 'POST', path: '/webhooks/{webhookId}/secret-rotations' },
  summary: 'Make a new secret; the old one signs too until the overlap ends',
  request: z.strictObject({
    webhookId: Id,
    overlapHours: z.int().min(0).max(168).default(24).meta({ description: 'Hours in which both secrets sign' }),
  }),
  reply: WebhookWithSecret,
  allow: MANAGERS,
  idempotency: 'optional',
  precondition: 'required',
});

export const activateWebhook = operation({
  subject: 'rpc.finance.webhook.activate',
  http: { method: 'POST', path: '/webhooks/{webhookId}/activations' },
  summary: 'Go on with a disabled webhook where it stopped; nothing is left out',
  request: z.strictObject({ webhookId: Id }),
  reply: WebhookView,
  errors: ['FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED'],
  allow: MANAGERS,
  idempotency: 'optional',
  precondition: 'required',
});

export const disableWebhook = operation({
  subject: 'rpc.finance.webhook.disable',
  http: { method: 'POST', path: '/webhooks/{webhookId}/deactivations' },
  summary: 'Stop a webhook',
  request: z.strictObject({ webhookId: Id }),
  reply: WebhookView,
  errors: ['FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED'],
  allow: MANAGERS,
  idempotency: 'optional',
  precondition: 'required',
});

export const WebhookDelivery = z
  .strictObject({
    id: Id,
    messageId: Id,
    position: FeedPosition,
    type: Written(100),
    replayId: Id.nullable(),
    attempt: z.int().positive(),
    attemptedAt: Instant,
    outcome: z.enum(['DELIVERED', 'FAILED']),
    statusCode: z.int().nullable(),
    error: Written(1000).nullable(),
    durationMs: z.int(),
  })
  .meta({ id: 'WebhookDelivery', description: 'One attempt to deliver one message. Kept for 90 days.' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const listWebhookDeliveries = operation({
  subject: 'rpc.finance.webhook.list-deliveries',
  http: { method: 'GET', path: '/webhooks/{webhookId}/deliveries' },
  summary: 'The delivery log, newest attempt first',
  request: z.strictObject({ webhookId: Id, outcome: z.enum(['DELIVERED', 'FAILED']).optional(), ...pageQuery }),
  reply: pageOf(WebhookDelivery),
  allow: READERS,
});

export const WebhookReplay = z
  .strictObject({
    id: Id,
    webhookId: Id,
    fromPosition: FeedPosition,
    toPosition: FeedPosition,
    messages: z.int().meta({ description: 'How many messages of its subjects lie in the range' }),
  })
  .meta({ id: 'WebhookReplay' });
export type WebhookReplay = z.infer<typeof WebhookReplay>;

export const replayWebhook = operation({
  subject: 'rpc.finance.webhook.replay',
  http: { method: 'POST', path: '/webhooks/{webhookId}/replays' },
  summary: 'Send a range of positions again, both ends included',
  description: 'In order and beside the running deliveries, with the same ids: the receiver takes effect once per id.',
  request: z.strictObject({ webhookId: Id, fromPosition: FeedPosition, toPosition: FeedPosition }),
  reply: WebhookReplay,
  errors: ['FINANCE_WEBHOOK_RANGE_INVALID', 'FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED'],
  allow: MANAGERS,
  idempotency: 'required',
});
