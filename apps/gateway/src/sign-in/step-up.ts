import { Injectable } from '@nestjs/common';
import { decodeJwt, type JWTPayload } from 'jose';
import { AppError, type Operation } from '#contracts';
import { Clock } from '#platform';
import { GatewayConfig } from '../gateway-config';
import type { Admission } from '../http/access';

/**
 * What an act that is declared with `stepUp` asks of the caller's sign-in beyond a valid token (RFC 9470). Nothing, unless
 * STEP_UP_MAX_AGE_MINUTES or STEP_UP_ACR is set.
 */
@Injectable()
export class StepUp {
  /** In seconds, as the claims and parameters of OpenID Connect are. */
  private readonly ageMax: number | undefined;
  private readonly acrValues: readonly string[] | undefined;

  constructor(
    { values }: GatewayConfig,
    private readonly clock: Clock,
  ) {
    const { STEP_UP_MAX_AGE_MINUTES, STEP_UP_ACR } = values;
    this.ageMax = STEP_UP_MAX_AGE_MINUTES === undefined ? undefined : Math.round(STEP_UP_MAX_AGE_MINUTES * 60);
    this.acrValues = STEP_UP_ACR;
  }

  /** What the provider is asked for in the sign-in that makes up for it. */
  get parameters(): Record<string, string> {
    return {
      ...(this.ageMax !== undefined && { max_age: String(this.ageMax) }),
      ...(this.acrValues && { acr_values: this.acrValues.join(' ') }),
    };
  }

  /** PLATFORM_AUTHENTICATION_INSUFFICIENT for a sign-in that is too old or too weak, or of which the token does not tell. */
  check({ stepUp }: Operation, { token }: Admission): void {
    if (!stepUp || (this.ageMax === undefined && this.acrValues === undefined)) return;
    // The door has verified it.
    const reason = this.faultOf(decodeJwt(token));
    if (reason === undefined) return;
    throw new AppError('PLATFORM_AUTHENTICATION_INSUFFICIENT', this.parameters, { reason });
  }

  private faultOf({ auth_time: at, acr }: JWTPayload): string | undefined {
    if (this.acrValues && !this.acrValues.some((value) => value === acr))
      return 'claim acr of the access token is missing or none of STEP_UP_ACR';
    if (this.ageMax === undefined) return undefined;
    if (typeof at !== 'number') return 'the access token has no claim auth_time, which STEP_UP_MAX_AGE_MINUTES needs';
    const age = Math.round(this.clock.now().getTime() / 1000 - at);
    return age > this.ageMax ? `signed in ${age} s ago` : undefined;
  }
}
