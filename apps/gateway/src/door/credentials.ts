import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#contracts';
import { TokenVerifier } from '#platform';
import { GatewayConfig } from '../gateway-config';
import type { Admission } from '../http/access';
import { bearerToken } from '../http/headers';
import { checkOwnOrigin } from '../sessions/own-origin';
import { Sessions } from '../sessions/sessions';

/** What a request brings to say who calls: an access token, or a browser's session, which holds one. Either way it ends as the caller's token. */
@Injectable()
export class Credentials {
  constructor(
    private readonly config: GatewayConfig,
    private readonly tokens: TokenVerifier,
    private readonly sessions: Sessions,
  ) {}

  /** The caller of a token that was verified before: the usual request of a program, which waits for nothing. */
  remembered(request: FastifyRequest): Admission | undefined {
    const token = bearerToken(request);
    const caller = token === undefined ? undefined : this.tokens.remembered(token);
    return token !== undefined && caller ? { caller, token } : undefined;
  }

  /** Whether they were good a moment ago, so that the request counts for its caller and not for its network address. */
  isKnown(request: FastifyRequest): boolean {
    const session = this.sessionOf(request);
    return session !== undefined && this.sessions.isKnown(session);
  }

  /** Who calls. PLATFORM_TOKEN_INVALID or PLATFORM_SESSION_ENDED when nobody can say; PLATFORM_ORIGIN_NOT_ALLOWED for another site's doing. */
  async admit(request: FastifyRequest): Promise<Admission> {
    const token = await this.tokenOf(request);
    return { caller: await this.tokens.verify(token), token };
  }

  /** Whether who was admitted still is: the token has not expired, the session has not ended. Renews nothing, so that it keeps nobody in. */
  async stillHold(request: FastifyRequest): Promise<boolean> {
    const token = bearerToken(request);
    const session = this.sessionOf(request);
    try {
      if (token === undefined) return session !== undefined && (await this.sessions.holds(session));
      await this.tokens.verify(token);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.kind === 'unauthenticated') return false;
      // Whoever cannot be asked says nothing against it.
      if (error instanceof AppError && error.kind === 'unavailable') return true;
      throw error;
    }
  }

  private tokenOf(request: FastifyRequest): string | Promise<string> {
    const token = bearerToken(request);
    if (token !== undefined) return token;
    const session = this.sessionOf(request);
    if (session === undefined)
      throw new AppError('PLATFORM_TOKEN_INVALID', undefined, { reason: withoutToken(request) });
    checkOwnOrigin(request, this.config.publicUrl);
    return this.sessions.tokenOf(session);
  }

  /** Whoever writes an Authorization header means that one, whatever a browser adds. */
  private sessionOf(request: FastifyRequest): string | undefined {
    return request.headers.authorization === undefined ? this.sessions.idOf(request) : undefined;
  }
}

function withoutToken({ headers }: FastifyRequest): string {
  return headers.authorization === undefined ? 'no token' : 'the Authorization header holds no bearer token';
}
