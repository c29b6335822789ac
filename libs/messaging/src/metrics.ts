import { Counter, Gauge, Histogram, register } from 'prom-client';
import type { Queries } from '#database';

export const publishedMessages = counter('outbox_published_total', 'Messages put into the stream', ['attempt']);
export const refusedMessages = counter('outbox_failed_total', 'Messages that no stream will take');
export const handledMessages = counter('inbox_handled_total', 'Messages taken from streams, by outcome', [
  'source',
  'outcome',
]);
export const messageLag = histogram('inbox_lag_seconds', 'From the fact at the publisher to its effect here', [
  'source',
]);

export interface Backlog {
  /** Committed but not published yet. */
  readonly unpublished: number;
  readonly oldestSeconds: number;
  /** Published, but not confirmed by all who subscribe. */
  readonly unreceived: number;
  readonly failed: number;
  readonly deadLetters: number;
}

/** How much is on its way; read at each scrape and by the health report. */
export async function readBacklog(database: Pick<Queries, 'statement'>): Promise<Backlog> {
  const [row] = await database.statement<Backlog>('messaging_backlog', BACKLOG);
  return row ?? { unpublished: 0, oldestSeconds: 0, unreceived: 0, failed: 0, deadLetters: 0 };
}

/** How long the oldest message has been waiting for the stream; cheap enough for every look at the health. */
export async function backlogAgeSeconds(database: Queries): Promise<number> {
  const [row] = await database.statement<{ seconds: number }>('messaging_backlog_age', BACKLOG_AGE);
  return row?.seconds ?? 0;
}

const BACKLOG_AGE = `
  SELECT coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float8 AS seconds
  FROM outbox_message WHERE published_at IS NULL AND failed_at IS NULL`;

const BACKLOG = `
  SELECT count(*)::int AS unpublished,
    coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float8 AS "oldestSeconds",
    (SELECT count(*)::int FROM outbox_message WHERE received_at IS NULL AND published_at IS NOT NULL) AS unreceived,
    (SELECT count(*)::int FROM outbox_message WHERE published_at IS NULL AND failed_at IS NOT NULL) AS failed,
    (SELECT count(*)::int FROM dead_letter WHERE resolved_at IS NULL) AS "deadLetters"
  FROM outbox_message WHERE published_at IS NULL AND failed_at IS NULL`;

/** Shows the backlog of a service in the process's metrics. */
export function exposeBacklog(database: Queries): void {
  const gauges: Record<keyof Backlog, string> = {
    unpublished: 'outbox_backlog_messages',
    oldestSeconds: 'outbox_backlog_age_seconds',
    unreceived: 'outbox_unreceived_messages',
    failed: 'outbox_failed_messages',
    deadLetters: 'inbox_dead_letters',
  };
  let latest: Promise<Backlog> | undefined;
  const read = (): Promise<Backlog> => {
    // One scrape reads all gauges; the table is asked once.
    latest ??= readBacklog(database).finally(() => (latest = undefined));
    return latest;
  };
  for (const [key, name] of Object.entries(gauges) as [keyof Backlog, string][]) {
    register.removeSingleMetric(name);
    new Gauge({
      name,
      help: `Messaging: ${key}`,
      async collect() {
        this.set((await read())[key]);
      },
    });
  }
}

function counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
  return (register.getSingleMetric(name) as Counter<L> | undefined) ?? new Counter({ name, help, labelNames });
}

function histogram<L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> {
  const buckets = [0.002, 0.005, 0.01, 0.03, 0.1, 0.3, 1, 10, 60, 600];
  return (
    (register.getSingleMetric(name) as Histogram<L> | undefined) ?? new Histogram({ name, help, labelNames, buckets })
  );
}
