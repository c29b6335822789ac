import { Logger } from '@nestjs/common';
import { recurringRuns } from '../metrics';

/** One piece of recurring work on its way; `Recurring` says what it promises. */
export class RecurringTask {
  private readonly logger = new Logger(RecurringTask.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly name: string,
    private readonly options: {
      readonly intervalMs: number;
      readonly work: (stopping: AbortSignal) => Promise<unknown>;
    },
  ) {}

  start(): void {
    // A process that has nothing else left to do, such as one whose start failed, must be able to end.
    this.timer ??= setInterval(() => {
      this.running ??= this.attempt().finally(() => (this.running = undefined));
    }, this.options.intervalMs).unref();
  }

  /** Waits for the run under way. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  private async attempt(): Promise<void> {
    const { name } = this;
    try {
      await this.options.work(this.stopping.signal);
      recurringRuns.inc({ task: name, outcome: 'done' });
    } catch (error) {
      // The next attempt finds the same work again.
      recurringRuns.inc({ task: name, outcome: 'failed' });
      this.logger.error({ err: error, task: name }, 'a recurring task stopped early');
    }
  }
}
