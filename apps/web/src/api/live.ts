import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { session } from './session';
import { type Change, isTouched } from './touched';

/** What changes at once is read once. */
const GATHER_MS = 300;
/** A page that changes all the time is read this often. */
const PAUSE_MS = 2_000;
const AGAIN_MS = 10_000;

/** Reads again what is on screen and changed, as long as somebody looks at it. */
export function useLive(isSignedIn: boolean): void {
  const client = useQueryClient();
  useEffect(() => (isSignedIn ? followChanges(client) : undefined), [client, isSignedIn]);
}

function followChanges(client: QueryClient): () => void {
  const reader = new Rereader(client);
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    close();
    // A browser has six connections to a server, for all its tabs: one that nobody looks at holds none.
    if (document.hidden) return;
    source = new EventSource('/v1/changes');
    source.addEventListener('changed', ({ data }: MessageEvent<string>) => reader.add(changeOf(data)));
    source.addEventListener('reset', () => reader.addAll());
    source.addEventListener('error', () => {
      // Otherwise the browser connects again by itself, and goes on where it was.
      if (source?.readyState !== EventSource.CLOSED) return;
      void client.invalidateQueries(session);
      again = setTimeout(open, AGAIN_MS);
    });
  }

  function close(): void {
    clearTimeout(again);
    source?.close();
    source = undefined;
  }

  function look(): void {
    open();
    // What changed while nobody looked was not told.
    if (!document.hidden) reader.addAll();
  }

  open();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
    reader.stop();
  };
}

/** Gathers what changed and has it read again, not too often. */
class Rereader {
  private changes: Change[] = [];
  private isAll = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readAt = -PAUSE_MS;

  constructor(private readonly client: QueryClient) {}

  add(change: Change): void {
    this.changes.push(change);
    this.soon();
  }

  addAll(): void {
    this.isAll = true;
    this.soon();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private soon(): void {
    const wait = Math.max(GATHER_MS, this.readAt + PAUSE_MS - performance.now());
    this.timer ??= setTimeout(() => this.read(), wait);
  }

  private read(): void {
    const { changes, isAll } = this;
    this.changes = [];
    this.isAll = false;
    this.timer = undefined;
    this.readAt = performance.now();
    void this.client.invalidateQueries({
      predicate: ({ meta, queryKey: [, input], state: { data } }) => {
        const path = meta?.path;
        return (
          typeof path === 'string' && (isAll || changes.some((change) => isTouched({ path, input, data }, change)))
        );
      },
    });
  }
}

function changeOf(data: string): Change {
  return JSON.parse(data) as Change;
}
