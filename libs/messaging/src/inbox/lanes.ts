import { setTimeout as delay } from 'node:timers/promises';

type Pause = (milliseconds: number) => Promise<void>;
type Task = (pause: Pause) => Promise<void>;

/**
 * Runs tasks of one lane in order and those of different lanes side by side, up to a limit. A task that pauses keeps its lane but
 * gives its place to others. Tasks must not reject.
 */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly queue: (() => void)[] = [];
  private places: number;

  constructor(
    limit: number,
    /** Ends all pauses early. */
    private readonly stopping: AbortSignal,
  ) {
    this.places = limit;
  }

  enqueue(lane: string, task: Task): void {
    const before = this.tails.get(lane) ?? Promise.resolve();
    const tail = before.then(() => this.occupy(task));
    this.tails.set(lane, tail);
    void tail.then(() => {
      if (this.tails.get(lane) === tail) this.tails.delete(lane);
    });
  }

  /** Resolves when every task that was given has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.tails.values());
  }

  private async occupy(task: Task): Promise<void> {
    await this.enter();
    try {
      await task(async (milliseconds) => {
        this.leave();
        await delay(milliseconds, undefined, { signal: this.stopping }).catch(() => undefined);
        await this.enter();
      });
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.places > 0) {
      this.places -= 1;
      return;
    }
    await new Promise<void>((resolve) => this.queue.push(resolve));
  }

  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.places += 1;
  }
}
