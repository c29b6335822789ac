import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { createLocalJWKSet, type CryptoKey, errors, type FlattenedJWSInput, type JWTHeaderParameters } from 'jose';
import { AppError } from '#contracts';
import { Clock } from './clock';
import { PlatformConfig } from './config';
import { HealthRegistry } from './health';
import { fetchKeySet } from './issuer-metadata';

/** The issuer is asked again for an unknown key, or after it failed, this long after the last attempt and no sooner. */
const PAUSE_MS = 5000;
/** A provider that stays away is told of so often, not at each attempt. */
const REMINDER_MS = 60_000;

interface KeySet {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly text: string;
  readonly fetchedAt: number;
}

/**
 * The identity provider's public keys. Asked for again every OIDC_KEYS_REFRESH_SECONDS, so that a withdrawn key stops within
 * five minutes while the provider answers, and at once for a key that is not known, but never more often than every five
 * seconds and never twice at a time. While the provider is away the keys that are known count for OIDC_KEYS_STALE_MINUTES and then no
 * longer: whoever could keep us from the provider could else keep a stolen key alive for ever. From the start on it asks until it has
 * keys; a process without any that count is not ready, one whose provider is away says so and goes on.
 */
@Injectable()
export class IssuerKeys implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(IssuerKeys.name);
  private keySet: KeySet | undefined;
  private fetching: Promise<void> | undefined;
  private attemptedAt = Number.NEGATIVE_INFINITY;
  private lastFault: Error | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;
  private changes = 0;
  private asking: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: Clock,
    health: HealthRegistry,
  ) {
    health.register('token-keys', () => Promise.resolve(this.faultAt(this.clock.now().getTime())));
    health.registerFinding('identity-provider', () => Promise.resolve(this.lastFault?.message));
  }

  onModuleInit(): void {
    const ask = (): void => {
      if (this.keySet) clearInterval(this.asking);
      else void this.fetchAgain(this.clock.now().getTime());
    };
    this.asking = setInterval(ask, PAUSE_MS).unref();
    ask();
  }

  onApplicationShutdown(): void {
    clearInterval(this.asking);
  }

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
    const reason = this.lastFault?.message ?? 'the keys of the identity provider are not there yet';
    throw new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service: 'identity-provider' }, { reason });
  }

  /** Whether tokens can be verified; looks for newer keys on the way, so that a process that nobody calls knows it too. */
  private faultAt(now: number): string | undefined {
    if (!this.areFresh(now)) void this.fetchAgain(now);
    if (this.age(now) <= this.ageMaxMs) return undefined;
    return this.lastFault?.message ?? 'the keys of the identity provider are not there yet';
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
      const keys = await fetchKeySet(this.config.values);
      const text = JSON.stringify(keys);
      if (text !== this.keySet?.text) this.changes += 1;
      this.keySet = { find: createLocalJWKSet(keys), text, fetchedAt: now };
      if (this.lastFault) this.logger.log('the identity provider gives its keys again');
      this.lastFault = undefined;
    } catch (error) {
      this.noteFault(error instanceof Error ? error : new Error(String(error)), now);
    }
  }

  private noteFault(fault: Error, now: number): void {
    const isNews = fault.message !== this.lastFault?.message || Math.abs(now - this.toldAt) >= REMINDER_MS;
    this.lastFault = fault;
    if (!isNews) return;
    this.toldAt = now;
    const until = this.keySet
      ? `the keys of ${Math.round(this.age(now) / 1000)} s ago count for ${this.config.values.OIDC_KEYS_STALE_MINUTES} min`
      : 'no token can be verified until it gives them';
    this.logger.warn(
      `No keys from the identity provider: ${fault.message}. Asked again every ${PAUSE_MS / 1000} s; ${until}.`,
    );
  }
}
