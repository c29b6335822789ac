import type { AppError } from '#contracts';

/** Statuses that pass by themselves: their answer always says when to come again. */
const PASSING_STATUSES: readonly number[] = [429, 503, 504];
const SECONDS_WHEN_UNKNOWN = 2;

/**
 * The seconds of `Retry-After` (RFC 9110 10.2.3), a whole number of at least 1: what the refusal knows itself
 * (`details.retryAfterSeconds`), or a short standard time for what passes by itself. Undefined where a repetition would not help.
 */
export function retryAfterSeconds(error: AppError, status: number): number | undefined {
  const known = error.details?.retryAfterSeconds;
  if (typeof known === 'number' && known >= 0) return Math.max(1, Math.ceil(known));
  const passes = PASSING_STATUSES.includes(status) || error.code === 'PLATFORM_REQUEST_IN_PROGRESS';
  return passes ? SECONDS_WHEN_UNKNOWN : undefined;
}
