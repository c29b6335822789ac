import { Injectable, Logger } from '@nestjs/common';
import { createLocalJWKSet, type CryptoKey, errors, type FlattenedJWSInput, type JWTHeaderParameters } from 'jose';
import { z } from 'zod';
import { AppError } from '#contracts';
import { Clock } from './clock';
import { PlatformConfig } from './config';

/** The issuer is asked again for an unknown key, or after it failed, this long after the last attempt and no sooner. */
const PAUSE_MS = 5000;
const FETCH_TIMEOUT_MS = 3000;

const keySetSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) });

interface KeySet {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly text: string;
  readonly fetchedAt: number;
}

/**
 * The identity provider's public keys. Asked for again every OIDC_KEYS_REFRESH_SECONDS, so that a withdrawn key stops within
 * five minutes while the provider answers, and at once for a key that is not known, but never more often than every five
 * seconds and never twice at a time. While the provider is away the keys that are known count for OIDC_KEYS_STALE_MINUTES and then no
 * longer: whoever could keep us from the provider could else keep a stolen key alive for ever.
 */
@Injectable()
export class IssuerKeys {
  private readonly logger = new Logger(IssuerKeys.name);
  private keySet: KeySet | undefined;
  private fetching: Promise<void> | undefined;
  private attemptedAt = Number.NEGATIVE_INFINITY;
  private lastFault: unknown;
  private changes = 0;

  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: Clock,
  ) {}

  /** Counts the changes of the key set: what was verified under another number has to be verified again. */
  get generation(): number {
    return this.changes;
  }

  /** Whether the keys may be relied on without waiting for the issuer; asks it in the background when it is time. */
  areFresh(now: number): boolean {
    const age = this.age(now);
    if (age <= this.refreshMs) return true;
    const wasJustAway = this.lastFault !== undefined && now - this.attemptedAt < 2 * PAUSE_MS;
    const mayWait = age <= 2 * this.refreshMs || (wasJustAway && age <= this.ageMaxMs);
    if (mayWait) void this.fetchAgain(now);
    return mayWait;
  }

  /** The key for a token, as jose asks for it. */
  readonly find = async (header?: JWTHeaderParameters, token?: FlattenedJWSInput): Promise<CryptoKey> => {
    const now = this.clock.now().getTime();
    if (!this.areFresh(now)) await this.fetchAgain(now);
    try {
      return await this.usable(now).find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.fetchAgain(now);
      return this.usable(now).find(header, token);
    }
  };

  private get refreshMs(): number {
    return this.config.values.OIDC_KEYS_REFRESH_SECONDS * 1000;
  }

  private get ageMaxMs(): number {
    return Math.max(this.config.values.OIDC_KEYS_STALE_MINUTES * 60_000, 2 * this.refreshMs);
  }

  // A clock that was set back makes keys old, not young for ever.
  private age(now: number): number {
    return this.keySet === undefined ? Number.POSITIVE_INFINITY : Math.abs(now - this.keySet.fetchedAt);
  }

  private usable(now: number): KeySet {
    if (this.keySet && this.age(now) <= this.ageMaxMs) return this.keySet;
    throw new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service: 'identity-provider' }, { cause: this.lastFault });
  }

  /** Resolves when the attempt that runs has ended, one way or the other; never rejects. */
  private fetchAgain(now: number): Promise<void> {
    if (this.fetching) return this.fetching;
    if (Math.abs(now - this.attemptedAt) < PAUSE_MS) return Promise.resolve();
    this.attemptedAt = now;
    this.fetching = this.fetchKeys(now).finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async fetchKeys(now: number): Promise<void> {
    try {
      const keys = keySetSchema.parse(await fetchJson(await this.address()));
      const text = JSON.stringify(keys);
      if (text !== this.keySet?.text) this.changes += 1;
      this.keySet = { find: createLocalJWKSet(keys), text, fetchedAt: now };
      this.lastFault = undefined;
    } catch (error) {
      this.lastFault = error;
      this.logger.warn({ err: error, ageSeconds: Math.round(this.age(now) / 1000) }, 'the issuer gave no keys');
    }
  }

  private async address(): Promise<string> {
    const { OIDC_ISSUER, OIDC_JWKS_URL } = this.config.values;
    if (OIDC_JWKS_URL) return OIDC_JWKS_URL;
    const metadata = await fetchJson(`${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`);
    return z.object({ issuer: z.literal(OIDC_ISSUER), jwks_uri: z.url() }).parse(metadata).jwks_uri;
  }
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.json();
}
