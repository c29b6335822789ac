import { randomInt } from 'node:crypto';
import { AppError, type ServiceName } from '#contracts';

const RETRY_SECONDS_MAX = 3;

/** Nobody of the service is there: nothing was done. */
export function unavailable(service: ServiceName, cause?: unknown): AppError {
  return new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service, retryAfterSeconds: 2 }, { cause });
}

/** The service has as many calls in hand as it can answer in time: nothing was done. Not all come back in the same second. */
export function overloaded(service: ServiceName): AppError {
  const retryAfterSeconds = randomInt(1, RETRY_SECONDS_MAX + 1);
  return new AppError('PLATFORM_SERVICE_OVERLOADED', { service, retryAfterSeconds });
}
