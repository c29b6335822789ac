import type { Queries } from '#database';
import { declareCounter, declareGauge, declareHistogram } from '#platform';

const where = 'every service';

export const publishedMessages = declareCounter({
  name: 'outbox_published_total',
  help: 'Messages put into the stream',
  where,
  labels: { attempt: 'first, again' },
});
export const refusedMessages = declareCounter({
  name: 'outbox_failed_total',
  help: 'Messages that no stream will take',
  where,
});
export const handledMessages = declareCounter({
  name: 'inbox_handled_total',
  help: 'Messages taken from streams, by outcome',
  where,
  labels: { source: 'the publishing service', outcome: 'handled, duplicate, altered' },
});
export const messageLag = declareHistogram(
  {
    name: 'inbox_lag_seconds',
    help: 'From the fact at the publisher to its effect here',
    where,
    labels: { source: 'the publishing service' },
  },
  [0.002, 0.005, 0.01, 0.03, 0.1, 0.3, 1, 10, 60, 600],
);

const BACKLOG_GAUGES = {
  unpublished: declareGauge({
    name: 'outbox_backlog_messages',
    help: 'Messages committed, but not published yet',
    where,
  }),
  oldestSeconds: declareGauge({
    name: 'outbox_backlog_age_seconds',
    help: 'Age of the oldest message that is committed and not published',
    where,
  }),
  unreceived: declareGauge({
    name: 'outbox_unreceived_messages',
    help: 'Messages published, but not confirmed by all who subscribe',
    where,
  }),
  failed: declareGauge({
    name: 'outbox_failed_messages',
    help: 'Messages that no stream will take, and wait for people',
    where,
  }),
  deadLetters: declareGauge({
    name: 'inbox_dead_letters',
    help: 'Messages that could not be handled, and wait for people',
    where,
  }),
};

export const recurringRuns = declareCounter({
  name: 'recurring_runs_total',
  help: 'Work that time brings about, by task and outcome',
  where,
  labels: { task: 'as the log names it', outcome: 'done, failed' },
});

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
    coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float8 AS oldest_seconds,
    (SELECT count(*)::int FROM outbox_message WHERE received_at IS NULL AND published_at IS NOT NULL) AS unreceived,
    (SELECT count(*)::int FROM outbox_message WHERE published_at IS NULL AND failed_at IS NOT NULL) AS failed,
    (SELECT count(*)::int FROM dead_letter WHERE resolved_at IS NULL) AS dead_letters
  FROM outbox_message WHERE published_at IS NULL AND failed_at IS NULL`;

/** Shows the backlog of a service in the process's metrics. */
export function exposeBacklog(database: Queries): void {
  let latest: Promise<Backlog> | undefined;
  const read = (): Promise<Backlog> => {
    // One scrape reads all gauges; the table is asked once.
    latest ??= readBacklog(database).finally(() => (latest = undefined));
    return latest;
  };
  for (const key of Object.keys(BACKLOG_GAUGES) as (keyof Backlog)[]) {
    BACKLOG_GAUGES[key].expose(async (gauge) => {
      gauge.set((await read())[key]);
    });
  }
}
