import type { Queries, Tx } from '#database';
import type { Participant } from './participant.entity';

/** A person with what a confirmation needs to know. */
export type Confirming = Pick<
  Participant,
  | 'id'
  | 'eventId'
  | 'registrationId'
  | 'email'
  | 'addressKey'
  | 'language'
  | 'isOpen'
  | 'addressConfirmedAt'
  | 'addressTakenAt'
  | 'confirmationRequestedAt'
>;

const PERSON = `SELECT id, event_id, registration_id, email, address_key, language, is_open, address_confirmed_at, address_taken_at,
  confirmation_requested_at FROM participant`;

export async function findPerson(source: Queries, id: string): Promise<Confirming | undefined> {
  const [person] = await source.query<Confirming>(`${PERSON} WHERE id = $1`, [id]);
  return person;
}

/** Those of a registration whose address is neither confirmed nor somebody else's. */
export function findUnconfirmed(tx: Tx, registrationId: string): Promise<Confirming[]> {
  return tx.query(
    `${PERSON} WHERE registration_id = $1 AND address_confirmed_at IS NULL AND address_taken_at IS NULL ORDER BY id`,
    [registrationId],
  );
}

/** Keeps the hash of a token: who reads the database learns no link. */
export async function insertToken(
  source: Queries,
  { hash, participantId, expiresAt }: { hash: Buffer; participantId: string; expiresAt: Date },
): Promise<void> {
  await source.query('INSERT INTO address_confirmation (token_hash, participant_id, expires_at) VALUES ($1, $2, $3)', [
    hash,
    participantId,
    expiresAt,
  ]);
}

/** Uses a token up; answers whose it was, if it was valid. */
export async function useToken(tx: Tx, hash: Buffer, now: Date): Promise<string | undefined> {
  const [used] = await tx.query<{ participantId: string }>(
    'DELETE FROM address_confirmation WHERE token_hash = $1 AND expires_at > $2 RETURNING participant_id',
    [hash, now],
  );
  return used?.participantId;
}

/** Everybody who is named with the address at the event, locked: of two who confirm at once the second finds it taken. */
export function lockNamed(
  tx: Tx,
  { eventId, addressKey }: Pick<Participant, 'eventId' | 'addressKey'>,
): Promise<Confirming[]> {
  return tx.query(`${PERSON} WHERE event_id = $1 AND address_key = $2 AND is_open ORDER BY id FOR UPDATE`, [
    eventId,
    addressKey,
  ]);
}

export async function recordConfirmed(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.execute('UPDATE participant SET address_confirmed_at = $2, version = version + 1 WHERE id = $1', [id, at]);
}

export async function recordTaken(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.execute('UPDATE participant SET address_taken_at = $2, version = version + 1 WHERE id = ANY ($1::uuid[])', [
    ids,
    at,
  ]);
}

export async function recordRequested(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.execute(
    'UPDATE participant SET confirmation_requested_at = $2, version = version + 1 WHERE id = ANY ($1::uuid[])',
    [ids, at],
  );
}

export async function deleteTokens(tx: Tx, participantIds: readonly string[]): Promise<void> {
  await tx.execute('DELETE FROM address_confirmation WHERE participant_id = ANY ($1::uuid[])', [participantIds]);
}

export async function deleteExpiredTokens(source: Queries, now: Date, limit: number): Promise<void> {
  await source.query(
    `DELETE FROM address_confirmation WHERE token_hash IN
       (SELECT token_hash FROM address_confirmation WHERE expires_at <= $1 LIMIT $2)`,
    [now, limit],
  );
}
