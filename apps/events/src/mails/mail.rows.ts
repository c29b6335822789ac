import type { MailKind } from '#contracts/events';
import type { Queries, Tx } from '#database';

/** A mail at the moment at which it is to be sent. */
export interface DueMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly participantId: string;
  readonly writtenAt: Date;
  readonly attempts: number;
}

/** A mail that nobody has tried to send yet. */
export interface NewMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly eventId: string;
  readonly registrationId: string;
  readonly participantId: string;
  readonly addressDigest: Buffer;
}

export async function insertMails(tx: Tx, mails: readonly NewMail[], at: Date): Promise<void> {
  await tx.statement(
    'mail_insert',
    `INSERT INTO mail (id, version, kind, event_id, registration_id, participant_id, address_digest, written_at, attempts, next_attempt_at)
     SELECT id, 1, kind, event_id, registration_id, participant_id, address_digest, $7, 0, $7
       FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bytea[])
         AS mail (id, kind, event_id, registration_id, participant_id, address_digest)`,
    [
      mails.map(({ id }) => id),
      mails.map(({ kind }) => kind),
      mails.map(({ eventId }) => eventId),
      mails.map(({ registrationId }) => registrationId),
      mails.map(({ participantId }) => participantId),
      mails.map(({ addressDigest }) => addressDigest),
      at,
    ],
  );
}

/** How many mails were written to each of the addresses since then. */
export async function countMails(tx: Tx, digests: readonly Buffer[], since: Date): Promise<Map<string, number>> {
  const rows = await tx.statement<{ digest: string; mails: number }>(
    'mail_count',
    `SELECT encode(address_digest, 'hex') AS digest, count(*)::int AS mails FROM mail
      WHERE address_digest = ANY ($1::bytea[]) AND written_at > $2 GROUP BY address_digest`,
    [digests, since],
  );
  return new Map(rows.map(({ digest, mails }) => [digest, mails]));
}

/** After 1, 4, 16 … minutes, then every six hours: the mail is this attempt's until then, whatever becomes of the process. */
const NEXT_ATTEMPT = `$1::timestamptz + least(interval '1 minute' * power(4, attempts), interval '6 hours')`;

/** Takes some mails that are due for one attempt. Other replicas take others. */
export async function takeDueMails(database: Queries, now: Date, limit: number): Promise<DueMail[]> {
  return database.query(
    `UPDATE mail SET attempts = attempts + 1, version = version + 1, next_attempt_at = ${NEXT_ATTEMPT}
      WHERE id IN (SELECT id FROM mail
        WHERE sent_at IS NULL AND given_up_at IS NULL AND participant_id IS NOT NULL AND next_attempt_at <= $1
        ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED)
      RETURNING id, kind, participant_id, written_at, attempts`,
    [now, limit],
  );
}

export async function recordSent(database: Queries, id: string, at: Date): Promise<void> {
  await database.query('UPDATE mail SET sent_at = $2, failure = NULL, version = version + 1 WHERE id = $1', [id, at]);
}

export async function recordFailure(
  database: Queries,
  id: string,
  { failure, givenUpAt }: { failure: string; givenUpAt: Date | null },
): Promise<void> {
  await database.query('UPDATE mail SET failure = $2, given_up_at = $3, version = version + 1 WHERE id = $1', [
    id,
    failure,
    givenUpAt,
  ]);
}

export async function dropMail(database: Queries, id: string): Promise<void> {
  await database.query('DELETE FROM mail WHERE id = $1', [id]);
}

/** Takes off the digests that have done their work, and deletes mails whose person is not known any more. */
export async function forgetMails(database: Queries, before: Date, limit: number): Promise<void> {
  await database.query(
    `UPDATE mail SET address_digest = NULL WHERE id IN
       (SELECT id FROM mail WHERE address_digest IS NOT NULL AND written_at <= $1 LIMIT $2)`,
    [before, limit],
  );
  await database.query(
    `DELETE FROM mail WHERE id IN
       (SELECT id FROM mail WHERE participant_id IS NULL AND written_at <= $1 LIMIT $2)`,
    [before, limit],
  );
}

export interface MailBacklog {
  readonly waiting: number;
  readonly oldestSeconds: number;
  readonly givenUp: number;
}

export async function readMailBacklog(database: Queries, now: Date): Promise<MailBacklog> {
  const [row] = await database.statement<MailBacklog>(
    'mail_backlog',
    `SELECT count(*)::int AS waiting, coalesce(extract(epoch FROM $1::timestamptz - min(written_at)), 0)::float8 AS oldest_seconds,
        (SELECT count(*)::int FROM mail WHERE given_up_at IS NOT NULL AND participant_id IS NOT NULL) AS given_up
       FROM mail WHERE sent_at IS NULL AND given_up_at IS NULL AND participant_id IS NOT NULL`,
    [now],
  );
  return row ?? { waiting: 0, oldestSeconds: 0, givenUp: 0 };
}
