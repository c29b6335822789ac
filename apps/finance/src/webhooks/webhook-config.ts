import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { loadConfig } from '#platform';

const KEY_BYTES = 32;

export const webhookConfigSchema = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
    /** 32 bytes in base64 that seal the webhooks' secrets at rest; derived from CURSOR_SECRET (HKDF) when it is not given. */
    WEBHOOK_SECRET_KEY: z
      .string()
      .refine((text) => Buffer.from(text, 'base64').length === KEY_BYTES, 'must be 32 bytes in base64')
      .optional(),
    CURSOR_SECRET: z.string().min(16),
    /** Hosts (`127.0.0.1:8080`, comma-separated) that may be private and plain http: for tests, refused in production. */
    WEBHOOK_ALLOWED_HOSTS: z.string().default(''),
  })
  .refine((config) => config.WEBHOOK_ALLOWED_HOSTS === '' || config.NODE_ENV !== 'production', {
    path: ['WEBHOOK_ALLOWED_HOSTS'],
    message: 'cannot be set in production',
  });

/** Injectable: the validated configuration of the webhooks. */
export class WebhookConfig {
  readonly secretKey: Buffer;
  readonly allowedHosts: ReadonlySet<string>;

  constructor(values: z.output<typeof webhookConfigSchema>) {
    this.secretKey = values.WEBHOOK_SECRET_KEY
      ? Buffer.from(values.WEBHOOK_SECRET_KEY, 'base64')
      : Buffer.from(hkdfSync('sha256', values.CURSOR_SECRET, '', 'finance webhook secrets', KEY_BYTES));
    this.allowedHosts = new Set(values.WEBHOOK_ALLOWED_HOSTS.split(',').filter((host) => host !== ''));
  }

  static load(): WebhookConfig {
    return new WebhookConfig(loadConfig(webhookConfigSchema));
  }
}
