import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '#platform';
import { GatewayConfig } from '../gateway-config';
import { Cookie } from '../sessions/cookies';
import { SessionSeal } from '../sessions/session-seal';

const SECONDS_MAX = 600;
const PURPOSE = Buffer.from('sign-in');

const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  startedAt: z.number(),
});
export type SignInAttempt = Omit<z.infer<typeof attemptSchema>, 'startedAt'>;

/**
 * A sign-in that is under way, kept by the browser that began it, sealed: whoever has not begun cannot finish, and those who only
 * begin take no room here.
 */
@Injectable()
export class SignInAttempts {
  private readonly logger = new Logger(SignInAttempts.name);
  private readonly cookie: Cookie;

  constructor(
    config: GatewayConfig,
    private readonly seal: SessionSeal,
    private readonly clock: Clock,
  ) {
    this.cookie = new Cookie('sign-in', config.isHttps);
  }

  begin(reply: FastifyReply, attempt: SignInAttempt): void {
    const text = JSON.stringify({ ...attempt, startedAt: this.clock.now().getTime() });
    this.cookie.write(reply, this.seal.seal(text, PURPOSE), SECONDS_MAX);
  }

  /** Once: the browser forgets it with the answer. Undefined where it began none, or too long ago. */
  take(request: FastifyRequest, reply: FastifyReply): SignInAttempt | undefined {
    const sealed = this.cookie.read(request);
    if (sealed === undefined) return undefined;
    this.cookie.write(reply, '', 0);
    try {
      const { startedAt, ...attempt } = attemptSchema.parse(JSON.parse(this.seal.open(sealed, PURPOSE)));
      return this.clock.now().getTime() - startedAt > SECONDS_MAX * 1000 ? undefined : attempt;
    } catch (error) {
      this.logger.log(`a sign-in that is not ours, or of a key that is gone: ${String(error)}`);
      return undefined;
    }
  }
}
