import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { DEMO_KEY_PREFIX, isLoopback } from './settings';

const FETCH_TIMEOUT_MS = 3000;

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keySetSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })) });

export interface IssuerAddress {
  readonly OIDC_ISSUER: string;
  readonly OIDC_JWKS_URL?: string | undefined;
  readonly OIDC_LOOPBACK_JWKS_URL?: string | undefined;
}

/** Why an issuer's keys could not be had, as a sentence with the address. */
export class IssuerFault extends Error {}

/**
 * The issuer's public keys, from the address that its own discovery document names (OpenID Connect Discovery 1.0, 4) unless another
 * one is configured. Refuses a document of another issuer, keys over http for an issuer on https, and the demo provider's keys for
 * any issuer but one on this machine: who holds those may be anyone.
 */
export async function fetchKeySet(address: IssuerAddress): Promise<JSONWebKeySet> {
  const { OIDC_ISSUER } = address;
  const url = configuredKeysUrl(address) ?? (await discoveredAddress(OIDC_ISSUER));
  const keys = read(keySetSchema, await fetchJson(url), `${url} answers no key set (RFC 7517)`);
  if (!isLoopback(OIDC_ISSUER) && keys.keys.some(({ kid }) => kid?.startsWith(DEMO_KEY_PREFIX)))
    throw new IssuerFault(
      `${url} gives the keys of the demo identity provider, which signs in anyone as anyone; they do not count for ${OIDC_ISSUER}`,
    );
  return keys;
}

/** Where the keys are fetched, when that is not left to the issuer's discovery document. */
export function configuredKeysUrl({
  OIDC_ISSUER,
  OIDC_JWKS_URL,
  OIDC_LOOPBACK_JWKS_URL,
}: IssuerAddress): string | undefined {
  return OIDC_JWKS_URL ?? (isLoopback(OIDC_ISSUER) ? OIDC_LOOPBACK_JWKS_URL : undefined);
}

async function discoveredAddress(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const metadata = read(
    metadataSchema,
    await fetchJson(url),
    `${url} is no discovery document with issuer and jwks_uri`,
  );
  if (metadata.issuer !== issuer)
    throw new IssuerFault(
      `${url} is of the issuer "${metadata.issuer}", but OIDC_ISSUER is "${issuer}": both must be equal`,
    );
  if (issuer.startsWith('https:') && !metadata.jwks_uri.startsWith('https:'))
    throw new IssuerFault(`${url} names keys at ${metadata.jwks_uri}, without the https that OIDC_ISSUER has`);
  return metadata.jwks_uri;
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown, fault: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new IssuerFault(fault, { cause: parsed.error });
  return parsed.data;
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) }).catch(
    (error: unknown) => {
      throw new IssuerFault(`${url} does not answer (${causeOf(error)})`, { cause: error });
    },
  );
  if (!response.ok) throw new IssuerFault(`${url} answers ${response.status}`);
  return response.json().catch((error: unknown) => {
    throw new IssuerFault(`${url} answers no JSON`, { cause: error });
  });
}

/** fetch says "fetch failed" and keeps what failed in its cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `not within ${FETCH_TIMEOUT_MS / 1000} s`;
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors.length > 0) return causeOf(cause.errors[0]);
  return cause instanceof Error ? cause.message : error.message;
}
