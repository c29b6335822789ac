import { Injectable } from '@nestjs/common';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { AppError } from '#contracts';
import type { Caller } from './call';
import { ClaimError, ClaimMapping } from './claims';
import { Clock } from './clock';
import { PlatformConfig } from './config';
import { IssuerKeys } from './issuer-keys';
import { declareCounter } from './metrics';
import { tokenType } from './oidc-settings';

const refusedTokens = declareCounter({
  name: 'tokens_refused_total',
  help: 'Access tokens that were refused with 401; the access log says why in words',
  where: 'every process',
  labels: { reason: 'expired, claim, key, signature, type, life, form' },
});
type Refusal = 'expired' | 'claim' | 'key' | 'signature' | 'type' | 'life' | 'form';

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
 * OIDC_TOKEN_LIFE_MAX_MINUTES. The gateway and every service do it for themselves. Why one is refused stands in the error's `reason`,
 * for the log of the edge: a client learns no more than 401. A verified token is remembered until it expires
 * or the issuer's keys change, whichever is sooner.
 */
@Injectable()
export class TokenVerifier {
  private readonly cache = new Map<string, Verified>();
  private readonly mapping: ClaimMapping;

  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: Clock,
    private readonly keys: IssuerKeys,
  ) {
    this.mapping = new ClaimMapping(config.values);
  }

  async verify(token: string): Promise<Caller> {
    const known = this.remembered(token);
    if (known) return known;
    if (token.length > TOKEN_LENGTH_MAX) throw refusal('form', `longer than ${TOKEN_LENGTH_MAX} characters`);
    // Taken before: keys that change meanwhile make the token be verified once more.
    const { generation } = this.keys;
    const { caller, expiresAt } = await this.read(token);
    if (this.cache.size >= CACHE_ENTRIES_MAX) this.cache.delete(this.cache.keys().next().value ?? '');
    this.cache.set(token, { caller, expiresAt, generation });
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

  private async read(token: string): Promise<Pick<Verified, 'caller' | 'expiresAt'>> {
    const { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_TOKEN_TYPES } = this.config.values;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys.find, {
        issuer: OIDC_ISSUER,
        audience: OIDC_AUDIENCE,
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        requiredClaims: ['sub', 'exp', 'iat'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: this.clock.now(),
      });
      // An ID token has another type, or lacks the claim that only access tokens have, and must not pass for one.
      const typ = tokenType(protectedHeader.typ ?? 'none');
      if (!OIDC_TOKEN_TYPES.some((type) => tokenType(type) === typ))
        throw refusal('type', `typ is ${shown(typ)}, not one of OIDC_TOKEN_TYPES (${OIDC_TOKEN_TYPES.join(', ')})`);
      if (!this.mapping.isAccessToken(payload)) throw refusal('type', 'it lacks what OIDC_TOKEN_CLAIM asks for');
      return { caller: this.mapping.callerOf(payload), expiresAt: this.endOfShortLife(payload) };
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (error instanceof ClaimError) throw refusal('claim', error.message);
      if (error instanceof errors.JOSEError) throw this.refusalOf(error, token);
      throw new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service: 'identity-provider' }, { cause: error });
    }
  }

  /** When it expires, if that is not later than allowed, whenever it claims to have been made. */
  private endOfShortLife({ exp = Infinity, iat = 0 }: JWTPayload): number {
    const lifeMax = this.config.values.OIDC_TOKEN_LIFE_MAX_MINUTES * 60;
    const left = exp - this.nowSeconds();
    if (exp - iat > lifeMax || left > lifeMax + CLOCK_TOLERANCE_SECONDS)
      throw refusal('life', `valid for ${Math.round((exp - iat) / 60)} min, longer than OIDC_TOKEN_LIFE_MAX_MINUTES`);
    return exp * 1000;
  }

  private nowSeconds(): number {
    return this.clock.now().getTime() / 1000;
  }

  /** Why jose refused. Its error objects carry the whole payload; only what stands here comes out of them. */
  private refusalOf(error: errors.JOSEError, token: string): AppError {
    const { OIDC_ISSUER, OIDC_AUDIENCE } = this.config.values;
    if (error instanceof errors.JWTExpired) {
      const seconds = Math.round(this.nowSeconds() - (error.payload.exp ?? 0));
      return refusal('expired', `expired ${seconds} s ago`);
    }
    if (error instanceof errors.JWTClaimValidationFailed) {
      const { claim, payload } = error;
      const wanted: Partial<Record<string, string>> = { iss: OIDC_ISSUER, aud: OIDC_AUDIENCE };
      const is = wanted[claim] === undefined ? error.reason : `is ${shown(payload[claim])}, not ${wanted[claim]}`;
      return refusal('claim', `claim ${claim} ${is}`);
    }
    if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
      return refusal('key', `signed by no key of ${OIDC_ISSUER}; it says that it is from ${issuerOf(token)}`);
    if (error instanceof errors.JWSSignatureVerificationFailed) return refusal('signature', 'the signature is wrong');
    return refusal('form', error.code);
  }
}

function refusal(kind: Refusal, reason: string): AppError {
  refusedTokens.inc({ reason: kind });
  return new AppError('PLATFORM_TOKEN_INVALID', undefined, { reason: `token refused: ${reason}` });
}

/** Not verified: any client may have written it, so it is shown only where it looks like an issuer. */
function issuerOf(token: string): string {
  try {
    return shown(decodeJwt(token).iss);
  } catch {
    // Not even a payload: then it says nothing.
    return 'nobody';
  }
}

/** Values of claims that name systems, never persons; whatever else stands there stays out of the log. */
function shown(value: unknown): string {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  const named = texts.map((text) =>
    typeof text === 'string' && /^[\w:/.+-]{1,150}$/.test(text) ? text : 'something else',
  );
  return named.slice(0, 3).join(', ');
}
