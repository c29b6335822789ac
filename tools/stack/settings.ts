import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import {
  databaseUrl,
  httpUrl,
  listenHost,
  loadConfig,
  logLevel,
  natsUrl,
  port,
  StartUpFault,
} from '#platform/settings';
import { repositoryRoot } from '#testing/embedded';

const OWN_PORTS = ['PORT', 'OIDC_PORT', 'POSTGRES_PORT', 'NATS_PORT'] as const;
/** Of the four services and the gateway. */
const OPS_PORTS = 5;

const variables = z.object({
  PORT: port().default(3000).describe('Where the platform answers'),
  HOST: listenHost()
    .default('127.0.0.1')
    .describe('At which address of this machine; `0.0.0.0` or `::` for all, so that others reach it too'),
  PUBLIC_URL: httpUrl()
    .optional()
    .describe(
      'The address at which browsers reach it, when that is another one: `https://…` of a server in front. With a HOST for other machines nobody can sign in without',
    ),
  OIDC_PORT: port().default(3001).describe('Of the demo identity provider'),
  OPS_PORTS_FROM: port()
    .default(3010)
    .describe('Health and metrics of the four services and the gateway: this port and the four after it'),
  RATE_LIMIT_FACTOR: z.coerce
    .number()
    .min(0.001)
    .max(1000)
    .default(100)
    .describe(
      'Multiplies what a caller may ask for: here a demo user stands for everybody of a role, and benches ask as fast as they can',
    ),
  // Not the usual 5432 and 4222, so that a developer's own servers stay undisturbed.
  POSTGRES_PORT: port().default(15_432).describe('Of the Postgres that is started'),
  NATS_PORT: port().default(14_222).describe('Of the NATS that is started'),
  FUND_DATA_DIR: z.string().default('.data').describe('Where data, secrets and logs lie'),
  DATABASE_ADMIN_URL: databaseUrl()
    .optional()
    .describe('A Postgres 18 of your own, as an administrator who may make roles and schemas; then none is started'),
  NATS_URL: natsUrl()
    .optional()
    .describe('A NATS of your own that carries the users of deploy/nats; then none is started'),
  OIDC_ISSUER: httpUrl().optional().describe('An OpenID provider of your own; then the demo provider is not started'),
  OIDC_JWKS_URL: httpUrl().optional().describe('Where its keys are, when its own address is not reachable from here'),
  OIDC_AUDIENCE: z.string().default('fachkraeftefonds-api').describe('What tokens for this platform name in `aud`'),
  WEBHOOK_ALLOWED_HOSTS: z
    .string()
    .default('')
    .describe('Receivers of webhooks on this machine (`127.0.0.1:8080`, comma-separated), to try them out'),
  DEMO_STORY: z
    .enum(['true', 'false'])
    .default('true')
    .describe('Whether a new platform is given a fund with some life, after it is ready'),
  LOG_LEVEL: logLevel().default('info').describe('Which lines of the logs are written'),
});

/** What `npm start` is told. */
export const stackSettings = variables.superRefine((values, context) => {
  const last = values.OPS_PORTS_FROM + OPS_PORTS - 1;
  if (last > 65_535) {
    context.addIssue({
      code: 'custom',
      path: ['OPS_PORTS_FROM'],
      message: 'must be at most 65531: five ports are used',
    });
  }
  // A server of one's own has a port of its own, too.
  const unused = {
    OIDC_PORT: values.OIDC_ISSUER,
    POSTGRES_PORT: values.DATABASE_ADMIN_URL,
    NATS_PORT: values.NATS_URL,
  };
  const used = OWN_PORTS.filter((name) => name === 'PORT' || unused[name] === undefined);
  for (const [index, name] of used.entries()) {
    const port = values[name];
    const same = used.slice(0, index).find((other) => values[other] === port);
    const isOps = port >= values.OPS_PORTS_FROM && port <= last;
    const taken = same ?? (isOps ? `OPS_PORTS_FROM (${values.OPS_PORTS_FROM} to ${last})` : undefined);
    if (taken !== undefined)
      context.addIssue({ code: 'custom', path: [name], message: `is ${port}, which ${taken} uses already` });
  }
});

export type StackSettings = z.output<typeof stackSettings> & {
  readonly root: string;
  readonly dataFolder: string;
};

export function loadStackSettings(environment: NodeJS.ProcessEnv = process.env): StackSettings {
  const values = loadConfig(stackSettings, environment);
  const root = repositoryRoot();
  const dataFolder = resolve(root, values.FUND_DATA_DIR);
  return { ...values, root, dataFolder };
}

/** Makes the data folder, which everything else stands on. */
export function makeDataFolder({ dataFolder }: StackSettings): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
    accessSync(dataFolder, constants.W_OK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new StartUpFault(
      `The data folder ${dataFolder} cannot be written (${code}). Make it writable for this user, or name another one: FUND_DATA_DIR=<folder> npm start`,
      { cause: error },
    );
  }
}
