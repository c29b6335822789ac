import type { JWTPayload } from 'jose';
import { z } from 'zod';
import type { Role } from '#contracts';
import type { Caller } from './call';
import type { PlatformConfig } from './config';
import { isRole } from './oidc-settings';

const subjectSchema = z.string().min(1).max(200);
const idSchema = z.uuid();
const emailSchema = z.string().min(3).max(254);

/** A claim that is there and cannot be ours; the message is for the log and holds no value of it. */
export class ClaimError extends Error {}

/**
 * Reads who calls out of an access token, wherever the provider writes it: Keycloak nests roles, Entra ID gives its extension
 * claims as lists. Roles that are none of ours are left out; an id that is no UUID, or more than one, refuses the token.
 */
export class ClaimMapping {
  private readonly roleOf: (name: string) => Role | undefined;

  constructor(private readonly values: PlatformConfig['values']) {
    const { OIDC_ROLE_MAP: map, OIDC_ROLE_PREFIX: prefix } = values;
    this.roleOf = map ? (name) => map.get(name) : (name) => ourRole(name, prefix);
  }

  callerOf(payload: JWTPayload): Caller {
    const { OIDC_CLAIM_ROLES, OIDC_CLAIM_MUNICIPALITY, OIDC_CLAIM_EXPERT } = this.values;
    const subject = subjectSchema.safeParse(payload.sub);
    if (!subject.success) throw new ClaimError('claim sub is not a text of at most 200 characters');
    const municipalityId = idIn(payload, OIDC_CLAIM_MUNICIPALITY);
    const expertId = idIn(payload, OIDC_CLAIM_EXPERT);
    const roles = OIDC_CLAIM_ROLES.flatMap((path) => namesIn(payload, path)).flatMap((name) => this.roleOf(name) ?? []);
    return {
      subject: subject.data,
      roles: [...new Set(roles)],
      ...(municipalityId && { municipalityId }),
      ...(expertId && { expertId }),
      ...verifiedEmailIn(payload),
    };
  }

  /** Whether the claim is there by which access tokens are told from ID tokens. */
  isAccessToken(payload: JWTPayload): boolean {
    const { OIDC_TOKEN_CLAIM } = this.values;
    if (OIDC_TOKEN_CLAIM === undefined) return true;
    const [name = '', value] = OIDC_TOKEN_CLAIM.split('=');
    const found = valueAt(payload, name);
    return value === undefined ? found !== undefined : found === value;
  }
}

function ourRole(name: string, prefix: string): Role | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const role = name.slice(prefix.length);
  return isRole(role) ? role : undefined;
}

/** An address that the provider does not vouch for proves nothing, and is not read. */
function verifiedEmailIn({ email, email_verified: isVerified }: JWTPayload): Pick<Caller, 'verifiedEmail'> {
  const address = emailSchema.safeParse(email);
  return isVerified === true && address.success ? { verifiedEmail: address.data } : {};
}

/** A list, or one text with spaces between as in `scope`; none where the claim is missing. */
function namesIn(payload: JWTPayload, path: string): string[] {
  const value = valueAt(payload, path);
  if (value === undefined) return [];
  if (typeof value === 'string') return value.split(' ');
  const list = z.array(z.string()).safeParse(value);
  if (!list.success) throw new ClaimError(`claim ${path} is not a list of texts`);
  return list.data;
}

function idIn(payload: JWTPayload, path: string): string | undefined {
  const value = valueAt(payload, path);
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const given = values.filter((one) => one !== undefined && one !== null && one !== '');
  if (given.length === 0) return undefined;
  const id = idSchema.safeParse(given[0]);
  if (given.length > 1 || !id.success) throw new ClaimError(`claim ${path} is not one UUID`);
  return id.data;
}

/** Names may hold dots themselves (`extn.municipality`, `https://example.org/roles`): the shortest name that is there leads on. */
function valueAt(holder: object, path: string): unknown {
  if (Object.hasOwn(holder, path)) return (holder as Record<string, unknown>)[path];
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const inner: unknown = Object.hasOwn(holder, path.slice(0, dot))
      ? (holder as Record<string, unknown>)[path.slice(0, dot)]
      : undefined;
    if (typeof inner !== 'object' || inner === null) continue;
    const value = valueAt(inner, path.slice(dot + 1));
    if (value !== undefined) return value;
  }
  return undefined;
}
