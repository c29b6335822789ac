import type { Client } from 'pg';
import type { Queries } from '#database';

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

const COLUMNS = `id, subject, aggregate_id, aggregate_version, data,
  correlation_id, causation_id, traceparent, occurred_at, position, attempts, signature`;

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
  RETURNING outbox_message.id, subject, aggregate_id, aggregate_version, data, correlation_id, causation_id,
    traceparent, occurred_at, outbox_message.position, attempts, signature`;

/** A message that no stream will ever take; it stays in the table with its error, and the rest goes on. */
export async function markFailed(client: Client, id: string, error: string): Promise<void> {
  await client.query('UPDATE outbox_message SET failed_at = now(), error = $2 WHERE id = $1', [id, error]);
}

/** Where a published message stands, without its body. */
export interface PublishedReference {
  readonly id: string;
  readonly subject: string;
  readonly position: bigint;
  readonly streamSequence: bigint;
}

const REFERENCE = 'id, subject, position, stream_sequence';

/** Published long enough ago, and not confirmed by all who subscribe; in order of position. */
export function readUnreceived(
  database: Queries,
  { afterPosition, olderThanMs, limit }: { afterPosition: bigint; olderThanMs: number; limit: number },
): Promise<PublishedReference[]> {
  return database.query<PublishedReference>(
    `SELECT ${REFERENCE} FROM outbox_message
     WHERE received_at IS NULL AND published_at IS NOT NULL AND failed_at IS NULL AND position > $1
       AND published_at < now() - make_interval(secs => $2::double precision / 1000)
     ORDER BY position LIMIT $3`,
    [afterPosition, olderThanMs, limit],
  );
}

/** The newest messages that every subscriber has confirmed, newest first. */
export function readNewestReceived(database: Queries, limit: number): Promise<PublishedReference[]> {
  return database.query<PublishedReference>(
    `SELECT ${REFERENCE} FROM outbox_message WHERE received_at IS NOT NULL ORDER BY position DESC LIMIT $1`,
    [limit],
  );
}

/** One row of the outbox by its position; the stream sequence is null as long as it is not published. */
export interface PlacedReference extends Omit<PublishedReference, 'streamSequence'> {
  readonly streamSequence: bigint | null;
}

/** Everything after one position and up to another, in order: positions have no gap, so what is missing here was deleted. */
export function readStretch(
  database: Queries,
  { after, through, limit }: { after: bigint; through: bigint; limit: number },
): Promise<PlacedReference[]> {
  return database.query<PlacedReference>(
    `SELECT ${REFERENCE} FROM outbox_message WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3`,
    [after, through, limit],
  );
}

/** The whole messages, in order of position. */
export function readMessages(database: Queries, ids: readonly string[]): Promise<OutboxMessage[]> {
  return database.query<OutboxMessage>(
    `SELECT ${COLUMNS} FROM outbox_message WHERE id = ANY ($1::uuid[]) ORDER BY position`,
    [ids],
  );
}

/** The highest position that was given; 0 when there is none. */
export async function lastPosition(database: Pick<Queries, 'query'>): Promise<bigint> {
  const [row] = await database.query<{ last: bigint }>(
    'SELECT coalesce(max(position), 0)::bigint AS last FROM outbox_message',
  );
  return row?.last ?? 0n;
}

/**
 * The position before the first message that occurred at this instant or later, found by halving: there is no index on the time,
 * as it would cost every publish, and times grow with positions but for the clocks' differences.
 */
export async function positionBefore(database: Pick<Queries, 'query'>, instant: Date): Promise<bigint> {
  let [low, high] = [0n, await lastPosition(database)];
  while (low < high) {
    const middle = (low + high) / 2n;
    const [row] = await database.query<{ position: bigint; occurredAt: Date }>(
      'SELECT position, occurred_at FROM outbox_message WHERE position > $1 ORDER BY position LIMIT 1',
      [middle],
    );
    if (!row || row.occurredAt >= instant) high = middle;
    else low = row.position;
  }
  return low;
}

export async function markRepublished(database: Queries, published: readonly Published[]): Promise<void> {
  await database.query(
    `UPDATE outbox_message o SET published_at = now(), stream_sequence = p.stream_sequence, attempts = attempts + 1,
       received_at = CASE WHEN p.is_received THEN now() END
     FROM unnest($1::uuid[], $2::bigint[], $3::boolean[]) AS p (id, stream_sequence, is_received) WHERE o.id = p.id`,
    [published.map((it) => it.id), published.map((it) => it.streamSequence), published.map((it) => it.isReceived)],
  );
}

export async function markReceived(database: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await database.query(
    'UPDATE outbox_message SET received_at = now() WHERE id = ANY ($1::uuid[]) AND received_at IS NULL',
    [ids],
  );
}

/** Takes the confirmation back: the reconciler asks for these again until they have arrived. */
export async function markUnreceived(database: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await database.query('UPDATE outbox_message SET received_at = NULL WHERE id = ANY ($1::uuid[])', [ids]);
}
