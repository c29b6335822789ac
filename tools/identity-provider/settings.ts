import type { JWK } from 'jose';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { httpUrl, isLoopback, listenHost, loadConfig, port, StartUpFault } from '#platform/settings';

export const providerSettings = z.object({
  NODE_ENV: z.string().default('development').describe('`production` is refused'),
  DEMO_IDENTITY_PROVIDER: z
    .enum(['on', 'off'])
    .default('off')
    .describe('`on` allows it under NODE_ENV=production, for a demonstration in containers'),
  OIDC_ISSUER: httpUrl().default('http://127.0.0.1:3001').describe('Its name in tokens'),
  OIDC_AUDIENCE: z.string().default('fachkraeftefonds-api').describe('For whom its tokens are'),
  OIDC_PORT: port().default(3001).describe('Where it answers'),
  HOST: listenHost().default('127.0.0.1').describe('At which address of this machine'),
  OIDC_KEYS_FILE: z
    .string()
    .optional()
    .describe('A file with `{ jwks, cookieKeys }`; without it the keys last as long as the process'),
  OIDC_TOKEN_MINUTES: z.coerce.number().int().min(1).max(1440).default(10).describe('So long a token is valid'),
  WEB_ORIGIN: httpUrl()
    .default('http://127.0.0.1:3000')
    .describe('Where the web client is served: whoever signs in or out comes back there'),
});
export type Settings = z.output<typeof providerSettings>;

/** Private keys of the provider, as they are kept between two starts. */
export interface ProviderKeys {
  readonly jwks: { keys: JWK[] };
  readonly cookieKeys: readonly string[];
}

/**
 * Refuses to run where real users sign in: whoever reaches this provider may be anyone. So it speaks for an issuer on this machine
 * alone, never under the name of another.
 */
export function loadSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const settings = loadConfig(providerSettings, environment);
  if (settings.NODE_ENV === 'production' && settings.DEMO_IDENTITY_PROVIDER !== 'on') {
    throw new StartUpFault(
      'The demo identity provider signs in anyone as anyone and does not run with NODE_ENV=production. Name your own provider in OIDC_ISSUER; for a demonstration set DEMO_IDENTITY_PROVIDER=on.',
    );
  }
  if (!isLoopback(settings.OIDC_ISSUER)) {
    throw new StartUpFault(
      `OIDC_ISSUER is ${settings.OIDC_ISSUER}, a provider of your own. The demo identity provider signs in anyone as anyone and only speaks for an address such as http://127.0.0.1:3001: do not start it (COMPOSE_PROFILES=demo) beside a provider of your own.`,
    );
  }
  return settings;
}

export function readKeys(file: string): ProviderKeys {
  return JSON.parse(readFileSync(file, 'utf8')) as ProviderKeys;
}
