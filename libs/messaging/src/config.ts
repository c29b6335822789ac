import { z } from 'zod';
import type { ServiceName } from '#contracts';
import { platformConfigSchema } from '#platform';
import { TrustedKeys } from './signing/message-verifier';

const variables = z.object({
  NODE_ENV: platformConfigSchema.shape.NODE_ENV,
  MESSAGING_INBOX: z
    .enum(['on', 'off'])
    .default('on')
    .describe('`off` lets duplicates take effect: the negative control of the crash tests, refused in production'),
  MESSAGING_RECONCILE_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(30_000)
    .describe('How often un-received messages are asked for; a lost stream is healed within two of them'),
  MESSAGING_RECEIPT_AFTER_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(10_000)
    .describe('How old a published message must be before the consumers are asked for it'),
  MESSAGING_BACKLOG_SECONDS_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .default(60)
    .describe('When the oldest message has waited this long for the stream, the process says that it is not ready'),
  MESSAGING_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(8)
    .describe('Messages of different aggregates that one process handles at the same time'),
  MESSAGING_RETRY_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(100)
    .describe('First pause before a failed message is tried again; it grows fourfold each time'),
  SIGNING_KEY: z
    .string()
    .min(1)
    .optional()
    .describe("Ed25519 key (PKCS8 in PEM, or JWK) that signs this service's messages; without it they are not signed"),
  TRUSTED_SIGNING_KEYS: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('is no JSON');
        return z.NEVER;
      }
    })
    .pipe(TrustedKeys)
    .default({})
    .describe('JSON: the public keys of services whose messages are taken only when they are signed'),
});

/** Their messages make others pay: they are never sent unsigned in production (docs/reliability.md#money-messages-are-signed). */
const MOVE_MONEY: readonly ServiceName[] = ['finance', 'staffing'];

/** How a service's messaging behaves; the defaults are right for production. */
export function messagingConfigFor(service: ServiceName) {
  return variables
    .refine((config) => config.MESSAGING_INBOX === 'on' || config.NODE_ENV !== 'production', {
      path: ['MESSAGING_INBOX'],
      message: 'cannot be off in production',
    })
    .refine(
      (config) => config.SIGNING_KEY !== undefined || config.NODE_ENV !== 'production' || !MOVE_MONEY.includes(service),
      {
        path: ['SIGNING_KEY'],
        message: 'is missing: messages that move money are never sent unsigned in production',
      },
    );
}

/** Injectable: the validated configuration of this service's messaging. */
export class MessagingConfig {
  readonly isInboxOn: boolean;
  readonly reconcileMs: number;
  readonly receiptAfterMs: number;
  readonly backlogSecondsMax: number;
  readonly concurrency: number;
  readonly retryMs: number;
  readonly signingKey: string | undefined;
  readonly trustedKeys: TrustedKeys;

  constructor(values: z.output<typeof variables>) {
    this.isInboxOn = values.MESSAGING_INBOX === 'on';
    this.reconcileMs = values.MESSAGING_RECONCILE_MS;
    this.receiptAfterMs = values.MESSAGING_RECEIPT_AFTER_MS;
    this.backlogSecondsMax = values.MESSAGING_BACKLOG_SECONDS_MAX;
    this.concurrency = values.MESSAGING_CONCURRENCY;
    this.retryMs = values.MESSAGING_RETRY_MS;
    this.signingKey = values.SIGNING_KEY;
    this.trustedKeys = values.TRUSTED_SIGNING_KEYS;
  }
}
