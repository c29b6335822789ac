import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { natsTlsVariables } from './tls';

/**
 * Reads the environment into a typed object, once, at start. `<NAME>_FILE` names a file that holds the value, so that secrets
 * need not stand in the environment; an empty variable means the same as none. Every fault is listed in one error; nothing runs on a half-valid configuration.
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv = process.env,
): z.output<Schema> {
  const values = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, env[name] || fromFile(env[`${name}_FILE`])] as const),
  );
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not valid:\n${faults.join('\n')}`);
}

function fromFile(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readFileSync(path, 'utf8').trim();
}

const DAY_MINUTES = 24 * 60;

/** What every process of the platform needs to know. */
export const platformConfigSchema = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    NATS_URL: z.string().min(1),
    NATS_USER: z.string().optional(),
    NATS_PASSWORD: z.string().optional(),
    ...natsTlsVariables,
    OIDC_ISSUER: z.url(),
    /** Where the keys are fetched when the issuer's own address is not reachable from here (containers). */
    OIDC_JWKS_URL: z.url().optional(),
    OIDC_AUDIENCE: z.string().default('fachkraeftefonds-api'),
    /** How often the issuer's keys are fetched again; a withdrawn key stops after twice this time at the latest, within five minutes. */
    OIDC_KEYS_REFRESH_SECONDS: z.coerce.number().int().min(5).max(140).default(120),
    /** How long known keys count while the issuer is away. */
    OIDC_KEYS_STALE_MINUTES: z.coerce.number().int().min(5).max(DAY_MINUTES).default(60),
    /** A token that is valid for longer, from its issue to its expiry, is refused. */
    OIDC_TOKEN_LIFE_MAX_MINUTES: z.coerce.number().int().min(1).default(120),
    /** Health and metrics for operators; no business traffic. 0 picks a free port. */
    OPS_PORT: z.coerce.number().int().min(0).max(65535).default(0),
    OPS_HOST: z.string().default('127.0.0.1'),
    /** `on`: replies are checked against their contract before they leave; meant for tests and development. */
    CONTRACT_CHECKS: z.enum(['on', 'off']).default('off'),
    /**
     * Ordinary calls that this process has in hand at once, at the most (the limit adapts below it), and how many it sends to one
     * replica of another service without having an answer; beyond, calls are refused at once with PLATFORM_SERVICE_OVERLOADED.
     */
    RPC_CALLS_MAX: z.coerce.number().int().min(1).max(10_000).default(512),
    /** The same for calls that may take longer than five seconds: long polls, imports. */
    RPC_LONG_CALLS_MAX: z.coerce.number().int().min(1).max(10_000).default(128),
    /** How long a caller waits for an operation that states no time of its own; tests wait longer, as their machine may be slow. */
    RPC_DEADLINE_MS: z.coerce.number().int().min(100).max(30_000).default(3000),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  })
  .refine((values) => values.OIDC_TOKEN_LIFE_MAX_MINUTES <= DAY_MINUTES || values.NODE_ENV === 'test', {
    path: ['OIDC_TOKEN_LIFE_MAX_MINUTES'],
    message: 'a token of more than a day is for tests only, whose clocks are set to any day',
  });

/** Injectable: the validated configuration of this process. */
export class PlatformConfig {
  constructor(
    readonly name: string,
    readonly values: z.output<typeof platformConfigSchema>,
  ) {}
}
