import { Logger } from '@nestjs/common';
import type { ServiceView } from '#contracts';
import type { Clock } from '#platform';
import { recurringRuns } from '../metrics';

/** One piece of recurring work on its way; `Recurring` says what it promises. */
export class RecurringTask {
  private readonly logger = new Logger(RecurringTask.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private begunAt: Date | undefined;
  private endedAt: Date | undefined;
  private hasFailed = false;

  constructor(
    private readonly name: string,
    private readonly options: {
      readonly intervalMs: number;
      readonly work: (stopping: AbortSignal) => Promise<unknown>;
      readonly clock: Clock;
    },
  ) {}

  start(): void {
    // A process that has nothing else left to do, such as one whose start failed, must be able to end.
    this.begunAt ??= this.options.clock.now();
    this.timer ??= setInterval(() => {
      this.running ??= this.attempt().finally(() => (this.running = undefined));
    }, this.options.intervalMs).unref();
  }

  /** When this process did it last, and when it does it next. */
  standing(): ServiceView['tasks'][number] {
    const { intervalMs, clock } = this.options;
    const from = this.begunAt ?? clock.now();
    return {
      name: this.name,
      everySeconds: intervalMs / 1000,
      lastAt: this.endedAt?.toISOString() ?? null,
      hasFailed: this.hasFailed,
      nextAt: new Date(from.getTime() + intervalMs).toISOString(),
    };
  }

  /** Waits for the run under way. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  private async attempt(): Promise<void> {
    const { name } = this;
    const { work, clock } = this.options;
    this.begunAt = clock.now();
    try {
      await work(this.stopping.signal);
      this.hasFailed = false;
      recurringRuns.inc({ task: name, outcome: 'done' });
    } catch (error) {
      this.hasFailed = true;
      // The next attempt finds the same work again.
      recurringRuns.inc({ task: name, outcome: 'failed' });
      this.logger.error({ err: error, task: name }, 'a recurring task stopped early');
    } finally {
      this.endedAt = clock.now();
    }
  }
}
