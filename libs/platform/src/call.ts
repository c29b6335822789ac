import type { Operation, Role, Scope } from '#contracts';

/** Who is calling, as the verified access token says. */
export interface Caller {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** The municipality a municipality user acts for. */
  readonly municipalityId?: string;
  /** The expert record of an expert user. */
  readonly expertId?: string;
  /** The caller's own e-mail address, where the provider says that it has verified it (OpenID Connect Core 5.1). */
  readonly verifiedEmail?: string;
}

/** The languages in which the services themselves write sentences. */
export type ReadingLanguage = 'de' | 'en';

/** One request on its way through a service: the second argument of every handler. */
export interface Call {
  readonly caller: Caller;
  /** `own`: the service must restrict to the caller's objects and answer PLATFORM_RESOURCE_NOT_FOUND for others. */
  readonly scope: Scope;
  readonly operation: Operation;
  /** The validated request; idempotency fingerprints are taken from it. */
  readonly request: unknown;
  /** The user's token, forwarded when this service calls another; verified again there. */
  readonly token: string;
  readonly idempotencyKey?: string;
  /** The version from `If-Match`. */
  readonly expectedVersion?: number;
  readonly correlationId: string;
  /** After this instant on this process's own clock (`monotonicNow`) the caller no longer waits. */
  readonly deadlineAt: number;
  readonly traceparent?: string;
  /** Of the sentences that are written for whoever reads the answer: the better of those that `Accept-Language` names. */
  readonly language?: ReadingLanguage;
  /** Tells the caller that the answer is a stored one (`Idempotency-Replayed: true`). */
  markReplayed(): void;
}
