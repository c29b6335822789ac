import { z } from 'zod';
import { listenHost, loadConfig, portOrAny } from '#platform';
import { isHostName, isNetwork } from './door/trusted-proxies';
import { rateSettings } from './rates/rate-policy';
import { stepUpSettings } from './sign-in/step-up-settings';
import { checkSessions, publicUrlOf, sessionSettings } from './sessions/session-settings';

const variables = z.object({
  PORT: portOrAny().default(3000).describe('Where the platform answers; 0 picks a free port'),
  HOST: listenHost()
    .default('127.0.0.1')
    .describe('The address of this machine at which it answers; `0.0.0.0` or `::` for all'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .refine(
      (proxies) => proxies.every((proxy) => isNetwork(proxy) || isHostName(proxy)),
      'IP addresses, networks such as 10.0.0.0/8, or host names, with commas between',
    )
    .describe(
      "Addresses, networks (CIDR) or host names of the reverse proxies before the gateway, with commas between. Their `X-Forwarded-For` says who calls; anybody else's is ignored",
    ),
  CONNECTIONS_MAX: z.coerce
    .number()
    .int()
    .min(10)
    .max(100_000)
    .default(2000)
    .describe('Connections at a time; further ones are closed at once'),
  HEADERS_SECONDS_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .default(10)
    .describe("Seconds in which a request's headers have to be there"),
  REQUEST_SECONDS_MAX: z.coerce
    .number()
    .int()
    .min(10)
    .max(3600)
    .default(600)
    .describe('Seconds in which a request has to be there with its body, however large'),
  BODY_RATE_MIN: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1024)
    .describe('Bytes a second that a body has to come with, after its first ten seconds'),
  WEB_CLIENT_FOLDER: z
    .string()
    .default('dist/web')
    .describe('Where the built web client lies, from the root of the installation; without it `/` says what this is'),
  ...rateSettings,
  ...sessionSettings,
  ...stepUpSettings,
});
export const gatewayConfigSchema = variables.superRefine(checkSessions);

/** Where the gateway listens, whom it believes, and how much it takes. */
export class GatewayConfig {
  constructor(readonly values: z.output<typeof gatewayConfigSchema>) {}

  /** Where browsers reach the platform: an origin. */
  get publicUrl(): string {
    return publicUrlOf(this.values);
  }

  /** Whether browsers come over https. */
  get isHttps(): boolean {
    return this.publicUrl.startsWith('https:');
  }

  static load(): GatewayConfig {
    return new GatewayConfig(loadConfig(gatewayConfigSchema));
  }
}
