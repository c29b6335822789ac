import { AppError } from '#contracts';
import { retryAfterSeconds } from './retry-after';

describe('Retry-After', () => {
  it.each([
    ['PLATFORM_RATE_LIMITED', 429],
    ['PLATFORM_SERVICE_UNAVAILABLE', 503],
    ['PLATFORM_DEADLINE_EXCEEDED', 504],
    ['PLATFORM_REQUEST_IN_PROGRESS', 409],
  ] as const)('is always set for %s', (code, status) => {
    expect(retryAfterSeconds(new AppError(code), status)).toBe(2);
  });

  it.each([
    [30, 30],
    [0.2, 1],
    [0, 1],
    [12.1, 13],
  ])('says %s seconds of the refusal itself as %s', (retryAfter, seconds) => {
    const error = new AppError('PLATFORM_SERVICE_UNAVAILABLE', { retryAfterSeconds: retryAfter });
    expect(retryAfterSeconds(error, 503)).toBe(seconds);
  });

  it.each([Number.NaN, -1, '30'])('falls back to the standard time for %p', (retryAfter) => {
    expect(
      retryAfterSeconds(new AppError('PLATFORM_SERVICE_UNAVAILABLE', { retryAfterSeconds: retryAfter }), 503),
    ).toBe(2);
  });

  it('is left out where a repetition does not help', () => {
    expect(retryAfterSeconds(new AppError('PLATFORM_REQUEST_INVALID'), 400)).toBeUndefined();
  });
});
