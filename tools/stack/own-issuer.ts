import { issuerFault } from '#platform/settings';
import type { StackSettings } from './settings';

const LIMIT_MS = 5_000;

/** Asks an OpenID provider of one's own before anything is started: without its keys nobody could do anything. */
export async function assertIssuerAnswers({ OIDC_ISSUER, OIDC_JWKS_URL }: StackSettings): Promise<void> {
  if (OIDC_ISSUER === undefined) return;
  const asked = OIDC_JWKS_URL
    ? { url: OIDC_JWKS_URL, setting: 'OIDC_JWKS_URL' }
    : { url: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`, setting: 'OIDC_ISSUER' };
  try {
    const response = await fetch(asked.url, { signal: AbortSignal.timeout(LIMIT_MS) });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    await response.json();
  } catch (error) {
    throw issuerFault(error, asked);
  }
}
