const FIRST_MS = 250;
const LONGEST_MS = 10_000;
/** What ran this long had started well: its end is a new story, and the next pause is short again. */
const STABLE_MS = 60_000;

/** How long to wait before something that ended is started again: longer each time, but for ever. */
export class Backoff {
  private ends = 0;

  /** The pause after something that lived for `livedMs`; 0 when it did not start at all. */
  pauseMsAfter(livedMs: number): number {
    this.ends = livedMs >= STABLE_MS ? 1 : this.ends + 1;
    return Math.min(LONGEST_MS, FIRST_MS * 2 ** (this.ends - 1));
  }
}
