import { z } from 'zod';
import { httpUrl, listenHost, logLevel, natsUrl, portOrAny } from './settings';
import { natsTlsVariables } from './tls';

const DAY_MINUTES = 24 * 60;

/** What every process of the platform needs to know. */
export const platformConfigSchema = z
  .object({
    NODE_ENV: z
      .enum(['production', 'development', 'test'])
      .default('production')
      .describe('Whether the safeguards of production hold'),
    LOG_LEVEL: logLevel().default('info').describe('Which lines of the log are written'),
    NATS_URL: natsUrl().describe('The broker: `nats://host:4222` or `tls://host:4222`'),
    NATS_USER: z.string().optional().describe('The name that deploy/nats gives this process'),
    NATS_PASSWORD: z.string().optional().describe('Its password'),
    ...natsTlsVariables,
    OIDC_ISSUER: httpUrl().describe('The OpenID provider whose tokens are taken, as they name it in `iss`'),
    OIDC_JWKS_URL: httpUrl()
      .optional()
      .describe("Where the keys are fetched when the issuer's own address is not reachable from here (containers)"),
    OIDC_AUDIENCE: z.string().default('fachkraeftefonds-api').describe('What tokens for this platform name in `aud`'),
    OIDC_KEYS_REFRESH_SECONDS: z.coerce
      .number()
      .int()
      .min(5)
      .max(140)
      .default(120)
      .describe(
        "How often the issuer's keys are fetched again; a withdrawn key stops after twice this time at the latest, within five minutes",
      ),
    OIDC_KEYS_STALE_MINUTES: z.coerce
      .number()
      .int()
      .min(5)
      .max(DAY_MINUTES)
      .default(60)
      .describe('How long known keys count while the issuer is away'),
    OIDC_TOKEN_LIFE_MAX_MINUTES: z.coerce
      .number()
      .int()
      .min(1)
      .default(120)
      .describe('A token that is valid for longer, from its issue to its expiry, is refused'),
    OPS_PORT: portOrAny()
      .default(0)
      .describe('Health and metrics for operators; no business traffic. 0 picks a free port'),
    OPS_HOST: listenHost().default('127.0.0.1').describe('Where OPS_PORT is opened'),
    CONTRACT_CHECKS: z
      .enum(['on', 'off'])
      .default('off')
      .describe('`on`: replies are checked against their contract before they leave; meant for tests and development'),
    RPC_CALLS_MAX: z.coerce
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(512)
      .describe(
        'Ordinary calls that this process has in hand at once, at the most (the limit adapts below it), and how many it sends to one replica of another service without having an answer; beyond, calls are refused at once with PLATFORM_SERVICE_OVERLOADED',
      ),
    RPC_LONG_CALLS_MAX: z.coerce
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(128)
      .describe('The same for calls that may take longer than five seconds: long polls, imports'),
    RPC_DEADLINE_MS: z.coerce
      .number()
      .int()
      .min(100)
      .max(30_000)
      .default(3000)
      .describe(
        'How long a caller waits for an operation that states no time of its own; tests wait longer, as their machine may be slow',
      ),
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl().optional().describe('A collector of traces; without it none are made'),
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
