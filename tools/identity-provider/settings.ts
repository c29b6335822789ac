import type { JsonWebKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  /** `on` allows it under NODE_ENV=production, for a demonstration in containers. */
  DEMO_IDENTITY_PROVIDER: z.enum(['on', 'off']).default('off'),
  OIDC_ISSUER: z.url().default('http://127.0.0.1:3001'),
  OIDC_AUDIENCE: z.string().default('fachkraeftefonds-api'),
  OIDC_PORT: z.coerce.number().int().min(1).max(65535).default(3001),
  HOST: z.string().default('127.0.0.1'),
  /** A file with `{ jwks, cookieKeys }`; without it the keys last as long as the process. */
  OIDC_KEYS_FILE: z.string().optional(),
  OIDC_TOKEN_MINUTES: z.coerce.number().int().min(1).max(1440).default(10),
  /** Where the web client is served: it may ask for tokens and gets its users back there. */
  WEB_ORIGIN: z.url().default('http://127.0.0.1:3000'),
});
export type Settings = z.output<typeof schema>;

/** Private keys of the provider, as they are kept between two starts. */
export interface ProviderKeys {
  readonly jwks: { keys: JsonWebKey[] };
  readonly cookieKeys: readonly string[];
}

/** Refuses to run where real users sign in: whoever reaches this provider may be anyone. */
export function loadSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) throw new Error(`The configuration is not valid:\n${z.prettifyError(parsed.error)}`);
  if (parsed.data.NODE_ENV === 'production' && parsed.data.DEMO_IDENTITY_PROVIDER !== 'on') {
    throw new Error(
      'The demo identity provider signs in anyone as anyone and does not run with NODE_ENV=production. Name your own provider in OIDC_ISSUER; for a demonstration set DEMO_IDENTITY_PROVIDER=on.',
    );
  }
  return parsed.data;
}

export function readKeys(file: string): ProviderKeys {
  return JSON.parse(readFileSync(file, 'utf8')) as ProviderKeys;
}
