import { Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { SessionStore } from '../sessions/session-store';
import { LogoutTokens } from './logout-tokens';

/** The provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0): their sessions end here, too. */
@ApiExcludeController()
@Controller('auth/back-channel-logout')
export class BackChannelLogoutController {
  constructor(
    private readonly tokens: LogoutTokens,
    private readonly store: SessionStore,
  ) {}

  @Post()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async signOut(@Req() { body }: FastifyRequest): Promise<void> {
    await this.store.endAll(await this.tokens.verify(body));
  }
}
