import { Logger } from '@nestjs/common';

/**
 * Work that time alone brings about, tried again and again by every replica: it must be harmless when another one was faster.
 * Never twice at the same time in one process. What fails is logged and tried again at the next interval. `stop()` waits for the
 * run under way; call it in `onModuleDestroy`, before the connections close.
 */
export class RecurringTask {
  private readonly logger = new Logger(RecurringTask.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    /** What is done, as the log names it: `sweep events`. */
    private readonly name: string,
    private readonly options: { readonly intervalMs: number; readonly work: () => Promise<void> },
  ) {}

  start(): void {
    // A process that has nothing else left to do, such as one whose start failed, must be able to end.
    this.timer ??= setInterval(() => {
      this.running ??= this.attempt().finally(() => (this.running = undefined));
    }, this.options.intervalMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async attempt(): Promise<void> {
    try {
      await this.options.work();
    } catch (error) {
      // The next attempt finds the same work again.
      this.logger.error({ err: error, task: this.name }, 'a recurring task stopped early');
    }
  }
}
