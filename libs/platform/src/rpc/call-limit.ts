import { monotonicNow } from '../deadline';

/** From its caller's sending to its answer, a call shall take no longer than this on average. */
const TARGET_MS = 500;
const WINDOW_MS = 250;
const SAMPLES_MIN = 32;
/** The limit never falls lower: below, connections to the database would stand idle. */
export const CALLS_FLOOR = 32;
const BACK_OFF = 0.85;
const STEP = 8;

/**
 * How many calls a process has in hand at once. What is beyond is refused at once, so that whoever gets in is answered in time and
 * the others hear "later" instead of nothing. The limit adapts as TCP's window does (additive increase, multiplicative decrease):
 * it falls while calls take longer than their target, most of it waiting, and rises while it is reached and they do not.
 */
export class CallLimit {
  private limit: number;
  private inHand = 0;
  private refused = 0;
  private isReached = false;
  private windowStart: number;
  private samples = 0;
  private totalMs = 0;

  constructor(
    private readonly max: number,
    private readonly now: () => number = monotonicNow,
  ) {
    this.limit = max;
    this.windowStart = now();
  }

  get current(): number {
    return this.limit;
  }

  /** How many were refused so far. */
  get shed(): number {
    return this.refused;
  }

  /** Whether one more call may be taken; if so it is in hand until `leave`. */
  tryEnter(): boolean {
    if (this.inHand >= this.limit) {
      this.isReached = true;
      this.refused += 1;
      return false;
    }
    this.inHand += 1;
    return true;
  }

  /** `tookMs`: how long its caller has waited for it. */
  leave(tookMs: number): void {
    this.inHand -= 1;
    this.samples += 1;
    this.totalMs += tookMs;
    if (this.samples >= SAMPLES_MIN && this.now() - this.windowStart >= WINDOW_MS) this.adapt();
  }

  private adapt(): void {
    if (this.totalMs / this.samples > TARGET_MS)
      this.limit = Math.max(Math.min(CALLS_FLOOR, this.max), Math.floor(this.limit * BACK_OFF));
    else if (this.isReached) this.limit = Math.min(this.max, this.limit + STEP);
    this.isReached = false;
    this.samples = 0;
    this.totalMs = 0;
    this.windowStart = this.now();
  }
}
