import { Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import { AppError } from '#contracts';
import { Clock, configuredKeysUrl, isLoopback, PlatformConfig } from '#platform';
import { GatewayConfig } from '../gateway-config';
import type { Tokens } from './tokens';

const TIMEOUT_SECONDS = 5;
/** How long its discovery document is relied on. */
const METADATA_MS = 10 * 60_000;
/** Where a provider does not say how long a token lives, it is looked after as if it were this short. */
const LIFE_SECONDS_WHEN_UNKNOWN = 60;

/** What the browser has to come back with, and what only this sign-in can have. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What a sign-in gave. */
export interface SignedIn {
  readonly tokens: Tokens;
  readonly subject: string;
  readonly providerSession: string | undefined;
}

/** The OpenID provider as a client of it sees it: code flow with PKCE (RFC 7636), refresh, sign-out (OpenID Connect RP-Initiated Logout). */
@Injectable()
export class IdentityProvider {
  private readonly logger = new Logger(IdentityProvider.name);
  private known: { configuration: Promise<oidc.Configuration>; at: number } | undefined;

  constructor(
    private readonly platform: PlatformConfig,
    private readonly config: GatewayConfig,
    private readonly clock: Clock,
  ) {}

  get redirectUri(): string {
    return `${this.config.publicUrl}/auth/callback`;
  }

  /** New secrets of one sign-in. */
  newChecks(): SignInChecks {
    return { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
  }

  /** Where the browser goes to sign in; `more` is what is asked of this sign-in beyond the usual. */
  async signInAddress(checks: SignInChecks, more: Readonly<Record<string, string>> = {}): Promise<URL> {
    const configuration = await this.reach();
    return oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: this.config.values.OIDC_WEB_SCOPES,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
      ...more,
    });
  }

  /** What the browser came back with, turned into tokens. PLATFORM_SIGN_IN_FAILED for an answer that is not that of this sign-in. */
  async redeem(query: string, { state, nonce, verifier }: SignInChecks): Promise<SignedIn> {
    const configuration = await this.reach();
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const reply = await oidc
      .authorizationCodeGrant(configuration, new URL(`${this.redirectUri}${query}`), checks)
      .catch((error: unknown) => {
        throw isAway(error) ? away(error) : new AppError('PLATFORM_SIGN_IN_FAILED', undefined, { cause: error });
      });
    const claims = reply.claims();
    if (!claims) throw new AppError('PLATFORM_SIGN_IN_FAILED', undefined, { reason: 'the provider gave no ID token' });
    const providerSession = typeof claims['sid'] === 'string' ? claims['sid'] : undefined;
    return { tokens: this.tokensOf(reply), subject: claims.sub, providerSession };
  }

  /** Tokens anew; undefined where the provider gives none any more. PLATFORM_SERVICE_UNAVAILABLE while it is away. */
  async renew(tokens: Tokens): Promise<Tokens | undefined> {
    if (tokens.refreshToken === undefined) return undefined;
    const configuration = await this.reach();
    try {
      return { ...tokens, ...this.tokensOf(await oidc.refreshTokenGrant(configuration, tokens.refreshToken)) };
    } catch (error) {
      // Any other refusal is a fault of the settings, which must not sign everybody out.
      if (!(error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant')) throw away(error);
      this.logger.log(`the provider renews a session no more: ${sentenceOf(error)}`);
      return undefined;
    }
  }

  /** Where the browser goes to be signed out there, too; undefined where the provider has no such page, or is away. */
  async signOut({ idToken, refreshToken }: Tokens): Promise<string | undefined> {
    try {
      const configuration = await this.reach();
      const { end_session_endpoint: page, revocation_endpoint: revocation } = configuration.serverMetadata();
      if (refreshToken !== undefined && revocation) await oidc.tokenRevocation(configuration, refreshToken);
      if (!page) return undefined;
      const back = { post_logout_redirect_uri: `${this.config.publicUrl}/` };
      return oidc.buildEndSessionUrl(configuration, { ...back, ...(idToken && { id_token_hint: idToken }) }).href;
    } catch (error) {
      // The session is over here, whatever happens there: its tokens end by themselves.
      this.logger.warn(`a session could not be ended at the provider: ${sentenceOf(error)}`);
      return undefined;
    }
  }

  private tokensOf(reply: oidc.TokenEndpointResponse): Tokens {
    const seconds = reply.expires_in ?? LIFE_SECONDS_WHEN_UNKNOWN;
    return {
      accessToken: reply.access_token,
      expiresAt: this.clock.now().getTime() + seconds * 1000,
      ...(reply.refresh_token !== undefined && { refreshToken: reply.refresh_token }),
      ...(reply.id_token !== undefined && { idToken: reply.id_token }),
    };
  }

  private async reach(): Promise<oidc.Configuration> {
    const now = this.clock.now().getTime();
    const known = this.known && Math.abs(now - this.known.at) < METADATA_MS ? this.known : undefined;
    this.known = known ?? { configuration: this.discover(), at: now };
    const asked = this.known;
    return asked.configuration.catch((error: unknown) => {
      if (this.known === asked) this.known = undefined;
      throw away(error);
    });
  }

  private discover(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER } = this.platform.values;
    const { OIDC_WEB_CLIENT_ID, OIDC_WEB_CLIENT_SECRET } = this.config.values;
    const authentication = OIDC_WEB_CLIENT_SECRET ? oidc.ClientSecretBasic(OIDC_WEB_CLIENT_SECRET) : oidc.None();
    return oidc.discovery(new URL(OIDC_ISSUER), OIDC_WEB_CLIENT_ID, {}, authentication, {
      timeout: TIMEOUT_SECONDS,
      // Only where OIDC_ISSUER itself says so: a demonstration, or a provider on the same machine.
      ...(OIDC_ISSUER.startsWith('http:') && { execute: [oidc.allowInsecureRequests] }),
      [oidc.customFetch]: (url, options) => this.fetch(url, options),
    });
  }

  /** Inside a container a loopback issuer is another machine: it is asked where its keys are, under the name that it has outside. */
  private fetch(url: string, options: oidc.CustomFetchOptions): Promise<Response> {
    const { OIDC_ISSUER } = this.platform.values;
    const keys = configuredKeysUrl(this.platform.values);
    if (keys === undefined || !isLoopback(OIDC_ISSUER)) return fetch(url, options);
    const issuer = new URL(OIDC_ISSUER);
    const there = url.replace(issuer.origin, new URL(keys).origin);
    return fetch(there, {
      ...options,
      headers: { ...options.headers, 'x-forwarded-host': issuer.host, 'x-forwarded-proto': 'http' },
    });
  }
}

/** Whether asking again may help: nothing came back, or the server's own fault did. */
function isAway(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError) return error.status >= 500;
  const causes = error instanceof Error ? [error, error.cause] : [];
  return causes.some(
    (cause) =>
      (cause instanceof Response && cause.status >= 500) ||
      (cause instanceof TypeError && cause.message === 'fetch failed') ||
      (cause instanceof DOMException && /^(Timeout|Abort)Error$/.test(cause.name)),
  );
}

function away(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = `the OpenID provider cannot be used: ${sentenceOf(error)}`;
  return new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service: 'identity-provider' }, { reason, cause: error });
}

/** What can stand in a log: neither tokens nor codes. */
function sentenceOf(error: unknown): string {
  if (error instanceof oidc.ResponseBodyError) return `${error.error} (${error.error_description ?? error.status})`;
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
