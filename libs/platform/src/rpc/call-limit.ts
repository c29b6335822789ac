import { monotonicNow } from '../deadline';

/** From its caller's sending to its answer, a call shall take no longer than this share of its deadline on average. */
const TARGET_SHARE = 1 / 3;
/** So many calls in a quarter of a second say enough; when calls are slow, fewer must do in a second. */
const WINDOWS = [
  { ms: 250, samples: 32 },
  { ms: 1000, samples: 4 },
] as const;
/** The limit never falls lower: with fewer, connections to the database would stand idle. */
export const CALLS_FLOOR = 10;
/**
 * What a process begins with, before it knows how quick its calls are: a burst, such as the opening of a registration, gets in and is
 * answered in time; calls that keep coming faster than they are answered are noticed within a quarter of a second.
 */
export const CALLS_AT_FIRST = 256;
/** The most that it falls at once. */
const BACK_OFF_MIN = 0.5;
const STEP = 8;
/** A high limit rises by an eighth, so that a bad time is forgotten in seconds. */
const STEP_SHARE = 8;

/**
 * How many calls a process has in hand at once. What is beyond is refused at once, so that whoever gets in is answered in time and
 * the others hear "later" instead of nothing. The limit adapts as TCP's window does (slow increase, multiplicative decrease): it
 * falls while calls take longer than their target, most of it waiting (by Little's law as far as they are beyond it), and rises while
 * they do not: to where it began in any case, and further while it is reached.
 */
export class CallLimit {
  private limit: number;
  private inHand = 0;
  private refused = 0;
  private isReached = false;
  private peak = 0;
  private windowStart: number;
  private samples = 0;
  private totalMs = 0;

  private readonly targetMs: number;

  constructor(
    private readonly max: number,
    deadlineMs: number,
    private readonly now: () => number = monotonicNow,
  ) {
    this.targetMs = deadlineMs * TARGET_SHARE;
    this.limit = Math.min(max, CALLS_AT_FIRST);
    this.windowStart = now();
  }

  private get floor(): number {
    return Math.min(CALLS_FLOOR, this.max);
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
    this.peak = Math.max(this.peak, this.inHand);
    return true;
  }

  /** `tookMs`: how long its caller has waited for it. */
  leave(tookMs: number): void {
    this.inHand -= 1;
    this.samples += 1;
    this.totalMs += tookMs;
    const elapsedMs = this.now() - this.windowStart;
    if (WINDOWS.some(({ ms, samples }) => elapsedMs >= ms && this.samples >= samples)) this.adapt();
  }

  private adapt(): void {
    const share = this.targetMs / (this.totalMs / this.samples);
    // A few slow calls on a quiet process say nothing about waiting.
    const isBusy = this.peak * 2 >= this.limit;
    if (share < 1 && isBusy) this.limit = Math.max(this.floor, Math.floor(this.limit * Math.max(share, BACK_OFF_MIN)));
    else if (share >= 1 && (this.isReached || this.limit < CALLS_AT_FIRST))
      this.limit = Math.min(this.max, this.limit + Math.max(STEP, Math.floor(this.limit / STEP_SHARE)));
    this.isReached = false;
    this.peak = this.inHand;
    this.samples = 0;
    this.totalMs = 0;
    this.windowStart = this.now();
  }
}
