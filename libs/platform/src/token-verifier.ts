import { Injectable } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { AppError, ROLES, type Role } from '#contracts';
import type { Caller } from './call';
import { Clock } from './clock';
import { PlatformConfig } from './config';
import { IssuerKeys } from './issuer-keys';
import { RefusedTokens } from './refused-tokens';

const claimsSchema = z.object({
  sub: z.string().min(1).max(200),
  exp: z.number(),
  iat: z.number(),
  // Roles of other systems in the same token are none of ours.
  roles: z
    .array(z.string())
    .transform((roles) => roles.filter((role): role is Role => (ROLES as readonly string[]).includes(role))),
  municipality_id: z.uuid().optional(),
  expert_id: z.uuid().optional(),
});
type Claims = z.output<typeof claimsSchema>;

const CACHE_ENTRIES_MAX = 5000;
const TOKEN_LENGTH_MAX = 8192;
const CLOCK_TOLERANCE_SECONDS = 60;

interface Verified {
  readonly caller: Caller;
  readonly expiresAt: number;
  /** The issuer's key set under which it was verified. */
  readonly generation: number;
}

/**
 * Verifies access tokens: asymmetric algorithms only, issuer, audience, type, expiry (60 s of tolerance), and a life no longer than
 * OIDC_TOKEN_LIFE_MAX_MINUTES. The gateway and every service do it for themselves. A verified token is remembered until it expires
 * or the issuer's keys change, whichever is sooner.
 */
@Injectable()
export class TokenVerifier {
  private readonly cache = new Map<string, Verified>();
  private readonly refused: RefusedTokens;

  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: Clock,
    private readonly keys: IssuerKeys,
  ) {
    this.refused = new RefusedTokens(clock);
  }

  async verify(token: string): Promise<Caller> {
    const known = this.remembered(token);
    if (known) return known;
    if (token.length > TOKEN_LENGTH_MAX) throw this.refusal('longer than a token may be');
    // Taken before: keys that change meanwhile make the token be verified once more.
    const { generation } = this.keys;
    const claims = await this.claims(token);
    const caller: Caller = {
      subject: claims.sub,
      roles: claims.roles,
      ...(claims.municipality_id && { municipalityId: claims.municipality_id }),
      ...(claims.expert_id && { expertId: claims.expert_id }),
    };
    if (this.cache.size >= CACHE_ENTRIES_MAX) this.cache.delete(this.cache.keys().next().value ?? '');
    this.cache.set(token, { caller, expiresAt: claims.exp * 1000, generation });
    return caller;
  }

  /** The caller of a token that was verified before and is still valid: spares a promise on the hot path. */
  remembered(token: string): Caller | undefined {
    const known = this.cache.get(token);
    if (!known) return undefined;
    const now = this.clock.now().getTime();
    if (known.expiresAt > now && known.generation === this.keys.generation && this.keys.areFresh(now))
      return known.caller;
    this.cache.delete(token);
    return undefined;
  }

  private async claims(token: string): Promise<Claims> {
    const { OIDC_ISSUER, OIDC_AUDIENCE } = this.config.values;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys.find, {
        issuer: OIDC_ISSUER,
        audience: OIDC_AUDIENCE,
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        requiredClaims: ['sub', 'exp', 'iat'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: this.clock.now(),
      });
      // RFC 9068 access tokens say so; an ID token has no such type and must not pass for one.
      if (protectedHeader.typ?.toLowerCase().replace('application/', '') !== 'at+jwt')
        throw this.refusal('not an access token');
      return this.ofShortLife(payload);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (error instanceof errors.JOSEError) throw this.refusal(reasonOf(error), error);
      throw new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service: 'identity-provider' }, { cause: error });
    }
  }

  /** What a token says, if it says it in our form and not for longer than allowed, whenever it claims to have been made. */
  private ofShortLife(payload: JWTPayload): Claims {
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw this.refusal(`claim ${claims.error.issues[0]?.path[0]?.toString() ?? ''} is not ours`);
    const lifeMax = this.config.values.OIDC_TOKEN_LIFE_MAX_MINUTES * 60;
    const { exp, iat } = claims.data;
    const left = exp - this.clock.now().getTime() / 1000;
    if (exp - iat > lifeMax || left > lifeMax + CLOCK_TOLERANCE_SECONDS)
      throw this.refusal('valid for longer than OIDC_TOKEN_LIFE_MAX_MINUTES');
    return claims.data;
  }

  private refusal(reason: string, cause?: unknown): AppError {
    this.refused.note(reason);
    return new AppError('PLATFORM_TOKEN_INVALID', undefined, { cause });
  }
}

/** Why jose refused, without a word of the token: its error objects carry the whole payload, its codes and claim names do not. */
function reasonOf(error: errors.JOSEError): string {
  const isClaim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired;
  return isClaim ? `claim ${error.claim} ${error.reason}` : error.code;
}
