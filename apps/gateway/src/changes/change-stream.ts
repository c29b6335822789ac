import { Readable } from 'node:stream';
import type { Scope } from '#contracts';
import type { Change } from './named-resources';

/** How long changes are gathered before they are told: a payment run changes thousands of payouts at once. */
const GATHER_MS = 250;
/** Of one kind at a time; beyond, the kind is all that is said. */
const IDS_MAX = 100;
/** The same for a caller of whom each has to be asked for. */
const ASKED_MAX = 10;
/** What may wait for a slow connection. */
const BUFFER_BYTES_MAX = 64 * 1024;
/** A browser whose connection ends comes back after so long. */
const RETRY_MS = 2000;

/** What a stream is told by, and whom it asks. */
export interface StreamSource {
  readonly marker: string;
  scopeOf(resource: string): Scope | undefined;
  /** Whether a caller who sees only what is theirs sees this. */
  isOwn(change: Change): Promise<boolean>;
}

type Versions = Map<string, number | undefined>;

/**
 * One browser's server-sent events (HTML Living Standard, 9.2): `ready` once, `changed` for what changed of what it may see, `reset` when
 * it may have missed something and has to read anew whatever it shows.
 */
export class ChangeStream {
  readonly readable = new Readable({ read: () => undefined });
  private readonly gathered = new Map<string, Versions>();
  private isReset = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly source: StreamSource) {
    this.readable.once('close', () => {
      clearTimeout(this.timer);
    });
    this.write(`retry: ${RETRY_MS}\n${this.event('ready', {}, source.marker)}`);
  }

  changed(changes: readonly Change[]): void {
    for (const { resource, id, version } of changes) {
      if (id === undefined || this.source.scopeOf(resource) === undefined) continue;
      const versions: Versions = this.gathered.get(resource) ?? new Map<string, number | undefined>();
      this.gathered.set(resource, versions);
      // One more than is told is enough to know that there are too many.
      if (versions.size <= IDS_MAX) versions.set(id, version ?? versions.get(id));
    }
    if (this.gathered.size > 0) this.tellSoon();
  }

  lost(): void {
    this.isReset = true;
    this.tellSoon();
  }

  /** Keeps the connection alive, and tells how far it is where nothing was to be told. */
  beat(): void {
    if (this.timer === undefined) this.write(`: beat\nid: ${this.source.marker}\n\n`);
  }

  end(): void {
    this.readable.push(null);
  }

  private tellSoon(): void {
    this.timer ??= setTimeout(() => void this.tell(), GATHER_MS).unref();
  }

  private async tell(): Promise<void> {
    // The slower the connection, the more is said at once.
    if (this.readable.readableLength > BUFFER_BYTES_MAX) {
      this.timer?.refresh();
      return;
    }
    const { marker } = this.source;
    const kinds = [...this.gathered];
    this.gathered.clear();
    const events = this.isReset
      ? [{ name: 'reset', data: {} }]
      : (await Promise.all(kinds.map((kind) => this.told(...kind)))).flat().map((data) => ({ name: 'changed', data }));
    this.isReset = false;
    this.timer = undefined;
    // With the last one alone: a connection that breaks in between begins before the first one.
    this.write(
      events
        .map(({ name, data }, at) => this.event(name, data, at === events.length - 1 ? marker : undefined))
        .join(''),
    );
    if (this.gathered.size > 0) this.tellSoon();
  }

  private async told(resource: string, versions: Versions): Promise<Change[]> {
    const isAsked = this.source.scopeOf(resource) === 'own';
    if (versions.size > (isAsked ? ASKED_MAX : IDS_MAX)) return [{ resource }];
    const changes = [...versions].map(([id, version]) => ({ resource, id, ...(version !== undefined && { version }) }));
    if (!isAsked) return changes;
    const seen = await Promise.all(changes.map((change) => this.source.isOwn(change)));
    return changes.filter((_change, index) => seen[index]);
  }

  private event(name: string, data: object, marker?: string): string {
    return `${marker === undefined ? '' : `id: ${marker}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  }

  private write(text: string): void {
    if (text !== '' && !this.readable.destroyed) this.readable.push(text);
  }
}
