import { generateKeyPairSync } from 'node:crypto';
import { loadConfig } from '#platform';
import { messagingConfigFor } from './config';

const SIGNING_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('in production', () => {
  it.each(['finance', 'staffing'] as const)('%s does not start without a key to sign its messages', (service) => {
    expect(() => loadConfig(messagingConfigFor(service), { NODE_ENV: 'production' })).toThrow(
      'SIGNING_KEY: is missing: messages that move money are never sent unsigned in production',
    );
    expect(() => loadConfig(messagingConfigFor(service), {})).toThrow('SIGNING_KEY');
    expect(loadConfig(messagingConfigFor(service), { SIGNING_KEY }).SIGNING_KEY).toBe(SIGNING_KEY);
  });

  it('services whose messages move no money may do without', () => {
    expect(loadConfig(messagingConfigFor('events'), { NODE_ENV: 'production' }).SIGNING_KEY).toBeUndefined();
  });

  it('is never without an inbox', () => {
    const env = { NODE_ENV: 'production', MESSAGING_INBOX: 'off' };
    expect(() => loadConfig(messagingConfigFor('events'), env)).toThrow('MESSAGING_INBOX: cannot be off in production');
  });
});

describe('trusted keys', () => {
  it('are public Ed25519 keys by service', () => {
    const key = { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' };
    const load = (value: unknown) =>
      loadConfig(messagingConfigFor('events'), { TRUSTED_SIGNING_KEYS: JSON.stringify(value) }).TRUSTED_SIGNING_KEYS;
    expect(load({ staffing: [key] })).toEqual({ staffing: [key] });
    for (const wrong of [{ nobody: [key] }, { staffing: [] }, { staffing: [{ ...key, kty: 'RSA' }] }, 'x']) {
      expect(() => load(wrong)).toThrow('TRUSTED_SIGNING_KEYS');
    }
    expect(() => loadConfig(messagingConfigFor('events'), { TRUSTED_SIGNING_KEYS: '{' })).toThrow(
      'TRUSTED_SIGNING_KEYS',
    );
  });
});

it('development and tests need no key', () => {
  expect(loadConfig(messagingConfigFor('finance'), { NODE_ENV: 'test' }).SIGNING_KEY).toBeUndefined();
});
