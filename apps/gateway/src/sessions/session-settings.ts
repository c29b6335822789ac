import { z } from 'zod';
import { httpUrl, isLoopback, keyRing, platformConfigSchema, SESSION_BUCKET_HOURS } from '#platform';

/** How people sign in with a browser. */
export const sessionSettings = {
  NODE_ENV: platformConfigSchema.shape.NODE_ENV,
  PUBLIC_URL: httpUrl()
    .optional()
    .describe(
      'The address at which browsers reach the platform, such as `https://fund.example.org`. Without it the one that it listens at; it has to be https, unless it is this machine',
    ),
  OIDC_WEB_CLIENT_ID: z
    .string()
    .min(1)
    .default('fund-web')
    .describe('The client at the OpenID provider in whose name people sign in with a browser'),
  OIDC_WEB_CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe('Its secret, where the provider gave it one; PKCE is used either way'),
  OIDC_WEB_SCOPES: z
    .string()
    .default('openid')
    .refine((text) => text.split(' ').includes('openid'), 'must contain openid')
    .describe("The scopes that it asks for, with spaces between; some providers need more for the interface's tokens"),
  SESSION_KEYS: keyRing()
    .optional()
    .describe(
      'The keys that sessions are sealed with, the same for all gateways: the first one seals, all of them open. To change the key put a new one in front. Needed in production; elsewhere one is made with each start',
    ),
  SESSION_HOURS_MAX: z.coerce
    .number()
    .min(0.01)
    .max(SESSION_BUCKET_HOURS)
    .default(12)
    .describe('So long after signing in a session ends, however it is used'),
  SESSION_IDLE_MINUTES: z.coerce
    .number()
    .min(1)
    .max(SESSION_BUCKET_HOURS * 60)
    .default(60)
    .describe('A session that nobody uses ends so long after its last access token has expired'),
};

type SessionValues = z.output<z.ZodObject<typeof sessionSettings>> & { readonly HOST: string; readonly PORT: number };

/** What must hold between these settings. */
export function checkSessions(values: SessionValues, context: { addIssue(issue: z.core.$ZodRawIssue): void }): void {
  const refuse = (name: keyof typeof sessionSettings, message: string): void => {
    context.addIssue({ code: 'custom', path: [name], message, input: undefined });
  };
  if (!isSafe(publicUrlOf(values)))
    refuse(
      'PUBLIC_URL',
      `must be the https:// address of the server in front: over plain http from other machines (${publicUrlOf(values)}) a session could be read on the way`,
    );
  if (values.PUBLIC_URL !== undefined && new URL(values.PUBLIC_URL).pathname !== '/')
    refuse('PUBLIC_URL', 'must have no path: the platform is served from the root');
  if (values.NODE_ENV === 'production' && values.SESSION_KEYS === undefined)
    refuse('SESSION_KEYS', 'is missing: without it every gateway would sign everybody out, and not know the others’');
}

/** Where browsers reach the platform: an origin without a slash at its end. */
export function publicUrlOf({ PUBLIC_URL, HOST, PORT }: Pick<SessionValues, 'PUBLIC_URL' | 'HOST' | 'PORT'>): string {
  if (PUBLIC_URL !== undefined) return new URL(PUBLIC_URL).origin;
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}

function isSafe(url: string): boolean {
  return url.startsWith('https:') || isLoopback(url);
}
