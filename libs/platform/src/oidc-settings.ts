import { z } from 'zod';
import { ROLES, type Role } from '#contracts';
import { httpUrl } from './settings';

const DAY_MINUTES = 24 * 60;
const RFC9068 = 'at+jwt';

/** Names with commas between; at least one. */
function names(standard: string, what: string) {
  return z
    .string()
    .default(standard)
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .refine((list) => list.length > 0, `must name at least one ${what}`);
}

/** `FUND_Kasse=cashier,FUND_Revision=auditor`: what the provider calls a role, and ours. */
const roleMap = z.string().transform((text, context): ReadonlyMap<string, Role> => {
  const entries = text.split(',').map((part): [string, Role] => {
    const at = part.lastIndexOf('=');
    const [name, role] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (at < 1 || !isRole(role))
      context.addIssue({
        code: 'custom',
        message: `"${part}" is not <name at the provider>=<one of ${ROLES.join(', ')}>`,
      });
    return [name, role as Role];
  });
  return new Map(entries);
});

/** How the platform finds its OpenID provider, and where that one's access tokens say who calls. See docs/identity-provider.md. */
export const oidcVariables = {
  OIDC_ISSUER: httpUrl().describe('The OpenID provider whose tokens are taken, as they name it in `iss`'),
  OIDC_JWKS_URL: httpUrl()
    .optional()
    .describe("Where the keys are fetched, instead of where the issuer's discovery document says"),
  OIDC_LOOPBACK_JWKS_URL: httpUrl()
    .optional()
    .describe(
      'The same for an issuer on a loopback address alone, which inside a container is another machine; any other issuer is asked itself',
    ),
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
  OIDC_TOKEN_TYPES: names(RFC9068, 'type').describe(
    'The `typ` in the header of an access token, several with commas between. Other than at+jwt needs OIDC_TOKEN_CLAIM',
  ),
  OIDC_TOKEN_CLAIM: z
    .string()
    .optional()
    .describe(
      "What a provider's access tokens have and its ID tokens have not: a claim (`azp`) or a claim with its value (`typ=Bearer`)",
    ),
  OIDC_CLAIM_ROLES: names('roles', 'claim').describe(
    'Claims that hold the roles, several with commas between; dots lead into objects: `realm_access.roles`',
  ),
  OIDC_CLAIM_MUNICIPALITY: z
    .string()
    .default('municipality_id')
    .describe('The claim that holds the id of the municipality that a municipality user acts for'),
  OIDC_CLAIM_EXPERT: z.string().default('expert_id').describe("The claim that holds the id of an expert user's record"),
  OIDC_ROLE_PREFIX: z
    .string()
    .default('')
    .describe("What stands before a role's name at the provider: with `fund-` only `fund-cashier` makes a cashier"),
  OIDC_ROLE_MAP: roleMap
    .optional()
    .describe(
      'Roles by their names at the provider, `FUND_Kasse=cashier,FUND_Revision=auditor`; no other name then counts',
    ),
};

type OidcValues = z.output<z.ZodObject<typeof oidcVariables>> & { readonly NODE_ENV: string };

/** What must hold between these settings. */
export function checkOidc(values: OidcValues, context: { addIssue(issue: z.core.$ZodRawIssue): void }): void {
  const refuse = (name: keyof typeof oidcVariables, message: string): void => {
    context.addIssue({ code: 'custom', path: [name], message, input: undefined });
  };
  if (values.OIDC_TOKEN_LIFE_MAX_MINUTES > DAY_MINUTES && values.NODE_ENV !== 'test')
    refuse(
      'OIDC_TOKEN_LIFE_MAX_MINUTES',
      'a token of more than a day is for tests only, whose clocks are set to any day',
    );
  if (values.OIDC_TOKEN_TYPES.some((type) => tokenType(type) !== RFC9068) && !values.OIDC_TOKEN_CLAIM)
    refuse(
      'OIDC_TOKEN_CLAIM',
      'is needed beside OIDC_TOKEN_TYPES, or an ID token would pass for an access token: typ=Bearer for Keycloak, azp for Entra ID',
    );
  if (values.OIDC_ROLE_MAP && values.OIDC_ROLE_PREFIX)
    refuse('OIDC_ROLE_PREFIX', 'cannot be combined with OIDC_ROLE_MAP, which names the roles as they are');
}

/** Comparable form of a `typ` (RFC 7515 4.1.9). */
export function tokenType(typ: string): string {
  return typ.toLowerCase().replace('application/', '');
}

export function isRole(name: string): name is Role {
  return (ROLES as readonly string[]).includes(name);
}
