import { setTimeout as delay } from 'node:timers/promises';

const BATCH_MAX = 500;
const PAUSE_MS = 10;

/**
 * Hands over a lone item at once, and a flood in few pieces: what arrives while a batch is being worked on, or within a few
 * milliseconds after it, makes the next one. The work must not reject.
 */
export class Batches<Item> {
  private waiting: Item[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly work: (items: readonly Item[]) => Promise<void>) {}

  add(item: Item): void {
    this.waiting.push(item);
    this.running ??= this.drain();
  }

  /** Resolves when everything that was added has been worked on. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async drain(): Promise<void> {
    // What else came in with this tick belongs to the same batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      await this.work(this.waiting.splice(0, BATCH_MAX));
      if (this.waiting.length < BATCH_MAX) await delay(PAUSE_MS);
    }
    this.running = undefined;
  }
}
