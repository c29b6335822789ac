import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { Role } from '#contracts';
import { readKeys } from '../identity-provider/settings';
import { oidcIssuer } from '../demo/environment';
import { providerKeysFile } from '../stack/secrets';
import { loadStackSettings } from '../stack/settings';

const MINUTES = 10;

/** Tokens of so many different people, signed as the demo provider of `npm start` does: limits for one caller are not what is tried. */
export async function tokensFor(roles: readonly Role[], count: number): Promise<string[]> {
  const { OIDC_AUDIENCE = 'fachkraeftefonds-api' } = process.env;
  const [jwk] = readKeys(providerKeysFile(loadStackSettings().dataFolder)).jwks.keys;
  if (!jwk) throw new Error('the demo identity provider has no key');
  const key = await importJWK(jwk, 'ES256');
  const now = Math.floor(Date.now() / 1000);
  const signed = Array.from({ length: count }, (_, index) =>
    new SignJWT({ roles: [roles[index % roles.length]], jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: String(jwk.kid) })
      .setIssuer(oidcIssuer())
      .setAudience(OIDC_AUDIENCE)
      .setSubject(`load-${index}`)
      .setIssuedAt(now)
      .setExpirationTime(now + MINUTES * 60)
      .sign(key),
  );
  return Promise.all(signed);
}
