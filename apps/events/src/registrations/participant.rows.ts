import { asciiAddress, fieldError } from '#contracts';
import type { ParticipantEntry } from '#contracts/events';
import type { Tx } from '#database';
import { newId } from '#platform';
import { AccessibilityNeed, Participant } from './participant.entity';
import type { Registration } from './registration.entity';

/** Stores the people of registrations. A unique index refuses whoever has an open registration for the event already. */
export async function recordParticipants(
  tx: Tx,
  registrations: readonly { registration: Registration; entries: readonly ParticipantEntry[] }[],
): Promise<void> {
  const people = registrations.flatMap(({ registration: { id: registrationId, eventId }, entries }) =>
    entries.map(({ name, email, accessibilityNeeds }) => {
      const id = newId();
      const person = {
        id,
        version: 1,
        eventId,
        registrationId,
        name,
        email,
        addressKey: asciiAddress(email),
        isOpen: true,
      };
      const needs = accessibilityNeeds.map((need) => ({
        id: newId(),
        version: 1,
        eventId,
        participantId: id,
        ...need,
      }));
      return { person: Object.assign(new Participant(), person), needs };
    }),
  );
  await tx.insertAll(people.map(({ person }) => person));
  await tx.insertAll(people.flatMap(({ needs }) => needs.map((need) => Object.assign(new AccessibilityNeed(), need))));
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

/** Puts another person in the place of one, or corrects the one. */
export async function replaceParticipant(
  tx: Tx,
  {
    registration,
    participantId,
    entry,
  }: { registration: Registration; participantId: string; entry: ParticipantEntry },
): Promise<void> {
  const removed = await tx.execute('DELETE FROM participant WHERE registration_id = $1 AND id = $2', [
    registration.id,
    participantId,
  ]);
  if (removed === 0) throw fieldError('EVENTS_PARTICIPANTS_INVALID', '#/participantId', 'is not of this registration');
  await recordParticipants(tx, [{ registration, entries: [entry] }]);
}
