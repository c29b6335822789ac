import { z } from 'zod';
import { checkOidc, oidcVariables } from './oidc-settings';
import { httpUrl, listenHost, logLevel, natsUrl, portOrAny } from './settings';
import { natsTlsVariables } from './tls';

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
    ...oidcVariables,
    OPS_PORT: portOrAny()
      .default(0)
      .describe('Health and metrics for operators; no business traffic. 0 picks a free port'),
    OPS_HOST: listenHost().default('127.0.0.1').describe('Where OPS_PORT is opened'),
    CONTRACT_CHECKS: z
      .enum(['on', 'off'])
      .default('off')
      .describe(
        '`on`: replies and refusals are checked against their contract before they leave; meant for tests and development',
      ),
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
  .superRefine(checkOidc);

/** Injectable: the validated configuration of this process. */
export class PlatformConfig {
  constructor(
    readonly name: string,
    readonly values: z.output<typeof platformConfigSchema>,
  ) {}
}
