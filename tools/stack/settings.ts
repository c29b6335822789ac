import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isRoot, isTraversableByAll, repositoryRoot, sharedFolder } from '#testing/embedded';

const port = (standard: number) => z.coerce.number().int().min(1).max(65_535).default(standard);

const schema = z.object({
  PORT: port(3000),
  HOST: z.string().default('127.0.0.1'),
  OIDC_PORT: port(3001),
  /** Health and metrics of the four services and the gateway: this port and the four after it. */
  OPS_PORTS_FROM: port(3010),
  /** Multiplies what a caller may ask for: here a demo user stands for everybody of a role, and benches ask as fast as they can. */
  RATE_LIMIT_FACTOR: z.coerce.number().min(0.001).max(1000).default(100),
  // Not the usual 5432 and 4222, so that a developer's own servers stay undisturbed.
  POSTGRES_PORT: port(15_432),
  NATS_PORT: port(14_222),
  FUND_DATA_DIR: z.string().default('.data'),
  /** A Postgres 18 of your own, as an administrator who may make roles and schemas; then none is started. */
  DATABASE_ADMIN_URL: z.string().optional(),
  /** A NATS of your own that carries the users of deploy/nats; then none is started. */
  NATS_URL: z.string().optional(),
  /** An OpenID provider of your own; then the demo provider is not started. */
  OIDC_ISSUER: z.url().optional(),
  OIDC_JWKS_URL: z.url().optional(),
  OIDC_AUDIENCE: z.string().default('fachkraeftefonds-api'),
  /** Receivers of webhooks on this machine (`127.0.0.1:8080`, comma-separated), to try them out. */
  WEBHOOK_ALLOWED_HOSTS: z.string().default(''),
  LOG_LEVEL: z.string().default('info'),
});

export type StackSettings = z.output<typeof schema> & {
  readonly root: string;
  readonly dataFolder: string;
  /** Where the embedded Postgres keeps its data; outside the checkout when `nobody` may not enter that. */
  readonly postgresFolder: string;
};

export function loadStackSettings(environment: NodeJS.ProcessEnv = process.env): StackSettings {
  // An empty variable means the same as none: that is how it is unset in an env file.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new Error(`These settings are not valid:\n${z.prettifyError(parsed.error)}`);
  const root = repositoryRoot();
  const dataFolder = resolve(root, parsed.data.FUND_DATA_DIR);
  mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
  return { ...parsed.data, root, dataFolder, postgresFolder: postgresFolder(dataFolder) };
}

function postgresFolder(dataFolder: string): string {
  if (!isRoot() || isTraversableByAll(dataFolder)) return join(dataFolder, 'postgres');
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  return join(sharedFolder(), name, 'postgres');
}
