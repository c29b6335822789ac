import { Logger } from '@nestjs/common';
import type { Clock } from './clock';

const INTERVAL_MS = 1000;

/**
 * Says in the log why tokens were refused: one line a reason and second, with the number of refusals since its last line. A client
 * learns no more than 401, and a flood of bad tokens must not become a flood of log lines.
 */
export class RefusedTokens {
  private readonly logger = new Logger('TokenVerifier');
  // The reasons are ours and few; nothing that a client sent is among them.
  private readonly reasons = new Map<string, { saidAt: number; count: number }>();

  constructor(private readonly clock: Clock) {}

  note(reason: string): void {
    const now = this.clock.now().getTime();
    const known = this.reasons.get(reason) ?? { saidAt: Number.NEGATIVE_INFINITY, count: 0 };
    this.reasons.set(reason, known);
    known.count += 1;
    if (Math.abs(now - known.saidAt) < INTERVAL_MS) return;
    this.logger.warn({ reason, refusals: known.count }, 'token refused');
    Object.assign(known, { saidAt: now, count: 0 });
  }
}
