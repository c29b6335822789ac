import { AppError, asciiAddress, fieldError } from '#contracts';
import type { ParticipantEntry } from '#contracts/events';
import type { Tx } from '#database';
import { newId } from '#platform';
import { AccessibilityNeed, Participant } from './participant.entity';
import type { Registration } from './registration.entity';

/** People whom a registration names. */
export interface Naming {
  readonly registration: Registration;
  readonly entries: readonly ParticipantEntry[];
  /** Addresses that need no mail, and since when they are confirmed. */
  readonly confirmed?: ReadonlyMap<string, Date>;
}

/**
 * Stores the people of registrations. EVENTS_REGISTRATION_EXISTS when one's address is confirmed for the event already; a unique index
 * refuses that whoever registers names an address twice.
 */
export async function recordParticipants(tx: Tx, namings: readonly Naming[]): Promise<Participant[]> {
  const people = namings.flatMap((naming) => naming.entries.map((entry) => participantOf(naming, entry)));
  await refuseConfirmed(
    tx,
    people.map(({ person }) => person),
  );
  await tx.insertAll(people.map(({ person }) => person));
  await tx.insertAll(people.flatMap(({ needs }) => needs.map((need) => Object.assign(new AccessibilityNeed(), need))));
  return people.map(({ person }) => person);
}

function participantOf({ registration, confirmed }: Naming, entry: ParticipantEntry) {
  const { id: registrationId, eventId, municipalityId, registeredBy } = registration;
  const { name, email, language = null, accessibilityNeeds } = entry;
  const [id, addressKey] = [newId(), asciiAddress(email)];
  const person = Object.assign(new Participant(), {
    id,
    version: 1,
    eventId,
    registrationId,
    name,
    email,
    language,
    addressKey,
    registrant: municipalityId ?? registeredBy,
    addressConfirmedAt: confirmed?.get(addressKey) ?? null,
    addressTakenAt: null,
    confirmationRequestedAt: null,
    isOpen: true,
  });
  const needs = accessibilityNeeds.map((need) => ({ id: newId(), version: 1, eventId, participantId: id, ...need }));
  return { person, needs };
}

async function refuseConfirmed(tx: Tx, people: readonly Participant[]): Promise<void> {
  const taken = await tx.statement(
    'participant_confirmed',
    `SELECT FROM participant WHERE (event_id, address_key) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))
        AND is_open AND address_confirmed_at IS NOT NULL LIMIT 1`,
    [people.map(({ eventId }) => eventId), people.map(({ addressKey }) => addressKey)],
  );
  if (taken.length > 0) throw new AppError('EVENTS_REGISTRATION_EXISTS');
}

/** The registrations are over: their people may register again, and nobody has to know their needs any more. */
export async function closeParticipants(tx: Tx, registrationIds: readonly string[]): Promise<void> {
  await tx.execute(
    'UPDATE participant SET is_open = false, version = version + 1 WHERE registration_id = ANY($1::uuid[])',
    [registrationIds],
  );
  await tx.execute(
    `DELETE FROM accessibility_need
      WHERE participant_id IN (SELECT id FROM participant WHERE registration_id = ANY($1::uuid[]))`,
    [registrationIds],
  );
}

/** Takes people out of a registration, with their names, addresses and needs. EVENTS_PARTICIPANTS_INVALID when one is not of it. */
export async function removeParticipants(tx: Tx, registrationId: string, ids: readonly string[]): Promise<void> {
  const removed = await tx.execute('DELETE FROM participant WHERE registration_id = $1 AND id = ANY($2::uuid[])', [
    registrationId,
    ids,
  ]);
  if (removed === new Set(ids).size) return;
  throw fieldError(
    'EVENTS_PARTICIPANTS_INVALID',
    '#/removeParticipantIds',
    'names somebody who is not of this registration',
  );
}

/** Takes one person out, for another or the same with another name; answers the address if it was confirmed, and since when. */
export async function takeOut(tx: Tx, registrationId: string, participantId: string): Promise<Map<string, Date>> {
  const [person] = await tx.query<Pick<Participant, 'addressKey' | 'addressConfirmedAt'>>(
    'DELETE FROM participant WHERE registration_id = $1 AND id = $2 RETURNING address_key, address_confirmed_at',
    [registrationId, participantId],
  );
  if (!person) throw fieldError('EVENTS_PARTICIPANTS_INVALID', '#/participantId', 'is not of this registration');
  return new Map(person.addressConfirmedAt ? [[person.addressKey, person.addressConfirmedAt]] : []);
}
