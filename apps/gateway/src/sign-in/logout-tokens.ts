import { Injectable } from '@nestjs/common';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { fieldError } from '#contracts';
import { Clock, IssuerKeys, PlatformConfig } from '#platform';
import { GatewayConfig } from '../gateway-config';
import type { SignedOut } from '../sessions/session-store';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const AGE_SECONDS_MAX = 300;

const bodySchema = z.object({ logout_token: z.string().max(8192) });
const claimsSchema = z
  .object({
    sub: z.string().min(1).optional(),
    sid: z.string().min(1).optional(),
    events: z.looseObject({ [EVENT]: z.looseObject({}) }),
    // An ID token has one: it must not pass for a logout token.
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined, 'names nobody');

/** Verifies what a provider says about people who signed out there (OpenID Connect Back-Channel Logout 1.0, 2.6). */
@Injectable()
export class LogoutTokens {
  constructor(
    private readonly platform: PlatformConfig,
    private readonly config: GatewayConfig,
    private readonly keys: IssuerKeys,
    private readonly clock: Clock,
  ) {}

  /** PLATFORM_REQUEST_INVALID for anything but a logout token of our provider for our client. */
  async verify(body: unknown): Promise<SignedOut> {
    const form = bodySchema.safeParse(body);
    if (!form.success) throw refusal('is missing');
    try {
      const { payload } = await jwtVerify(form.data.logout_token, this.keys.find, {
        issuer: this.platform.values.OIDC_ISSUER,
        audience: this.config.values.OIDC_WEB_CLIENT_ID,
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        requiredClaims: ['iat', 'jti', 'events'],
        maxTokenAge: AGE_SECONDS_MAX,
        clockTolerance: 60,
        currentDate: this.clock.now(),
      });
      const { sub, sid } = claimsSchema.parse(payload);
      return { subject: sub, providerSession: sid };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw refusal('is no logout token for us');
      throw error;
    }
  }
}

function refusal(detail: string) {
  return fieldError('PLATFORM_REQUEST_INVALID', '#/logout_token', detail);
}
