import { Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { AppError, ROLES, type Role } from '#contracts';
import type { Caller } from './call';
import { Clock } from './clock';
import { PlatformConfig } from './config';

const claimsSchema = z.object({
  sub: z.string().min(1).max(200),
  exp: z.number(),
  // Roles of other systems in the same token are none of ours.
  roles: z
    .array(z.string())
    .transform((roles) => roles.filter((role): role is Role => (ROLES as readonly string[]).includes(role))),
  municipality_id: z.uuid().optional(),
  expert_id: z.uuid().optional(),
});

const CACHE_ENTRIES_MAX = 5000;
const TOKEN_LENGTH_MAX = 8192;

/**
 * Verifies access tokens: asymmetric algorithms only, issuer, audience, type, expiry (60 s of tolerance). The gateway and every
 * service do it for themselves. A verified token is remembered until it expires; keys stay cached while the issuer is away.
 */
@Injectable()
export class TokenVerifier {
  private readonly cache = new Map<string, { caller: Caller; expiresAt: number }>();
  private keys: JWTVerifyGetKey | undefined;

  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: Clock,
  ) {}

  async verify(token: string): Promise<Caller> {
    const known = this.remembered(token);
    if (known) return known;
    if (token.length > TOKEN_LENGTH_MAX) throw new AppError('PLATFORM_TOKEN_INVALID');
    const claims = await this.claims(token);
    const caller: Caller = {
      subject: claims.sub,
      roles: claims.roles,
      ...(claims.municipality_id && { municipalityId: claims.municipality_id }),
      ...(claims.expert_id && { expertId: claims.expert_id }),
    };
    if (this.cache.size >= CACHE_ENTRIES_MAX) this.cache.delete(this.cache.keys().next().value ?? '');
    this.cache.set(token, { caller, expiresAt: claims.exp * 1000 });
    return caller;
  }

  /** The caller of a token that was verified before and is still valid: spares a promise on the hot path. */
  remembered(token: string): Caller | undefined {
    const known = this.cache.get(token);
    if (!known) return undefined;
    if (known.expiresAt > this.clock.now().getTime()) return known.caller;
    this.cache.delete(token);
    return undefined;
  }

  private async claims(token: string): Promise<z.output<typeof claimsSchema>> {
    const { OIDC_ISSUER, OIDC_AUDIENCE } = this.config.values;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, await this.keySet(), {
        issuer: OIDC_ISSUER,
        audience: OIDC_AUDIENCE,
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 60,
        currentDate: this.clock.now(),
      });
      // RFC 9068 access tokens say so; an ID token has no such type and must not pass for one.
      if (protectedHeader.typ?.toLowerCase().replace('application/', '') !== 'at+jwt')
        throw new AppError('PLATFORM_TOKEN_INVALID');
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success) throw new AppError('PLATFORM_TOKEN_INVALID');
      return claims.data;
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) {
        throw new AppError('PLATFORM_TOKEN_INVALID', undefined, { cause: error });
      }
      throw new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service: 'identity-provider' }, { cause: error });
    }
  }

  private async keySet(): Promise<JWTVerifyGetKey> {
    this.keys ??= createRemoteJWKSet(await this.keySetUrl(), {
      cacheMaxAge: Infinity,
      cooldownDuration: 5000,
      timeoutDuration: 3000,
    });
    return this.keys;
  }

  private async keySetUrl(): Promise<URL> {
    const { OIDC_ISSUER, OIDC_JWKS_URL } = this.config.values;
    if (OIDC_JWKS_URL) return new URL(OIDC_JWKS_URL);
    const response = await fetch(`${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(3000),
    });
    const metadata = z.object({ issuer: z.literal(OIDC_ISSUER), jwks_uri: z.url() }).parse(await response.json());
    return new URL(metadata.jwks_uri);
  }
}
