import type { Client } from 'pg';
import type { Database } from '#database';

/** A message on its way from the outbox to the stream. */
export interface OutboxMessage {
  readonly id: string;
  readonly subject: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  /** The exact bytes of the body, as text. */
  readonly data: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  readonly occurredAt: Date;
  readonly position: bigint;
  readonly attempts: number;
  readonly signature: string | null;
}

export interface Published {
  readonly id: string;
  readonly streamSequence: number;
  /** Nobody subscribes to it, so nobody needs to confirm it. */
  readonly isReceived: boolean;
}

const COLUMNS = `id, subject, aggregate_id AS "aggregateId", aggregate_version AS "aggregateVersion", data,
  correlation_id AS "correlationId", causation_id AS "causationId", traceparent, occurred_at AS "occurredAt", position, attempts, signature`;

/** Positioned but not published: what a leader that died left behind. */
export async function readUnpublished(client: Client, limit: number): Promise<OutboxMessage[]> {
  const { rows } = await client.query<OutboxMessage>(
    `SELECT ${COLUMNS} FROM outbox_message
     WHERE position IS NOT NULL AND published_at IS NULL AND failed_at IS NULL ORDER BY position LIMIT $1`,
    [limit],
  );
  return rows;
}

/**
 * Marks what was published and gives the next messages their positions, in one statement. Positions have no gap and are committed
 * before anything is published, so a reader who goes by position never skips a message.
 */
export async function advance(
  client: Client,
  published: readonly Published[],
  limit: number,
): Promise<OutboxMessage[]> {
  const { rows } = await client.query<OutboxMessage>({
    name: 'relay_advance',
    text: ADVANCE,
    values: [
      published.map((it) => it.id),
      published.map((it) => it.streamSequence),
      published.map((it) => it.isReceived),
      limit,
    ],
  });
  return rows.sort((a, b) => (a.position < b.position ? -1 : 1));
}

const ADVANCE = `
  WITH marked AS (
    UPDATE outbox_message o SET published_at = now(), stream_sequence = p.stream_sequence, attempts = attempts + 1,
      received_at = CASE WHEN p.is_received THEN now() END
    FROM unnest($1::uuid[], $2::bigint[], $3::boolean[]) AS p (id, stream_sequence, is_received)
    WHERE o.id = p.id
  ), last AS (
    SELECT coalesce(max(position), 0) AS position FROM outbox_message
  ), next AS (
    SELECT id, row_number() OVER (ORDER BY sequence) AS place
    FROM (SELECT id, sequence FROM outbox_message WHERE position IS NULL ORDER BY sequence LIMIT $4) AS unplaced
  )
  UPDATE outbox_message SET position = last.position + next.place
  FROM next, last WHERE outbox_message.id = next.id
  RETURNING outbox_message.id, subject, aggregate_id AS "aggregateId", aggregate_version AS "aggregateVersion", data,
    correlation_id AS "correlationId", causation_id AS "causationId", traceparent, occurred_at AS "occurredAt",
    outbox_message.position, attempts, signature`;

/** A message that no stream will ever take; it stays in the table with its error, and the rest goes on. */
export async function markFailed(client: Client, id: string, error: string): Promise<void> {
  await client.query('UPDATE outbox_message SET failed_at = now(), error = $2 WHERE id = $1', [id, error]);
}

export async function markRepublished(database: Database, published: readonly Published[]): Promise<void> {
  await database.query(
    `UPDATE outbox_message o SET published_at = now(), stream_sequence = p.stream_sequence, attempts = attempts + 1, received_at = NULL
     FROM unnest($1::uuid[], $2::bigint[]) AS p (id, stream_sequence) WHERE o.id = p.id`,
    [published.map((it) => it.id), published.map((it) => it.streamSequence)],
  );
}

export async function markReceived(database: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await database.query(
    'UPDATE outbox_message SET received_at = now() WHERE id = ANY ($1::uuid[]) AND received_at IS NULL',
    [ids],
  );
}

export type PublishedMessage = OutboxMessage & { readonly streamSequence: bigint };

/** Published long enough ago, in order of position: those that lack a receipt, or all within a span. */
export function readPublished(
  database: Database,
  options: { afterPosition: bigint; olderThanMs: number; recheckSpanMs: number | undefined; limit: number },
): Promise<PublishedMessage[]> {
  const which = options.recheckSpanMs
    ? 'published_at >= now() - make_interval(secs => $4::double precision / 1000)'
    : 'received_at IS NULL AND $4::double precision IS NULL';
  return database.query<PublishedMessage>(
    `SELECT ${COLUMNS}, stream_sequence AS "streamSequence" FROM outbox_message
     WHERE ${which} AND position > $1 AND failed_at IS NULL
       AND published_at < now() - make_interval(secs => $2::double precision / 1000)
     ORDER BY position LIMIT $3`,
    [options.afterPosition, options.olderThanMs, options.limit, options.recheckSpanMs ?? null],
  );
}
