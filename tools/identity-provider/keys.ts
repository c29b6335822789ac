import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { ProviderKeys } from './settings';

/** New signing and cookie keys. */
export async function newProviderKeys(): Promise<ProviderKeys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'ES256' };
  return { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('hex')] };
}
