export interface ServerEvent {
  readonly name: string;
  /** As a browser would send it back: of this event, or of the last one before it that had one. */
  readonly id: string | undefined;
  readonly data: Record<string, unknown>;
  readonly text: string;
}

const WAIT_MS = 15_000;

/** Server-sent events as a browser reads them. */
export class EventReader {
  readonly seen: ServerEvent[] = [];
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
  private taken = 0;
  private lastId: string | undefined;
  private wake: () => void = () => undefined;

  private constructor(
    private readonly response: Response,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read();
  }

  static async open(url: string, headers: Record<string, string>): Promise<EventReader> {
    const abort = new AbortController();
    const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: abort.signal });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return new EventReader(response, abort);
  }

  /** The next event that fits; those before it are passed over. */
  async next(fits: (event: ServerEvent) => boolean): Promise<ServerEvent> {
    const until = performance.now() + WAIT_MS;
    for (;;) {
      while (this.taken < this.seen.length) {
        const event = this.seen[this.taken];
        this.taken += 1;
        if (event && fits(event)) return event;
      }
      if (performance.now() > until) throw new Error(`not among ${JSON.stringify(this.seen)}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, 100);
      });
    }
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    let text = '';
    try {
      for await (const chunk of this.response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    }
  }

  private take(text: string): void {
    const field = (name: string): string | undefined => new RegExp(`^${name}: ?(.*)$`, 'm').exec(text)?.[1];
    this.lastId = field('id') ?? this.lastId;
    const data = field('data');
    if (data === undefined) return;
    const name = field('event') ?? 'message';
    this.seen.push({ name, id: this.lastId, data: JSON.parse(data) as Record<string, unknown>, text });
    this.wake();
  }
}
