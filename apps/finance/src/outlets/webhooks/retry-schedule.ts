const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Pauses before the second and each further attempt. Source: Standard Webhooks, "Deliverability and reliability", whose example
 * schedule ends after about 76 hours.
 */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** Part of the pause that chance may take off or add, so that receivers that were down are not all met at once. */
const JITTER = 0.2;

/** The pause after so many failed attempts in a row, or undefined when it is enough. `chance` is from 0 to 1. */
export function retryDelayMs(failedAttempts: number, chance: number): number | undefined {
  const delay = RETRY_DELAYS_MS[failedAttempts - 1];
  return delay === undefined ? undefined : Math.round(delay * (1 - JITTER + 2 * JITTER * chance));
}
