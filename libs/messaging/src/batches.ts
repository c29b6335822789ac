const BATCH_MAX = 200;

/**
 * Gathers what arrives while one batch is being worked on and hands it over as the next: a lone item goes at once, a flood goes in
 * few pieces, and no timer decides. The work must not reject.
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
    while (this.waiting.length > 0) await this.work(this.waiting.splice(0, BATCH_MAX));
    this.running = undefined;
  }
}
