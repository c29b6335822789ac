import { AppError } from '#contracts';
import type { Call } from './call';

/**
 * Milliseconds on this process's own clock, which runs while the process is stopped and which nobody sets. Deadlines are read on
 * it and never on the time of day, so that clocks of two hosts may differ (docs/adr/0014).
 */
export function monotonicNow(): number {
  return performance.now();
}

/**
 * Refuses a call that nobody waits for any more: what its caller was told is unknown must not be carried out later. Asked before a
 * call starts, and again when its turn in a queue has come.
 */
export function assertInTime({ deadlineAt }: Pick<Call, 'deadlineAt'>): void {
  if (monotonicNow() > deadlineAt) throw new AppError('PLATFORM_CALL_OVERDUE');
}
