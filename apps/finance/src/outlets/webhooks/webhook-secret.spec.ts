import { randomBytes, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { RETRY_DELAYS_MS, retryDelayMs } from './retry-schedule';
import { WebhookConfig, webhookConfigSchema } from './webhook-config';
import { newWebhookSecret, openSecret, sealSecret, webhookSignature } from './webhook-secret';

describe('the secret of a webhook', () => {
  const box = { id: randomUUID(), key: randomBytes(32) };

  it('opens under its own key and id only, and not when a byte was changed', () => {
    const secret = newWebhookSecret();
    const sealed = sealSecret(secret, box);
    expect(openSecret(sealed, box)).toBe(secret);
    expect(sealed.includes(secret)).toBe(false);
    expect(() => openSecret(sealed, { ...box, id: randomUUID() })).toThrow();
    expect(() => openSecret(sealed, { ...box, key: randomBytes(32) })).toThrow();
    const altered = Buffer.from(sealed);
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    expect(() => openSecret(altered, box)).toThrow();
  });

  it('signs as the reference library of Standard Webhooks verifies, with both secrets during a rotation', () => {
    const [first, second] = [newWebhookSecret(), newWebhookSecret()];
    const body = '{"amount":"1,00 €"}';
    const timestamp = Math.floor(new Date().getTime() / 1000);
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': webhookSignature([first, second], { id: 'msg_1', timestamp, body }),
    };
    expect(new Webhook(first).verify(body, headers)).toEqual(JSON.parse(body));
    expect(new Webhook(second).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow();
    expect(() => new Webhook(first).verify(`${body} `, headers)).toThrow();
  });
});

describe('the retry schedule', () => {
  it('grows, stays within a fifth of its pauses, and ends', () => {
    expect([...RETRY_DELAYS_MS].sort((a, b) => a - b)).toEqual(RETRY_DELAYS_MS);
    expect(retryDelayMs(1, 0)).toBe(4000);
    expect(retryDelayMs(1, 1)).toBe(6000);
    expect(retryDelayMs(RETRY_DELAYS_MS.length, 0.5)).toBe(24 * 3_600_000);
    expect(retryDelayMs(RETRY_DELAYS_MS.length + 1, 0.5)).toBeUndefined();
  });
});

describe('the configuration of webhooks', () => {
  const base = { CURSOR_SECRET: 'a-cursor-secret-for-tests', OIDC_ISSUER: 'http://127.0.0.1:3001' };

  it('derives the key from CURSOR_SECRET, or takes the one that is given', () => {
    const derived = new WebhookConfig(webhookConfigSchema.parse(base));
    expect(derived.secretKey).toHaveLength(32);
    expect(derived.secretKey.toString()).not.toContain('cursor');
    const key = randomBytes(32);
    const given = webhookConfigSchema.parse({ ...base, WEBHOOK_SECRET_KEY: key.toString('base64') });
    expect(new WebhookConfig(given).secretKey).toEqual(key);
  });

  it('refuses a key of another length', () => {
    expect(() => webhookConfigSchema.parse({ ...base, WEBHOOK_SECRET_KEY: 'c2hvcnQ=' })).toThrow();
  });

  it('lets receivers on this machine be tried out', () => {
    const hosts = ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080'];
    const config = new WebhookConfig(webhookConfigSchema.parse({ ...base, WEBHOOK_ALLOWED_HOSTS: hosts.join(',') }));
    expect([...config.allowedHosts]).toEqual(hosts);
  });

  it.each(['10.0.0.7:8080', 'erp.example', '127.0.0.1.example:80', '127.0.0.1:80@erp.example', '169.254.169.254', ' '])(
    'refuses %p as a receiver without https',
    (host) => {
      const parsed = webhookConfigSchema.safeParse({ ...base, WEBHOOK_ALLOWED_HOSTS: `localhost:1,${host}` });
      expect(parsed.error?.issues).toMatchObject([
        { path: ['WEBHOOK_ALLOWED_HOSTS'], message: expect.stringContaining('hosts of this machine only') as string },
      ]);
    },
  );

  it('refuses receivers on this machine under a real identity provider', () => {
    const real = { ...base, OIDC_ISSUER: 'https://login.example', WEBHOOK_ALLOWED_HOSTS: '127.0.0.1:8080' };
    expect(webhookConfigSchema.safeParse(real).error?.issues).toMatchObject([
      { path: ['WEBHOOK_ALLOWED_HOSTS'], message: 'is for trying things out, with an OIDC_ISSUER on this machine' },
    ]);
    expect(webhookConfigSchema.safeParse({ ...real, WEBHOOK_ALLOWED_HOSTS: '' }).success).toBe(true);
  });
});
