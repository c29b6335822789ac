const CHECK_MS = 1_000;

export interface SilenceLimits {
  /** Until the first sign of life. */
  readonly firstMs: number;
  /** Between any two after it. */
  readonly thenMs: number;
}

/**
 * Calls back once when something has given no sign of life for too long. Counts its own looks, not the clock: while this process
 * itself was stopped or had no processor, nobody else can be called silent.
 */
export class SilenceWatch {
  private timer: NodeJS.Timeout | undefined;
  private silentMs = 0;
  private limitMs: number;

  constructor(
    private readonly limits: SilenceLimits,
    private readonly onSilence: (seconds: number) => void,
  ) {
    this.limitMs = limits.firstMs;
  }

  start(): this {
    this.timer = setInterval(() => this.look(), CHECK_MS).unref();
    return this;
  }

  heard(): void {
    this.silentMs = 0;
    this.limitMs = this.limits.thenMs;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    this.silentMs += CHECK_MS;
    if (this.silentMs < this.limitMs) return;
    this.stop();
    this.onSilence(this.silentMs / 1000);
  }
}
