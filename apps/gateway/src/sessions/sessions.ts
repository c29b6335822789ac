import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#contracts';
import { Clock, declareCounter, monotonicNow } from '#platform';
import { GatewayConfig } from '../gateway-config';
import { IdentityProvider, type SignedIn } from '../identity-provider/identity-provider';
import type { Tokens } from '../identity-provider/tokens';
import { Cookie } from './cookies';
import type { Session } from './session';
import { SessionStore, type StoredSession } from './session-store';

const renewals = declareCounter({
  name: 'session_renewals_total',
  help: 'Access tokens of sessions that had expired and were asked for anew',
  where: 'gateway',
  labels: { outcome: '`renewed`; `refused` by the provider, which ends the session; `failed` where it did not answer' },
});

/** A token is renewed so long before it expires, so that it lives as long as a call that it is sent with. */
const MARGIN_MS = 15_000;
/** Longer than the provider is waited for: when it is over, whoever renewed has died. */
const RENEWAL_MS = 12_000;
const POLL_MS = 50;
const KNOWN_MAX = 5000;

/** The browsers that are signed in, and the token that each of them calls with. */
@Injectable()
export class Sessions {
  private readonly cookie: Cookie;
  private readonly renewing = new Map<string, Promise<string>>();
  /** Ids that were good a while ago: their requests count for their callers, as those with a token that was verified before. */
  private readonly known = new Map<string, number>();

  constructor(
    private readonly config: GatewayConfig,
    private readonly store: SessionStore,
    private readonly provider: IdentityProvider,
    private readonly clock: Clock,
  ) {
    this.cookie = new Cookie('session', config.isHttps);
  }

  /** The id that a browser brings; nothing is known of it yet. */
  idOf(request: FastifyRequest): string | undefined {
    return this.cookie.read(request);
  }

  /** Whether it was good in the last minutes, as far as this gateway has seen. */
  isKnown(id: string): boolean {
    const until = this.known.get(id);
    return until !== undefined && until > this.now();
  }

  /** Begins a session in the place of the one that the browser had, if any, and hands its id to the browser. */
  async start(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): Promise<void> {
    const { tokens, subject, providerSession } = signedIn;
    const before = this.idOf(request);
    const replaced = before === undefined ? undefined : await this.store.find(before);
    if (replaced) await this.store.end(replaced);
    this.cookie.write(reply, await this.store.create({ tokens, subject, providerSession, startedAt: this.now() }));
  }

  /** The access token of a session, renewed where it has expired. PLATFORM_SESSION_ENDED when there is no such session any more. */
  async tokenOf(id: string): Promise<string> {
    const stored = await this.store.find(id);
    const token = stored ? await this.tokenIn(stored) : undefined;
    if (token === undefined) {
      this.known.delete(id);
      throw ended(stored ? 'the session was too old' : 'there is no such session');
    }
    this.remember(id);
    return token;
  }

  /** Whether there still is such a session; asking is no use of it. */
  async holds(id: string): Promise<boolean> {
    const stored = await this.store.find(id);
    return stored !== undefined && !this.isOver(stored.session);
  }

  /** Ends a session for every gateway; answers where the browser has to go to be signed out at the provider too, if anywhere. */
  async end(id: string, reply: FastifyReply): Promise<string | undefined> {
    const stored = await this.store.find(id);
    if (stored) await this.store.end(stored);
    this.known.delete(id);
    this.cookie.write(reply, '', 0);
    return stored && this.provider.signOut(stored.session.tokens);
  }

  private async tokenIn(stored: StoredSession): Promise<string | undefined> {
    const { session, key } = stored;
    if (this.isOver(session)) {
      await this.store.end(stored);
      return undefined;
    }
    if (this.isFresh(session.tokens)) return session.tokens.accessToken;
    const waiting = this.renewing.get(key) ?? this.renewed(stored).finally(() => this.renewing.delete(key));
    this.renewing.set(key, waiting);
    return waiting;
  }

  /**
   * Once, whoever asks and at whichever gateway: a provider that changes the refresh token with each use takes a second use for theft
   * and ends everything. The compared revision of the bucket decides who does it; the others wait for the outcome.
   */
  private async renewed(first: StoredSession): Promise<string> {
    const until = monotonicNow() + RENEWAL_MS;
    for (let stored: StoredSession | undefined = first; monotonicNow() < until;) {
      if (!stored || this.isOver(stored.session)) throw ended('the session was ended while its token was renewed');
      const { session } = stored;
      if (this.isFresh(session.tokens)) return session.tokens.accessToken;
      if ((session.renewingUntil ?? 0) <= this.now()) {
        const mine = await this.store.replace(stored, { ...session, renewingUntil: this.now() + RENEWAL_MS });
        if (mine) return this.renew(mine);
      } else {
        await delay(POLL_MS);
      }
      stored = await this.store.findSurely(stored.key);
    }
    throw new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service: 'identity-provider' });
  }

  private async renew(mine: StoredSession): Promise<string> {
    const { renewingUntil: _over, ...session } = mine.session;
    const tokens = await this.provider.renew(session.tokens).catch(async (error: unknown) => {
      renewals.inc({ outcome: 'failed' });
      // For the next one to try.
      await this.store.replace(mine, session);
      throw error;
    });
    if (!tokens) {
      renewals.inc({ outcome: 'refused' });
      await this.store.end(mine);
      throw ended('the provider renews its token no more');
    }
    renewals.inc({ outcome: 'renewed' });
    if (!(await this.store.replace(mine, { ...session, tokens })))
      throw ended('the session was ended while its token was renewed');
    return tokens.accessToken;
  }

  private isFresh({ expiresAt }: Tokens): boolean {
    return expiresAt - MARGIN_MS > this.now();
  }

  /** Signed in too long ago, or unused for too long: a session that is used has a token that has just been renewed. */
  private isOver({ startedAt, tokens }: Session): boolean {
    const { SESSION_HOURS_MAX, SESSION_IDLE_MINUTES } = this.config.values;
    const now = this.now();
    return now > startedAt + SESSION_HOURS_MAX * 3_600_000 || now > tokens.expiresAt + SESSION_IDLE_MINUTES * 60_000;
  }

  private remember(id: string): void {
    if (this.known.size >= KNOWN_MAX) this.known.delete(this.known.keys().next().value ?? '');
    this.known.set(id, this.now() + 10 * 60_000);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function ended(reason: string): AppError {
  return new AppError('PLATFORM_SESSION_ENDED', undefined, { reason });
}
