import { Controller, Get, Header, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, ERRORS, STATUS_OF_KIND } from '#contracts';
import { declareCounter, isLoopback, TokenVerifier } from '#platform';
import { GatewayConfig } from '../gateway-config';
import { HTML_PAGE_POLICY, htmlPage } from '../http/html-page';
import { IdentityProvider } from '../identity-provider/identity-provider';
import { titleOf } from '../problems/problem';
import { checkOwnOrigin } from '../sessions/own-origin';
import { Sessions } from '../sessions/sessions';
import { returnPath } from './return-path';
import { SignInAttempts } from './sign-in-attempt';
import { StepUp } from './step-up';

const signIns = declareCounter({
  name: 'sign_ins_total',
  help: 'Browsers that came back from the OpenID provider',
  where: 'gateway',
  labels: { outcome: '`signed-in`, `refused`; why stands in the access log' },
});

/**
 * People sign in with a browser: the gateway is the client of the OpenID provider and keeps the tokens, the browser gets a cookie that
 * says nothing (backend for frontend).
 */
@ApiExcludeController()
@Controller('auth')
export class SignInController {
  constructor(
    private readonly config: GatewayConfig,
    private readonly provider: IdentityProvider,
    private readonly attempts: SignInAttempts,
    private readonly sessions: Sessions,
    private readonly tokens: TokenVerifier,
    private readonly stepUp: StepUp,
  ) {}

  /** Sends the browser to the provider; `returnTo` says where it goes afterwards, `stepUp=1` asks for a sign-in that is good for every act. */
  @Get('sign-in')
  @Header('cache-control', 'no-store')
  async signIn(
    @Query('returnTo') returnTo: unknown,
    @Query('stepUp') stepUp: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.isOtherName(request)) return void reply.redirect(`${this.config.publicUrl}${request.url}`, 302);
    const checks = this.provider.newChecks();
    const address = await this.provider.signInAddress(checks, stepUp === '1' ? this.stepUp.parameters : {});
    this.attempts.begin(reply, { ...checks, returnTo: returnPath(returnTo) });
    void reply.redirect(address.href, 302);
  }

  /** Takes the browser back from the provider. */
  @Get('callback')
  @Header('cache-control', 'no-store')
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      const returnTo = await this.finish(request, reply);
      signIns.inc({ outcome: 'signed-in' });
      void reply.redirect(returnTo, 302);
    } catch (error) {
      signIns.inc({ outcome: 'refused' });
      if (!(error instanceof AppError) || !request.headers.accept?.includes('text/html')) throw error;
      request.refusal = error;
      sendPage(reply, error);
    }
  }

  /** Ends the session for every gateway, and says where the provider ends its own. */
  @Post('sign-out')
  @Header('cache-control', 'no-store')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    checkOwnOrigin(request, this.config.publicUrl);
    const id = this.sessions.idOf(request);
    const redirect = id === undefined ? undefined : await this.sessions.end(id, reply);
    void (redirect === undefined ? reply.code(204).send() : reply.code(200).send({ redirect }));
  }

  private async finish(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const attempt = this.attempts.take(request, reply);
    if (!attempt) throw new AppError('PLATFORM_SIGN_IN_FAILED', undefined, { reason: 'it was not begun here' });
    const query = request.url.slice(request.url.indexOf('?'));
    const signedIn = await this.provider.redeem(query, attempt);
    // A provider whose tokens nothing here takes is told of now, not with every request that follows.
    await this.tokens.verify(signedIn.tokens.accessToken);
    await this.sessions.start(request, reply, signedIn);
    return attempt.returnTo;
  }

  /** A cookie of `localhost` is not one of `127.0.0.1`, where the provider sends the browser back to. */
  private isOtherName({ hostname }: FastifyRequest): boolean {
    const { publicUrl } = this.config;
    return (
      isLoopback(publicUrl) &&
      hostname !== new URL(publicUrl).hostname &&
      URL.canParse(`http://${hostname}`) &&
      isLoopback(`http://${hostname}`)
    );
  }
}

function sendPage(reply: FastifyReply, { code }: AppError): void {
  const { kind, en, de } = ERRORS[code];
  const body = `<p lang="de">${de}</p><p>${en}</p><p><a href="/auth/sign-in">Anmelden · Sign in</a> · <a href="/">Startseite · Start page</a></p>`;
  void reply
    .code(STATUS_OF_KIND[kind])
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', HTML_PAGE_POLICY)
    .send(htmlPage(titleOf(code), body));
}
