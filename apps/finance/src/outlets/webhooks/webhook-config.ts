import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { databaseConfigSchema } from '#database';
import { loadConfig, platformConfigSchema } from '#platform';

const KEY_BYTES = 32;

export const webhookConfigSchema = z
  .object({
    WEBHOOK_SECRET_KEY: z
      .string()
      .refine((text) => Buffer.from(text, 'base64').length === KEY_BYTES, 'must be 32 bytes in base64')
      .optional()
      .describe(
        "32 bytes in base64 that seal the webhooks' secrets at rest; derived from CURSOR_SECRET (HKDF) when it is not given",
      ),
    CURSOR_SECRET: databaseConfigSchema.shape.CURSOR_SECRET,
    WEBHOOK_ALLOWED_HOSTS: z
      .string()
      .default('')
      .transform((text) => text.split(',').filter((host) => host !== ''))
      .refine((hosts) => hosts.every((host) => isOnThisMachine(`http://${host}`)), {
        message: 'may name hosts of this machine only, such as 127.0.0.1:8080',
      })
      .describe(
        'Receivers on this machine (`127.0.0.1:8080`, comma-separated) that get webhooks over plain http: to try them out',
      ),
    OIDC_ISSUER: platformConfigSchema.shape.OIDC_ISSUER,
  })
  // A demonstration has its identity provider beside it. Elsewhere, whoever sets an address could reach what listens next to finance.
  .refine((config) => config.WEBHOOK_ALLOWED_HOSTS.length === 0 || isOnThisMachine(config.OIDC_ISSUER), {
    path: ['WEBHOOK_ALLOWED_HOSTS'],
    message: 'is for trying things out, with an OIDC_ISSUER on this machine',
  });

function isOnThisMachine(url: string): boolean {
  const hostname = URL.parse(url)?.hostname ?? '';
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Injectable: the validated configuration of the webhooks. */
export class WebhookConfig {
  readonly secretKey: Buffer;
  readonly allowedHosts: ReadonlySet<string>;

  constructor(values: z.output<typeof webhookConfigSchema>) {
    this.secretKey = values.WEBHOOK_SECRET_KEY
      ? Buffer.from(values.WEBHOOK_SECRET_KEY, 'base64')
      : Buffer.from(hkdfSync('sha256', values.CURSOR_SECRET, '', 'finance webhook secrets', KEY_BYTES));
    this.allowedHosts = new Set(values.WEBHOOK_ALLOWED_HOSTS);
  }

  static load(): WebhookConfig {
    return new WebhookConfig(loadConfig(webhookConfigSchema));
  }
}
